"""What people say of themselves: checked, kept, told of, and theirs alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.models import Person, Profile, Wish
from nexus.people.profile.editing import edit_profile, keep_pins
from nexus.people.profile.given import (
    LONGEST_ABOUT,
    Given,
    Link,
    clean_about,
    clean_link,
    clean_links,
)
from nexus.people.profile.reading import wishes_of
from nexus.people.profile.views import ProfileView, view_of
from nexus.people.tests.factories import OwnerFactory, PersonFactory

TOPICS = {"django", "graphql", *(f"topic-{at}" for at in range(20))}
WHOLE = Given(
    name="Ada Lovelace",
    about="I build engines.\r\n\r\n\r\nAnd write about them.",
    tracks=["frontend", "backend"],
    wishes=["graphql", "django"],
    time_zone="Africa/Nairobi",
    open_to=["review", "questions"],
    hours_a_week=6,
    times=["evenings"],
    links=[Link("GitHub", "https://github.com/ada")],
)


@pytest.fixture
def ada(db):
    return PersonFactory(handle="ada", name="Ada")


def edit(person, given=WHOLE, by=None):
    return edit_profile(by=by or person, person=person, given=given, known_topics=TOPICS)


def test_what_is_said_is_kept_as_it_is_shown(ada):
    edit(ada)

    ada.refresh_from_db()
    profile = ada.profile
    assert (ada.name, ada.name_skeleton, ada.time_zone) == (
        "Ada Lovelace",
        "ada lovelace",
        "Africa/Nairobi",
    )
    assert profile.about == "I build engines.\n\nAnd write about them."
    assert profile.tracks == ["backend", "frontend"]
    assert profile.open_to == ["questions", "review"]
    assert profile.links == [{"label": "GitHub", "address": "https://github.com/ada"}]
    assert (profile.hours_a_week, profile.times, profile.shown_to) == (6, ["evenings"], "cohorts")
    assert wishes_of(ada.pk) == ["graphql", "django"]


def test_a_change_is_told_of_and_stands_in_the_log_but_not_what_it_says(ada):
    edit(ada)

    [event] = StoredEvent.objects.filter(type="people.person_changed")
    assert event.payload == {"person": ada.pk, "changed": ["name", "profile"]}
    record = AuditRecord.objects.get(action="profile.changed")
    assert (record.actor, record.subject) == (ada.pk, ada.pk)
    assert "time_zone" in record.details["changed"]
    assert "Nairobi" not in str(record.details)


def test_what_is_the_same_is_no_change(ada):
    edit(ada)
    before = StoredEvent.objects.count(), AuditRecord.objects.count()

    assert edit(Person.objects.get(pk=ada.pk)) == ()
    assert (StoredEvent.objects.count(), AuditRecord.objects.count()) == before


def test_only_what_changed_is_told(ada):
    edit(ada)

    assert edit(ada, replace(WHOLE, wishes=["django"])) == ("wishes",)
    event = StoredEvent.objects.order_by("pk").last()
    assert event.payload["changed"] == ["profile"]
    assert wishes_of(ada.pk) == ["django"]


@pytest.mark.parametrize("who", [PersonFactory, OwnerFactory])
def test_nobody_writes_the_profile_of_another(ada, who):
    by = who()
    with pytest.raises(Forbidden):
        edit(ada, by=by)
    with pytest.raises(Forbidden):
        keep_pins(by=by, person=ada, entries=[1])
    assert not Profile.objects.exists()
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "name-invalid"),
        ({"name": "Ada\u202eecalevoL"}, "name-invalid"),
        ({"about": "x" * (LONGEST_ABOUT + 1)}, "about-too-long"),
        ({"tracks": ["wizardry"]}, "tracks-unknown"),
        ({"open_to": ["anything"]}, "open_to-unknown"),
        ({"times": ["noon"]}, "times-unknown"),
        ({"time_zone": "Mars/Olympus"}, "time-zone-unknown"),
        ({"time_zone": "../../../etc/passwd"}, "time-zone-unknown"),
        ({"hours_a_week": 169}, "hours-invalid"),
        ({"hours_a_week": 0}, "hours-invalid"),
        ({"wishes": ["basket-weaving"]}, "topic-unknown"),
        ({"wishes": [f"topic-{at}" for at in range(11)]}, "wishes-too-many"),
        ({"links": [Link("", f"https://example.org/{at}") for at in range(6)]}, "links-too-many"),
        ({"links": [Link("", "javascript:alert(1)")]}, "link-invalid"),
    ],
)
def test_what_cannot_be_said_changes_nothing(ada, change, code):
    with pytest.raises(Invalid) as refused:
        edit(ada, replace(WHOLE, **change))

    assert refused.value.code == code
    ada.refresh_from_db()
    assert ada.name == "Ada"
    assert not Profile.objects.exists()
    assert not Wish.objects.exists()
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("\u0420\u0430ul", "name-alike"),
        ("Administrator", "name-reserved"),
        ("\u0410dmin", "name-reserved"),
        ("sign in", "name-reserved"),
    ],
)
def test_a_name_that_imitates_is_refused(ada, name, code):
    PersonFactory(name="Paul", name_skeleton="paul")
    with pytest.raises(Conflict) as refused:
        edit(ada, replace(WHOLE, name=name))
    assert refused.value.code == code
    told = AuditRecord.objects.filter(action="name.refused").values_list("actor", "details")
    assert list(told) == ([(ada.pk, {"why": code})] if code.startswith("name-") else [])


def test_who_is_called_like_somebody_else_already_may_stay_so(db):
    PersonFactory(name="Paul", name_skeleton="paul")
    alike = PersonFactory(name="\u0420aul", name_skeleton="paul")

    edit(alike, replace(WHOLE, name=alike.name))

    assert Profile.objects.filter(pk=alike.pk).exists()


def test_a_name_in_any_script_is_a_name(ada):
    edit(ada, replace(WHOLE, name="أماني"))
    assert Person.objects.get(pk=ada.pk).name == "أماني"


@pytest.mark.parametrize(
    "address",
    [
        *("", "example.org", "//example.org", "https://", "https:///path", "http://localhost"),
        *("javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "vbscript:x"),
        *("https://ada:secret@example.org/", "https://github.com@evil.example/"),
        *("https://example.org/a b", "https://example.org/\n", 'https://example.org/"onclick='),
        *("https://example.org\\@evil.example", "https://[::1]/", "https://exam ple.org"),
        *("https://example.org/\u202egpj.exe", "https://" + "a" * 300 + ".org/"),
        *(
            "https://example.org:99999/",
            "https://example.org?next=1",
            "https://..",
            "java\tscript:x",
        ),
    ],
)
def test_an_address_that_is_no_page_on_the_web_is_refused(address):
    with pytest.raises(Invalid) as refused:
        clean_link(Link("My page", address))
    assert refused.value.code == "link-invalid"


@pytest.mark.parametrize(
    ("given", "kept", "host"),
    [
        ("HTTPS://GitHub.com/Ada", "https://github.com/Ada", "github.com"),
        (" https://www.example.org ", "https://www.example.org", "example.org"),
        ("https://gіthub.com/ada", "https://xn--gthub-n2e.com/ada", "xn--gthub-n2e.com"),
        ("http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d", "example.org"),
    ],
)
def test_an_address_shows_where_it_leads(given, kept, host):
    link = clean_link(Link("", given))

    assert (link.address, link.host) == (kept, host)
    assert link.label == host


def test_the_same_address_twice_is_one_link():
    links = [Link("One", "https://a.example/"), Link("Two", "https://A.example/")]
    assert [link.label for link in clean_links(links)] == ["Two"]


@given(st.text(), st.text())
def test_whatever_is_typed_as_a_link_is_refused_or_safe(label, address):
    try:
        link = clean_link(Link(label, address))
    except NexusError:
        return
    assert link.address.startswith(("https://", "http://"))
    assert not set(link.address) & set("<>\"' \n")
    assert clean_link(link) == link


@given(st.text(max_size=LONGEST_ABOUT))
def test_a_text_that_was_cleaned_is_clean(text):
    once = clean_about(text)
    assert clean_about(once) == once
    assert "\n\n\n" not in once


def test_a_flood_of_lines_is_no_longer_text_than_it_says():
    assert clean_about("\n" * 500_000 + "Hello" + "\n" * 500_000) == "Hello"


def test_what_stands_on_top_is_kept_in_its_order(ada):
    keep_pins(by=ada, person=ada, entries=[7, 3])
    keep_pins(by=ada, person=ada, entries=[7, 3])

    assert Profile.objects.get(pk=ada.pk).pins == [7, 3]
    [event] = StoredEvent.objects.all()
    assert event.payload == {"person": ada.pk, "changed": ["pins"]}
    assert AuditRecord.objects.get().details == {"entries": [7, 3]}


def test_editing_leaves_what_stands_on_top(ada):
    keep_pins(by=ada, person=ada, entries=[7])
    edit(ada)
    assert Profile.objects.get(pk=ada.pk).pins == [7]


def test_who_is_not_near_is_shown_what_makes_a_page_and_no_more(ada):
    edit(ada)
    ada.refresh_from_db()
    far = view_of(ada, ada.profile, wishes=["graphql"], is_near=False)
    near = view_of(ada, ada.profile, wishes=["graphql"], is_near=True)

    assert far == ProfileView(near.about, near.tracks, near.links, near.pins)
    assert not far.says_when
    assert not far.rhythm.is_known
    assert near.wishes == ("graphql",)
    assert (near.time_zone, near.hours_a_week) == ("Africa/Nairobi", 6)
    assert near.says_when


def test_who_shows_it_to_everybody_is_shown_to_everybody(ada):
    edit(ada, replace(WHOLE, is_shown_to_everybody=True))
    ada.refresh_from_db()

    assert view_of(ada, ada.profile, is_near=False) == view_of(ada, ada.profile, is_near=True)


def test_a_page_that_nobody_claimed_says_nothing(db):
    person = PersonFactory(is_claimed=False)
    assert view_of(person, None, is_near=True) == ProfileView()

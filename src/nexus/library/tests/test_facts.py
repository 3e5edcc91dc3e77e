"""Facts of a project: what was read, the owner's word on it, and that it survives a sync."""

import re

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.kernel.errors import Forbidden, Invalid
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.library.models import Correction, Fact
from nexus.library.services.facts import correct_fact, withdraw_correction
from nexus.people.tests.factories import PersonFactory

README = """# alx-project-nexus

## Chop shop

A shop for chopsticks, built with Django. Looking for a frontend developer.
"""


@pytest.fixture
def shop(mirror):
    mirror.publish({"README.md": README, "requirements.txt": "django==5.2\n", "manage.py": "#\n"})
    return mirror


def known(mirror, name):
    """{value: certainty} of what stands."""
    rows = Fact.objects.filter(entry__repository=mirror.repository, name=name, is_overruled=False)
    return dict(rows.values_list("value", "certainty"))


def say(mirror, name, *values):
    correct_fact(by=mirror.repository.owner, repository=mirror.repository, name=name, values=values)


def test_facts_are_told_from_guesses(shop):
    assert known(shop, "technology")["django"] == "fact"
    assert known(shop, "track") == {"backend": "fact"}
    assert known(shop, "looking_for") == {"frontend": "guess"}


def test_a_correction_stands_through_every_sync(shop):
    say(shop, "track", "both")
    say(shop, "title", "The Chop Shop")
    assert known(shop, "track") == {"both": "corrected"}
    shop.publish({"README.md": README + "\nMore.\n", "manage.py": "# changed\n"})
    assert known(shop, "track") == {"both": "corrected"}
    assert shop.entry().title == "The Chop Shop"


def test_that_there_is_none_is_an_answer_too(shop):
    say(shop, "looking_for")
    assert known(shop, "looking_for") == {}
    shop.publish({"README.md": README + "\nMore.\n"})
    assert known(shop, "looking_for") == {}


def test_taking_a_word_back_lets_what_was_read_stand_again(shop):
    before = shop.entry().title
    say(shop, "title", "Something else")
    withdraw_correction(by=shop.repository.owner, repository=shop.repository, name="title")
    assert shop.entry().title == before
    assert not Correction.objects.exists()


def test_whose_word_it_was_stands_in_the_log(shop):
    steward = MembershipFactory(cohort=shop.repository.cohort, role=Role.OWNER).person
    correct_fact(by=steward, repository=shop.repository, name="track", values=["both"])
    withdraw_correction(by=steward, repository=shop.repository, name="track")
    rows = AuditRecord.objects.filter(actor=steward.pk, scope=shop.repository.cohort.readers)
    assert [row.action for row in rows.order_by("pk")] == ["fact.corrected", "fact.withdrawn"]
    assert {row.subject for row in rows} == {shop.repository.owner_id}


def test_a_correction_is_told_to_whoever_follows(shop):
    say(shop, "track", "both")
    assert StoredEvent.objects.filter(type="library.fact_corrected").count() == 1


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("track", ["sideways"]),
        ("track", ["backend", "frontend"]),
        ("live_address", ["javascript:alert(1)"]),
        ("technology", ["a technology nobody knows"]),
        ("title", ["x" * 500]),
        ("colour", ["blue"]),
    ],
)
def test_what_cannot_be_a_value_is_refused_and_changes_nothing(shop, name, values):
    before = list(Fact.objects.values_list("name", "value", "is_overruled"))
    with pytest.raises(Invalid):
        say(shop, name, *values)
    assert list(Fact.objects.values_list("name", "value", "is_overruled")) == before
    assert not Correction.objects.exists()


def test_it_is_not_for_others_to_say(shop):
    member = MembershipFactory(cohort=shop.repository.cohort, role=Role.MEMBER).person
    for person in (member, PersonFactory()):
        with pytest.raises(Forbidden):
            correct_fact(by=person, repository=shop.repository, name="track", values=["both"])


# --- on pages -------------------------------------------------------------------------------

ADDRESS = "/c/cohort-of-nexus/nexus/-/facts"


@pytest.fixture
def owner(shop):
    client = Client()
    client.force_login(shop.repository.owner)
    return client


def test_everybody_reads_where_a_fact_is_from(client, shop):
    page = client.get(ADDRESS).content.decode()
    assert "/-/source/requirements.txt#L1" in page
    assert "a guess" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_the_project_shows_its_facts(client, shop):
    page = " ".join(client.get("/c/cohort-of-nexus/nexus/").content.decode().split())
    assert "<dt>Looks for</dt><dd><div>a frontend" in page
    assert "<dt>Track</dt><dd><div>Backend" in page


def test_the_project_shows_guesses_apart_from_facts(client, mirror):
    readme = "# Chop shop\n\nA shop.\n\n## Tech stack\n\nDjango and Kubernetes.\n"
    manifests = {
        "requirements.txt": "django==5.2\n",
        "package.json": '{"dependencies": {"vue": "3"}}',
    }
    mirror.publish({"README.md": readme, **manifests})
    page = client.get("/c/cohort-of-nexus/nexus/").content.decode()
    column = page.partition("Built with")[2].partition("</dd>")[0]
    facts, guesses = (re.sub(r"<[^>]+>|\s+", " ", part) for part in column.split("</div>")[:2])
    assert "Django" in facts
    assert "Vue" in facts
    assert "and 1 more" in facts
    assert "Kubernetes" not in facts
    assert "a guess" not in facts
    assert guesses.split() == ["Kubernetes", "README.md,", "a", "guess"]


def test_the_owner_corrects_on_the_page(owner, shop):
    before = owner.get(ADDRESS).content.decode()
    assert ">Correct<" in before
    assert "Django\nPython</textarea>" in before  # names, as people write them
    owner.post(ADDRESS, {"name": "technology", "value": "Django\nRedis"})
    assert set(known(shop, "technology")) == {"django", "redis"}
    assert "Take my word back" in owner.get(ADDRESS).content.decode()
    owner.post(ADDRESS, {"name": "technology", "value": "", "withdraw": "1"})
    assert set(known(shop, "technology")) == {"django", "python"}


def test_what_was_typed_stays_when_it_is_refused(owner, shop):
    answer = owner.post(ADDRESS, {"name": "live_address", "value": "not an address"})
    assert answer.status_code == 422
    assert "not an address" in answer.content.decode()
    answer = owner.post(ADDRESS, {"name": "track", "value": "sideways"})
    assert "none of the answers" in answer.content.decode()


def test_what_nobody_knows_is_said_in_one_line_and_asked_of_the_owner(client, owner, shop):
    for_guests = " ".join(client.get(ADDRESS).content.decode().split())
    assert "Not known" in for_guests
    assert "Runs at, API described at" in for_guests
    assert ">Say it<" in owner.get(ADDRESS).content.decode()


def test_values_from_one_place_share_their_source(client, shop):
    shop.publish({"requirements.txt": "django==5.2\nredis==6\n"})
    page = client.get(ADDRESS).content.decode()
    section = page.partition('id="fact-technology"')[2].partition("</section>")[0]
    assert section.count("Django") == section.count("Redis") == 1
    assert section.count("requirements.txt</a>") == 1


def test_a_guest_is_asked_to_sign_in_and_a_member_is_refused(client, shop):
    assert client.post(ADDRESS, {"name": "track", "value": "both"})["Location"] == (
        "/accounts/sign-in"
    )
    client.force_login(MembershipFactory(cohort=shop.repository.cohort, role=Role.MEMBER).person)
    assert client.post(ADDRESS, {"name": "track", "value": "both"}).status_code == 403


RST = """\
Quince Shop
~~~~~~~~~~~

Quince Shop is a REST API that sells jelly, built with Django and PostgreSQL by learners.

Resources
~~~~~~~~~

- `Two Scoops guide <https://www.feldroy.com/two-scoops-of-django>`_ explains how to lay it out
- https://docs.djangoproject.com/en/5.2/topics/db/optimization/ on asking the database less
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.rst", RST),
        ("README.txt", RST.replace("~", "=")),
        ("README", RST.replace("~", "=")),
    ],
)
def test_a_readme_that_is_no_markdown_tells_what_it_is_about(mirror, name, text):
    mirror.publish({name: text})
    project = mirror.entry()
    assert project.title == "Quince Shop"
    assert project.summary.startswith("Quince Shop is a REST API")
    assert {"django", "postgresql"} <= set(project.topics.values_list("topic", flat=True))
    found = {one.resource.title for one in project.recommendations.select_related("resource")}
    assert "docs.djangoproject.com/en/5.2/topics/db/optimization" in found
    assert ("Two Scoops guide" in found) is name.endswith(".rst"), "the words of its link"

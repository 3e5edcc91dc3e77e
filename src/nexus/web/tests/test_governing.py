"""The pages on which a cohort is run, and those by which people come in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from nexus.cohorts import services
from nexus.cohorts.models import Cohort, Invitation, JoinRequest, Role, Visibility
from nexus.cohorts.selectors import role_of
from nexus.cohorts.tests.factories import CohortFactory, JoinRequestFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged
from nexus.kernel.models import AuditRecord
from nexus.people.models import Mail
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.services import add_repository

pytestmark = pytest.mark.django_db
PAGES = ["members", "invitations", "requests", "settings", "log"]


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    return response.content.decode()


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev", visibility=Visibility.MEMBERS)


@pytest.fixture
def owner(cohort):
    person = PersonFactory(handle="ruth", name="Ruth Adeyemi")
    return MembershipFactory(cohort=cohort, role=Role.OWNER, person=person).person


@pytest.fixture
def member(cohort):
    person = PersonFactory(handle="lewis", name="Lewis Magangi")
    return MembershipFactory(cohort=cohort, person=person).person


# --- who comes in --------------------------------------------------------------------------------

OPEN = {
    "owner": set(PAGES),
    "mentor": {"invitations", "requests"},
    "member": set(),
    "guest": set(),
}


def test_a_page_says_of_which_cohort_it_is_and_leads_back_to_it(cohort, owner):
    JoinRequestFactory(cohort=cohort)
    browser = as_(owner)
    for page, title in (
        ("requests", "Requests"),
        ("people", "People"),
        ("counterparts", "Counterparts"),
    ):
        html = text(browser.get(f"/c/prodev/-/{page}"))
        assert '<a href="/c/prodev/">ProDev</a>' in html
        assert f'<span aria-current="page">{title}</span>' in html
    assert '<span aria-current="page">ProDev</span>' in text(browser.get("/c/prodev/"))


@pytest.mark.parametrize("role", OPEN)
def test_each_role_finds_its_pages_and_the_way_to_them(cohort, owner, role):
    browser = as_(MembershipFactory(cohort=cohort, role=role).person)
    people = text(browser.get("/c/prodev/-/people"))
    for page in PAGES:
        response = browser.get(f"/c/prodev/-/{page}")
        assert response.status_code == (200 if page in OPEN[role] else 403)
        assert (f"/c/prodev/-/{page}" in people) == (page in OPEN[role])


@pytest.mark.parametrize("page", PAGES)
def test_for_others_the_pages_do_not_exist_and_visitors_sign_in_first(cohort, owner, page):
    assert as_(PersonFactory()).get(f"/c/prodev/-/{page}").status_code == 404
    response = Client().get(f"/c/prodev/-/{page}")
    assert response.status_code == 302
    assert response["Location"].startswith(f"/accounts/sign-in?next=%2Fc%2Fprodev%2F-%2F{page}")
    assert as_(OwnerFactory()).get(f"/c/prodev/-/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_ask_a_fixed_number_of_questions(
    cohort, owner, page, django_assert_max_num_queries
):
    for _ in range(4):
        MembershipFactory(cohort=cohort)
        JoinRequestFactory(cohort=cohort)
        services.invite_by_link(by=owner, cohort=cohort, role="member")
    browser = as_(owner)
    browser.get(f"/c/prodev/-/{page}")
    with django_assert_max_num_queries(14):
        browser.get(f"/c/prodev/-/{page}")


# --- making and changing -------------------------------------------------------------------------


def test_who_may_makes_a_cohort_and_owns_it(settings):
    person = PersonFactory()
    assert as_(person).get("/cohorts/new").status_code == 403
    settings.COHORTS_BY = "people"
    response = as_(person).post(
        "/cohorts/new", {"name": "Back End", "description": "", "visibility": "invite"}
    )
    made = Cohort.objects.get(slug="back-end")
    assert response["Location"] == "/c/back-end/-/invitations"
    assert (made.visibility, role_of(person, made)) == ("invite", "owner")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"slug": "taken"}, "is taken"),
        ({"slug": "Two words"}, "cannot be part of an address"),
        ({"name": "Группа"}, "Choose one of small letters"),
        ({"name": "a\u202eb", "slug": "ab"}, "cannot be the name"),
        ({"visibility": "secret"}, "valid choice"),
    ],
)
def test_what_cannot_be_a_cohort_is_refused_beside_its_field(given, fault):
    CohortFactory(slug="taken")
    form = {"name": "Back End", "slug": "", "description": "", "visibility": "public", **given}
    response = as_(OwnerFactory()).post("/cohorts/new", form)
    assert response.status_code == 422
    assert fault in text(response)
    assert Cohort.objects.count() == 1


def test_an_owner_changes_the_address_and_the_old_one_leads_on(cohort, owner, member):
    form = {"name": "ProDev", "slug": "alx", "description": "", "visibility": "members"}
    response = as_(owner).post("/c/prodev/-/settings", form)
    assert response["Location"] == "/c/alx/-/settings"
    followed = as_(member).get("/c/prodev/-/people?sort=name")
    assert (followed.status_code, followed["Location"]) == (302, "/c/alx/-/people?sort=name")
    assert as_(PersonFactory()).get("/c/prodev/-/people").status_code == 404
    assert Client().get("/c/prodev/").status_code == 404
    assert as_(member).post("/c/prodev/-/settings", form).status_code == 404


def test_a_cohort_is_archived_and_brought_back_by_a_button(cohort, owner, member):
    browser = as_(owner)
    browser.post("/c/prodev/-/settings", {"do": "archive"})
    page = text(browser.get("/c/prodev/"))
    assert "This cohort is archived." in page
    assert "Add a repository</a>\n      " not in page
    assert browser.get("/c/prodev/-/members").status_code == 200
    refused = browser.post(
        "/c/prodev/-/members", {"person": "lewis", "role": "mentor"}, follow=True
    )
    assert "is archived" in text(refused)
    assert role_of(member, cohort) == "member"
    browser.post("/c/prodev/-/settings", {"do": "restore"})
    assert not Cohort.objects.get().is_archived


# --- members --------------------------------------------------------------------------------------


def test_an_owner_changes_a_role(cohort, owner, member):
    response = as_(owner).post(
        "/c/prodev/-/members", {"do": "role", "person": "lewis", "role": "mentor"}, follow=True
    )
    assert role_of(member, cohort) == "mentor"
    assert "Lewis Magangi is a mentor now." in text(response)


def test_an_owner_removes_a_member_who_sees_nothing_from_then_on(cohort, owner, member):
    browser = as_(member)
    assert browser.get("/c/prodev/-/people").status_code == 200
    as_(owner).post("/c/prodev/-/members", {"do": "remove", "person": "lewis"})
    assert browser.get("/c/prodev/-/people").status_code == 404


def test_an_owner_hands_the_cohort_on_and_comes_to_a_page_they_may_see(cohort, owner, member):
    response = as_(owner).post(
        "/c/prodev/-/members", {"do": "transfer", "person": "lewis"}, follow=True
    )
    assert response.status_code == 200
    assert (role_of(member, cohort), role_of(owner, cohort)) == ("owner", "mentor")


def test_the_last_owner_is_told_why_they_cannot_go(cohort, owner):
    browser = as_(owner)
    for form in (
        {"do": "role", "person": "ruth", "role": "guest"},
        {"do": "remove", "person": "ruth"},
    ):
        assert "always has an owner" in text(browser.post("/c/prodev/-/members", form, follow=True))
    response = browser.post("/c/prodev/-/join", {"do": "leave"}, follow=True)
    assert "always has an owner" in text(response)
    assert role_of(owner, cohort) == "owner"


def test_a_person_who_is_not_there_is_not_found(cohort, owner):
    browser = as_(owner)
    assert browser.post("/c/prodev/-/members", {"person": "nobody"}).status_code == 404
    stranger = PersonFactory()
    form = {"do": "remove", "person": stranger.handle}
    assert browser.post("/c/prodev/-/members", form).status_code == 404


# --- invitations ---------------------------------------------------------------------------------


def invite(browser, **more):
    form = {"kind": "link", "role": "member", "uses": "1", "days": "14", **more}
    return browser.post("/c/prodev/-/invitations", form)


def address_in(response):
    found = re.search(r"http://testserver(/i/[\w-]+)", text(response))
    assert found
    return found[1]


@pytest.mark.parametrize("kind", ["link", "code"])
def test_an_invitation_is_shown_once_and_lets_somebody_in(cohort, owner, kind):
    browser = as_(owner)
    address = address_in(invite(browser, kind=kind))
    assert address not in text(browser.get("/c/prodev/-/invitations"))

    visitor = Client()
    looked = visitor.get(address)
    assert "Ruth Adeyemi invites you to ProDev" in text(looked)
    assert "no-store" in looked["Cache-Control"]
    assert f"/accounts/sign-in?next={address.replace('/', '%2F')}" in text(looked)
    assert visitor.post(address)["Location"].startswith("/accounts/sign-in?next=")

    ada = PersonFactory(name="Ada")
    browser = as_(ada)
    assert "Accept as Ada" in text(browser.get(address))
    assert browser.post(address)["Location"] == "/c/prodev/"
    assert role_of(ada, cohort) == "member"
    assert as_(PersonFactory()).get(address).status_code == 422


def test_a_code_is_typed_as_one_pleases(cohort):
    made = services.invite_by_code(by=None, cohort=cohort, role="guest")
    typed = made.secret.upper().replace("-", " ")
    response = Client().post("/join", {"code": typed})
    assert response["Location"] == reverse("invitation", args=[made.secret])
    assert "invites you" not in text(Client().get(response["Location"]))
    assert "You are invited" in text(Client().get(response["Location"]))
    assert Client().post("/join", {"code": " "}).status_code == 422
    assert Client().post("/join", {"code": "../../c/prodev"}).status_code == 302


def test_a_mentor_does_not_invite_an_owner(cohort, owner):
    mentor = MembershipFactory(cohort=cohort, role=Role.MENTOR).person
    page = text(as_(mentor).get("/c/prodev/-/invitations"))
    assert 'value="guest"' in page
    assert 'value="owner"' not in page
    assert invite(as_(mentor), role="owner").status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "form",
    [{"kind": "email"}, {"kind": "email", "email": "ada"}, {"uses": "0"}, {"days": "1000"}],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(cohort, owner, form):
    response = invite(as_(owner), **form)
    assert response.status_code == 422
    assert 'class="fault"' in text(response)
    assert not Invitation.objects.exists()


def test_an_invitation_by_mail_shows_a_link_or_goes_out(cohort, owner, settings):
    response = invite(as_(owner), kind="email", email="ada@example.org")
    assert "works for that address alone" in text(response)
    settings.MAIL_URL = "smtp://mail.example.org"
    response = invite(as_(owner), kind="email", email="bob@example.org")
    assert "A mail is on its way" in text(response)
    assert address_in(response) in Mail.objects.get(to="bob@example.org").body
    forwarded = as_(PersonFactory(email="eve@example.org")).get(address_in(response))
    assert forwarded.status_code == 422
    assert "ProDev" not in text(forwarded)


def test_an_invitation_is_revoked_by_its_button(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    form = {"do": "revoke", "invitation": made.invitation.pk}
    response = as_(owner).post("/c/prodev/-/invitations", form, follow=True)
    assert "Revoked" in text(response)
    assert Client().get(reverse("invitation", args=[made.secret])).status_code == 422
    for number in ("", "x", "9" * 30, "²"):
        form = {"do": "revoke", "invitation": number}
        assert as_(owner).post("/c/prodev/-/invitations", form).status_code == 404


def test_guessing_on_the_page_ends_with_a_word_and_stands_in_the_log(cohort):
    browser = as_(PersonFactory(handle="eve"))
    answers = [browser.get(f"/i/guess-{at}").status_code for at in range(12)]
    assert answers == [422] * 10 + [429] * 2
    record = AuditRecord.objects.filter(action="invitation.refused").first()
    assert record is not None
    assert (record.actor_name, record.door, record.address) == ("eve", "page", "127.0.0.1")
    log = text(as_(OwnerFactory()).get("/log?what=refused&who=eve"))
    assert "tried an invitation that does not work" in log
    assert "127.0.0.1" in log


def test_who_is_in_already_is_told_so(cohort, owner):
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    response = as_(owner).post(reverse("invitation", args=[made.secret]), follow=True)
    assert "is in “ProDev” already" in text(response)


# --- asking ----------------------------------------------------------------------------------


def test_somebody_finds_a_cohort_asks_and_is_let_in(cohort, owner):
    shema = PersonFactory(handle="shema", name="Shema Manzi")
    browser = as_(shema)
    assert "ProDev" in text(browser.get("/join"))
    assert browser.get("/c/prodev/")["Location"] == "/c/prodev/-/join"
    browser.post("/c/prodev/-/join", {"do": "ask", "message": "I <b>teach</b>."})
    assert "You have asked to join" in text(browser.get("/c/prodev/-/join"))

    mentor = as_(MembershipFactory(cohort=cohort, role=Role.MENTOR).person)
    page = text(mentor.get("/c/prodev/-/requests"))
    assert "I &lt;b&gt;teach&lt;/b&gt;." in page
    asked = JoinRequest.objects.get().pk
    mentor.post("/c/prodev/-/requests", {"do": "accept", "request": asked, "role": "member"})
    assert role_of(shema, cohort) == "member"
    assert "You are a member" in text(browser.get("/c/prodev/-/join"))
    assert browser.post("/c/prodev/-/join", {"do": "leave"})["Location"] == "/"
    assert role_of(shema, cohort) == ""


def test_a_request_is_declined_or_taken_back(cohort, owner):
    browser = as_(PersonFactory())
    browser.post("/c/prodev/-/join", {"do": "ask"})
    browser.post("/c/prodev/-/join", {"do": "withdraw"})
    browser.post("/c/prodev/-/join", {"do": "ask"})
    asked = JoinRequest.objects.get(answer="").pk
    as_(owner).post("/c/prodev/-/requests", {"do": "decline", "request": asked})
    assert logged() == ["request.made", "request.withdrawn", "request.made", "request.declined"]
    assert "declined not long ago" in text(
        browser.post("/c/prodev/-/join", {"do": "ask"}, follow=True)
    )


def test_a_cohort_by_invitation_cannot_be_asked_for(cohort, owner):
    services.change_visibility(by=owner, cohort=cohort, visibility=Visibility.INVITE)
    browser = as_(PersonFactory())
    assert "ProDev" not in text(browser.get("/join"))
    assert browser.get("/c/prodev/").status_code == 404
    assert browser.get("/c/prodev/-/join").status_code == 404
    assert browser.post("/c/prodev/-/join", {"do": "ask"}).status_code == 404


def test_visitors_sign_in_to_see_whom_they_can_ask(cohort):
    page = text(Client().get("/join"))
    assert "ProDev" not in page
    assert "/accounts/sign-in?next=%2Fjoin" in page


# --- the log ---------------------------------------------------------------------------------


def test_the_log_tells_who_did_what_in_words(cohort, owner, member):
    browser = as_(owner)
    browser.post("/c/prodev/-/members", {"do": "role", "person": "lewis", "role": "mentor"})
    form = {"name": "ALX", "slug": "prodev", "description": "", "visibility": "members"}
    browser.post("/c/prodev/-/settings", form)
    invite(browser, uses="30")
    with pytest.raises(Exception, match="Only owners"):
        services.archive_cohort(by=member, cohort=cohort)

    page = " ".join(re.sub(r"<[^>]+>", " ", text(browser.get("/c/prodev/-/log"))).split())
    for said in (
        "ruth made lewis a mentor, before a member",
        "ruth changed the name from “ProDev” to “ALX”",
        "ruth made an invitation (link) for 30 people, as a member",
        "lewis tried what is not theirs to do: make the cohort read-only, and bring it back",
        "from 127.0.0.1",
        "on the hub’s machine",
    ):
        assert said in page


def test_the_log_is_filtered_and_leafed_through(cohort, owner, member, monkeypatch):
    monkeypatch.setattr("nexus.web.pages.governing.log.PAGE", 2)
    services.change_cohort(by=owner, cohort=cohort, name="New")
    for role in ("mentor", "guest", "member"):
        services.change_role(by=owner, cohort=cohort, person=member, role=role)
    browser = as_(owner)
    page = text(browser.get("/c/prodev/-/log?what=people&who=LEWIS"))
    assert page.count("made lewis") == 2
    older = re.search(r'href="([^"]*before=\d+[^"]*)"', page)
    assert older
    page = text(browser.get(older[1].replace("&amp;", "&")))
    assert page.count("made lewis") == 1
    assert "changed the name" not in page
    assert "changed the name" in text(browser.get("/c/prodev/-/log?what=cohort"))
    add_repository(by=owner, cohort=cohort, origin=parse_origin("https://git.example.org/ada/shop"))
    assert "added the repository shop" in text(browser.get("/c/prodev/-/log?what=published"))
    for nonsense in ("what=x", "before=x", "before=²", "who=nobody", "before=" + "9" * 40):
        assert browser.get(f"/c/prodev/-/log?{nonsense}").status_code == 200


def test_owners_read_their_part_and_the_hubs_owner_all(cohort, owner):
    other = services.create_cohort(by=None, slug="elsewhere", name="Elsewhere")
    services.change_cohort(by=None, cohort=other, description="Hidden words")
    assert "Hidden words" not in text(as_(owner).get("/c/prodev/-/log"))
    assert as_(owner).get("/log").status_code == 403
    page = text(as_(OwnerFactory()).get("/log"))
    assert "Hidden words" in page
    assert "Elsewhere" in page
    assert Client().get("/log").status_code == 302


# --- what people are told of requests ------------------------------------------------------------


def test_who_answers_sees_how_many_wait_wherever_they_come_by(cohort, owner, member):
    JoinRequestFactory(cohort=cohort)
    mine, others = as_(owner), as_(member)
    assert "1 person asks to join ProDev" in text(mine.get("/"))
    assert "1 person asks to join</a>" in text(mine.get("/c/prodev/"))
    assert "Requests (1)" in text(mine.get("/c/prodev/-/members"))
    for page in ("/", "/c/prodev/", "/c/prodev/-/people"):
        assert "asks to join" not in text(others.get(page))


def test_mails_about_those_who_wait_are_turned_off_and_on(cohort, owner):
    browser = as_(owner)
    response = browser.post("/c/prodev/-/requests", {"mails": "off"}, follow=True)
    assert "You get no mails about it." in text(response)
    assert "Send me one a day" in text(response)
    response = browser.post("/c/prodev/-/requests", {"mails": "on"}, follow=True)
    assert "Send me none" in text(response)


def test_who_asked_finds_the_answer(cohort, owner):
    ada = PersonFactory()
    browser = as_(ada)
    browser.post("/c/prodev/-/join", {"do": "ask"})
    assert "ProDev</a> has not answered yet" in text(browser.get("/join"))
    services.decline_request(by=owner, cohort=cohort, request=JoinRequest.objects.get().pk)
    assert "ProDev</a> declined" in text(browser.get("/join"))
    page = text(browser.get("/c/prodev/-/join"))
    assert "You can ask again from" in page
    assert "<textarea" not in page

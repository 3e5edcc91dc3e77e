"""What somebody tries who means harm, at the doors of accounts and cohorts."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from nexus.cohorts import services
from nexus.cohorts.models import Invitation, JoinRequest, Membership, Role
from nexus.cohorts.selectors import role_of
from nexus.cohorts.services.invitations import MOST_MAILS
from nexus.cohorts.tests.factories import CohortFactory, InvitationFactory, MembershipFactory
from nexus.config.tests.test_headers import address
from nexus.config.urls import urlpatterns
from nexus.kernel.errors import Conflict
from nexus.kernel.models import AuditRecord
from nexus.people.models import Mail, Person
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.people.tests.flows import confirm, is_signed_in, newest_mail, settled, sign_in
from nexus.people.tests.test_afterwards import way

pytestmark = pytest.mark.django_db
#: What programs ask with credentials of their own, which no browser sends by itself.
FOR_PROGRAMS = ("/git/", "/api/", "/oauth/", "/accounts/token")


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


@pytest.fixture
def owner(cohort):
    return MembershipFactory(cohort=cohort, role=Role.OWNER).person


def as_(person):
    client = Client()
    client.force_login(person)
    return client


# --- addresses ---


@pytest.mark.parametrize(
    "page", ["/p/%00", "/c/prodev/notes/%00", "/c/prodev/-/resources?q=%00", "/api/v1/me?a=%00"]
)
def test_an_address_with_a_nul_is_refused_before_a_database_stumbles(cohort, page):
    answer = Client().get(page)
    assert answer.status_code == 400
    assert Client().post(page).status_code == 400


def test_a_form_with_a_nul_is_refused_before_a_database_stumbles(cohort, owner):
    browser, form = as_(owner), "application/x-www-form-urlencoded"
    for body in ("do=remove&person=%00", "do=remove&person=a&person=%00", "%00=1"):
        answer = browser.post("/c/prodev/-/members", body, content_type=form)
        assert answer.status_code == 400
    assert browser.post("/add", {"cohort": "\0", "origin": "x"}).status_code == 400, "with files"
    for path in ("token", "revoke", "device-code"):
        told = Client().post(f"/oauth/{path}", "client_id=%00", content_type=form)
        assert (told.status_code, told.json()["error"]) == (400, "invalid_request")
    assert "html" in Client().get("/oauth/authorize?client_id=%00")["Content-Type"]
    asked = as_(PersonFactory()).post("/c/prodev/-/join", "message=%00", content_type=form)
    assert asked.status_code == 400
    assert not JoinRequest.objects.exists()


# --- in somebody's name --------------------------------------------------------------------------


def test_no_form_is_taken_from_another_site():
    """Whatever the address, a browser that is signed in and shows no token changes nothing."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(OwnerFactory())
    pages = {address(one) for one in urlpatterns}
    asked = {page: browser.post(page).status_code for page in sorted(pages)}
    mine = {page: status for page, status in asked.items() if not page.startswith(FOR_PROGRAMS)}
    assert len(mine) > 60
    assert {page: status for page, status in mine.items() if status not in (403, 404, 405)} == {}


def test_a_session_that_was_planted_opens_nothing(client):
    settled()
    client.get("/accounts/sign-in")
    client.session.save()
    planted = client.cookies["nexus_session"].value
    thief = Client()
    thief.cookies["nexus_session"] = planted

    sign_in(client)

    assert is_signed_in(client)
    assert client.cookies["nexus_session"].value != planted
    assert not is_signed_in(thief)


def test_a_session_that_waits_for_the_second_step_opens_nothing(client):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(settled(), "JBSWY3DPEHPK3PXP")  # nexus:allow
    sign_in(client)

    assert not is_signed_in(client)
    for page in ("/accounts/email", "/accounts/password", "/accounts/confirm", "/join"):
        client.post(page, {"email": "eve@example.org", "password1": "eight tame ducks"})
    assert EmailAddress.objects.get().email == "ada@example.org"
    assert not client.get("/").context["me"]


# --- fields that the form has not ----------------------------------------------------------------


def test_fields_of_the_tables_are_no_fields_of_the_forms(cohort, owner):
    other = CohortFactory(slug="other")
    ada = PersonFactory(handle="ada")
    more = {
        "is_owner": "on",
        "is_staff": "on",
        "role": "owner",
        "cohort": other.pk,
        "cohort_id": other.pk,
        "person": ada.pk,
        "by_hub": "on",
        "made_by": "",
        "handle": "admin",
        "most_uses": 500,
        "answer": "accepted",
    }
    browser = as_(ada)
    made = services.invite_by_link(by=owner, cohort=cohort, role="guest")

    browser.post(f"/i/{made.secret}", more)
    browser.post("/c/other/-/join", {"do": "ask", **more})
    browser.post("/accounts/email", {"action_add": "", "email": "a@example.org", **more})

    assert (role_of(ada, cohort), role_of(ada, other)) == ("guest", "")
    assert JoinRequest.objects.get().answer == ""
    fresh = Person.objects.get(pk=ada.pk)
    assert (fresh.handle, fresh.is_owner, fresh.is_claimed) == ("ada", False, True)


def test_an_invitation_is_made_with_the_fields_of_its_form_alone(cohort, owner):
    mentor = MembershipFactory(cohort=cohort, role=Role.MENTOR).person
    other = CohortFactory(slug="other")
    form = {"kind": "link", "role": "member", "uses": "1", "days": "1"}
    more = {"by_hub": "on", "cohort": other.pk, "made_by": owner.pk, "digest": "a" * 64}
    as_(mentor).post("/c/prodev/-/invitations", {**form, **more})
    as_(mentor).post("/c/prodev/-/invitations", {**form, "role": "owner"})

    made = Invitation.objects.get()
    assert (made.cohort, made.made_by, made.by_hub, made.role) == (cohort, mentor, False, "member")
    told = AuditRecord.objects.get(is_refusal=True)
    assert (told.action, told.actor, told.scope) == ("cohort.forbidden", mentor.pk, cohort.readers)


def test_numbers_of_other_cohorts_open_nothing(cohort, owner):
    other = CohortFactory(slug="other")
    theirs = InvitationFactory(cohort=other)
    member = MembershipFactory(cohort=other)
    asked = JoinRequest.objects.create(cohort=other, person=PersonFactory())
    browser = as_(owner)

    posts = [
        ("invitations", {"do": "revoke", "invitation": theirs.pk}),
        ("requests", {"do": "accept", "request": asked.pk, "role": "owner"}),
        ("members", {"do": "remove", "person": member.person.handle}),
        ("members", {"do": "role", "person": member.person.handle, "role": "guest"}),
        ("members", {"do": "transfer", "person": member.person.handle}),
    ]
    for page, form in posts:
        assert browser.post(f"/c/prodev/-/{page}", form).status_code == 404
        assert browser.post(f"/c/other/-/{page}", form).status_code == 403
    assert browser.post("/join", {"do": "accept", "invitation": theirs.pk}).status_code == 302

    assert set(Membership.objects.filter(cohort=other)) == {member}
    assert not Membership.objects.filter(cohort=cohort).exclude(person=owner).exists()
    theirs.refresh_from_db()
    assert (theirs.revoked_at, theirs.uses) == (None, 0)
    told = AuditRecord.objects.filter(action="cohort.forbidden", is_refusal=True, actor=owner.pk)
    assert (
        told.filter(scope=cohort.readers).count() == told.filter(scope=other.readers).count() == 5
    )
    guessed = AuditRecord.objects.get(action="invitation.refused", is_refusal=True)
    assert (guessed.actor, guessed.scope) == (owner.pk, other.readers)


# --- mails ---------------------------------------------------------------------------------------


def test_the_host_that_a_request_names_is_in_no_mail(cohort, owner, settings):
    settings.PUBLIC_URL = "https://hub.example.org"
    settled("grace")
    browser = Client(HTTP_HOST="localhost:1234", HTTP_X_FORWARDED_HOST="evil.example")
    browser.force_login(owner)
    form = {"kind": "email", "role": "member", "days": "1", "email": "grace@example.org"}

    browser.post("/c/prodev/-/invitations", form)
    browser.post("/accounts/reset", {"email": "grace@example.org"})
    sign_up = {"name": "Mary", "username": "mary", "password1": "seven wild geese"}
    outside = Client(HTTP_HOST="localhost:1234", HTTP_X_FORWARDED_HOST="evil.example")
    outside.post("/accounts/sign-up", {**sign_up, "email": "mary@example.org"})

    hosts = re.findall(r"https?://[^/\s]+", " ".join(Mail.objects.values_list("body", flat=True)))
    assert len(hosts) >= 3
    assert set(hosts) == {"https://hub.example.org"}


def test_nobody_writes_to_strangers_without_end(cohort, owner, monkeypatch):
    monkeypatch.setattr("nexus.cohorts.services.invitations.MOST_MAILS", 2)
    assert MOST_MAILS >= 50, "a class is invited in one go"

    def invite():
        made = services.invite_by_email(
            by=owner, cohort=cohort, role="member", email="a@example.org"
        )
        services.revoke_invitation(by=owner, cohort=cohort, invitation=made.invitation.pk)

    invite()
    invite()
    with pytest.raises(Conflict, match="within a day"):
        invite()
    assert services.invite_by_link(by=owner, cohort=cohort, role="member")
    Invitation.objects.update(made_at=timezone.now() - timedelta(days=2))
    invite()


def test_a_link_that_verifies_one_address_verifies_no_other(client):
    settled("mallory")
    sign_in(client, "mallory")
    confirm(client)
    client.post("/accounts/email", {"action_add": "", "email": "m2@example.org"})
    link = way(newest_mail("m2@example.org"))
    client.post("/accounts/email", {"action_add": "", "email": "ada@example.org"})

    for act in ("action_primary", "action_remove"):
        client.post("/accounts/email", {act: "", "email": "ada@example.org"})
    client.post(link)

    assert not EmailAddress.objects.filter(email="ada@example.org", verified=True).exists()
    assert Person.objects.get().email == "mallory@example.org"


# --- coming back, and passing for others ---------------------------------------------------------


def test_who_was_removed_does_not_come_back_by_the_link_of_the_whole_class(cohort, owner):
    link = services.invite_by_link(by=owner, cohort=cohort, role="member", uses=30)
    eve, ada = PersonFactory(), PersonFactory()
    services.accept_invitation(by=eve, secret=link.secret)
    services.remove_member(by=owner, cohort=cohort, person=eve)

    with pytest.raises(services.InvitationRefused):
        services.accept_invitation(by=eve, secret=link.secret)
    services.accept_invitation(by=ada, secret=link.secret)

    newer = services.invite_by_link(by=owner, cohort=cohort, role="guest")
    services.accept_invitation(by=eve, secret=newer.secret)
    assert role_of(eve, cohort) == "guest"


def test_who_left_by_themselves_may_come_back(cohort, owner):
    link = services.invite_by_link(by=owner, cohort=cohort, role="member", uses=30)
    ada = PersonFactory()
    services.accept_invitation(by=ada, secret=link.secret)
    services.leave_cohort(by=ada, cohort=cohort)

    assert services.accept_invitation(by=ada, secret=link.secret)


def test_a_cohort_is_not_called_as_another_looks(cohort, owner, settings):
    settings.COHORTS_BY = "people"
    eve = PersonFactory()
    with pytest.raises(Conflict, match="written to look like"):
        services.create_cohort(by=eve, slug="another", name="Pr\u043eDev")
    own = services.create_cohort(by=eve, slug="another", name="ProDev")
    with pytest.raises(Conflict, match="written to look like"):
        services.change_cohort(by=eve, cohort=own, name="\u0420roDev")
    told = AuditRecord.objects.filter(action="name.refused", is_refusal=True)
    assert list(told.values_list("actor", flat=True)) == [eve.pk, eve.pk]
    services.change_cohort(by=owner, cohort=cohort, visibility="invite")

    hidden = services.change_cohort(by=eve, cohort=own, name="Pr\u043eDev")

    assert hidden.name == "Pr\u043eDev", "nothing is told of one that they may not know of"

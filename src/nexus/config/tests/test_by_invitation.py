"""A hub that takes no accounts but those of people who were invited (``NEXUS_SIGN_UP=invited``)."""

import threading
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from nexus.cohorts import services
from nexus.cohorts.models import Invitation, Place, Role
from nexus.cohorts.selectors import role_of
from nexus.cohorts.services.accepting import MOST_GUESSES_OF_ADDRESS
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged
from nexus.people.models import Person
from nexus.people.services import forget_unverified
from nexus.people.tests.flows import ADA, is_signed_in, newest_mail, settled, sign_in
from nexus.people.tests.test_afterwards import way

pytestmark = pytest.mark.django_db
CLOSED = "This hub is by invitation"


@pytest.fixture(autouse=True)
def _by_invitation(settings):
    settings.SIGN_UP = "invited"


@pytest.fixture
def cohort():
    return CohortFactory(name="ProDev")


@pytest.fixture
def owner(cohort):
    return MembershipFactory(cohort=cohort, role=Role.OWNER).person


@pytest.fixture
def link(cohort, owner):
    """The page of an invitation for one person."""
    return page_of(services.invite_by_link(by=owner, cohort=cohort, role="member"))


def page_of(made: services.Made) -> str:
    return f"/i/{made.secret}"


def sign_up(client: Client, back: str, **given: str):
    return client.post("/accounts/sign-up", {**ADA, "next": back, **given})


def is_closed(back: str) -> bool:
    page = Client().get(f"/accounts/sign-up?next={quote(back)}").content.decode()
    assert (CLOSED in page) != ('name="password1"' in page)
    return CLOSED in page


# --- the way in ----------------------------------------------------------------------------------


def test_a_guest_opens_a_link_makes_an_account_verifies_it_and_is_in_the_cohort(
    client, cohort, link
):
    assert f"/accounts/sign-up?next={quote(link, safe='')}" in client.get(link).content.decode()
    assert sign_up(client, link)["Location"] == "/accounts/verify"

    there = client.post(way(newest_mail()))["Location"]
    assert there == link
    assert "Accept as Ada Lovelace" in client.get(there).content.decode()
    client.post(there)

    ada = Person.objects.get(handle="ada")
    assert role_of(ada, cohort) == "member"
    invitation = Invitation.objects.get()
    assert (invitation.uses, invitation.taken) == (1, 1)
    assert logged() == ["invitation.made", "invitation.kept", "account.verified", "member.joined"]


def test_the_place_is_there_on_another_device_and_after_the_time_of_the_invitation(client, link):
    sign_up(client, link)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    phone = Client()
    phone.post(way(newest_mail()))
    assert "sign in" in phone.get(link).content.decode()
    sign_in(phone)

    assert phone.post(link).status_code == 302
    assert Invitation.objects.get().uses == 1


def test_a_place_does_not_outlast_the_invitation_being_taken_back(client, cohort, owner, link):
    sign_up(client, link)
    client.post(way(newest_mail()))
    services.revoke_invitation(by=owner, cohort=cohort, invitation=Invitation.objects.get().pk)

    assert "does not work" in client.get(link).content.decode()
    assert client.post(link).status_code == 422


# --- who does not come in ------------------------------------------------------------------------


def test_without_an_invitation_there_is_no_form_and_no_account(client):
    for back in ("", "/", "/join", "/i/", "/i/lusab-babad-gutih", "//evil.example/i/x"):
        assert is_closed(back)
        assert CLOSED in sign_up(client, back).content.decode()
    assert not Person.objects.exists()


def used(invitation: Invitation) -> None:
    invitation.uses = 1


def expired(invitation: Invitation) -> None:
    invitation.expires_at = timezone.now()


def revoked(invitation: Invitation) -> None:
    invitation.revoked_at = timezone.now()


def orphaned(invitation: Invitation) -> None:
    invitation.made_by = None


def archived(invitation: Invitation) -> None:
    invitation.cohort.archived_at = timezone.now()
    invitation.cohort.save()


@pytest.mark.parametrize("end", [used, expired, revoked, orphaned, archived])
def test_an_invitation_that_is_over_looks_like_one_that_never_was(client, link, end):
    invitation = Invitation.objects.get()
    end(invitation)
    invitation.save()
    before = Person.objects.count()

    over = client.get(f"/accounts/sign-up?next={link}").content
    never = client.get("/accounts/sign-up?next=/i/lusab-babad-gutih").content

    assert over == never.replace(b"%2Fi%2Flusab-babad-gutih", quote(link, safe="").encode())
    sign_up(client, link)
    assert Person.objects.count() == before


def test_the_last_use_makes_one_account(link):
    sign_up(Client(), link)

    assert is_closed(link)
    sign_up(Client(), link, username="eve", email="eve@example.org")

    assert not Person.objects.filter(handle="eve").exists()
    assert "does not work" in Client().get(link).content.decode()


def test_an_account_that_nobody_verifies_gives_the_place_back(link):
    sign_up(Client(), link)
    Person.objects.filter(handle="ada").update(joined_at=timezone.now() - timedelta(days=8))
    forget_unverified()

    assert not is_closed(link)


def test_who_has_an_account_spends_nothing_and_gets_the_same_answer(link):
    settled(handle="grace")
    taken = sign_up(Client(), link, email="grace@example.org")

    assert taken["Location"] == "/accounts/verify"
    assert not Place.objects.exists()
    assert not is_closed(link)


def test_codes_cannot_be_guessed_at_the_form_for_an_account(client):
    answers = [
        client.get(f"/accounts/sign-up?next=/i/guess-{at}", REMOTE_ADDR="192.0.2.7").status_code
        for at in range(MOST_GUESSES_OF_ADDRESS + 1)
    ]
    assert answers == [200] * MOST_GUESSES_OF_ADDRESS + [429]


@pytest.mark.parametrize("who", ["open", "closed"])
def test_where_it_is_not_by_invitation_no_place_is_kept(client, link, settings, who):
    settings.SIGN_UP = who
    sign_up(client, link)

    assert not Place.objects.exists()
    assert Person.objects.filter(handle="ada").exists() == (who == "open")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_up_by_the_last_use_at_once_one_has_an_account(link):
    answers = []

    def run(handle: str) -> None:
        answer = sign_up(Client(), link, username=handle, email=f"{handle}@example.org")
        answers.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=run, args=(handle,)) for handle in ("ada", "eve", "mary")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Place.objects.count() == 1
    assert Person.objects.filter(handle__in=["ada", "eve", "mary"]).count() == 1
    assert answers.count(302) == 1


# --- by e-mail -----------------------------------------------------------------------------------


@pytest.fixture
def mailed(cohort, owner):
    """The page of an invitation to Ada's address."""
    made = services.invite_by_email(by=owner, cohort=cohort, role="mentor", email=ADA["email"])
    return page_of(made)


def test_who_was_invited_by_e_mail_signs_up_with_that_address_and_no_other(client, cohort, mailed):
    form = client.get(f"/accounts/sign-up?next={mailed}").content.decode()
    assert 'value="ada@example.org"' in form

    sign_up(client, mailed, email="eve@example.org")

    ada = Person.objects.get(handle="ada")
    assert ada.email == "ada@example.org", "what was typed is not looked at"
    client.post(way(newest_mail()))
    client.post(mailed)
    assert role_of(ada, cohort) == "mentor"


def test_to_whom_it_was_forwarded_it_opens_nothing(client, cohort, mailed):
    sign_up(client, mailed, username="eve")
    assert not is_signed_in(client), "the mail to verify it is in the mailbox of another"
    eve = settled("mallory")
    other = Client()
    sign_in(other, "mallory")

    assert other.post(mailed).status_code == 422
    assert role_of(eve, cohort) == ""


def test_what_was_sent_by_e_mail_is_found_without_the_mail(client, cohort, mailed):
    ada = settled()
    sign_in(client)
    page = client.get("/join").content.decode()
    assert "You are invited" in page
    number = Invitation.objects.get().pk

    answer = client.post("/join", {"do": "accept", "invitation": number})

    assert answer["Location"] == f"/c/{cohort.slug}/"
    assert role_of(ada, cohort) == "mentor"
    assert "You are invited" not in client.get("/join").content.decode()


def test_nobody_accepts_what_another_was_sent(client, cohort, mailed):
    eve = settled("eve")
    EmailAddress.objects.create(user=eve, email="ada@example.org", verified=False)
    sign_in(client, "eve")
    assert "You are invited" not in client.get("/join").content.decode()

    client.post("/join", {"do": "accept", "invitation": Invitation.objects.get().pk})

    assert role_of(eve, cohort) == ""

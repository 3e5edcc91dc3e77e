"""Making an account, and showing that its address is one's own."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people import services, tasks
from nexus.people.models import Mail, Person
from nexus.people.tests.flows import (
    ADA,
    PASSWORD,
    events,
    is_signed_in,
    link_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


def sign_up(client: Client | None = None, **given):
    return (client or Client()).post("/accounts/sign-up", {**ADA, **given})


def test_an_account_is_made_and_its_address_is_to_be_verified(client):
    answer = sign_up(client)

    assert answer["Location"] == "/accounts/verify"
    ada = Person.objects.get(handle="ada")
    assert (ada.name, ada.email, ada.is_claimed) == ("Ada Lovelace", "ada@example.org", True)
    assert ada.password.startswith("argon2")
    assert not is_signed_in(client)
    assert events("signed_up") == [{"person": ada.pk}]
    assert set(StoredEvent.objects.values_list("audience", flat=True)) == {
        "public",
        f"person:{ada.pk}",
    }


def test_the_link_in_the_mail_verifies_the_address_and_opens_the_session_that_waits(client):
    sign_up(client)
    link = link_in(newest_mail())

    assert b"ada@example.org</strong> becomes the address of ada" in client.get(link).content
    assert not EmailAddress.objects.get().verified, "looking changes nothing"
    client.post(link)

    assert EmailAddress.objects.get().verified
    assert is_signed_in(client)
    assert events("email_verified") == [{"person": Person.objects.get().pk}]
    assert len(events("signed_in")) == 1


def test_the_link_works_in_another_browser_too(client):
    sign_up(client)
    elsewhere = Client()

    answer = elsewhere.post(link_in(newest_mail()))

    assert answer["Location"] == "/accounts/sign-in"
    assert not is_signed_in(elsewhere), "a link that was forwarded opens nothing"
    sign_in(elsewhere)
    assert is_signed_in(elsewhere)


def test_a_link_works_once(client):
    sign_up(client)
    link = link_in(newest_mail())
    Client().post(link)

    assert b"does not work any more" in Client().get(link).content
    assert Client().post(link).status_code == 404


@pytest.mark.parametrize("key", ["abc", "MTI:1abc:def", "a" * 500])
def test_a_link_that_was_made_up_verifies_nothing(client, key):
    sign_up(client)

    assert b"does not work any more" in client.get(f"/accounts/verify/{key}").content
    assert client.post(f"/accounts/verify/{key}").status_code == 404
    assert not EmailAddress.objects.get().verified
    told = AuditRecord.objects.filter(action="account.verifying-refused", is_refusal=True)
    assert [(one.address, one.details) for one in told] == [("127.0.0.1", {})] * 2


def test_a_link_that_is_too_old_verifies_nothing(client, monkeypatch):
    sign_up(client)
    link = link_in(newest_mail())
    later = time.time() + timedelta(days=2, seconds=1).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert client.post(link).status_code == 404
    assert not EmailAddress.objects.get().verified


def test_nobody_signs_in_before_the_address_is_verified(client):
    sign_up()

    assert sign_in(client)["Location"] == "/accounts/verify"
    assert not is_signed_in(client)


# --- what others can learn ---


def test_an_address_that_has_an_account_gets_the_same_answer(client):
    settled(handle="grace")
    fresh = sign_up(client)
    taken = sign_up(username="ada-2", email="grace@example.org")

    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert taken.content == fresh.content
    assert set(taken.cookies) == set(fresh.cookies)
    assert not Person.objects.filter(handle="ada-2").exists()
    assert newest_mail("grace@example.org").subject == "You have an account already"


def test_an_address_that_has_an_account_takes_as_much_work(monkeypatch):
    hashes = []
    original = "nexus.people.passwords.Argon2.encode"
    from nexus.people.passwords import Argon2

    encode = Argon2.encode
    monkeypatch.setattr(original, lambda self, *given: hashes.append(1) or encode(self, *given))
    settled(handle="grace")
    hashes.clear()
    sign_up()
    fresh = len(hashes)
    sign_up(username="ada-2", email="grace@example.org")

    assert len(hashes) - fresh == fresh == 1
    assert Mail.objects.count() == 2


def test_an_address_that_somebody_is_only_about_to_change_to_is_free():
    settled(handle="mallory")
    mallory = Person.objects.get()
    EmailAddress.objects.create(user=mallory, email="ada@example.org", verified=False)

    sign_up()
    Client().post(link_in(newest_mail()))

    assert EmailAddress.objects.get(email="ada@example.org").user.handle == "ada"


# --- handles and names ---


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        ("Mary-Ann", "taken"),
        ("MARY-ann", "taken"),
        ("maryann", "looks like"),
        ("rnary-ann", "looks like"),
        ("mary-ánn", "cannot be a handle"),
        ("admin", "kept for the hub"),
        ("4dm1n", None),
        ("adm1n", "kept for the hub"),
        ("r00t", "kept for the hub"),
        ("api", "kept for the hub"),
        ("-x", "cannot be a handle"),
        ("a" * 41, "at most"),
    ],
)
def test_handles_that_imitate_are_refused(handle, words):
    services.add_person(by=None, handle="Mary-Ann")

    page = sign_up(username=handle)

    if words is None:
        assert page.status_code == 302
    else:
        assert words in page.content.decode()
        assert not Person.objects.filter(email=ADA["email"]).exists()
    told = AuditRecord.objects.filter(action="name.refused", is_refusal=True, actor=None)
    imitates = words is not None and ("looks like" in words or "kept for" in words)
    assert told.exists() == imitates


def test_the_page_of_somebody_who_never_signed_in_cannot_be_taken():
    page_of_ada = services.ensure_page_of("Ada")

    assert "taken" in sign_up(username="ada").content.decode()
    assert not Person.objects.get(pk=page_of_ada.pk).is_claimed


@pytest.mark.parametrize("name", ["Grace H\u043epper", "Gr\u0430ce Hopper", "gr\u0430ce hopper"])
def test_a_name_in_letters_that_only_look_like_somebodys_is_refused(name):
    services.sign_up(handle="grace", name="Grace Hopper", email="g@example.org", password=PASSWORD)

    assert "look like somebody else" in sign_up(name=name).content.decode()
    assert AuditRecord.objects.get(action="name.refused").details == {"why": "name-alike"}


def test_two_people_may_have_one_name():
    services.sign_up(handle="grace", name="Ada Lovelace", email="g@example.org", password=PASSWORD)

    assert sign_up().status_code == 302


@pytest.mark.parametrize("name", ["Ada\u202eecalevoL", "Ada\x07", "\u2066Ada", "\u200b"])
def test_signs_that_nobody_sees_are_refused(name):
    assert "nobody can see" in sign_up(name=name).content.decode()


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "too short"), ("password123", "too common"), ("ada@example.org", "too similar")],
)
def test_weak_passwords_are_refused(password, words):
    assert words in sign_up(password1=password).content.decode()


def test_the_fields_that_a_form_has_not_are_left_alone(client):
    sign_up(client, is_owner="on", is_claimed="", pk="1", handle="eve")

    assert not Person.objects.get(handle="ada").is_owner


# --- who may ---


@pytest.mark.parametrize(
    ("who", "words"), [("invited", "by invitation"), ("closed", "takes no new")]
)
def test_a_hub_that_is_not_open_says_how_to_get_in(client, settings, who, words):
    settings.SIGN_UP = who

    assert words in client.get("/accounts/sign-up").content.decode()
    sign_up(client)
    assert not Person.objects.exists()


def test_signing_up_too_often_is_refused(client):
    answers = [sign_up(username="!").status_code for _ in range(21)]

    assert answers[19:] == [200, 429]


# --- what was only begun ---


def test_an_account_that_nobody_opens_gives_its_handle_back():
    sign_up()
    settled("grace")
    services.add_person(by=None, handle="mary", email="mary@example.org")
    Client().post("/accounts/reset", {"email": "mary@example.org"})
    services.ensure_page_of("Lewis")
    assert services.forget_unverified() == 0
    Person.objects.update(joined_at=timezone.now() - timedelta(days=8))

    assert services.forget_unverified() == 1

    assert set(Person.objects.values_list("handle", flat=True)) == {"grace", "mary", "Lewis"}
    assert [one["handle"] for one in events("sign_up_forgotten")] == ["ada"]
    assert sign_up().status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_clock_looks_for_them():
    sign_up()
    Person.objects.update(joined_at=timezone.now() - timedelta(days=8))

    tasks.forget_unverified()

    assert not Person.objects.exists()

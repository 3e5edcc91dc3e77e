"""Getting in with a password, and not getting in."""

import pytest
from django.test import Client

from nexus.kernel import audit
from nexus.kernel.models import AuditRecord
from nexus.people import services
from nexus.people.models import Person
from nexus.people.passwords import Argon2
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.people.tests.flows import (
    PASSWORD,
    events,
    is_signed_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.org", " ada "])
def test_a_handle_or_an_address_with_its_password_opens_a_session(client, login):
    ada = settled()

    assert sign_in(client, login)["Location"] == "/"
    assert is_signed_in(client)
    assert events("signed_in") == [{"person": ada.pk, "how": ["password"], "address": "127.0.0.1"}]


def test_somebody_whom_the_owner_let_in_has_no_address_to_verify(client):
    person = services.add_person(by=None, handle="ada")
    person.set_password(PASSWORD)
    person.save()

    sign_in(client)

    assert is_signed_in(client)


def test_the_session_gets_another_key_when_it_is_opened(client):
    settled()
    client.get("/accounts/reset")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["nexus_session"] = before

    sign_in(client)

    assert is_signed_in(client)
    assert client.session.session_key != before
    client.cookies["nexus_session"] = before
    assert not is_signed_in(client)


# --- where it leads ---


def test_signing_in_leads_back_to_where_one_was(client):
    settled()

    assert sign_in(client, next="/accounts/sessions")["Location"] == "/accounts/sessions"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "https:evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "\thttps://evil.example",
    ],
)
def test_signing_in_never_leads_elsewhere(client, place):
    settled()

    assert sign_in(client, next=place)["Location"] == "/"


# --- what others can learn ---


def refusal(login: str, password: str = "not the password") -> str:
    page: str = sign_in(Client(), login, password).content.decode()
    return page[page.index('class="notice') :].split("</div>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("known", "unknown"), [("ada", "eve"), ("ada@example.org", "e@example.org")]
)
def test_the_answer_does_not_tell_who_has_an_account(known, unknown):
    settled()

    assert refusal(known) == refusal(unknown)


@pytest.mark.parametrize("login", ["ada", "ada@example.org", "eve", "eve@example.org", "page"])
def test_every_attempt_takes_the_same_work(monkeypatch, login):
    settled()
    PersonFactory(handle="page", is_claimed=False).set_unusable_password()
    hashes = []
    encode = Argon2.encode
    monkeypatch.setattr(Argon2, "encode", lambda *given: hashes.append(1) or encode(*given))
    verify = Argon2.verify
    monkeypatch.setattr(Argon2, "verify", lambda *given: hashes.append(1) or verify(*given))

    refusal(login)

    assert len(hashes) == 1


# --- too many attempts ---


def attempts(count: int, login: str, address: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    for _ in range(count):
        sign_in(client, login, "not the password")
    return client


def test_an_account_is_locked_for_a_while_whichever_of_its_names_is_tried():
    ada = settled()
    attempts(3, "ada")
    attempts(2, "ada@example.org", "192.0.2.2")

    elsewhere = Client(REMOTE_ADDR="192.0.2.3")

    assert "Too many attempts" in sign_in(elsewhere).content.decode()
    assert not is_signed_in(elsewhere)
    sign_in(elsewhere)
    assert events("locked_out") == [{"person": ada.pk, "address": "192.0.2.3"}], "told once"
    assert len(events("sign_in_failed")) == 5


def test_an_account_that_does_not_exist_is_locked_alike():
    attempts(5, "eve")

    page = sign_in(Client(REMOTE_ADDR="192.0.2.3"), "eve").content.decode()

    assert "Too many attempts" in page
    assert events("locked_out") == [{"person": 0, "address": "192.0.2.3"}]


def test_an_address_that_tries_many_accounts_is_locked():
    settled()
    client = Client(REMOTE_ADDR="192.0.2.1")
    for number in range(10):
        sign_in(client, f"person-{number}", "not the password")

    assert "Too many attempts" in sign_in(client).content.decode()
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2"))["Location"] == "/"


def test_success_does_not_wipe_what_failed_before():
    settled("eve")
    settled()
    attempts(4, "ada")
    sign_in(Client(REMOTE_ADDR="192.0.2.1"), "eve")
    attempts(1, "ada")

    assert "Too many attempts" in sign_in(Client()).content.decode()


def test_what_a_client_says_about_its_address_is_not_believed():
    settled()
    for number in range(6):
        client = Client(REMOTE_ADDR="192.0.2.1", HTTP_X_REAL_IP=f"198.51.100.{number}")
        sign_in(client, "ada", "not the password")

    assert {one["address"] for one in events("sign_in_failed")} == {"192.0.2.1"}


# --- and the audit log ---


def told() -> list[tuple[str, str, str, dict[str, str]]]:
    found = AuditRecord.objects.filter(action__startswith="sign-in.", is_refusal=True)
    return [(one.action, one.subject_name, one.address, one.details) for one in found]


def test_the_log_tells_who_was_tried_and_from_where():
    settled()
    attempts(5, "ada@example.org")
    attempts(1, "ada")

    assert told() == [
        *[("sign-in.failed", "ada", "192.0.2.1", {"how": "password"})] * 5,
        ("sign-in.locked", "ada", "192.0.2.1", {"how": "too often"}),
    ]


def test_the_log_keeps_nothing_of_what_was_typed():
    """Who is in a hurry types the password where the name belongs."""
    attempts(1, "seven wild geese")

    assert told() == [("sign-in.unknown", "", "192.0.2.1", {"how": "password"})]
    rows = str(list(AuditRecord.objects.values()))
    assert "geese" not in rows
    assert "not the password" not in rows


def test_the_log_is_not_filled_by_whoever_goes_on(monkeypatch):
    monkeypatch.setattr(audit, "MOST_REFUSALS", 3)
    for number in range(5):
        attempts(1, f"person-{number}")
    attempts(1, "person-9", "192.0.2.2")

    assert [row[2] for row in told()] == ["192.0.2.1"] * 3 + ["192.0.2.2"]
    assert len(events("sign_in_failed")) == 6


def test_the_log_is_read_by_the_owner_of_the_hub(client):
    settled()
    attempts(1, "ada")
    attempts(1, "nobody")
    client.force_login(OwnerFactory())

    page = " ".join(client.get("/log").content.decode().split())

    assert "Somebody failed to sign in as ada" in page
    assert "Somebody failed to sign in as somebody who is not here" in page
    assert "from 192.0.2.1" in page
    assert "failed to sign in as" in client.get("/log?what=signing-in").content.decode()
    assert "failed to sign in as" not in client.get("/log?what=tokens").content.decode()


# --- links ---


def test_a_link_opens_a_session_and_lets_set_a_password(client):
    person = services.add_person(by=None, handle="ada")
    secret = services.make_sign_in_link(by=None, person=person)

    client.post(f"/accounts/link/{secret}")

    assert is_signed_in(client)
    assert client.get("/accounts/password").status_code == 200
    assert [one["how"] for one in events("signed_in")] == [["link"]]
    assert newest_mail().pk is None


def test_a_page_is_claimed_by_a_link_from_the_owner(client):
    page = services.ensure_page_of("Lewis Magangi")
    secret = services.make_sign_in_link(by=None, person=page)

    client.post(f"/accounts/link/{secret}")

    assert Person.objects.get(handle="Lewis-Magangi").is_claimed


# --- the frame of every page ---


def test_the_way_in_leads_back_to_the_page(client):
    page = client.get("/", {"q": "a&b"}).content.decode()

    assert 'href="/accounts/sign-in?next=/%3Fq%3Da%2526b"' in page
    assert 'href="/accounts/sign-in"' in client.get("/accounts/reset").content.decode()


def test_somebody_signed_in_finds_their_account(client):
    settled()
    sign_in(client)

    assert 'href="/accounts/"' in client.get("/").content.decode()

"""A program signs in by the steps and rules of the pages, and gets tokens."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from nexus.credentials.clients.tests.programs import AUTH, Program, signed_in, with_app
from nexus.credentials.tests.factories import make_token
from nexus.kernel.models import AuditRecord
from nexus.people.models import Person
from nexus.people.tests.flows import (
    OTHER_PASSWORD,
    PASSWORD,
    events,
    is_signed_in,
    newest_mail,
    settled,
    sign_in,
)

pytestmark = pytest.mark.django_db


def test_a_password_gives_tokens_that_work():
    ada = settled(name="Ada Lovelace")
    program = Program()

    answer = program.sign_in()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    told = answer.json()
    assert told["data"]["user"] == {"handle": "ada", "name": "Ada Lovelace"}
    assert (told["meta"]["token_type"], told["meta"]["expires_in"]) == ("Bearer", 300)
    assert "session_token" not in told["meta"]
    assert program.ask().json() == {
        "handle": "ada",
        "name": "Ada Lovelace",
        "scopes": ["git", "read", "write"],
        "credential": "client",
    }
    (happened,) = events("signed_in")
    assert happened == {"person": ada.pk, "how": ["password"], "address": "192.0.2.1"}


def test_an_address_will_do_for_a_name():
    settled()
    program = Program()

    assert (
        program.post("login", {"email": "ada@example.org", "password": PASSWORD}).status_code == 200
    )
    assert program.works()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("login", {"username": "ada", "password": PASSWORD}),
        ("2fa/authenticate", {"code": "123456"}),
        ("tokens/refresh", {"refresh_token": "x"}),
    ],
)
def test_what_is_not_for_a_program_to_set_is_refused_and_told_of(path, told):
    settled()
    program = Program()
    more = {"is_owner": True, "phone": "1", "2 little": PASSWORD, PASSWORD: "x"}

    answer = program.post(path, {**told, **more})

    assert (answer.status_code, answer.json()["code"]) == (422, "field-unknown")
    assert not {"is_owner", PASSWORD} & set(answer.content.decode().split('"'))
    logged = AuditRecord.objects.get(is_refusal=True)
    assert (logged.action, logged.address) == ("client.fields_refused", "192.0.2.1")
    assert logged.details == {"at": f"{AUTH}/{path}", "fields": ["is_owner", "phone"]}
    assert not UserSession.objects.exists()
    assert not Person.objects.get().is_owner


def test_where_nothing_is_to_be_sent_nothing_is_taken():
    settled()
    program = signed_in()
    headers = {"Authorization": f"Bearer {program.access}"}
    body = {"data": {"person": 1}, "content_type": "application/json", "headers": headers}

    assert program.client.delete(f"{AUTH}/session", **body).json()["code"] == "field-unknown"
    assert program.works()


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong password"), ("nobody", PASSWORD), ("ada", "x" * 5_000)]
)
def test_what_is_wrong_is_told_alike(name, password):
    settled()

    answer = Program().sign_in(name, password)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    told = answer.json()
    assert told["code"] == "request-refused"
    assert [one["code"] for one in told["errors"]] == ["username_password_mismatch"]
    assert password not in answer.content.decode()
    assert not UserSession.objects.exists()
    assert len(events("sign_in_failed")) == 1


def test_an_account_is_locked_as_on_the_pages():
    settled()
    for number in range(5):
        Program(f"192.0.2.{number}").sign_in(password="not the password")

    answer = Program("192.0.2.9").sign_in()

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer.json()["code"] == "too-many-attempts"
    assert "Too many attempts" in sign_in(Client()).content.decode()
    assert len(events("locked_out")) == 1


def test_an_address_that_asks_too_often_waits(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settled()
    program = Program()
    program.sign_in()

    answer = Program().sign_in()

    assert answer.status_code == 429
    assert answer.json()["code"] == "too-many-attempts"


def test_a_second_step_is_asked_for():
    code = with_app(settled())
    program = Program()

    first = program.sign_in()

    assert first.status_code == 401
    told = first.json()
    assert told["code"] == "second-step-wanted"
    assert [flow["id"] for flow in told["data"]["flows"]] == ["login", "mfa_authenticate"]
    assert not program.access
    wrong = program.give_code("000000")
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["code"] == "incorrect_code"
    assert [one["how"] for one in events("sign_in_failed")] == ["code"]
    before = program.session_token
    assert program.give_code(code).status_code == 200
    assert program.works()
    assert events("signed_in")[0]["how"] == ["password", "recovery code"]
    late = Program().post("2fa/authenticate", {"code": code}, X_Session_Token=before)
    assert late.status_code == 410, "the session goes on under another key"


def test_the_second_step_alone_opens_nothing():
    code = with_app(settled())
    for token in (
        {},
        *({"X_Session_Token": one} for one in ("x" * 32, "’", "\0" * 32, "x" * 30_000)),
    ):
        answer = Program().post("2fa/authenticate", {"code": code}, **token)
        assert answer.status_code in (401, 410)
    assert not events("signed_in")
    told = AuditRecord.objects.get(is_refusal=True)  # of the one that has the form of a token
    assert (told.action, told.details) == ("token.refused", {"token": "a session token"})


def test_a_session_token_is_between_steps_only():
    """Nobody makes a bearer of the cookie of a browser, nor a cookie of what a program has."""
    settled()
    browser = Client()
    sign_in(browser)
    key = browser.session.session_key

    answer = Client().get(f"{AUTH}/session", headers={"X-Session-Token": key})
    assert answer.status_code == 401
    program = signed_in()
    for token in (program.access, program.refresh):
        other = Client()
        other.cookies["nexus_session"] = token
        assert not is_signed_in(other)
    keys = set(Session.objects.values_list("session_key", flat=True))
    assert not [one for one in keys if one in program.access + program.refresh]


def test_the_session_of_a_browser_is_not_looked_at():
    settled()
    browser = Client(enforce_csrf_checks=True)
    sign_in_page = Client()
    sign_in(sign_in_page)
    browser.cookies = sign_in_page.cookies

    assert browser.get(f"{AUTH}/session").status_code == 401
    assert browser.delete(f"{AUTH}/session").status_code == 200
    assert is_signed_in(sign_in_page)
    posted = browser.post(
        f"{AUTH}/login",
        {"username": "ada", "password": PASSWORD},
        content_type="application/json",
    )
    assert posted.status_code == 200
    assert not posted.cookies


def test_who_is_not_verified_gets_a_mail_and_no_tokens():
    ada = settled()
    EmailAddress.objects.filter(user=ada).update(verified=False)
    program = Program()

    answer = program.sign_in()

    assert (answer.status_code, answer.json()["code"]) == (401, "address-unverified")
    assert not program.access
    assert "/accounts/verify/" in newest_mail().body


def test_a_program_sees_and_ends_its_session():
    settled()
    program = signed_in()

    assert program.ask(f"{AUTH}/session").json()["data"]["user"]["handle"] == "ada"
    assert program.ask(f"{AUTH}/session", "delete").status_code == 200
    assert not program.works()
    assert program.renew().status_code == 401
    assert [one["why"] for one in events("session_ended")] == ["signed-out"]


def test_a_personal_access_token_opens_no_session():
    _, secret = make_token(settled(), scopes=["read", "write", "git"])

    answer = Program().ask(f"{AUTH}/session", "delete", token=secret)

    assert (answer.status_code, answer.json()["code"]) == (403, "clients-only")


def test_who_is_signed_in_does_not_sign_in_again():
    settled()
    program = signed_in()
    told = {"username": "ada", "password": PASSWORD}

    answer = program.post("login", told, Authorization=f"Bearer {program.access}")

    assert (answer.status_code, answer.json()["code"]) == (409, "signed-in-already")


def test_what_the_hub_asks_for_is_told(client):
    told = client.get(f"{AUTH}/config").json()["data"]["account"]

    assert sorted(told["login_methods"]) == ["email", "username"]


@pytest.mark.parametrize(
    "path",
    [
        *("signup", "reauthenticate", "password/request", "password/reset", "email/verify"),
        *("code/request", "provider/token", "provider/signup", "webauthn/signup", "phone/verify"),
        *("account/email", "account/password/change", "account/authenticators/totp"),
    ],
)
def test_accounts_are_made_and_changed_on_the_pages_alone(client, path):
    for at in (f"{AUTH}/{path}", f"/api/v1/{path}", f"/_allauth/app/v1/auth/{path}"):
        assert client.post(at, {}, content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 15_000, "application/json", 400),
        (b'{"username": ' + b"9" * 9_000 + b"}", "application/json", 400),
        (b'{"username": "\\ud800", "password": "x"}', "application/json", 400),
        (b'{"username": "a\\u0000", "password": "x"}', "application/json", 400),
        (b'{"username": {"a": 1}, "password": ["x"]}', "application/json", 400),
        (
            b'{"username": "ada", "email": "ada@example.org", "password": "x"}',
            "application/json",
            400,
        ),
        (b"{}", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"username": "ada", "password": "x"}', "text/plain", 415),
        (b"username=ada&password=x", "application/x-www-form-urlencoded", 415),
        (b'{"username": "' + b"a" * 20_000 + b'"}', "application/json", 413),
    ],
)
def test_what_cannot_be_read_is_refused(client, body, kind, status):
    answer = client.post(f"{AUTH}/login", body, content_type=kind)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("login", "get", "POST"),
        ("login", "put", "POST"),
        ("tokens/refresh", "get", "POST"),
        ("session", "post", "GET, DELETE"),
        ("config", "post", "GET"),
        ("login", "options", "POST"),
    ],
)
def test_other_methods_are_refused(client, path, method, allowed):
    answer = getattr(client, method)(f"{AUTH}/{path}")

    assert (answer.status_code, answer["Allow"]) == (405, allowed)


def test_nothing_of_it_is_kept_in_the_log_or_the_events():
    settled()
    program = signed_in()
    program.renew("eyJhbGciOiJub25lIn0.e30.")
    rows = [str(vars(one)) for one in AuditRecord.objects.all()]
    rows += [json.dumps(one) for one in events("signed_in")]

    assert not [row for row in rows if program.access in row or PASSWORD in row or "e30" in row]
    assert OTHER_PASSWORD not in "".join(rows)

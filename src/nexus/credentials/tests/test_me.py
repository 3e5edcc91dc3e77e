"""Programs may ask for whom they act; and are told what is wrong in a form they can read."""

import base64

import pytest
from django.test import Client

from nexus.credentials import identifying
from nexus.credentials.tests.factories import make_token
from nexus.credentials.tokens import make_token as form_of_token
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def asked(authorization: str, client: Client | None = None):
    return (client or Client()).get(ME, headers={"Authorization": authorization})


def test_a_program_is_told_for_whom_it_acts():
    ada = PersonFactory(handle="ada", name="Ada Lovelace")
    _, secret = make_token(ada, scopes=["git", "read"])

    answer = asked(f"Bearer {secret}")

    assert answer.json() == {
        "handle": "ada",
        "name": "Ada Lovelace",
        "scopes": ["git", "read"],
        "credential": "personal-access-token",
    }
    assert answer["Cache-Control"] == "no-store"
    assert answer["Vary"] == "Authorization, Cookie"
    assert answer["Content-Type"] == "application/json"
    assert asked("Basic " + base64.b64encode(f"ada:{secret}".encode()).decode()).status_code == 200


def test_a_session_may_look(client):
    client.force_login(PersonFactory(handle="ada"))

    found = client.get(ME).json()

    assert (found["handle"], found["credential"]) == ("ada", "session")
    assert found["scopes"] == ["git", "read", "write"]
    assert client.head(ME).content == b""


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(method):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(PersonFactory())
    _, secret = make_token()

    answer = getattr(browser, method)(ME)
    assert answer.status_code in (403, 405)
    assert answer["Content-Type"] == "application/problem+json"
    answer = getattr(Client(), method)(ME, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_guest_is_asked_for_a_credential(client):
    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Nexus"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {
        "type": "urn:nexus:error:credential-wanted",
        "title": "The hub does not know who asks.",
        "status": 401,
        "detail": "Show an access token in the header Authorization, as a bearer.",
        "code": "credential-wanted",
    }


def test_a_token_that_does_not_work_is_refused_and_told_of():
    secret = form_of_token().text

    answer = asked(f"Bearer {secret}")

    assert answer.status_code == 401
    said = answer["WWW-Authenticate"]
    assert said.startswith('Bearer realm="Nexus", error="invalid_token", error_description="This ')
    assert answer.json()["code"] == "token-refused"
    assert secret not in answer.content.decode() + said
    logged = AuditRecord.objects.get(action="token.refused")
    assert (logged.door, logged.address) == ("api", "127.0.0.1")


def test_the_name_of_a_token_cannot_break_a_header():
    token, secret = make_token()
    type(token).objects.update(name='a"\\\x07\r\n: b“', expires_at=token.made_at)

    said = asked(f"Bearer {secret}")["WWW-Authenticate"]

    assert said.endswith('error_description="The access token a: b has expired."')


def test_after_too_many_wrong_ones_it_says_when_to_come_back(monkeypatch):
    monkeypatch.setattr(identifying, "MOST_WRONG", 1)
    asked(f"Bearer {form_of_token().text}")

    answer = asked(f"Bearer {form_of_token().text}")

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer.json()["code"] == "too-many-attempts"


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nowhere"])
def test_what_is_not_there_is_a_problem_document(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not-found"


def test_what_breaks_is_a_problem_document_without_a_trace(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("nexus.credentials.rest.me.identify", lambda request: 1 / 0)

    answer = client.get(ME)

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.content.decode()

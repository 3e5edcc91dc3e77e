"""An app that a person lets in in their browser: the code, its proof, and what comes of it."""

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider import lifetimes
from nexus.credentials.provider.tests.factories import BACK, make_app
from nexus.credentials.provider.tests.flows import VERIFIER, Program, browser_of, me, params, submit
from nexus.credentials.provider.ways import Kind
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory(handle="ada", name="Ada Lovelace")


@pytest.fixture
def notes():
    return Program(make_app()[0])


@pytest.fixture
def server_app():
    return Program(*make_app(kind=Kind.CONFIDENTIAL.value, name="Server"))


@pytest.mark.parametrize("which", ["notes", "server_app"])
def test_a_code_brings_tokens_that_open_what_was_agreed(which, ada, request):
    program = request.getfixturevalue(which)
    tokens = program.tokens_of(ada)
    assert (tokens["token_type"], tokens["scope"]) == ("Bearer", "openid profile read")
    assert tokens["expires_in"] == 3600
    answer = me(tokens["access_token"])
    assert answer.status_code == 200
    assert answer.json()["handle"] == "ada"
    assert answer.json()["credential"] == "app"
    assert AppGrant.objects.get().last_used_at


def test_nothing_that_is_kept_opens_anything(ada, notes):
    code = notes.code_of(ada)
    tokens = notes.redeem(code).json()
    rows = str(list(AppToken.objects.values()) + list(AppGrant.objects.values()))
    rows += str(list(AuditRecord.objects.values()) + list(StoredEvent.objects.values()))
    secrets = [code, tokens["access_token"], tokens["refresh_token"], tokens["id_token"]]
    assert not [secret for secret in secrets if secret[12:] in rows]


def test_the_identity_is_signed_for_this_app_and_this_request(ada, notes):
    tokens = notes.tokens_of(ada, nonce="n-0S6_WzA2Mj")
    (key,) = Client().get("/oauth/keys.json").json()["keys"]
    claims = jwt.decode(
        tokens["id_token"],
        jwt.PyJWK(key),
        algorithms=["RS256"],
        audience=notes.app.pk,
        issuer="http://testserver",
    )
    assert (claims["sub"], claims["nonce"]) == (str(ada.pk), "n-0S6_WzA2Mj")
    assert (claims["preferred_username"], claims["name"]) == ("ada", "Ada Lovelace")
    assert "email" not in claims
    assert claims["exp"] - claims["iat"] == lifetimes.IDENTITY.total_seconds()


def test_without_openid_there_is_no_identity(ada, notes):
    assert "id_token" not in notes.tokens_of(ada, scope="read")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": VERIFIER[::-1]},
        {"code_verifier": None},
        {"redirect_uri": BACK + "/"},
        {"redirect_uri": None},
        {"code": "x" * 30},
    ],
)
def test_a_code_needs_its_proof_and_its_address(ada, notes, wrong):
    code = notes.code_of(ada)
    changes = {name: value for name, value in wrong.items() if value is not None}
    asked = {"code_verifier": VERIFIER, "redirect_uri": BACK, "code": code} | changes
    kept = {name: value for name, value in asked.items() if wrong.get(name, "") is not None}
    answer = notes.post("/oauth/token", grant_type="authorization_code", **kept)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error in {"invalid_grant", "invalid_request"}
    assert not AppToken.objects.exclude(kind="code").exists()
    told = AuditRecord.objects.get(is_refusal=True)
    assert (told.details["app"], told.details["error"]) == ("Notes", error)
    assert told.action == {
        "invalid_grant": "app.grant_refused",
        "invalid_request": "app.request_refused",
    }.get(error)
    assert notes.redeem(code).status_code == 200


@pytest.mark.parametrize("late", [False, True])
def test_a_code_shown_twice_ends_all_that_came_of_it(ada, notes, late):
    code = notes.code_of(ada)
    tokens = notes.redeem(code).json()
    if late:
        AppToken.objects.filter(kind="code").update(expires_at=timezone.now())
    again = notes.redeem(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert me(tokens["access_token"]).status_code == 401
    assert notes.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert not AppGrant.objects.exists()
    logged = AuditRecord.objects.get(action="app.replayed")
    assert (logged.is_refusal, logged.subject) == (True, ada.pk)
    assert logged.details["shown"] == "authorisation code"


def test_a_code_works_for_a_minute(ada, notes):
    code = notes.code_of(ada)
    AppToken.objects.update(expires_at=timezone.now())
    assert notes.redeem(code).json()["error"] == "invalid_grant"


def test_a_code_is_good_for_the_app_alone_that_was_let_in(ada, notes, server_app):
    code = notes.code_of(ada)
    assert server_app.redeem(code).json()["error"] == "invalid_grant"
    other = Program(make_app(name="Other")[0])
    assert other.redeem(code).json()["error"] == "invalid_grant"
    refused = AuditRecord.objects.filter(action="app.grant_refused").order_by("pk")
    assert [row.details["app"] for row in refused] == ["Server", "Other"]
    assert notes.redeem(code).status_code == 200


def told(app):
    """What the audit log says of who passed for ``app``; nothing in it is a secret."""
    rows = AuditRecord.objects.filter(action="app.secret_refused", is_refusal=True)
    assert {(row.details["id"], row.subject) for row in rows} <= {(app.pk, app.owner_id)}
    return [row.details["why"] for row in rows]


@pytest.mark.parametrize(
    ("secret", "why"),
    [("", "not shown"), ("wrong", "wrong"), ("nxc_" + "A" * 46, "wrong")],
)
def test_a_confidential_app_shows_its_secret(ada, server_app, secret, why):
    code = server_app.code_of(ada)
    answer = Program(server_app.app, secret).redeem(code)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer["WWW-Authenticate"] == 'Basic realm="Nexus"'
    assert told(server_app.app) == [why]
    assert server_app.redeem(code).status_code == 200


def test_a_secret_is_taken_in_the_form_too(ada, server_app):
    shown = Program(server_app.app).redeem(server_app.code_of(ada), client_secret=server_app.secret)
    assert shown.status_code == 200


def test_an_app_says_in_one_way_who_it_is(ada, server_app):
    other = Program(*make_app(kind=Kind.CONFIDENTIAL.value, name="Other"))
    tokens = server_app.redeem(server_app.code_of(ada)).json()
    for answer in (
        server_app.redeem(server_app.code_of(ada), client_id=other.app.pk),
        server_app.refresh(tokens["refresh_token"], client_id=other.app.pk),
    ):
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert told(server_app.app) == ["shown with the name of another app"] * 2
    assert server_app.refresh(tokens["refresh_token"]).status_code == 200


def test_a_public_app_cannot_pass_for_one_with_a_secret(ada, notes, server_app):
    answer = Program(notes.app, server_app.secret).redeem(notes.code_of(ada))
    assert answer.json()["error"] == "invalid_client"
    assert told(notes.app) == ["it has none"]


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke", "/oauth/device-code"])
def test_who_passes_for_an_app_is_told_at_every_address(server_app, path):
    asked = {"grant_type": "refresh_token", "refresh_token": "x", "token": "x", "scope": "read"}
    asked["client_id"] = server_app.app.pk
    other = make_app(kind=Kind.CONFIDENTIAL.value, name="Other")[1]

    assert Program(server_app.app, other).post(path, **asked).status_code == 401

    assert told(server_app.app) == ["wrong"]
    assert other not in str(list(AuditRecord.objects.values()))


def test_an_app_that_is_not_here_is_told_without_what_was_typed(server_app):
    asked = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": "nobody"}
    answer = server_app.http.post("/oauth/token", asked)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert AuditRecord.objects.get(is_refusal=True).action == "app.unknown"
    assert "nobody" not in str(list(AuditRecord.objects.values()))


def test_an_account_that_was_closed_opens_nothing(ada, notes):
    tokens, code = notes.tokens_of(ada), notes.code_of(ada)
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert me(tokens["access_token"]).status_code == 401
    assert notes.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert notes.redeem(code).json()["error"] == "invalid_grant"


def test_nobody_answers_for_an_app_whose_owner_left(ada, notes):
    tokens = notes.tokens_of(ada)
    type(ada).objects.filter(pk=notes.app.owner_id).update(is_active=False)
    assert me(tokens["access_token"]).status_code == 401
    assert notes.refresh(tokens["refresh_token"]).status_code == 401
    assert Client().get(notes.address()).status_code == 400


def test_other_kinds_of_grants_are_refused(ada, notes):
    for grant in ("password", "client_credentials", "implicit", ""):
        answer = notes.post("/oauth/token", grant_type=grant, username="ada", password="x")
        assert answer.status_code in {400, 401}
        assert answer.json()["error"]
    assert not AppToken.objects.exists()


def test_secrets_do_not_stand_in_addresses(server_app):
    query = f"client_id={server_app.app.pk}&client_secret={server_app.secret}"
    answer = Client().post(f"/oauth/token?{query}&grant_type=client_credentials")
    assert answer.json()["error"] == "invalid_request"
    assert Client().get(f"/oauth/token?{query}").status_code == 405


def test_who_sends_people_back_says_who_it_is(ada, notes):
    browser, address = browser_of(ada), notes.address(state="s & t")
    back = submit(browser, browser.get(address), at=address, answer="yes")
    assert back["Location"].startswith(BACK + "?")
    told = params(back["Location"])
    assert (told["state"], told["iss"]) == ("s & t", "http://testserver")
    assert set(told) == {"code", "state", "iss"}


def test_answers_are_not_kept(ada, notes):
    answer = notes.redeem(notes.code_of(ada))
    assert answer["Cache-Control"] == "no-store"

"""An app finds all of it by the hub's address, behind a gateway too, and reads who one is."""

import base64
import json

import jwt
import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from nexus.credentials.provider.keys import new_key
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import Program, me
from nexus.credentials.scopes import APP_SCOPES
from nexus.credentials.tests.factories import make_token
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PLACES = ("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")


@pytest.fixture
def ada():
    ada = PersonFactory(handle="ada", name="Ada Lovelace", email="ada@example.org")
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    return ada


@pytest.fixture
def notes():
    return Program(make_app()[0])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("public", "issuer"),
    [
        ("", "http://testserver"),
        ("https://hub.example.org", "https://hub.example.org"),
        ("https://hub.example.org/", "https://hub.example.org"),
    ],
)
def test_the_issuer_is_the_public_address(settings, place, public, issuer):
    settings.PUBLIC_URL = public
    told = Client().get(place).json()
    assert told["issuer"] == issuer
    assert told["token_endpoint"] == f"{issuer}/oauth/token"
    assert all(
        value.startswith(f"{issuer}/")
        for name, value in told.items()
        if "endpoint" in name and isinstance(value, str)
    )


def test_it_says_what_there_is_and_every_address_answers():
    told = Client().get(PLACES[0]).json()
    assert told["scopes_supported"] == list(APP_SCOPES)
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["response_types_supported"] == ["code"]
    assert told["id_token_signing_alg_values_supported"] == ["RS256"]
    for name, address in told.items():
        if name.endswith(("_endpoint", "_uri")):
            assert Client().get(address.removeprefix("http://testserver")).status_code != 404


def test_identities_are_signed_by_the_public_name(settings, ada, notes):
    settings.PUBLIC_URL = "https://hub.example.org/"
    token = notes.tokens_of(ada)["id_token"]
    (key,) = Client().get("/oauth/keys.json").json()["keys"]
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], audience=notes.app.pk)
    assert claims["iss"] == "https://hub.example.org"


def userinfo(token, method="get"):
    return getattr(Client(), method)(
        "/oauth/userinfo", headers={"Authorization": f"Bearer {token}"}
    )


@pytest.mark.parametrize(
    ("scope", "known"),
    [
        ("openid", {"sub"}),
        ("openid profile", {"sub", "preferred_username", "name", "zoneinfo"}),
        ("openid email", {"sub", "email", "email_verified"}),
    ],
)
def test_an_app_learns_what_it_was_let_know(ada, notes, scope, known):
    token = notes.tokens_of(ada, scope=scope)["access_token"]
    answer = userinfo(token)
    assert set(answer.json()) == known
    assert answer.json()["sub"] == str(ada.pk)
    assert userinfo(token, "post").json() == answer.json()


def test_an_address_that_nobody_verified_is_told_as_such(ada, notes):
    EmailAddress.objects.all().delete()
    token = notes.tokens_of(ada, scope="openid email")["access_token"]
    assert userinfo(token).json()["email_verified"] is False


def test_who_somebody_is_needs_a_token_for_it(ada, notes):
    for token in (
        notes.tokens_of(ada, scope="read")["access_token"],
        make_token(ada, scopes=["read"])[1],
    ):
        answer = userinfo(token)
        assert answer.status_code == 403
        assert 'error="insufficient_scope", scope="openid"' in answer["WWW-Authenticate"]
    assert userinfo("nxa_" + "A" * 46).status_code == 401
    guest = Client().get("/oauth/userinfo")
    assert (guest.status_code, guest["WWW-Authenticate"]) == (401, 'Bearer realm="Nexus"')


def forged(header, claims, key=""):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part(header)}.{part(claims)}.{key}"


def test_an_identity_opens_nothing_real_or_forged(ada, notes):
    real = notes.tokens_of(ada)["id_token"]
    claims = jwt.decode(real, options={"verify_signature": False})
    header, body, signature = real.split(".")
    tokens = [
        real,
        forged({"alg": "none"}, claims),
        forged({"alg": "none", "typ": "JWT"}, {**claims, "token_use": "access"}),
        f"{header}.{body}x.{signature}",
        jwt.encode({**claims, "exp": 1}, new_key(), algorithm="RS256"),
        jwt.encode({**claims, "aud": "elsewhere"}, new_key(), algorithm="RS256"),
    ]
    for token in tokens:
        assert me(token).status_code == 401
        assert userinfo(token).status_code == 401


def test_a_token_with_one_letter_changed_opens_nothing(ada, notes):
    token = notes.tokens_of(ada)["access_token"]
    for at in (5, 20, 49):
        letter = "x" if token[at] != "x" else "y"
        assert me(token[:at] + letter + token[at + 1 :]).status_code == 401

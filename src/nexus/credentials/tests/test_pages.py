"""The page of access tokens, as its owner, a guest and somebody else meet it."""

import html
import re

import pytest
from django.test import Client

from nexus.credentials.models import AccessToken
from nexus.credentials.selectors import token_by_secret
from nexus.credentials.tests.factories import make_token
from nexus.people.models import Person
from nexus.people.tests.flows import PASSWORD, confirm, settled, sign_in

pytestmark = pytest.mark.django_db
ASKED = {"name": "git on my laptop", "scopes": ["git", "read"], "days": "90"}


@pytest.fixture
def ada():
    return settled()


@pytest.fixture
def page(ada):
    """Somebody who has just shown who they are."""
    client = Client()
    sign_in(client)
    confirm(client)
    return client


def test_a_token_is_shown_once_and_works(page, ada):
    assert page.get("/accounts/tokens").status_code == 200
    answer = page.post("/accounts/tokens", ASKED)
    (secret,) = set(re.findall(r"nxs_\w{46}", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    token = token_by_secret(secret)
    assert (token.person, token.scopes, token.name) == (ada, ["git", "read"], "git on my laptop")
    again = page.get("/accounts/tokens").content.decode()
    assert secret not in again
    assert token.prefix in again
    assert "never used" in again


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["root"]}, {"days": "9999"}]
)
def test_what_is_missing_is_said(page, wrong):
    answer = page.post("/accounts/tokens", {**ASKED, **wrong})
    assert answer.status_code == 422
    assert "fault" in answer.content.decode()
    assert not AccessToken.objects.exists()


def test_what_the_service_refuses_is_said(page, monkeypatch):
    monkeypatch.setattr("nexus.credentials.services.MOST_TOKENS", 0)
    answer = page.post("/accounts/tokens", ASKED)
    assert answer.status_code == 422
    assert "Revoke those" in html.unescape(answer.content.decode())


def test_one_is_revoked_with_one_click(page, ada):
    token, secret = make_token(ada)
    answer = page.post(f"/accounts/tokens/{token.prefix}/revoke")
    assert answer["Location"] == "/accounts/tokens"
    assert token_by_secret(secret).revoked_at


def test_nobody_sees_or_revokes_those_of_others(page):
    token, _ = make_token()
    assert token.prefix not in page.get("/accounts/tokens").content.decode()
    assert page.post(f"/accounts/tokens/{token.prefix}/revoke").status_code == 404
    assert page.get(f"/accounts/tokens/{token.prefix}/revoke").status_code == 405
    assert not AccessToken.objects.exclude(revoked_at=None).exists()


def test_a_guest_is_asked_to_sign_in():
    token, _ = make_token()
    for answer in (
        Client().get("/accounts/tokens"),
        Client().post("/accounts/tokens", ASKED),
        Client().post(f"/accounts/tokens/{token.prefix}/revoke"),
    ):
        assert answer["Location"] == "/accounts/sign-in"
    assert AccessToken.objects.count() == 1


# --- who makes one ---


@pytest.fixture
def grace():
    """Somebody with a password, signed in a while ago."""
    settled("grace")
    client = Client()
    sign_in(client, "grace")
    return client


def test_the_password_is_asked_for_before_a_token_is_made(grace):
    asked = grace.post("/accounts/tokens", ASKED)
    assert asked["Location"] == "/accounts/confirm?next=%2Faccounts%2Ftokens"
    assert not AccessToken.objects.exists()

    wrong = grace.post(asked["Location"], {"password": "not the password"})
    assert wrong.status_code == 200
    assert not AccessToken.objects.exists()

    made = grace.post(asked["Location"], {"password": PASSWORD})
    assert re.search(r"nxs_\w{46}", made.content.decode())
    assert "no-store" in made["Cache-Control"]
    assert AccessToken.objects.get().name == ASKED["name"]
    assert 'action="/accounts/tokens"' in made.content.decode()


def test_it_is_asked_for_once_in_a_while(grace):
    confirm(grace)
    for _ in range(2):
        assert re.search(r"nxs_\w{46}", grace.post("/accounts/tokens", ASKED).content.decode())


def test_nothing_is_asked_for_what_is_missing_nor_for_looking_nor_for_revoking(grace):
    token, _ = make_token(Person.objects.get(handle="grace"))
    assert grace.get("/accounts/tokens").status_code == 200
    assert grace.post("/accounts/tokens", {**ASKED, "name": ""}).status_code == 422
    assert grace.post(f"/accounts/tokens/{token.prefix}/revoke")["Location"] == "/accounts/tokens"
    assert AccessToken.objects.exclude(revoked_at=None).exists()


def test_what_was_asked_for_by_one_is_not_made_for_another(grace):
    grace.post("/accounts/tokens", ASKED)
    grace.post("/accounts/sign-out")
    settled("eve")
    sign_in(grace, "eve")

    confirm(grace)

    assert not AccessToken.objects.exists()

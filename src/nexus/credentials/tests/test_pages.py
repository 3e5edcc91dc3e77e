"""The page of access tokens, as its owner, a guest and somebody else meet it."""

import html
import re

import pytest
from django.test import Client

from nexus.credentials.models import AccessToken
from nexus.credentials.selectors import token_by_secret
from nexus.credentials.tests.factories import make_token
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ASKED = {"name": "git on my laptop", "scopes": ["git", "read"], "days": "90"}


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def page(ada):
    client = Client()
    client.force_login(ada)
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

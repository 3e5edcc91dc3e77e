"""Refresh tokens are good once; one that is shown again ends all that came of the same yes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import Program, me
from nexus.credentials.provider.ways import Kind
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory(handle="ada")


@pytest.fixture
def notes():
    return Program(*make_app(kind=Kind.CONFIDENTIAL.value))


def test_each_use_brings_another(ada, notes):
    first = notes.tokens_of(ada)
    second = notes.refresh(first["refresh_token"]).json()
    third = notes.refresh(second["refresh_token"]).json()
    assert len({one["refresh_token"] for one in (first, second, third)}) == 3
    assert all(me(one["access_token"]).status_code == 200 for one in (first, second, third))
    assert AppGrant.objects.count() == 1


def test_one_that_is_shown_again_ends_the_whole_family(ada, notes):
    other = notes.tokens_of(ada)
    first = notes.tokens_of(ada)
    second = notes.refresh(first["refresh_token"]).json()
    replayed = notes.refresh(first["refresh_token"])
    assert (replayed.status_code, replayed.json()["error"]) == (400, "invalid_grant")
    assert me(first["access_token"]).status_code == 401
    assert me(second["access_token"]).status_code == 401
    assert notes.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert me(other["access_token"]).status_code == 200
    logged = AuditRecord.objects.get(action="app.replayed")
    assert (logged.subject, logged.is_refusal) == (ada.pk, True)
    assert logged.details["shown"] == "refresh token"
    told = StoredEvent.objects.get(type="credentials.app_grant_ended")
    assert (told.payload["why"], told.audience) == ("replayed", f"person:{ada.pk}")


def test_fewer_scopes_may_be_asked_for_but_never_more(ada, notes):
    tokens = notes.tokens_of(ada, scope="read profile")
    wide = notes.refresh(tokens["refresh_token"], scope="read profile git")
    assert (wide.status_code, wide.json()["error"]) == (400, "invalid_scope")
    narrow = notes.refresh(tokens["refresh_token"], scope="profile").json()
    assert me(narrow["access_token"]).json()["scopes"] == ["profile"]
    back = notes.refresh(narrow["refresh_token"]).json()
    assert me(back["access_token"]).json()["scopes"] == ["profile", "read"]


def test_it_is_good_for_its_own_app_alone(ada, notes):
    tokens = notes.tokens_of(ada)
    for other in (Program(make_app(name="Other")[0]), Program(notes.app, "nxc_" + "A" * 46)):
        assert other.refresh(tokens["refresh_token"]).status_code in {400, 401}
    assert notes.refresh(tokens["refresh_token"]).status_code == 200


def test_it_ends_when_it_is_not_used(ada, notes):
    tokens = notes.tokens_of(ada)
    AppToken.objects.filter(kind="refresh").update(expires_at=timezone.now())
    assert notes.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_an_access_token_works_for_an_hour_and_opens_nothing_else(ada, notes):
    tokens = notes.tokens_of(ada)
    assert notes.refresh(tokens["access_token"]).json()["error"] == "invalid_grant"
    assert me(tokens["refresh_token"]).status_code == 401
    AppToken.objects.filter(kind="access").update(expires_at=timezone.now())
    expired = me(tokens["access_token"])
    assert (expired.status_code, expired.json()["code"]) == (401, "token-expired")


def test_what_ended_long_ago_is_forgotten(ada, notes):
    tokens = notes.tokens_of(ada)
    AppToken.objects.exclude(kind="refresh").update(expires_at=timezone.now() - timedelta(days=1))
    notes.refresh(tokens["refresh_token"])
    kept = [(one.kind, one.spent_at is not None) for one in AppToken.objects.all()]
    assert sorted(kept) == [("access", False), ("refresh", False), ("refresh", True)]


def test_what_ended_a_moment_ago_is_told_from_what_never_was(ada, notes):
    tokens = notes.tokens_of(ada)
    AppToken.objects.filter(kind="access").update(expires_at=timezone.now())
    notes.refresh(tokens["refresh_token"])
    assert me(tokens["access_token"]).json()["code"] == "token-expired"


@pytest.mark.parametrize("hint", [{}, {"token_type_hint": "access_token"}])
def test_an_access_token_is_revoked_at_once(ada, notes, hint):
    tokens = notes.tokens_of(ada)
    assert notes.post("/oauth/revoke", token=tokens["access_token"], **hint).status_code == 200
    assert me(tokens["access_token"]).status_code == 401
    assert notes.refresh(tokens["refresh_token"]).status_code == 200


def test_with_the_refresh_token_all_of_it_ends(ada, notes):
    tokens = notes.tokens_of(ada)
    sent = {"token": tokens["refresh_token"], "token_type_hint": "access_token"}
    assert notes.post("/oauth/revoke", **sent).status_code == 200
    assert me(tokens["access_token"]).status_code == 401
    assert not AppGrant.objects.exists()
    assert AuditRecord.objects.get(action="app.ended").details["by"] == "the app"


def test_nobody_else_revokes_it(ada, notes):
    tokens = notes.tokens_of(ada)
    other = Program(make_app(name="Other")[0])
    for text in (tokens["access_token"], tokens["refresh_token"], "nxa_nothing"):
        assert other.post("/oauth/revoke", token=text).status_code == 200
    nobody = Program(notes.app, "wrong").post("/oauth/revoke", token=tokens["access_token"])
    assert nobody.status_code == 401
    assert Client().post("/oauth/revoke", {"token": tokens["access_token"]}).status_code == 401
    assert me(tokens["access_token"]).status_code == 200


def test_a_secret_that_was_changed_works_no_more(ada, notes):
    from nexus.credentials.provider.services.registering import change_secret

    tokens = notes.tokens_of(ada)
    newer = change_secret(by=notes.app.owner, app=notes.app)
    assert notes.refresh(tokens["refresh_token"]).status_code == 401
    assert Program(notes.app, newer).refresh(tokens["refresh_token"]).status_code == 200

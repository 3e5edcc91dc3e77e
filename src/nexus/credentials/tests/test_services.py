"""Tokens are made by people for themselves, shown once, used, and end when they should."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nexus.credentials import services
from nexus.credentials.models import AccessToken
from nexus.credentials.scopes import SCOPE_TABLE, SCOPE_WORDS, Scope, allows
from nexus.credentials.selectors import token_by_secret, token_of, tokens_of
from nexus.credentials.services import make_access_token, note_use, revoke_access_token
from nexus.credentials.tests.factories import make_token
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_token_is_kept_without_its_secret():
    token, secret = make_token(scopes=["git", "read"], days=90)
    row = AccessToken.objects.values().get()
    assert not any(secret[12:] in str(value) for value in row.values())
    assert token_by_secret(secret) == token
    assert row["scopes"] == ["git", "read"]
    left = row["expires_at"] - timezone.now()
    assert timedelta(days=89) < left <= timedelta(days=90)
    (told,) = StoredEvent.objects.filter(type="credentials.token_made")
    assert told.audience == f"person:{token.person_id}"
    assert secret not in str(told.payload)
    logged = AuditRecord.objects.get(action="token.made")
    assert (logged.actor, logged.details["token"]) == (token.person_id, token.prefix)
    assert secret not in str(logged.details)


def test_nobody_makes_one_for_somebody_else():
    ada, owner = PersonFactory(), OwnerFactory()
    with pytest.raises(Forbidden):
        make_access_token(by=owner, person=ada, name="x", scopes=["git"], days=1)
    assert make_access_token(by=None, person=ada, name="x", scopes=["git"], days=1)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "code"),
    [
        ("  ", ["git"], 1, "token-name"),
        ("x" * 81, ["git"], 1, "token-name"),
        ("x", [], 1, "token-scopes"),
        ("x", ["git", "root"], 1, "token-scopes"),
        ("x", ["git"], 0, "token-days"),
        ("x", ["git"], 367, "token-days"),
    ],
)
def test_what_is_missing_or_too_much_is_said(name, scopes, days, code):
    ada = PersonFactory()
    with pytest.raises(Invalid) as refused:
        make_access_token(by=ada, person=ada, name=name, scopes=scopes, days=days)
    assert refused.value.code == code
    assert not AccessToken.objects.exists()


def test_there_are_not_any_number_of_them(monkeypatch):
    monkeypatch.setattr(services, "MOST_TOKENS", 2)
    ada = PersonFactory()
    first, _ = make_token(ada)
    make_token(ada)
    with pytest.raises(Conflict):
        make_token(ada)
    revoke_access_token(by=ada, token=first)
    make_token(ada)
    assert len(tokens_of(ada)) == 2


def test_a_revoked_token_is_gone_at_once_and_is_told_of_once():
    token, _ = make_token()
    revoke_access_token(by=token.person, token=token)
    revoke_access_token(by=token.person, token=token)
    assert tokens_of(token.person) == []
    assert StoredEvent.objects.filter(type="credentials.token_revoked").count() == 1
    assert AuditRecord.objects.filter(action="token.revoked").count() == 1
    with pytest.raises(NotFound):
        token_of(token.person, token.prefix)


def test_who_revokes():
    token, _ = make_token()
    with pytest.raises(Forbidden):
        revoke_access_token(by=PersonFactory(), token=token)
    with pytest.raises(NotFound):
        token_of(PersonFactory(), token.prefix)
    revoke_access_token(by=OwnerFactory(), token=token)
    assert tokens_of(token.person) == []


def test_what_ended_long_ago_is_forgotten():
    long_ago = timezone.now() - timedelta(days=100)
    token, _ = make_token(revoked_at=long_ago)
    make_token(token.person, expires_at=long_ago)
    living, _ = make_token(token.person)
    assert list(AccessToken.objects.all()) == [living]


def test_its_last_use_is_written_once_a_minute(django_assert_num_queries):
    token, _ = make_token()
    note_use(token)
    first = token.last_used_at
    with django_assert_num_queries(0):
        note_use(token)
    token.last_used_at = timezone.now() - timedelta(minutes=2)
    note_use(token)
    assert AccessToken.objects.get().last_used_at > first


def test_every_scope_is_good_for_something_and_has_words():
    assert set().union(*SCOPE_TABLE.values()) == set(Scope) == set(SCOPE_WORDS)
    assert allows(["git"], "push")
    assert not allows(["read", "write"], "push")
    assert not allows([], "read")
    with pytest.raises(KeyError):
        allows(["git"], "everything")

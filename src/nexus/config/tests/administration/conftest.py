"""Whoever runs the hub, signed in of late, with a browser; and rows on every desk."""

import time
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, InvitationFactory, MembershipFactory
from nexus.credentials.provider.services.granting import let_in
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.ways import Kind
from nexus.credentials.tests.factories import make_token
from nexus.kernel.tests.factories import AuditRecordFactory, StoredEventFactory
from nexus.library.tests.mirrors import engine, home
from nexus.people.tests.factories import MailFactory, OwnerFactory, PersonFactory
from nexus.repositories.models import Sync
from nexus.repositories.tests.factories import RepositoryFactory

__all__ = ["engine", "home"]

MAIL_WORDS = "Open https://hub.example.org/accounts/verify/a-secret-of-a-mail"


def browser_of(person, *, seconds_ago=0):
    """Somebody's browser, who showed so long ago who they are."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def fill(times):
    """Rows on every desk; returns the last of each."""
    for n in range(times):
        cohort = CohortFactory()
        person = PersonFactory(
            email=f"p{PersonFactory._meta.model.objects.count()}@example.org",
            password="argon2$a-digest-of-a-password",  # nexus:allow
        )
        membership = MembershipFactory(cohort=cohort, person=person, role=Role.OWNER)
        invitation = InvitationFactory(cohort=cohort, made_by=person)
        repository = RepositoryFactory(cohort=cohort, owner=person)
        run = Sync.objects.create(
            repository=repository, state="failed", requested_by=person, error="It did not answer."
        )
        token, secret = make_token(person)
        app, app_secret = make_app(person, kind=Kind.CONFIDENTIAL.value)
        grant = let_in(by=person, app=app, scopes=["read"], how="code")
        mail = MailFactory(body=MAIL_WORDS)
        event = StoredEventFactory(audience=f"person:{person.pk}", payload={"n": n})
        record = AuditRecordFactory(
            at=timezone.now(), actor=person.pk, actor_name=person.handle, is_refusal=True
        )
    return SimpleNamespace(
        people=person,
        cohorts=cohort,
        memberships=membership,
        invitations=invitation,
        repositories=repository,
        runs=run,
        tokens=token,
        secret=secret,
        apps=app,
        app_secret=app_secret,
        grants=grant,
        mails=mail,
        events=event,
        audit=record,
    )


@pytest.fixture
def owner(db):
    """Who runs the hub."""
    return OwnerFactory(handle="ruth", name="Ruth Adeyemi")


@pytest.fixture
def inside(owner):
    """Their browser."""
    return browser_of(owner)

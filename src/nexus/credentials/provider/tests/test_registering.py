"""Registering an app: what is wanted, who may, and what a change ends."""

import pytest
from allauth.idp.oidc.models import Client as App

from nexus.credentials.provider.services import granting, registering
from nexus.credentials.provider.services.registering import (
    change_secret,
    delete_app,
    register_app,
)
from nexus.credentials.provider.tests.factories import BACK, draft, make_app
from nexus.credentials.provider.tests.flows import Program, me
from nexus.credentials.provider.ways import Kind, Way
from nexus.credentials.tokens import APP_SECRET, is_token
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db
SERVER = {"kind": Kind.CONFIDENTIAL.value}


def test_of_a_secret_only_a_digest_is_kept():
    app, secret = make_app(**SERVER)
    assert is_token(secret, APP_SECRET)
    kept = str(App.objects.values()) + str(AuditRecord.objects.values())
    assert secret not in kept + str(StoredEvent.objects.values())
    assert app.get_grant_types() == ["authorization_code", "refresh_token"]
    assert not app.allow_uri_wildcards
    assert not app.skip_consent
    logged = AuditRecord.objects.get(action="app.registered")
    assert logged.details["redirects"] == [BACK]


def test_a_public_app_has_no_secret():
    app, secret = make_app()
    assert (secret, app.secret) == ("", "")
    with pytest.raises(Conflict):
        change_secret(by=app.owner, app=app)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "name-invalid"),
        ({"name": "Nexus\u202e"}, "name-invalid"),
        ({"name": "x" * 81}, "app-name"),
        ({"kind": "secret"}, "app-ways"),
        ({"ways": ()}, "app-ways"),
        ({"ways": ("password",)}, "app-ways"),
        ({"ways": (Way.OWN,), "redirects": ()}, "app-ways"),
        ({"scopes": ()}, "app-scopes"),
        ({"scopes": ("root",)}, "app-scopes"),
        ({**SERVER, "ways": (Way.OWN,), "redirects": (), "scopes": ("git",)}, "app-scopes"),
        ({"redirects": ()}, "app-redirects"),
        ({"redirects": tuple(f"{BACK}{n}" for n in range(11))}, "app-redirects"),
        ({"redirects": (BACK, "http://example.org/")}, "redirect-refused"),
        ({"ways": (Way.DEVICE,)}, "app-redirects"),
    ],
)
def test_what_is_missing_or_too_much_is_said(wrong, code):
    with pytest.raises(Invalid) as refused:
        register_app(by=PersonFactory(), draft=draft(**wrong))
    assert refused.value.code == code
    assert not App.objects.exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nexus", "name-reserved"),
        ("n\u0435xus", "name-reserved"),
        ("Administration", "name-reserved"),
        ("N\u043etes", "name-alike"),
    ],
)
def test_an_app_that_imitates_is_refused_and_told_of(name, code):
    make_app(name="Notes")
    eve = PersonFactory()
    with pytest.raises(Conflict) as refused:
        register_app(by=eve, draft=draft(name=name))
    assert refused.value.code == code
    assert App.objects.get().name == "Notes"
    told = AuditRecord.objects.get(action="name.refused")
    assert (told.actor, told.is_refusal, told.details) == (eve.pk, True, {"why": code})
    assert register_app(by=eve, draft=draft(name="Notes"))
    assert register_app(by=OwnerFactory(), draft=draft(name="Nexus"))


def test_nobody_has_very_many(monkeypatch):
    monkeypatch.setattr(registering, "MOST_APPS", 1)
    ada = PersonFactory()
    make_app(ada)
    with pytest.raises(Conflict):
        make_app(ada)
    assert make_app()


def test_a_closed_account_registers_nothing():
    with pytest.raises(Forbidden):
        make_app(PersonFactory(is_active=False))


def test_nobody_changes_or_deletes_the_app_of_another():
    app, _ = make_app(**SERVER)
    for act in (change_secret, delete_app):
        with pytest.raises(Forbidden):
            act(by=PersonFactory(), app=app)
    with pytest.raises(Forbidden):
        change_secret(by=OwnerFactory(), app=app)
    assert App.objects.get().secret == app.secret


def test_the_owner_of_the_hub_deletes_any_app_and_its_tokens_end():
    ada, notes = PersonFactory(), Program(make_app()[0])
    tokens = notes.tokens_of(ada)
    owner = OwnerFactory()
    delete_app(by=owner, app=notes.app)
    assert me(tokens["access_token"]).status_code == 401
    logged = AuditRecord.objects.get(action="app.deleted")
    assert (logged.actor, logged.subject) == (owner.pk, notes.app.owner_id)


def test_nobody_takes_back_what_another_gave():
    ada, notes = PersonFactory(), Program(make_app()[0])
    tokens = notes.tokens_of(ada)
    with pytest.raises(Forbidden):
        granting.end_grants(by=notes.app.owner, app=notes.app, person=ada)
    assert me(tokens["access_token"]).status_code == 200
    assert granting.end_grants(by=OwnerFactory(), app=notes.app, person=ada) == 1
    assert me(tokens["access_token"]).status_code == 401


@pytest.mark.parametrize("scopes", [[], ["root"], ["write"]])
def test_an_app_is_let_in_for_no_more_than_it_registered(scopes):
    app, _ = make_app()
    with pytest.raises(Forbidden):
        granting.let_in(by=PersonFactory(), app=app, scopes=scopes, how="code")


def test_each_owner_sees_their_own():
    from nexus.credentials.provider.selectors import app_of, apps_of
    from nexus.kernel.errors import NotFound

    app, _ = make_app()
    assert apps_of(app.owner) == [app]
    assert app_of(app.owner, app.pk) == app
    with pytest.raises(NotFound):
        app_of(PersonFactory(), app.pk)

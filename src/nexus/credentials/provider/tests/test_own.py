"""An app that acts on its own: as its owner, and only to read."""

import pytest

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider.services import handing
from nexus.credentials.provider.services.registering import delete_app
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import Program, me
from nexus.credentials.provider.ways import Kind, Way
from nexus.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter():
    fields = {"kind": Kind.CONFIDENTIAL.value, "ways": (Way.OWN,), "redirects": ()}
    return Program(*make_app(PersonFactory(handle="grace"), name="Counter", **fields))


def ask(program, **more):
    return program.post("/oauth/token", grant_type="client_credentials", **more)


def test_it_reads_as_its_owner(counter):
    tokens = ask(counter).json()
    assert "refresh_token" not in tokens
    told = me(tokens["access_token"]).json()
    assert (told["handle"], told["scopes"]) == ("grace", ["read"])
    ask(counter)
    assert AppGrant.objects.count() == 1


@pytest.mark.parametrize("scope", ["git", "openid", "read git", "root", "write"])
def test_it_gets_nothing_else_though_people_may_give_it(counter, scope):
    assert ask(counter, scope=scope).json()["error"] == "invalid_scope"
    assert not AppGrant.objects.exists()


def test_it_fills_no_disk(counter, monkeypatch):
    monkeypatch.setattr(handing, "MOST_OF_A_KIND", 2)
    first, *others = [ask(counter).json()["access_token"] for _ in range(3)]
    assert me(first).status_code == 401
    assert [me(token).status_code for token in others] == [200, 200]
    assert AppToken.objects.count() == 2


def test_it_needs_its_secret_and_the_way(counter):
    assert ask(Program(counter.app)).status_code == 401
    assert ask(Program(counter.app, "nxc_" + "A" * 46)).status_code == 401
    browser_app = Program(*make_app(kind=Kind.CONFIDENTIAL.value))
    assert ask(browser_app).json()["error"] == "unauthorized_client"


def test_it_ends_with_the_app(counter):
    token = ask(counter).json()["access_token"]
    delete_app(by=counter.app.owner, app=counter.app)
    assert me(token).status_code == 401
    assert ask(counter).status_code == 401

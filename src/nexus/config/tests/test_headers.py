"""Every kind of page says what a browser may do with it, and has nothing that it would refuse."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.config.urls import urlpatterns
from nexus.library.tests.mirrors import add_mirror, engine, home, mirror
from nexus.people.tests.factories import OwnerFactory
from tests.architecture.markup import refused

__all__ = ["add_mirror", "engine", "home", "mirror"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: What stands in the addresses that have names in them.
NAMES = {
    "<slug:cohort>/<slug:repository>": "cohort-of-nexus/nexus",
    "<slug:cohort>": "cohort-of-nexus",
    "<slug:slug>": "cohort-of-nexus",
    "<slug:kind>": "snippet",
    "<slug:commit>": "HEAD",
    "<slug:part>": "documents",
    "<path:path>": "docs/guide.md",
    "<int:number>": "4711",
    "<path:suffix>": "info/refs",
}
#: A frame of the hub's own pages, and files as they are: policies of their own, tested beside them.
OTHERS = {"diagram", "raw"}


def address(pattern):
    """An address of this kind; one that leads nowhere is a kind of page too."""
    route = str(pattern.pattern)
    for name, word in NAMES.items():
        route = route.replace(name, word)
    return "/" + re.sub(r"<[^>]+>", "words", route)


#: What programs ask, most of it by other methods or with credentials.
FOR_PROGRAMS = ("/api/", "/oauth/")
ADDRESSES = sorted({address(one) for one in urlpatterns if one.name not in OTHERS})


@pytest.fixture
def owner(mirror):
    """Who runs the hub and owns a cohort with a repository that has been published."""
    mirror.publish({"README.md": "# Hub\n", "docs/guide.md": "# Guide\n\nHow to begin.\n"})
    owner = OwnerFactory(password=make_password(None))
    MembershipFactory(cohort=mirror.repository.cohort, role=Role.OWNER, person=owner)
    client = Client()
    client.force_login(owner)
    return client


def directives(policy):
    """A policy as what each of its directives names."""
    return {words[0]: set(words[1:]) for part in policy.split(";") if (words := part.split())}


def assert_strict(response):
    """Nothing inline, nothing from elsewhere that runs, no frame around it."""
    policy = directives(response["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == {"'self'"}
    assert policy["form-action"] == {"'self'", *settings.FORM_TARGETS}
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set().union(*policy.values())
    assert {name: response[name] for name in HEADERS} == HEADERS
    if response["Content-Type"].startswith("text/html") and not response.streaming:
        assert list(refused(response.content.decode())) == []


def test_every_page_is_strict_for_guests_and_for_owners(client, owner, engine):
    engine.catch_up()
    answers = {}
    for path in ADDRESSES:
        for browser in (client, owner):
            response = browser.get(path)
            assert_strict(response)
            answers[path, browser is owner] = response.status_code
    shown = {path for (path, _), status in answers.items() if status == 200}
    pages = [path for path in ADDRESSES if not path.startswith(FOR_PROGRAMS)]
    assert len(shown) > len(pages) // 2
    assert {"/", "/accounts/sign-in", "/search", "/c/cohort-of-nexus/nexus/docs/guide.md"} < shown
    assert {"/admin/", "/admin/people", "/admin/audit"} < shown


@pytest.mark.parametrize("path", ["/nowhere", "/c/nowhere/", "/accounts/nowhere"])
def test_errors_are_strict_too(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert_strict(response)


def test_what_breaks_is_strict_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("nexus.library.selectors.visible_entries", lambda reader: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert_strict(response)


def test_passkeys_are_for_the_hub_itself_and_devices_for_nobody(client):
    allowed = dict(one.split("=") for one in client.get("/")["Permissions-Policy"].split(", "))
    mine = {"publickey-credentials-get", "publickey-credentials-create"}
    assert {name for name, who in allowed.items() if who == "(self)"} == mine
    assert {who for name, who in allowed.items() if name not in mine} == {"()"}
    assert {"camera", "microphone", "geolocation"} < allowed.keys()

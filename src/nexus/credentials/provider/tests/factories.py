"""Apps for tests, as their owners would register them."""

from allauth.idp.oidc.models import Client as App

from nexus.credentials.provider.services.registering import Draft, register_app
from nexus.credentials.provider.ways import Kind, Way
from nexus.people.models import Person
from nexus.people.tests.factories import PersonFactory

BACK = "https://notes.example.org/back"
SCOPES = ("openid", "profile", "email", "read", "git")


def draft(**fields) -> Draft:
    """A public app that people let in in their browser, unless ``fields`` say otherwise."""
    usual = {
        "name": "Notes",
        "kind": Kind.PUBLIC.value,
        "ways": (Way.CODE,),
        "scopes": SCOPES,
        "redirects": (BACK,),
    }
    return Draft(**{**usual, **fields})


def make_app(owner: Person | None = None, **fields) -> tuple[App, str]:
    """A registered app and its secret; a public one has none."""
    by: Person = owner or PersonFactory.create()
    return register_app(by=by, draft=draft(**fields))

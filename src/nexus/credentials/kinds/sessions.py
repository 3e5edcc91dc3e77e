"""The session of a browser: good for everything that its person may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.credentials.identity import SESSION, Identity
from nexus.credentials.scopes import EVERYTHING
from nexus.people.requests import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def identity_of(request: HttpRequest) -> Identity:
    """Who is signed in here; a guest when nobody is."""
    person = person_of(request)
    return Identity(person, EVERYTHING, kind=SESSION if person else "")

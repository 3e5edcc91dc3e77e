"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from nexus.people.requests import person_of

DOCUMENTATION = "/c/commons/nexus/"


def site(request: HttpRequest) -> dict[str, Any]:
    """Who reads, and where the documentation is."""
    return {"me": person_of(request), "documentation_address": DOCUMENTATION}

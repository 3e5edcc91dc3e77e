"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from nexus.people.requests import person_of
from nexus.web.rights import may_add
from nexus.web.software import software

DOCUMENTATION = "/c/commons/nexus/"


def site(request: HttpRequest) -> dict[str, Any]:
    """Who reads, what they may add, which software this is, where the documentation is."""
    me = person_of(request)
    return {
        "me": me,
        "may_add": may_add(me),
        "software": software(),
        "documentation_address": DOCUMENTATION,
    }

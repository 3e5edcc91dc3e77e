"""What every template knows."""

from functools import lru_cache
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest

from nexus.people.requests import person_of
from nexus.web.rights import may_add

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


@lru_cache(maxsize=1)
def software() -> SimpleNamespace:
    """The version of Nexus that runs."""
    return SimpleNamespace(version=version("nexus"), revision="")

"""Whom a program acts for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse

from nexus.credentials.identifying import Unauthorised, identify
from nexus.credentials.rest.answers import MethodNotAllowed, for_programs

if TYPE_CHECKING:
    from nexus.credentials.identity import Identity


@for_programs
def me(request: HttpRequest) -> HttpResponse:
    """Whom a program acts for, and what its credential is good for."""
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(["GET", "HEAD"])
    identity = identify(request)
    if not identity.kind:
        raise Unauthorised(
            "credential-wanted",
            "The hub does not know who asks.",
            remedy="Show an access token in the header Authorization, as a bearer.",
        )
    return JsonResponse(_described(identity))


def _described(identity: Identity) -> dict[str, object]:
    person = identity.person
    return {
        "handle": person.handle if person else None,
        "name": person.name if person else None,
        "scopes": sorted(identity.scopes),
        "credential": identity.kind,
    }

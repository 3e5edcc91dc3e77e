"""What somebody tries on a page and is refused, told by the audit log.

A service whose refusals say more than this tells of them itself, and then nothing is told here.
For all others this is the one place: it stands outside of their transactions, so that a record
outlives the change that was not made. Why a page that is only looked at is not told of stands in
``hub/documentation/explanation/security.md``.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from nexus.cohorts.selectors import scope_at
from nexus.kernel.audit import action, has_told_refusal, record_refusal
from nexus.kernel.errors import Forbidden, NexusError, NotFound
from nexus.library.discretion import discreet_path
from nexus.people.requests import person_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import ResolverMatch

REFUSED = action("page.refused", "tried on a page what is not theirs to do")
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_PLACE = 200


class TellsOfRefusals:
    """Writes down who was refused what they tried by a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what a page says by itself is refused as well."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN:
            tell_of_refusal(request, PermissionDenied())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Leave the error to others, once it is told."""
        tell_of_refusal(request, exception)
        return None


def tell_of_refusal(
    request: HttpRequest, refused: Exception, *, why: str = "", cohort: str = ""
) -> None:
    """Write down that ``request`` was refused, if it was to change something.

    ``cohort`` says at which, where the address does not.

    What is not found counts for those who are signed in: it may be another cohort's. Guests ask
    for so much that never was that nothing can be learnt from it. Doors for programs, which need
    no token of a form, tell of their refusals themselves.
    """
    match, by = request.resolver_match, person_of(request)
    is_policy = isinstance(refused, (Forbidden, PermissionDenied))
    is_refusal = is_policy or (isinstance(refused, NotFound) and by is not None)
    if not is_refusal or match is None or request.method in _LOOKING or has_told_refusal():
        return
    if getattr(match.func, "csrf_exempt", False):
        return
    place = [cohort] if cohort else _place(match)
    details = {
        "what": match.url_name or "",
        "at": discreet_path("/".join(place))[:_LONGEST_PLACE],
        "why": why or (refused.code if isinstance(refused, NexusError) else ""),
    }
    record_refusal(REFUSED, by=by, scope=scope_at(place[0]) if place else "", details=details)


def _place(match: ResolverMatch) -> list[str]:
    """Cohort, repository and path of an address. Others may have a secret in them: nothing."""
    return [str(part) for part in match.kwargs.values()] if match.route.startswith("c/") else []

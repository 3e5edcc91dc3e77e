"""How programs are answered: JSON, and problem documents (RFC 9457) when something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from nexus.credentials.identifying import TooMany, Unauthorised
from nexus.kernel.audit import asked_from
from nexus.kernel.errors import Forbidden, NexusError
from nexus.kernel.problems import MEDIA_TYPE, problem_of

P = ParamSpec("P")
_WAIT_SECONDS = 300


class MethodNotAllowed(NexusError):
    """The address is there, but nothing of that kind can be done with it."""

    status = HTTPStatus.METHOD_NOT_ALLOWED

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(
            "method-not-allowed",
            "That cannot be done here.",
            remedy=f"Use {' or '.join(allowed)}.",
        )
        self.allowed = tuple(allowed)


class ScopeWanted(Forbidden):
    """A credential is good, but not for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            "scope-wanted",
            f"This needs an access token with the scope {scope}.",
            remedy=f"Ask for {scope}.",
        )
        self.scope = scope


def for_programs(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let ``view`` answer programs: errors are problem documents, and nothing is kept by caches.

    What is raised as ``Unauthorised`` says by which scheme to ask again (RFC 6750, section 3).
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **options: P.kwargs) -> HttpResponse:
        with asked_from(door="api", address=request.META.get("REMOTE_ADDR", "")):
            try:
                response = view(request, *args, **options)
            except NexusError as error:
                response = problem(request, error)
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ("Authorization", "Cookie"))
        return response

    return answer


def problem(request: HttpRequest, error: NexusError) -> HttpResponse:
    """``error`` as a problem document, with the headers that belong to its status."""
    response = JsonResponse(problem_of(error), status=int(error.status), content_type=MEDIA_TYPE)
    if isinstance(error, Unauthorised):
        shown = "Authorization" in request.headers
        response.headers["WWW-Authenticate"] = _challenge(error if shown else None)
    if isinstance(error, ScopeWanted):
        wanted = f'Bearer realm="Nexus", error="insufficient_scope", scope="{error.scope}"'
        response.headers["WWW-Authenticate"] = wanted
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.allowed)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(_WAIT_SECONDS)
    return response


def _challenge(error: Unauthorised | None) -> str:
    """How to ask; why the token that was shown is not good, in the signs that RFC 6750 allows."""
    if error is None:
        return 'Bearer realm="Nexus"'
    words = "".join(sign for sign in error.title if " " <= sign <= "~" and sign not in '"\\')
    return f'Bearer realm="Nexus", error="invalid_token", error_description="{words}"'

"""Error pages: what happened, and what to do."""

import sys
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from nexus.kernel.problems import MEDIA_TYPE, problem_document, problem_of
from nexus.kernel.room import NoRoom, is_full
from nexus.web.refusals import tell_of_refusal

#: Status → (what happened, what to do) when nobody said anything closer.
WORDS: dict[int, tuple[str, str]] = {
    400: ("The request could not be understood.", "Go back and try again."),
    403: ("This is not yours to do.", "Sign in as somebody who may."),
    404: ("There is nothing at this address.", "Check it, or search for what you look for."),
    410: ("This was withdrawn.", "Its history is still here."),
    429: ("That was too often in a short time.", "Wait a few minutes, then try again."),
    500: ("Something broke in the hub.", "Nothing you published is lost. Try again later."),
    503: ("Something the hub needs does not answer.", "Try again in a while."),
}


def error_page(
    request: HttpRequest, *, status: int, title: str = "", remedy: str = ""
) -> HttpResponse:
    """A readable page for an error, with the words given or the usual ones.

    Programs, which ask below ``/api/``, get a problem document.
    """
    usual = WORDS.get(status) or WORDS[500]
    if request.path.startswith("/api/"):
        code = HTTPStatus(status).phrase.lower().replace(" ", "-")
        told = problem_document(
            code, title=title or usual[0], status=status, detail=remedy or usual[1]
        )
        return JsonResponse(told, status=status, content_type=MEDIA_TYPE)
    context = {
        "status": status,
        "phrase": HTTPStatus(status).phrase,
        "title": title or usual[0],
        "remedy": remedy or usual[1],
    }
    return render(request, "errors/error.html", context, status=status)


def bad_request_of_app() -> HttpResponse:
    """400, as an app of others understands it (RFC 6749, section 5.2)."""
    error = {"error": "invalid_request", "error_description": "The request is not text."}
    return JsonResponse(error, status=400, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return error_page(request, status=404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """429."""
    return error_page(request, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs no database, as that may be what broke; 507 when the disk is full."""
    if is_full(sys.exc_info()[1]):
        return _no_room(request)
    if request.path.startswith("/api/"):
        return error_page(request, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)


def _no_room(request: HttpRequest) -> HttpResponse:
    error = NoRoom()
    if request.path.startswith("/api/"):
        return JsonResponse(problem_of(error), status=int(error.status), content_type=MEDIA_TYPE)
    return HttpResponse(render_to_string("507.html", {"error": error}), status=int(error.status))


def csrf_failure(request: HttpRequest, **_: str) -> HttpResponse:
    """A form that did not come from the hub's own page, or from one too old."""
    tell_of_refusal(request, PermissionDenied(), why="form-not-ours")
    return error_page(
        request,
        status=403,
        title="The form was too old, or did not come from this hub.",
        remedy="Go back, load the page again and send the form once more.",
    )

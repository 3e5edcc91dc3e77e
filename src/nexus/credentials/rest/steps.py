"""What django-allauth answers while somebody signs in, as problem documents.

Its own words stay in them: ``data.flows`` says which step comes next, ``errors`` which field was
wrong, ``meta.session_token`` what to show at the next step.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

from nexus.kernel.problems import MEDIA_TYPE, problem_document

_LOCKED = "too_many_login_attempts"
_WAIT_SECONDS = 300
#: The steps that there are at this door.
_FLOWS = frozenset({"login", "mfa_authenticate", "verify_email"})
#: What waits, or the status → code, what is so, what to do.
_WORDS = {
    "mfa_authenticate": (
        "second-step-wanted",
        "There is one more step: a code of your authenticator app, or a recovery code.",
        "Post the code to 2fa/authenticate, with the session token in X-Session-Token.",
    ),
    "verify_email": (
        "address-unverified",
        "The e-mail address of this account is not verified.",
        "Open the link in the mail that was sent there, then sign in again.",
    ),
    400: ("request-refused", "That was not accepted.", "See errors for each field."),
    401: ("not-signed-in", "Nobody is signed in here.", "Post a name and a password to login."),
    403: ("forbidden", "That may not be done here.", "Use the pages of the hub."),
    409: ("signed-in-already", "Somebody is signed in here already.", "Sign out first."),
    410: ("sign-in-over", "This sign-in is over.", "Begin again, without a session token."),
    429: ("too-many-attempts", "That was too often in a short time.", "Wait a few minutes."),
}


def as_problem(response: HttpResponse) -> HttpResponse:
    """``response``, as a problem document when it tells of something wrong."""
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    told = _told(response)
    _leave_steps(told)
    errors = told.get("errors", [])
    is_locked = any(one.get("code") == _LOCKED for one in errors)
    status = HTTPStatus.TOO_MANY_REQUESTS if is_locked else HTTPStatus(response.status_code)
    code, title, detail = _WORDS.get(_waiting(told)) or _WORDS.get(status) or _WORDS[400]
    if errors and not is_locked:
        title = " ".join(dict.fromkeys(one["message"] for one in errors))
    document = problem_document(code, title=title, status=int(status), detail=detail)
    answer = JsonResponse({**told, **document}, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = str(_WAIT_SECONDS)
    return answer


def _told(response: HttpResponse) -> dict[str, Any]:
    """What the library says; nothing when it says it as a page."""
    return dict(json.loads(response.content)) if isinstance(response, JsonResponse) else {}


def _leave_steps(told: dict[str, Any]) -> None:
    """Name no step that is taken elsewhere."""
    data = told.get("data", {})
    if "flows" in data:
        data["flows"] = [flow for flow in data["flows"] if flow["id"] in _FLOWS]


def _waiting(told: dict[str, Any]) -> str:
    """The step that has begun and waits; empty when none does."""
    flows = told.get("data", {}).get("flows", [])
    return next((str(flow["id"]) for flow in flows if flow.get("is_pending")), "")

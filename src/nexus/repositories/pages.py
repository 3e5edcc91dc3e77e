"""The Git door: clone, fetch and push over smart HTTP."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from nexus.credentials.identifying import (
    Identity,
    TooMany,
    Unauthorised,
    check_not_revoked,
    identify,
)
from nexus.kernel.audit import asked_from
from nexus.kernel.errors import NexusError, NotFound
from nexus.repositories.cloning import no_clone_now
from nexus.repositories.git.answering import Answer, refusal
from nexus.repositories.git.receiving import SERVICE, Taken, advertise_push, receive_push
from nexus.repositories.git.serving import respond
from nexus.repositories.limits import git_limits, store_of
from nexus.repositories.models import Repository
from nexus.repositories.pushing import reception_of, tell_of_refusal, tell_of_unknown
from nexus.repositories.selectors import repository_by_address

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

_ASK = {"WWW-Authenticate": 'Basic realm="Nexus", charset="UTF-8"'}
_WAIT = {"Retry-After": "300"}


@csrf_exempt
def git(request: HttpRequest, cohort: str, repository: str, suffix: str) -> HttpResponseBase:
    """Answer a Git client. What a reader may not see does not exist for it.

    Exempt from CSRF: programs call it, and nothing is changed by a session, only by a token.
    """
    with asked_from(door="git", address=request.META.get("REMOTE_ADDR", "")):
        try:
            answer = _answer(request, cohort, repository, suffix)
        except NexusError as error:
            answer = _refusal(error)
    response: HttpResponseBase
    if request.method == "HEAD":
        answer.close()
        response = HttpResponse(status=answer.status)
    else:
        response = StreamingHttpResponse(answer.chunks, status=answer.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response


def _refusal(error: NexusError) -> Answer:
    """An error in words for a terminal, a sentence a line."""
    more = _ASK if isinstance(error, Unauthorised) else _WAIT if isinstance(error, TooMany) else {}
    words = "\n".join(part for part in (error.title, error.remedy) if part)
    return refusal(words, HTTPStatus(error.status), **more)


def _answer(request: HttpRequest, cohort: str, slug: str, suffix: str) -> Answer:
    identity = identify(request)
    is_push = SERVICE in (
        suffix,
        parse_qs(request.META.get("QUERY_STRING", "")).get("service", [""])[0],
    )
    if is_push and not identity.by_token:
        raise _wanted("Pushing needs an access token.")
    try:
        found = repository_by_address(cohort, slug, reader=identity.person)
    except NotFound:
        if identity.person is None:  # the same, whether there is none or one that guests see not
            raise _wanted("There is no such repository for guests.") from None
        if is_push:
            tell_of_unknown(by=identity.person, cohort=cohort, slug=slug)
        raise
    return (_push if is_push else _fetch)(request, identity, found, suffix)


def _wanted(words: str) -> Unauthorised:
    return Unauthorised(
        "token-wanted",
        words,
        remedy="Give your handle, and an access token as the password; "
        "the page “Access tokens” makes one.",
    )


def _fetch(request: HttpRequest, identity: Identity, found: Repository, suffix: str) -> Answer:
    """Clone and fetch. Where a secret was committed, the client is told why it gets nothing."""
    if not identity.allows("fetch"):
        return refusal("This access token is not good for cloning.\nMake one with the scope git.")
    refused = no_clone_now(identity.person, found)
    if refused:
        if identity.person is None and found.kind == Repository.Kind.HOSTED:
            # Git shows its token only when it is asked; a mirror's guests are told at once.
            raise _wanted(f"{refused}\nIts owner gets it with a token.")
        return refusal(str(refused))
    return respond(
        store_of(found.pk),
        method=request.method or "GET",
        path_suffix=suffix,
        query=request.META.get("QUERY_STRING", ""),
        headers=_headers(request),
        body=cast("IO[bytes]", request),
        limits=git_limits(),
    )


def _push(request: HttpRequest, identity: Identity, found: Repository, suffix: str) -> Answer:
    """Take a push, or say what can be pushed to."""
    assert identity.person is not None, "a token is somebody's"  # noqa: S101
    if not identity.allows("push"):
        tell_of_refusal(by=identity.person, repository=found, taken=Taken(code="scope"))
        return refusal("This access token is not good for pushing.\nMake one with the scope git.")
    page = request.build_absolute_uri(f"/c/{found.cohort.slug}/{found.slug}/")
    reception = reception_of(
        by=identity.person,
        repository=found,
        address=page,
        check_again=partial(check_not_revoked, request),
    )
    if suffix == "info/refs" and request.method in ("GET", "HEAD"):
        return advertise_push(reception.store)
    if suffix != SERVICE or request.method != "POST":
        return refusal("There is nothing at this address.", HTTPStatus.NOT_FOUND)
    return receive_push(
        reception,
        headers=_headers(request),
        body=cast("IO[bytes]", request),
        max_body=settings.UPLOAD_LIMIT_BYTES,
    )


def _headers(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}

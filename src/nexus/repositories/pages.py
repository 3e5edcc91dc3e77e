"""The Git door: clone and fetch over smart HTTP."""

from typing import IO, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from nexus.people.requests import person_of
from nexus.repositories.cloning import no_clone
from nexus.repositories.git.serving import Answer, refusal, respond
from nexus.repositories.limits import git_limits, store_of
from nexus.repositories.selectors import repository_by_address


@csrf_exempt
def git(request: HttpRequest, cohort: str, repository: str, suffix: str) -> HttpResponseBase:
    """Answer a Git client. What a reader may not see does not exist for it.

    Where a secret was committed it is told why it gets nothing. Exempt from CSRF: programs call
    it, and it changes nothing.
    """
    reader = person_of(request)
    found = repository_by_address(cohort, repository, reader=reader)
    refused = no_clone(reader, found)
    answer = refusal(str(refused)) if refused else _answer(request, found.pk, suffix)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(status=answer.status)
    else:
        response = StreamingHttpResponse(answer.chunks, status=answer.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response


def _answer(request: HttpRequest, repository: int, suffix: str) -> Answer:
    return respond(
        store_of(repository),
        method=request.method or "GET",
        path_suffix=suffix,
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=cast("IO[bytes]", request),
        limits=git_limits(),
    )

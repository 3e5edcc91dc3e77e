# The door: find the repository for this reader, hand over, stream.
# Quoted from src/nexus/repositories/pages.py#L15-L38

@csrf_exempt
def git(request: HttpRequest, cohort: str, repository: str, suffix: str) -> HttpResponseBase:
    """Answer a Git client. What a reader may not see does not exist for it.

    Exempt from CSRF: programs call it, and it changes nothing.
    """
    found = repository_by_address(cohort, repository, reader=person_of(request))
    answer = respond(
        store_of(found.pk),
        method=request.method or "GET",
        path_suffix=suffix,
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=cast("IO[bytes]", request),
        limits=git_limits(),
    )
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(status=answer.status)
    else:
        response = StreamingHttpResponse(answer.chunks, status=answer.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response

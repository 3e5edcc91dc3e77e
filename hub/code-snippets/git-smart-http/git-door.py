# The door: find the repository for this reader, hand over, stream.
# Quoted from src/nexus/repositories/pages.py#L16-L34

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

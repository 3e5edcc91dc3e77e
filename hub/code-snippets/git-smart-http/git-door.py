# The door: find the repository for this reader, hand over, stream.
# Quoted from src/nexus/repositories/pages.py#L39-L58

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

# Answer one request of a Git client; whatever is asked has an answer.
# Quoted from src/nexus/repositories/git/serving.py#L34-L70

def respond(
    store: Path,
    *,
    method: str,
    path_suffix: str,
    query: str,
    headers: Mapping[str, str],
    body: IO[bytes],
    limits: Limits = DEFAULT,
) -> Answer:
    """Answer one request for a repository; whatever a client asks has an answer.

    Args:
        store: the store of the repository; the door has checked that it may be read.
        method: ``GET``, ``HEAD`` or ``POST``.
        path_suffix: what follows the repository's address, without a leading slash:
            ``info/refs`` or ``git-upload-pack``.
        query: the query string.
        headers: the request's headers; names in any case.
        body: the request's body, ended where it ends.
        limits: how large a request may be, and how long an answer may take.
    """
    fields = {name.lower(): value for name, value in headers.items()}
    suffix = path_suffix.strip("/")
    service = parse_qs(query).get("service", [""])[0]
    try:
        if _PUSH in (suffix, service):
            raise RefusalError(HTTPStatus.FORBIDDEN, _NO_PUSH)
        if not is_store(store):
            raise RefusalError(HTTPStatus.NOT_FOUND, "There is no such repository here.")
        if suffix == "info/refs":
            return _advertisement(store, method, service, fields, limits)
        if suffix == _SERVICE:
            return _pack(store, method, fields, body, limits)
        raise RefusalError(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    except RefusalError as refusal:
        return refusal.answer()

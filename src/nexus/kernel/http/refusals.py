"""What a client is told when a request is turned away before any application saw it."""

import json
from http import HTTPStatus

from nexus.kernel.errors import Invalid, NexusError, Unavailable
from nexus.kernel.http.asgi import Headers, Scope, Send, header, respond
from nexus.kernel.problems import MEDIA_TYPE, problem_of


class BodyTooLarge(Invalid):
    """The request carries more bytes than this address takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, limit: int) -> None:
        super().__init__(
            "body_too_large",
            "The request is larger than the hub takes here.",
            remedy=f"Send at most {limit:,} bytes.",
        )


class BodyTooSlow(Invalid):
    """The request's body did not arrive in good time."""

    status = HTTPStatus.REQUEST_TIMEOUT

    def __init__(self) -> None:
        super().__init__(
            "body_too_slow",
            "The request took too long to arrive.",
            remedy="Check the connection and send it again.",
        )


class Overloaded(Unavailable):
    """More requests are waiting than the process should hold."""

    def __init__(self) -> None:
        super().__init__(
            "overloaded",
            "The hub has more to do than it can at this moment.",
            remedy="Try again in a few seconds.",
        )


class Broken(NexusError):
    """An application failed in a way that it did not expect."""

    def __init__(self) -> None:
        super().__init__(
            "internal_error",
            "Something went wrong inside the hub.",
            remedy="Try again; if it stays, tell whoever runs this hub when it happened.",
        )


async def refuse(
    scope: Scope, send: Send, error: NexusError, *, extra: Headers | None = None, more: bool = False
) -> None:
    """Answer with ``error``: a problem document (RFC 9457) where JSON is asked for, else text.

    ``extra`` headers are added; with ``more`` the caller ends the body itself.
    """
    kind, body = _problem(error) if _wants_json(scope) else _text(error)
    headers: Headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *(extra or []),
    ]
    await respond(send, status=error.status, headers=headers, body=body, more=more)


def _wants_json(scope: Scope) -> bool:
    return b"json" in (header(scope["headers"], b"accept") or b"")


def _problem(error: NexusError) -> tuple[bytes, bytes]:
    return MEDIA_TYPE.encode(), json.dumps(problem_of(error)).encode()


def _text(error: NexusError) -> tuple[bytes, bytes]:
    return b"text/plain; charset=utf-8", f"{error.title}\n{error.remedy}\n".encode()

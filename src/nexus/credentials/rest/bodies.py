"""What programs send: small JSON objects, and nothing that a database or a parser chokes on."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from nexus.kernel.errors import NexusError

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 16_000


class Unreadable(NexusError):
    """The body of a request is no JSON object."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__("body-unreadable", "That is no JSON object.", remedy="Send one, in UTF-8.")


class WrongType(NexusError):
    """The request does not say that it sends JSON: so a form of another site cannot send it."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE

    def __init__(self) -> None:
        super().__init__(
            "json-wanted", "Only JSON is taken here.", remedy="Send Content-Type: application/json."
        )


class TooLong(NexusError):
    """Nothing that is asked for here is so long."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__(
            "body-too-large", "That is too long.", remedy=f"Send at most {LONGEST:,} bytes."
        )


def check_body(request: HttpRequest) -> None:
    """Raise what is wrong with the body of a request, if it has one and anything is."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST or len(request.body) > LONGEST:
        raise TooLong
    if not request.body:
        return
    if request.content_type != "application/json":
        raise WrongType
    try:
        found = json.loads(request.body.decode())
        json.dumps(found, ensure_ascii=False).encode()  # half a pair of UTF-16 is no text
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable

"""What programs send: small JSON objects, and nothing that a database or a parser chokes on."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from nexus.credentials.audit import FIELDS_REFUSED
from nexus.kernel.audit import record_refusal
from nexus.kernel.errors import Invalid, NexusError

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 16_000
#: Of the names of fields that nobody asked for, the log keeps a few, and those that look like one.
_MOST_NAMES = 5
_NAME = re.compile(r"[A-Za-z_]{1,30}")


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


class FieldUnknown(Invalid):
    """The request sets what is not for it to set."""

    def __init__(self, known: Collection[str]) -> None:
        super().__init__(
            "field-unknown",
            "That has a field which is not taken here.",
            remedy=f"Send nothing but {', '.join(known)}." if known else "Send no body.",
        )


def check_body(request: HttpRequest, *, known: Collection[str]) -> None:
    """Raise what is wrong with the body of a request, if it has one and anything is.

    Fields that are not ``known`` are refused rather than left out, so that who tries to set more
    than they may (mass assignment) is told so, and the audit log with them.
    """
    unknown = [name for name in _read(request) if name not in known]
    if unknown:
        named = [name for name in unknown if _NAME.fullmatch(name)][:_MOST_NAMES]
        record_refusal(FIELDS_REFUSED, by=None, details={"at": request.path, "fields": named})
        raise FieldUnknown(known)


def _read(request: HttpRequest) -> dict[str, Any]:
    """The fields of a body; raises what is wrong with it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST or len(request.body) > LONGEST:
        raise TooLong
    if not request.body:
        return {}
    if request.content_type != "application/json":
        raise WrongType
    try:
        found = json.loads(request.body.decode())
        json.dumps(found, ensure_ascii=False).encode()  # half a pair of UTF-16 is no text
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable
    return found

"""The errors a user can meet: what was wrong, and what to do about it.

Every door turns a ``NexusError`` into its own form: a page, a problem document
(RFC 9457), a line on the terminal. A refused request changes nothing.
"""

from http import HTTPStatus
from typing import ClassVar


class NexusError(Exception):
    """An expected failure that a person can understand and act on.

    ``code`` is stable and machine-readable; ``title`` says what was wrong in one
    line; ``remedy`` says what to do about it.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, code: str, title: str, *, remedy: str = "") -> None:
        super().__init__(title)
        self.code = code
        self.title = title
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.title} {self.remedy}".strip()


class Invalid(NexusError):
    """What was given cannot be used as it is."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class Forbidden(NexusError):
    """The person may see the thing, but not do this with it."""

    status = HTTPStatus.FORBIDDEN


class NotFound(NexusError):
    """There is no such thing, or the reader may not know that there is."""

    status = HTTPStatus.NOT_FOUND


class Conflict(NexusError):
    """It does not fit the present state of things."""

    status = HTTPStatus.CONFLICT


class Unavailable(NexusError):
    """Something outside the hub did not answer as it should; trying later may help."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

"""Errors as problem documents (RFC 9457): how programs are told what was wrong."""

from typing import Any

from nexus.kernel.errors import NexusError

MEDIA_TYPE = "application/problem+json"


def problem_of(error: NexusError) -> dict[str, Any]:
    """``error`` for a program."""
    return problem_document(
        error.code, title=error.title, status=int(error.status), detail=error.remedy
    )


def problem_document(code: str, *, title: str, status: int, detail: str) -> dict[str, Any]:
    """What was wrong (``title``), and what to do (``detail``); programs may rely on ``code``."""
    return {
        "type": f"urn:nexus:error:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }

"""The bytes of a file, served so that a browser can do nothing with them but show them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header

from nexus.kernel.errors import Forbidden, NotFound
from nexus.library.discretion import hide_emails_in_text, may_hold_sign
from nexus.library.extraction.decoding import decode
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.preparing import FORMAT_VERSION
from nexus.library.secret_files import is_secret
from nexus.repositories.git.reading import Reader, TreeFile
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from django.http import HttpRequest

RAW_BYTES = 50_000_000
#: In longer texts no addresses are looked for; guests do not get those that could hold one.
LOOKED_THROUGH_CHARACTERS = 10_000_000
#: Nothing in the file may run, load or be framed: an SVG stays a picture.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
DRAWING = "image/svg+xml"
#: What a browser may show as a picture; everything else is text or a download.
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".svg": DRAWING,
}


@of_path
def raw(request: HttpRequest, cohort: str, repository: str, path: str) -> HttpResponse:
    """The file at ``path`` in the commit shown.

    Withheld secrets are refused. Guests get text and drawings with their e-mail addresses
    hidden; a clone gives back every byte.
    """
    found = visit(request, cohort, repository)
    if is_secret(path):
        raise Forbidden(
            "secret-withheld",
            "This file's name says that it holds a secret, so the hub does not serve it.",
            remedy="Clone the repository if it is yours.",
        )
    with Reader(store_of(found.repository.pk)) as reader:
        file = reader.entry_at(found.repository.indexed, path) if found.repository.indexed else None
        if file is None or file.kind != "file":
            raise NotFound(
                "path-unknown", f"There is no file “{found.words(path)}” in the commit shown."
            )
        return _answer(found, reader, file)


def _answer(found: Visit, reader: Reader, file: TreeFile) -> HttpResponse:
    guest = "" if found.may_see_addresses else f"-guest{FORMAT_VERSION}"
    etag = f'"{file.oid}{guest}"'
    if found.request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    data = reader.read(file.oid, limit=RAW_BYTES)
    if data is None:
        raise _too_large()
    response = _as_picture(found, file, data) or _as_text_or_download(found, file, data)
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _too_large() -> NotFound:
    return NotFound(
        "file-too-large",
        "The file is missing from the repository, or too large to serve from a page.",
        remedy="Clone the repository to get it.",
    )


def _as_picture(found: Visit, file: TreeFile, data: bytes) -> HttpResponse | None:
    kind = PICTURES.get(posixpath.splitext(file.path)[1].lower())
    if kind == DRAWING and not found.may_see_addresses:
        decoded = decode(data, path=file.path)
        discreet = _discreet(decoded.text)
        if discreet != decoded.text:
            data = discreet.encode(decoded.encoding, "xmlcharrefreplace")
    return HttpResponse(data, content_type=kind) if kind else None


def _discreet(text: str) -> str:
    """A text as guests get it; raises ``NotFound`` when looking through it would take too long."""
    if len(text) > LOOKED_THROUGH_CHARACTERS and may_hold_sign(text):
        raise _too_large()
    return hide_emails_in_text(text)


def _as_text_or_download(found: Visit, file: TreeFile, data: bytes) -> HttpResponse:
    decoded = decode(data, path=file.path)
    if not decoded.is_binary:
        if not found.may_see_addresses:
            data = _discreet(decoded.text).encode()
        return HttpResponse(data, content_type="text/plain; charset=utf-8")
    name = found.words(posixpath.basename(file.path))
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response

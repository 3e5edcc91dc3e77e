"""The bytes of a file, served so that a browser can do nothing with them but show them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header

from nexus.kernel.errors import Forbidden, NotFound
from nexus.library.extraction.decoding import Decoded, decode
from nexus.library.extraction.secrets import find_secrets
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.preparing import FORMAT_VERSION
from nexus.repositories.git.reading import Reader, TreeFile
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from django.http import HttpRequest

RAW_BYTES = 50_000_000
#: In longer texts nothing is looked for, so nobody gets them but who may see what they could hold.
LOOKED_THROUGH_CHARACTERS = 10_000_000
#: So much of a file that is no text is searched for secrets before it is offered to others.
SEARCHED_BYTES = 5_000_000
#: Nothing in the file may run, load or be framed: an SVG stays a picture.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
DRAWING = "image/svg+xml"
#: How the pictures that browsers show begin. Whatever else is called a picture is looked through.
PICTURE_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\0\0\1\0", b"\0\0\0")
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

    Only who may see secrets gets every byte. The others get text and drawings with the secrets
    hidden, guests with the e-mail addresses hidden as well, and neither get a file whose name
    says that it is secret.
    """
    found = visit(request, cohort, repository)
    if not found.may_see_file(path):
        raise _withheld("This file's name says that it holds a secret")
    with Reader(store_of(found.repository.pk)) as reader:
        file = reader.entry_at(found.repository.indexed, path) if found.repository.indexed else None
        if file is None or file.kind != "file":
            raise NotFound(
                "path-unknown", f"There is no file “{found.words(path)}” in the commit shown."
            )
        return _answer(found, reader, file)


def _withheld(why: str) -> Forbidden:
    return Forbidden(
        "secret-withheld",
        f"{why}, so the hub serves it to its owner only.",
        remedy="If it is yours, sign in. Then take the secret for known, and change it.",
    )


def _answer(found: Visit, reader: Reader, file: TreeFile) -> HttpResponse:
    etag = f'"{file.oid}{_reader_mark(found)}"'
    if found.request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    data = reader.read(file.oid, limit=RAW_BYTES)
    if data is None:
        raise _too_large()
    response = _served(found, file, data)
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _reader_mark(found: Visit) -> str:
    """What tells the same file apart for readers who get it differently."""
    if found.may_see_secrets:
        return ""
    return f"-{'member' if found.may_see_addresses else 'guest'}{FORMAT_VERSION}"


def _too_large() -> NotFound:
    return NotFound(
        "file-too-large",
        "The file is missing from the repository, or too large to serve from a page.",
        remedy="Clone the repository to get it.",
    )


def _served(found: Visit, file: TreeFile, data: bytes) -> HttpResponse:
    """A picture, text, or a download."""
    kind = PICTURES.get(posixpath.splitext(file.path)[1].lower(), "")
    if kind and kind != DRAWING and data.startswith(PICTURE_MARKS):
        return HttpResponse(data, content_type=kind)
    decoded = decode(data, path=file.path)
    if decoded.is_binary:
        return _as_download(found, file, data, kind)
    text = _discreet(found, decoded)
    is_whole = text == decoded.text
    if kind:
        drawn = data if is_whole else text.encode(decoded.encoding, "xmlcharrefreplace")
        return HttpResponse(drawn, content_type=kind)
    is_given_as_it_is = is_whole and found.may_see_addresses
    given = data if is_given_as_it_is else text.encode()
    return HttpResponse(given, content_type="text/plain; charset=utf-8")


def _discreet(found: Visit, decoded: Decoded) -> str:
    """A text as this reader gets it; raises ``NotFound`` when it is too long to look through."""
    if len(decoded.text) > LOOKED_THROUGH_CHARACTERS and not found.may_see_secrets:
        raise _too_large()
    return found.text(decoded.text)


def _as_download(found: Visit, file: TreeFile, data: bytes, kind: str) -> HttpResponse:
    if not found.may_see_secrets and find_secrets(data[:SEARCHED_BYTES].decode("latin-1")):
        raise _withheld("This file holds a secret")
    if kind:
        return HttpResponse(data, content_type=kind)
    name = found.words(posixpath.basename(file.path))
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response

"""Built assets: small ones from memory, compressed, for ever where their name holds a hash.

The names are read once, so a request can only name what was found there: no path of a client's
is ever joined to a directory. ``name.css.br`` and ``name.css.gz`` beside ``name.css`` are its
compressed forms; text that has none is compressed when it is first asked for.
"""

import asyncio
import hashlib
import mimetypes
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO

from nexus.kernel.errors import NotFound
from nexus.kernel.http.answers import (
    BROTLI,
    GZIP,
    IDENTITY,
    Answer,
    Finishing,
    compress,
    is_compressible,
    is_known,
    not_modified,
    preferred_encoding,
    tag_in,
)
from nexus.kernel.http.asgi import Headers, Receive, Scope, Send, header, respond
from nexus.kernel.http.refusals import refuse

#: A content hash before the extension, as bundlers and Django's manifest storage write it:
#: ``app-5TZ3QK2J.js``, ``base.9f3c1a2b4d5e.css``.
HASHED = re.compile(r"[.-](?:[0-9a-f]{8,64}|[0-9A-Z]{8})\.[a-z0-9.]+$")

_FOR_EVER = b"public, max-age=31536000, immutable"
_REVALIDATE = b"public, no-cache"
_BLOCK = 128 * 1024
_EXTENSIONS = {BROTLI: ".br", GZIP: ".gz"}
#: ``mimetypes`` knows what the machine knows; these are to be the same everywhere.
_TYPES = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """One encoding of an asset: its bytes, or the file that they are read from."""

    headers: Headers
    known: Answer
    body: bytes | None
    file: Path


class StaticFiles:
    """Serves the files under ``directories`` at addresses that begin with ``prefix``.

    The first directory that has a path wins. Files up to ``in_memory`` bytes are kept in
    memory. ``hashed`` finds the names that may be cached for ever. With ``watch`` everything is
    read anew for each request, for work on the assets.
    """

    def __init__(
        self,
        directories: Sequence[Path],
        *,
        prefix: str = "/static/",
        hashed: re.Pattern[str] = HASHED,
        in_memory: int = 512 * 1024,
        watch: bool = False,
    ) -> None:
        self._directories = tuple(directories)
        self._prefix = prefix
        self._hashed = hashed
        self._in_memory = in_memory
        self._watch = watch
        self._files = self._find_files()
        self._forms: dict[str, dict[bytes, _Form]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        if scope["method"] not in {"GET", "HEAD"}:
            allow = [(b"allow", b"GET, HEAD"), (b"content-length", b"0")]
            await respond(send, status=HTTPStatus.METHOD_NOT_ALLOWED, headers=allow)
            return
        forms = await self._forms_of(scope["path"])
        if forms is None:
            error = NotFound("no_such_asset", "There is no such file.", remedy="Reload the page.")
            await refuse(scope, send, error)
            return
        wanted = preferred_encoding(header(scope["headers"], b"accept-encoding") or b"")
        await _send_form(scope, send, forms.get(wanted) or forms[IDENTITY])

    async def _forms_of(self, address: str) -> dict[bytes, _Form] | None:
        if self._watch:
            self._forms = {}
            self._files = await asyncio.to_thread(self._find_files)
        forms = self._forms.get(address)
        file = self._files.get(address)
        if forms is None and file is not None:
            forms = self._forms[address] = await asyncio.to_thread(self._read, file)
        return forms

    def _find_files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for directory in self._directories:
            for file in _files_under(directory):
                address = self._prefix + file.relative_to(directory).as_posix()
                found.setdefault(address, file)
        return found

    def _read(self, file: Path) -> dict[bytes, _Form]:
        """Every form of ``file``, identity first."""
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "blake2b").hexdigest()[:24]
        caching = _FOR_EVER if self._hashed.search(file.name) else _REVALIDATE
        base: Headers = [
            (b"content-type", _content_type(file)),
            (b"cache-control", caching),
            (b"vary", b"Accept-Encoding"),
            (b"x-content-type-options", b"nosniff"),
            # Assets are public, and a sandboxed frame, which has no origin, loads modules too.
            (b"access-control-allow-origin", b"*"),
        ]
        tag = f'"{digest}"'.encode()
        bodies = {IDENTITY: self._body(file, base)} | self._compressed(file, base)
        return {
            encoding: _form(encoding, base=base, tag=tag, body=body, file=source)
            for encoding, (body, source) in bodies.items()
        }

    def _body(self, file: Path, base: Headers) -> tuple[bytes | None, Path]:
        small = file.stat().st_size <= self._in_memory
        return (file.read_bytes() if small else None), file

    def _compressed(self, file: Path, base: Headers) -> dict[bytes, tuple[bytes | None, Path]]:
        """The compressed forms: those beside the file, else made here of small text."""
        beside = {
            encoding: file.with_name(file.name + extension)
            for encoding, extension in _EXTENSIONS.items()
        }
        found = {
            encoding: self._body(path, base) for encoding, path in beside.items() if path.is_file()
        }
        body, _ = self._body(file, base)
        if found or body is None:
            return found
        how = Finishing(brotli_quality=6, gzip_level=6)
        if not is_compressible(Answer(200, base, body), how):
            return {}
        return {encoding: (compress(body, encoding, how), file) for encoding in _EXTENSIONS}


def _form(encoding: bytes, *, base: Headers, tag: bytes, body: bytes | None, file: Path) -> _Form:
    size = file.stat().st_size if body is None else len(body)
    own = tag_in(tag, encoding)
    headers = [*base, (b"etag", own), (b"content-length", str(size).encode())]
    if encoding != IDENTITY:
        headers.append((b"content-encoding", encoding))
    known = not_modified(Answer(200, headers, b""), own)
    return _Form(headers=headers, known=known, body=body, file=file)


def _files_under(directory: Path) -> Iterator[Path]:
    """Every regular file, but nothing that a symbolic link leads out to, and no hidden one."""
    for root, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root) / name
            if not name.startswith(".") and file.resolve().is_relative_to(directory.resolve()):
                yield file


def _content_type(file: Path) -> bytes:
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kind = _TYPES.get(file.suffix.lower(), guessed)
    text = kind.startswith("text/") or kind.endswith(("json", "+xml"))
    return f"{kind}; charset=utf-8".encode() if text else kind.encode()


async def _send_form(scope: Scope, send: Send, form: _Form) -> None:
    tag = header(form.headers, b"etag") or b""
    head = scope["method"] == "HEAD"
    if is_known(header(scope["headers"], b"if-none-match"), tag):
        await respond(send, status=form.known.status, headers=form.known.headers)
    elif head or form.body is not None:
        body = b"" if head else form.body or b""
        await respond(send, status=HTTPStatus.OK, headers=form.headers, body=body)
    else:
        await _send_file(send, form)


async def _send_file(send: Send, form: _Form) -> None:
    await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": form.headers})
    file: IO[bytes]
    with await asyncio.to_thread(form.file.open, "rb") as file:
        while block := await asyncio.to_thread(file.read, _BLOCK):
            await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})

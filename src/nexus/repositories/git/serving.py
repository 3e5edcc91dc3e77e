"""Giving repositories back: Git's smart HTTP protocol, for clone and fetch.

Framework-free: a door hands over the parts of a request and streams the answer. Follows
``gitprotocol-http(5)``; protocol versions 0, 1 and 2. Git's old plain-file protocol is not
served; ``receiving`` takes pushes.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import IO
from urllib.parse import parse_qs

from nexus.repositories.git.answering import NEVER_CACHED, Answer, RefusalError, plain, spool
from nexus.repositories.git.limits import DEFAULT, MIB, Limits
from nexus.repositories.git.program import Command, run, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import is_store
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble
from nexus.repositories.git.wants import RequestDamaged, wants_hidden

_SERVICE = "git-upload-pack"
_PUSH = "git-receive-pack"
_SERVICE_LINE = b"001e# service=git-upload-pack\n0000"
_PROTOCOL = re.compile(r"version=[012](?::[a-z0-9=:.-]{1,40})?")
_MAX_ADVERTISEMENT = 64 * MIB
_NO_PUSH = "This repository does not take pushes here."


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


def _advertisement(
    store: Path, method: str, service: str, fields: Mapping[str, str], limits: Limits
) -> Answer:
    """Which branches and tags there are, or for version 2 what can be asked for."""
    if method not in ("GET", "HEAD"):
        raise RefusalError(HTTPStatus.METHOD_NOT_ALLOWED, "Use GET.", Allow="GET, HEAD")
    if service != _SERVICE:
        only = "Only Git's smart HTTP protocol is spoken here: use git clone."
        raise RefusalError(HTTPStatus.FORBIDDEN, only)
    try:
        told = advertise(store, fields.get("git-protocol", ""), limits=limits)
    except (GitProgramError, RemoteTrouble):
        cannot = "This repository cannot be read now."
        raise RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, cannot) from None
    headers = {"Content-Type": f"application/x-{_SERVICE}-advertisement", **NEVER_CACHED}
    return Answer(HTTPStatus.OK, headers, () if method == "HEAD" else (told,))


def advertise(store: Path, protocol: str = "", *, limits: Limits = DEFAULT) -> bytes:
    """The first answer of a store to a client that speaks ``protocol`` (``version=2``).

    Raises ``GitProgramError`` if the store cannot be read.
    """
    first = b"" if _known(protocol).startswith("version=2") else _SERVICE_LINE
    command = _upload_pack(store, protocol, "--advertise-refs")
    return first + run(command, _work(limits), max_output=_MAX_ADVERTISEMENT)


def upload_pack(
    store: Path, body: IO[bytes], protocol: str = "", *, limits: Limits = DEFAULT
) -> Iterator[bytes]:
    """Answer one request of a client that clones or fetches.

    ``body`` is the request, decompressed, an open file of the system. Closing the iterator
    ends the run. Raises as ``stream`` does.
    """
    return stream(_upload_pack(store, protocol), _work(limits), given=body)


def _known(protocol: str) -> str:
    """The protocol that a client asks for; version 0 if it asks for none that is known."""
    return protocol if _PROTOCOL.fullmatch(protocol) else ""


def _upload_pack(store: Path, protocol: str, *options: str) -> Command:
    version = _known(protocol)
    return Command(
        arguments=["upload-pack", "--strict", "--stateless-rpc", *options, store],
        environment={"GIT_PROTOCOL": version} if version else {},
    )


def _work(limits: Limits) -> Work:
    return Work(limits=replace(limits, total_seconds=limits.serving_seconds))


def _pack(
    store: Path, method: str, fields: Mapping[str, str], body: IO[bytes], limits: Limits
) -> Answer:
    """What a client lacks, as a pack."""
    if method != "POST":
        raise RefusalError(HTTPStatus.METHOD_NOT_ALLOWED, "Use POST.", Allow="POST")
    if fields.get("content-type") != f"application/x-{_SERVICE}-request":
        raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This is not a request of Git.")
    with contextlib.ExitStack() as on_failure:
        request = on_failure.enter_context(tempfile.TemporaryFile())
        pieces = plain(body, fields.get("content-encoding", "identity"))
        spool(pieces, request, limits.max_request_bytes)
        if _known(fields.get("git-protocol", "")).startswith("version=2"):
            _refuse_hidden(store, request)
        chunks = upload_pack(store, request, fields.get("git-protocol", ""), limits=limits)
        first = _first(chunks)
        on_failure.pop_all()
    headers = {"Content-Type": f"application/x-{_SERVICE}-result", **NEVER_CACHED}
    return Answer(HTTPStatus.OK, headers, _Chunks(first, chunks, request))


def _refuse_hidden(store: Path, request: IO[bytes]) -> None:
    """Refuse what no branch and no tag leads to, though the store may have it."""
    try:
        is_hidden = wants_hidden(store, request)
    except RequestDamaged:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "The request is damaged.") from None
    if is_hidden:
        gone = "Something was asked for that no branch and no tag here leads to."
        raise RefusalError(HTTPStatus.FORBIDDEN, gone)


def _first(chunks: Iterator[bytes]) -> bytes:
    """The beginning of the answer; only after it is there can nothing be refused any more."""
    try:
        return next(chunks, b"")
    except GitProgramError:
        cannot = "The request cannot be answered."
        raise RefusalError(HTTPStatus.BAD_REQUEST, cannot) from None
    except RemoteTrouble:
        late = "This took too long. Try again later."
        raise RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, late) from None


class _Chunks:
    """The first chunk, which had to be waited for, and the others. Closing it ends Git."""

    def __init__(self, first: bytes, others: Iterator[bytes], request: IO[bytes]) -> None:
        self._first = first
        self._others = others
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        # Too late for another status: the client sees that the pack ends early.
        with contextlib.suppress(GitProgramError, RemoteTrouble), contextlib.closing(self):
            yield self._first
            yield from self._others

    def close(self) -> None:
        """End the run of Git."""
        self._others.close()  # type: ignore[attr-defined]
        self._request.close()

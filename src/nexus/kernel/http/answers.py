"""Whole answers: compressed, named by a hash of their content, and left out when known.

An answer whose body is in memory gets ``ETag``, ``Vary: Accept-Encoding`` and the encoding that
the client prefers; a client that has it already gets 304. What streams is left as it is.

Secrets and compression (BREACH, https://www.breachattack.com): the length of a compressed page
can betray a secret that stands beside text an attacker chose. Django masks its CSRF token anew
in every answer, which defeats this; any other secret belongs in an answer with
``Cache-Control: no-store``, and such an answer is neither compressed nor named. A page that
carries a CSRF token is compressed but not named, as its name would change with the mask.
"""

import base64
import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus

import brotli

from nexus.kernel.http.asgi import Headers, Scope, header

BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})

IDENTITY, BROTLI, GZIP = b"identity", b"br", b"gzip"
#: What the end of an entity tag says about the encoding: each has bytes, so a name, of its own.
_SUFFIXES = {IDENTITY: b"", BROTLI: b"-br", GZIP: b"-gz"}

_TEXTUAL = (b"json", b"xml", b"javascript", b"yaml", b"graphql", b"text")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Finishing:
    """How answers are finished. Sizes in bytes; qualities as brotli and gzip count them."""

    smallest: int = 256
    largest: int = 4 * 1024 * 1024
    brotli_quality: int = 4
    gzip_level: int = 5
    #: A body that holds one of these differs each time, so it gets no name.
    volatile: tuple[bytes, ...] = (b"csrfmiddlewaretoken",)


def finish(scope: Scope, answer: Answer, how: Finishing) -> Answer:
    """``answer`` as it should be sent for the request ``scope``."""
    if not _may_finish(answer):
        return answer
    tag = _tag(scope, answer, how)
    if tag and is_known(header(scope["headers"], b"if-none-match"), tag):
        return not_modified(answer, tag)
    if tag:
        answer = with_headers(answer, {b"etag": tag})
    if not is_compressible(answer, how):
        return answer
    encoding = preferred_encoding(header(scope["headers"], b"accept-encoding") or b"")
    return encoded(answer, encoding, how)


def _may_finish(answer: Answer) -> bool:
    control = cache_control(answer.headers)
    return (
        bool(answer.body)
        and not control & {b"no-store", b"no-transform"}
        and header(answer.headers, b"content-encoding") is None
    )


def _tag(scope: Scope, answer: Answer, how: Finishing) -> bytes | None:
    """The name of the unencoded body: the application's own, else its hash, else None."""
    if answer.status != HTTPStatus.OK or scope["method"] not in {"GET", "HEAD"}:
        return None
    own = header(answer.headers, b"etag")
    if own is not None or is_volatile(answer.body, how):
        return own
    return name_of(answer.body)


def is_volatile(body: bytes, how: Finishing) -> bool:
    """Whether ``body`` holds something that differs each time it is made."""
    return any(mark in body for mark in how.volatile)


def name_of(body: bytes) -> bytes:
    """A strong entity tag for ``body``."""
    digest = hashlib.blake2b(body, digest_size=15).digest()
    return b'"' + base64.urlsafe_b64encode(digest) + b'"'


def is_known(if_none_match: bytes | None, tag: bytes) -> bool:
    """Whether ``If-None-Match`` lists ``tag``, in any encoding (RFC 9110, section 13.1.2)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == b"*":
        return True
    return _core(tag) in {_core(each) for each in if_none_match.split(b",")}


def _core(tag: bytes) -> bytes:
    """A tag without weakness, quotes and encoding."""
    core = tag.strip().removeprefix(b"W/").strip(b'"')
    return core.removesuffix(b"-br").removesuffix(b"-gz")


def tag_in(tag: bytes, encoding: bytes) -> bytes:
    """``tag`` for the same content in ``encoding``."""
    return tag[:-1] + _SUFFIXES[encoding] + b'"'


def not_modified(answer: Answer, tag: bytes) -> Answer:
    """The 304 that stands for ``answer``: its headers without those about a body."""
    kept = [pair for pair in answer.headers if not pair[0].startswith(b"content-l")]
    kept = [pair for pair in kept if pair[0] not in {b"content-type", b"etag"}]
    vary = merged_vary(answer.headers, b"Accept-Encoding")
    headers = with_headers(Answer(304, kept, b""), {b"etag": tag, b"vary": vary}).headers
    return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers, body=b"")


def is_compressible(answer: Answer, how: Finishing) -> bool:
    """Whether the body is text of a size that compression helps."""
    kind = header(answer.headers, b"content-type") or b""
    return how.smallest <= len(answer.body) <= how.largest and is_textual(kind)


@lru_cache(maxsize=256)
def is_textual(kind: bytes) -> bool:
    """Whether a ``Content-Type`` means text in some notation."""
    return any(word in kind.partition(b";")[0].lower() for word in _TEXTUAL)


def encoded(answer: Answer, encoding: bytes, how: Finishing) -> Answer:
    """``answer`` in ``encoding``, with the headers that say so."""
    body = compress(answer.body, encoding, how)
    changes = {
        b"content-length": str(len(body)).encode(),
        b"vary": merged_vary(answer.headers, b"Accept-Encoding"),
    }
    if encoding != IDENTITY:
        changes[b"content-encoding"] = encoding
    tag = header(answer.headers, b"etag")
    if tag is not None:
        changes[b"etag"] = tag_in(tag, encoding)
    return replace(with_headers(answer, changes), body=body)


def compress(body: bytes, encoding: bytes, how: Finishing) -> bytes:
    """``body`` in ``encoding``."""
    if encoding == BROTLI:
        shorter: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=how.brotli_quality)
        return shorter
    if encoding == GZIP:
        return gzip.compress(body, compresslevel=how.gzip_level, mtime=0)
    return body


@lru_cache(maxsize=256)
def preferred_encoding(accept: bytes) -> bytes:
    """The best encoding of ours that ``Accept-Encoding`` takes (RFC 9110, section 12.5.3)."""
    weights = dict(_weights(accept))
    rest = weights.get(b"*", 0.0)
    best = max((BROTLI, GZIP), key=lambda encoding: weights.get(encoding, rest))
    return best if weights.get(best, rest) > 0 else IDENTITY


def _weights(accept: bytes) -> Iterable[tuple[bytes, float]]:
    for part in accept.lower().split(b","):
        name, _, parameter = part.partition(b";")
        quality = parameter.strip().removeprefix(b"q=")
        try:
            yield name.strip(), float(quality) if quality else 1.0
        except ValueError:
            yield name.strip(), 0.0


def cache_control(headers: Headers) -> frozenset[bytes]:
    """The directives of ``Cache-Control``, in lower case, without their values."""
    value = b",".join(text for name, text in headers if name == b"cache-control")
    return _directives(value)


@lru_cache(maxsize=256)
def _directives(value: bytes) -> frozenset[bytes]:
    parts = (part.partition(b"=")[0].strip() for part in value.lower().split(b","))
    return frozenset(part for part in parts if part)


def merged_vary(headers: Headers, name: bytes) -> bytes:
    """The ``Vary`` of ``headers`` with ``name`` in it."""
    values = [value for key, value in headers if key == b"vary" and value]
    if name.lower() in vary_names(headers):
        return b", ".join(values)
    return b", ".join([*values, name])


def vary_names(headers: Headers) -> frozenset[bytes]:
    """The header names in ``Vary``, in lower case."""
    value = b",".join(text for name, text in headers if name == b"vary")
    return _directives(value)


def with_headers(answer: Answer, changes: dict[bytes, bytes]) -> Answer:
    """``answer`` with some headers set."""
    kept = [pair for pair in answer.headers if pair[0] not in changes]
    return replace(answer, headers=[*kept, *changes.items()])

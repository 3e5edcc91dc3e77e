"""Finishing answers: encodings, names, and the 304 that saves the bytes."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.answers import (
    BROTLI,
    GZIP,
    IDENTITY,
    Answer,
    Finishing,
    finish,
    is_known,
    is_textual,
    merged_vary,
    name_of,
    preferred_encoding,
    tag_in,
)
from nexus.kernel.http.asgi import Headers, header
from nexus.kernel.http.tests.client import scope_of

HTML: Headers = [(b"content-type", b"text/html; charset=utf-8")]
PAGE = b"<p>words and words again</p>" * 50
HOW = Finishing()


def finished(
    body: bytes = PAGE,
    *,
    status: int = 200,
    answer: Headers = HTML,
    method: str = "GET",
    **request: str,
) -> Answer:
    asked = [(name.replace("_", "-"), value) for name, value in request.items()]
    scope = scope_of("/", method=method, headers=asked)
    return finish(scope, Answer(status, answer, body), HOW)


def decoded(answer: Answer) -> bytes:
    match header(answer.headers, b"content-encoding"):
        case b"br":
            plain: bytes = brotli.decompress(answer.body)
            return plain
        case b"gzip":
            return gzip.decompress(answer.body)
        case _:
            return answer.body


# --- negotiation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        (b"", IDENTITY),
        (b"br", BROTLI),
        (b"gzip", GZIP),
        (b"gzip, deflate, br, zstd", BROTLI),
        (b"GZIP;q=1.0, br;q=0.5", GZIP),
        (b"br;q=0, gzip", GZIP),
        (b"br;q=0, gzip;q=0", IDENTITY),
        (b"*", BROTLI),
        (b"*;q=0", IDENTITY),
        (b"br;q=0, *", GZIP),
        (b"identity", IDENTITY),
        (b"br;q=nonsense", IDENTITY),
        (b"deflate", IDENTITY),
        (b" , ;q=1, ,", IDENTITY),
    ],
)
def test_the_client_chooses_the_encoding(accept: bytes, encoding: bytes) -> None:
    assert preferred_encoding(accept) == encoding


@given(st.binary(max_size=60))
def test_no_header_is_too_strange(accept: bytes) -> None:
    assert preferred_encoding(accept) in {IDENTITY, BROTLI, GZIP}


@pytest.mark.parametrize(
    ("kind", "textual"),
    [
        (b"text/html", True),
        (b"TEXT/CSS; charset=utf-8", True),
        (b"application/problem+json", True),
        (b"image/svg+xml", True),
        (b"application/javascript", True),
        (b"image/png", False),
        (b"application/zip", False),
        (b"application/x-git-upload-pack-result", False),
        (b"", False),
    ],
)
def test_text_is_told_from_the_rest(kind: bytes, textual: bool) -> None:
    assert is_textual(kind) is textual


# --- encodings ------------------------------------------------------------------------------


@given(body=st.binary(max_size=2000), accept=st.sampled_from(["br", "gzip", "", "br, gzip"]))
def test_any_body_can_be_had_back(body: bytes, accept: str) -> None:
    answer = finished(body, accept_encoding=accept)
    assert decoded(answer) == body
    length = header(answer.headers, b"content-length")
    assert length is None or int(length) == len(answer.body)


def test_text_is_compressed_and_says_what_it_depends_on() -> None:
    answer = finished(accept_encoding="br")
    assert len(answer.body) < len(PAGE) / 4
    assert header(answer.headers, b"vary") == b"Accept-Encoding"
    assert header(finished().headers, b"vary") == b"Accept-Encoding"


@pytest.mark.parametrize(
    "answer",
    [
        [(b"content-type", b"image/png")],
        [],
        [*HTML, (b"content-encoding", b"zstd")],
        [*HTML, (b"cache-control", b"private, no-store")],
        [*HTML, (b"cache-control", b"public"), (b"cache-control", b"no-transform")],
    ],
)
def test_what_is_no_text_or_asks_to_be_left_alone_is(answer: Headers) -> None:
    assert finished(answer=answer, accept_encoding="br").body == PAGE


def test_what_is_too_short_or_too_long_is_not_compressed() -> None:
    scope = scope_of("/", headers=[("accept-encoding", "br")])
    how = Finishing(smallest=10, largest=100)
    sizes = [len(finish(scope, Answer(200, HTML, b"a" * n), how).body) for n in (9, 50, 101)]
    assert sizes[0] == 9
    assert sizes[1] < 50
    assert sizes[2] == 101


def test_errors_are_compressed_but_not_named() -> None:
    answer = finished(status=404, accept_encoding="gzip")
    assert decoded(answer) == PAGE
    assert header(answer.headers, b"etag") is None


# --- names ----------------------------------------------------------------------------------


@given(one=st.binary(min_size=1), other=st.binary(min_size=1))
def test_equal_bodies_have_equal_names_and_others_others(one: bytes, other: bytes) -> None:
    assert (name_of(one) == name_of(other)) is (one == other)


def test_each_encoding_has_a_name_of_its_own() -> None:
    tags = {header(finished(accept_encoding=a).headers, b"etag") for a in ("", "br", "gzip")}
    assert len(tags) == 3
    assert all(tag and tag.startswith(b'"') and tag.endswith(b'"') for tag in tags)


@pytest.mark.parametrize("first", ["", "br", "gzip"])
@pytest.mark.parametrize("then", ["", "br", "gzip"])
def test_who_has_the_page_in_any_encoding_gets_304(first: str, then: str) -> None:
    tag = header(finished(accept_encoding=first).headers, b"etag") or b""
    answer = finished(accept_encoding=then, if_none_match=tag.decode())
    assert (answer.status, answer.body) == (304, b"")


def test_who_has_another_page_gets_this_one() -> None:
    assert finished(if_none_match='"other", W/"older"').status == 200


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (None, False),
        (b"*", True),
        (b'"abc"', True),
        (b'W/"abc"', True),
        (b'"xyz", "abc-br"', True),
        (b'"abcd"', False),
        (b"", False),
        (b"abc", True),
    ],
)
def test_if_none_match_is_read_as_the_standard_says(asked: bytes | None, known: bool) -> None:
    assert is_known(asked, b'"abc"') is known


def test_a_304_keeps_what_a_cache_needs_and_drops_what_is_about_the_body() -> None:
    headers: Headers = [
        *HTML,
        (b"content-length", b"9"),
        (b"content-language", b"sw"),
        (b"cache-control", b"private, no-cache"),
        (b"content-security-policy", b"default-src 'self'"),
        (b"set-cookie", b"sessionid=1"),
        (b"vary", b"Cookie"),
        (b"etag", b'"mine"'),
    ]
    answer = finished(answer=headers, if_none_match='"mine"')
    assert answer.status == 304
    assert sorted(answer.headers) == [
        (b"cache-control", b"private, no-cache"),
        (b"content-security-policy", b"default-src 'self'"),
        (b"etag", b'"mine"'),
        (b"set-cookie", b"sessionid=1"),
        (b"vary", b"Cookie, Accept-Encoding"),
    ]


def test_an_application_may_name_its_answers_itself() -> None:
    answer = finished(answer=[*HTML, (b"etag", b'W/"v7"')], accept_encoding="br")
    assert header(answer.headers, b"etag") == b'W/"v7-br"'
    assert tag_in(b'"v7"', GZIP) == b'"v7-gz"'


def test_a_page_with_a_masked_token_is_compressed_and_not_named() -> None:
    page = PAGE + b'<input name="csrfmiddlewaretoken" value="a1b2">'
    answer = finished(page, accept_encoding="br")
    assert decoded(answer) == page
    assert header(answer.headers, b"content-encoding") == b"br"
    assert header(answer.headers, b"etag") is None


def test_only_what_is_read_is_named() -> None:
    assert header(finished(method="POST").headers, b"etag") is None
    assert header(finished(method="HEAD").headers, b"etag") is not None


@pytest.mark.parametrize(
    ("headers", "merged"),
    [
        ([], b"Accept-Encoding"),
        ([(b"vary", b"Cookie")], b"Cookie, Accept-Encoding"),
        ([(b"vary", b"accept-encoding, Cookie")], b"accept-encoding, Cookie"),
        ([(b"vary", b"Cookie"), (b"vary", b"Accept")], b"Cookie, Accept, Accept-Encoding"),
    ],
)
def test_vary_grows_and_forgets_nothing(headers: Headers, merged: bytes) -> None:
    assert merged_vary(headers, b"Accept-Encoding") == merged

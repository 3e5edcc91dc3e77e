"""Request bodies: every byte arrives, and nothing too large or too slow does."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.asgi import Message
from nexus.kernel.http.bodies import Body, BodyLimits, ClientGone, read_body
from nexus.kernel.http.refusals import BodyTooLarge, BodyTooSlow
from nexus.kernel.http.tests.client import Incoming, run, scope_of
from nexus.kernel.room import NoRoom

CHUNKED = [("transfer-encoding", "chunked")]


async def read(
    chunks: list[bytes],
    *,
    headers: list[tuple[str, str]] = CHUNKED,
    limits: BodyLimits | None = None,
    path: str = "/",
) -> Body:
    scope = scope_of(path, method="POST", headers=headers)
    return await read_body(scope, Incoming(chunks).receive, limits or BodyLimits())


@given(chunks=st.lists(st.binary(max_size=40), max_size=20), memory=st.integers(1, 200))
def test_what_comes_in_pieces_is_read_as_one(chunks: list[bytes], memory: int) -> None:
    body = run(read(chunks, limits=BodyLimits(memory=memory)))
    assert body.file.read() == b"".join(chunks)
    assert body.size == sum(map(len, chunks))
    body.close()


def test_a_request_that_announces_no_body_is_not_waited_for() -> None:
    async def never() -> Message:
        raise AssertionError("asked for a body")

    body = run(read_body(scope_of("/"), never, BodyLimits()))
    assert (body.size, body.file.read()) == (0, b"")


def test_a_declared_length_beyond_the_limit_is_refused_before_reading() -> None:
    async def never() -> Message:
        raise AssertionError("asked for a body")

    scope = scope_of("/", method="POST", headers=[("content-length", "11")])
    with pytest.raises(BodyTooLarge, match="10 bytes"):
        run(read_body(scope, never, BodyLimits(size=10)))


def test_a_body_in_chunks_is_refused_once_it_is_beyond_the_limit() -> None:
    with pytest.raises(BodyTooLarge):
        run(read([b"x" * 6, b"x" * 6, b"never read"], limits=BodyLimits(size=10, memory=4)))


def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    full = partial(Path("/dev/full").open, "r+b")
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full())
    with pytest.raises(NoRoom):
        run(read([b"x" * 20, b"x" * 200_000], limits=BodyLimits(memory=10)))


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    body = run(read([b"x" * 10], limits=BodyLimits(size=10)))
    assert body.size == 10
    body.close()


@pytest.mark.parametrize(
    ("path", "size"), [("/", 10), ("/add", 100), ("/add/archive/x", 1000), ("/address", 100)]
)
def test_the_longest_prefix_decides_how_much_an_address_takes(path: str, size: int) -> None:
    limits = BodyLimits(size=10, size_under={"/add": 100, "/add/archive/": 1000})
    assert limits.size_for(path) == size


def test_a_client_that_hangs_up_before_the_end_is_gone() -> None:
    async def main() -> None:
        incoming = Incoming([])
        incoming._messages = [{"type": "http.request", "body": b"half", "more_body": True}]
        incoming.hang_up()
        scope = scope_of("/", method="POST", headers=CHUNKED)
        await read_body(scope, incoming.receive, BodyLimits())

    with pytest.raises(ClientGone):
        run(main())


def test_a_body_that_stops_coming_is_given_up() -> None:
    async def silence() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    scope = scope_of("/", method="POST", headers=CHUNKED)
    with pytest.raises(BodyTooSlow):
        run(read_body(scope, silence, BodyLimits(patience=0.05)))


def test_a_body_that_trickles_is_given_up_though_it_never_stops() -> None:
    async def trickle() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    scope = scope_of("/", method="POST", headers=CHUNKED)
    with pytest.raises(BodyTooSlow):
        run(read_body(scope, trickle, BodyLimits(patience=0.1, rate=1000)))


def test_who_shows_no_credential_does_not_fill_the_disk():
    limits = BodyLimits(
        size=10, size_under={"/add": 100, "/git/": 1000}, for_known=frozenset({"/git/"})
    )
    assert limits.size_for("/git/c/r.git/git-receive-pack") == 1000
    assert limits.size_for("/git/c/r.git/git-receive-pack", shows_credential=False) == 10
    assert limits.size_for("/add", shows_credential=False) == 100

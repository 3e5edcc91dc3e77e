"""The adapter: a WSGI application answers ASGI requests as PEP 3333 and good manners want it."""

import contextvars
import io
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.answers import Answer
from nexus.kernel.http.asgi import Message, Scope
from nexus.kernel.http.bodies import BodyLimits
from nexus.kernel.http.exchange import WINDOW, WSGIApp
from nexus.kernel.http.tests.client import Incoming, Response, ask, run, scope_of
from nexus.kernel.http.tests.wsgi import CHUNKED, Body, Start, answering, served
from tests.services.patience import PATIENCE

# --- bodies -----------------------------------------------------------------------------


def echo(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    while piece := environ["wsgi.input"].read(7):
        yield piece


@given(chunks=st.lists(st.binary(max_size=50), max_size=12))
def test_bytes_in_are_bytes_out_however_they_are_cut(chunks: list[bytes]) -> None:
    app = served(echo, limits=BodyLimits(memory=64))
    response = run(ask(app, method="POST", headers=CHUNKED, body=chunks))
    assert (response.status, response.body) == (200, b"".join(chunks))
    assert response.complete


@given(chunks=st.lists(st.binary(max_size=9), max_size=9), kind=st.sampled_from([list, iter]))
def test_every_chunk_of_an_answer_arrives_in_order(
    chunks: list[bytes], kind: Callable[[list[bytes]], Iterable[bytes]]
) -> None:
    response = run(ask(served(answering(kind(chunks)))))
    assert response.body == b"".join(chunks)
    assert response.complete


def test_a_body_that_is_there_already_is_sent_as_one_with_its_length() -> None:
    response = run(ask(served(answering([b"one", b"", b"two"]))))
    assert response.chunks == [b"onetwo"]
    assert response.header("content-length") == "6"


def test_a_body_that_is_declared_short_is_sent_as_one() -> None:
    app = answering(iter([b"one", b"two"]), headers=[("Content-Length", "6")])
    assert run(ask(served(app))).chunks == [b"onetwo"]


def test_a_body_that_says_it_does_not_stream_is_sent_as_one() -> None:
    class DjangoLike(Body):
        streaming = False

    assert run(ask(served(answering(DjangoLike([b"a", b"b"]))))).chunks == [b"ab"]


def test_a_chunk_is_sent_before_the_next_is_made() -> None:
    arrived = threading.Event()

    def body() -> Iterator[bytes]:
        yield b"first"
        assert arrived.wait(PATIENCE)
        yield b"second"

    async def main() -> Response:
        response = Response()

        async def send(message: Message) -> None:
            await response.send(message)
            if message.get("body") == b"first":
                arrived.set()

        await served(answering(body()))(scope_of(), Incoming().receive, send)
        return response

    assert run(main()).body == b"firstsecond"


def test_an_answer_larger_than_the_window_arrives_whole() -> None:
    chunks = [bytes([number]) * 65536 for number in range(40)]
    assert run(ask(served(answering(iter(chunks))))).body == b"".join(chunks)


def test_files_are_handed_over_by_the_wrapper() -> None:
    content = bytes(range(256)) * 4096

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](io.BytesIO(content), 4096)
        return wrapped

    assert run(ask(served(app))).body == content


def test_the_old_write_function_works() -> None:
    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        write = start_response("200 OK", [])
        write(b"written, ")
        return iter([b"returned"])

    assert run(ask(served(app))).body == b"written, returned"


# --- heads ------------------------------------------------------------------------------------


def test_status_and_headers_arrive_and_hop_by_hop_ones_do_not() -> None:
    headers = [("X-Thing", "caf\xe9"), ("Connection", "close"), ("Transfer-Encoding", "chunked")]
    response = run(ask(served(answering([b"x"], status="418 I'm a teapot", headers=headers))))
    assert response.status == 418
    assert response.headers == [(b"x-thing", b"caf\xe9"), (b"content-length", b"1")]


def test_head_has_the_headers_of_get_and_no_body() -> None:
    response = run(ask(served(answering([b"12345"])), method="HEAD"))
    assert (response.header("content-length"), response.body) == ("5", b"")


def test_head_of_a_stream_does_not_run_it_to_its_end() -> None:
    made: list[int] = []

    def making() -> Iterator[bytes]:
        for number in range(1000):
            made.append(number)
            yield b"x"

    body = Body(making())
    response = run(ask(served(answering(body)), method="HEAD"))
    assert (response.status, response.body, response.complete) == (200, b"", True)
    assert len(made) <= 1
    assert body.closed == 1


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
@pytest.mark.parametrize("kind", [list, iter])
def test_an_answer_without_a_body_has_none(
    status: str, kind: Callable[[list[bytes]], Iterable[bytes]]
) -> None:
    app = answering(kind([b"surplus"]), status=status, headers=[("Content-Length", "7")])
    response = run(ask(served(app)))
    assert (response.status, response.body) == (int(status[:3]), b"")
    assert response.header("content-length") is None


def test_an_answer_may_start_when_its_first_chunk_is_made() -> None:
    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("201 Created", [])
        yield b"late"

    response = run(ask(served(app)))
    assert (response.status, response.body) == (201, b"late")


# --- failures -----------------------------------------------------------------------------------


def broken(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    raise ValueError("a secret")


def silent(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    return []


def hasty(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    return [b"no start"]


def twice(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    start_response("200 OK", [])
    start_response("200 OK", [])
    return []


@pytest.mark.parametrize("app", [broken, silent, hasty, twice])
def test_a_failure_before_the_head_is_a_readable_500(
    app: WSGIApp, caplog: pytest.LogCaptureFixture
) -> None:
    response = run(ask(served(app), "/there"))
    assert response.status == 500
    assert b"Something went wrong inside the hub." in response.body
    assert b"secret" not in response.body
    assert "A request failed: GET /there" in caplog.text


def test_a_failure_after_the_head_cuts_the_answer_off() -> None:
    closed: list[bool] = []

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        try:
            yield b"x" * (WINDOW + 1)
            raise ValueError("halfway")
        finally:
            closed.append(True)

    with pytest.raises(ValueError, match="halfway"):
        run(ask(served(app)))
    assert closed == [True]


def test_close_is_called_once_whatever_happens() -> None:
    def failing() -> Iterator[bytes]:
        yield b"x"
        raise ValueError

    whole, stream, bad = Body([b"x"]), Body([b"x"] * 9), Body(failing())
    run(ask(served(answering(whole, headers=[("Content-Length", "1")]))))
    run(ask(served(answering(stream))))
    run(ask(served(answering(bad, headers=[("Content-Length", "2")]))))
    assert (whole.closed, stream.closed, bad.closed) == (1, 1, 1)


def test_a_failed_answer_can_be_replaced_as_long_as_nothing_was_sent() -> None:
    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [("X-Old", "1")])
        try:
            raise ValueError("oops")
        except ValueError:
            start_response("500 Oh", [("X-New", "1")], sys.exc_info())
        return [b"sorry"]

    response = run(ask(served(app)))
    assert (response.status, response.body) == (500, b"sorry")
    assert response.header("x-old") is None


def test_an_answer_that_was_sent_cannot_be_replaced() -> None:
    arrived = threading.Event()

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        yield b"sent"
        assert arrived.wait(PATIENCE)
        try:
            raise ValueError("oops")
        except ValueError:
            start_response("500 Oh", [], sys.exc_info())

    async def main() -> None:
        async def send(message: Message) -> None:
            arrived.set()

        await served(app)(scope_of(), Incoming().receive, send)

    with pytest.raises(ValueError, match="oops"):
        run(main())


def test_a_stream_that_fails_before_anything_was_sent_is_a_readable_500() -> None:
    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        if environ:
            raise ValueError
        yield b"never"

    assert run(ask(served(app))).status == 500


# --- threads ------------------------------------------------------------------------------------


def test_context_variables_of_the_request_hold_in_every_chunk() -> None:
    request_id = contextvars.ContextVar("request_id", default="none")
    language = contextvars.ContextVar("language", default="none")

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        language.set("sw")
        for _ in range(3):
            yield f"{request_id.get()}-{language.get()} ".encode() + b" " * WINDOW

    async def main() -> Response:
        request_id.set("r1")
        response = await ask(served(app))
        assert language.get() == "none"
        return response

    assert run(main()).body.split() == [b"r1-sw"] * 3


def test_whole_answers_are_finished_in_a_thread_and_streams_are_not() -> None:
    threads: list[str] = []

    def finish(scope: Scope, answer: Answer) -> Answer:
        threads.append(threading.current_thread().name)
        return Answer(202, answer.headers, answer.body.upper())

    whole = run(ask(served(answering([b"shout"]), finish=finish)))
    stream = run(ask(served(answering(iter([b"quiet"])), finish=finish)))
    assert (whole.status, whole.body) == (202, b"SHOUT")
    assert (stream.status, stream.body) == (200, b"quiet")
    assert threads == ["pool-1"]

"""The page cache: what it keeps, whom it serves, and that nobody gets what is out of date."""

import asyncio
import gzip
import threading
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest

from nexus.kernel.http.asgi import ASGIApp, Headers, Message
from nexus.kernel.http.generation import Generation
from nexus.kernel.http.page_cache import Finisher, PageCache
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.tests.client import Incoming, Response, ask, run, scope_of, until
from nexus.kernel.http.wsgi_pool import WSGIPool
from tests.services.patience import PATIENCE

PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, no-cache")]
WORDS = b"<p>the words of a page</p>" * 40


class Site:
    """A WSGI application that counts, says what was asked, and can be held up."""

    def __init__(self, headers: Iterable[tuple[str, str]] = PUBLIC, status: str = "200 OK") -> None:
        self.headers, self.status = list(headers), status
        self.renderings = 0
        self.words = WORDS
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        self.renderings += 1
        words = self.words
        self.entered.set()
        assert self.gate.wait(PATIENCE)
        start_response(self.status, self.headers)
        return [environ["PATH_INFO"].encode("latin-1"), words]


def cached(site: Site, generation: Callable[[], int] = lambda: 0, **options: Any) -> PageCache:
    behind = WSGIPool(site, pool=ThreadPool(8), finish=Finisher())
    return PageCache(behind, generation=generation, **options)


# --- what is kept ------------------------------------------------------------------------------


def test_a_public_page_is_rendered_once_and_is_the_same_every_time() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        first, second = await ask(app, "/a"), await ask(app, "/a")
        assert first.body == second.body == b"/a" + WORDS
        assert second.header("cache-status") == "nexus; hit"
        assert first.header("cache-status") is None
        same = {"cache-status"}
        assert [h for h in second.headers if h[0].decode() not in same] == first.headers
        assert (await ask(app, "/b")).body == b"/b" + WORDS

    run(main())
    assert site.renderings == 2


@pytest.mark.parametrize(
    "site",
    [
        Site([("Content-Type", "text/html")]),
        Site([*PUBLIC, ("Cache-Control", "private")]),
        Site([*PUBLIC, ("Cache-Control", "no-store")]),
        Site([*PUBLIC, ("Set-Cookie", "csrftoken=1")]),
        Site([*PUBLIC, ("Vary", "Accept-Language")]),
        Site([*PUBLIC, ("Vary", "*")]),
        Site([*PUBLIC, ("Content-Encoding", "gzip")]),
        Site(PUBLIC, "404 Not Found"),
        Site(PUBLIC, "500 Oh"),
    ],
)
def test_what_is_not_plainly_public_is_rendered_each_time(site: Site) -> None:
    before = site.renderings

    async def main() -> None:
        app = cached(site)
        for _ in range(3):
            await ask(app)

    run(main())
    assert site.renderings == before + 3


def test_vary_on_what_the_key_holds_is_no_obstacle() -> None:
    site = Site([*PUBLIC, ("Vary", "Cookie, Save-Data"), ("Vary", "accept-encoding")])

    async def main() -> None:
        app = cached(site)
        await ask(app)
        assert (await ask(app)).header("vary") == "Cookie, Save-Data, accept-encoding"

    run(main())
    assert site.renderings == 1


def test_a_page_with_a_token_in_it_is_never_shared() -> None:
    site = Site()
    site.words = b'<input name="csrfmiddlewaretoken" value="x">'

    async def main() -> None:
        app = cached(site)
        await ask(app)
        await ask(app)

    run(main())
    assert site.renderings == 2


def test_a_page_too_large_for_the_room_is_served_and_not_kept() -> None:
    site = Site()
    site.words = b"x" * 20_000

    async def main() -> None:
        app = cached(site, size=100_000)
        await ask(app)
        assert len((await ask(app)).body) == 20_001

    run(main())
    assert site.renderings == 2


def test_a_stream_is_passed_on_and_not_kept() -> None:
    made: list[int] = []

    def streaming(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", PUBLIC)
        made.append(1)
        yield b"a"
        yield b"b"

    async def main() -> None:
        behind = WSGIPool(streaming, pool=ThreadPool(2), finish=Finisher())
        app = PageCache(behind, generation=lambda: 0)
        assert [(await ask(app)).body for _ in range(2)] == [b"ab", b"ab"]

    run(main())
    assert len(made) == 2


# --- whom it serves ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", []),
        ("GET", [("cookie", "sessionid=abc")]),
        ("GET", [("cookie", "theme=dark; sessionid=abc")]),
        ("GET", [("cookie", "sessionid=abc"), ("cookie", "theme=dark")]),
        ("GET", [("cookie", "messages=hello")]),
        ("GET", [("authorization", "Bearer abc")]),
        ("GET", [("range", "bytes=0-1")]),
    ],
)
def test_whoever_could_get_something_else_is_neither_served_nor_kept(
    method: str, headers: list[tuple[str, str]]
) -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        await ask(app, method=method, headers=headers)
        await ask(app)
        assert (await ask(app, method=method, headers=headers)).header("cache-status") is None

    run(main())
    assert site.renderings == 3


def test_other_cookies_are_no_obstacle() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        await ask(app, headers=[("cookie", "theme=dark; xsessionid=1")])
        await ask(app)

    run(main())
    assert site.renderings == 1


@pytest.mark.parametrize(
    "other",
    [
        {"headers": [("host", "other.example")]},
        {"headers": [("save-data", "on")]},
        {"query": "page=2"},
        {"scheme": "https"},
        {"path": "/other"},
    ],
)
def test_each_address_host_scheme_and_thrift_has_a_page_of_its_own(other: dict[str, Any]) -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        for request in ({}, other, {}, other):
            await ask(app, **request)

    run(main())
    assert site.renderings == 2


def test_save_data_means_on_or_nothing() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        for value in ("On", "on", "off", "junk-1", "junk-2"):
            await ask(app, headers=[("save-data", value)])

    run(main())
    assert site.renderings == 2


def test_an_address_of_great_length_is_not_kept() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        for _ in range(2):
            await ask(app, query="x" * 3000)

    run(main())
    assert site.renderings == 2


def test_clients_get_the_encoding_they_take_of_one_rendering() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        for _ in range(2):
            response = await ask(app, headers=[("accept-encoding", "br")])
            assert response.header("content-encoding") == "br"
            assert brotli.decompress(response.body) == b"/" + WORDS
            assert (await ask(app)).body == b"/" + WORDS
            zipped = await ask(app, headers=[("accept-encoding", "gzip")])
            assert zipped.header("content-encoding") == "gzip"
            assert gzip.decompress(zipped.body) == b"/" + WORDS

    run(main())
    assert site.renderings == 1


def test_who_has_the_page_gets_304_without_a_rendering() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        tag = (await ask(app)).header("etag") or ""
        response = await ask(app, headers=[("if-none-match", tag)])
        assert (response.status, response.body) == (304, b"")
        assert response.header("cache-control") == "public, no-cache"

    run(main())
    assert site.renderings == 1


def test_the_first_rendering_answers_conditional_requests_too() -> None:
    async def main() -> None:
        tag = (await ask(cached(Site()))).header("etag") or ""
        response = await ask(cached(Site()), headers=[("if-none-match", tag)])
        assert response.status == 304

    run(main())


def test_head_is_served_from_the_page_of_get_and_makes_none() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        cold = await ask(app, method="HEAD")
        get = await ask(app)
        hot = await ask(app, method="HEAD")
        assert cold.body == hot.body == b""
        assert cold.header("content-length") == hot.header("content-length") == str(len(get.body))
        assert cold.header("etag") == hot.header("etag") == get.header("etag")

    run(main())
    assert site.renderings == 2


def test_junk_in_queries_leaves_hot_pages_and_memory_alone() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site, size=200_000)
        await ask(app)
        for number in range(300):
            await ask(app, query=f"x={number}")
        assert (await ask(app)).header("cache-status") == "nexus; hit"
        assert app._store.size <= 200_000

    run(main())


# --- generations ---------------------------------------------------------------------------------


def test_a_publication_outdates_every_page() -> None:
    site, generation = Site(), Generation()

    async def main() -> None:
        app = cached(site, generation)
        await ask(app)
        site.words = b"new"
        generation.bump()
        assert (await ask(app)).body == b"/new"

    run(main())
    assert site.renderings == 2


def test_a_page_rendered_while_the_generation_changed_is_not_kept() -> None:
    """It read the old words, a commit followed, then its answer was made."""
    site, generation = Site(), Generation()

    async def main() -> None:
        app = cached(site, generation)
        site.gate.clear()
        old = asyncio.create_task(ask(app))
        await until(site.entered.is_set)
        site.words = b"new"
        generation.bump()
        site.gate.set()
        assert (await old).body == b"/" + WORDS  # it was asked for before the commit
        assert (await ask(app)).body == b"/new"

    run(main())


def test_who_comes_after_a_publication_does_not_join_a_rendering_from_before() -> None:
    site, generation = Site(), Generation()

    async def main() -> None:
        app = cached(site, generation)
        site.gate.clear()
        before = asyncio.create_task(ask(app))
        await until(site.entered.is_set)
        site.words = b"new"
        generation.bump()
        after = asyncio.create_task(ask(app))
        await asyncio.sleep(0.01)
        site.gate.set()
        assert (await before).body == b"/" + WORDS
        assert (await after).body == b"/new"

    run(main())


def test_who_waited_when_a_publication_came_gets_the_new_page() -> None:
    site, generation = Site(), Generation()

    async def main() -> None:
        app = cached(site, generation)
        site.gate.clear()
        clients = [asyncio.create_task(ask(app)) for _ in range(8)]
        await until(site.entered.is_set)
        site.words = b"new"
        generation.bump()
        site.gate.set()
        bodies = [response.body for response in await asyncio.gather(*clients)]
        assert bodies.count(b"/new") == 7
        assert site.renderings == 2

    run(main())


def test_readers_never_see_less_than_was_published_before_they_asked() -> None:
    """One writer commits and bumps in a thread; readers ask all the while."""
    site, generation = Site(), Generation()
    published = 0
    site.words = b"0"

    def write() -> None:
        nonlocal published
        for number in range(1, 301):
            site.words = str(number).encode()
            generation.bump()
            published = number

    async def read(app: ASGIApp) -> None:
        while published < 300:
            seen = published
            response = await ask(app, "")
            assert int(response.body) >= seen

    async def main() -> None:
        app = cached(site, generation)
        writer = threading.Thread(target=write)
        readers = [asyncio.create_task(read(app)) for _ in range(4)]
        writer.start()
        await asyncio.gather(*readers)
        writer.join()
        assert (await ask(app, "")).body == b"300"

    run(main())


def test_generations_are_counted_and_followed() -> None:
    generation = Generation()
    generation.bump()
    assert generation() == 1
    for number in (7, 7, 3, 9):
        generation.follow(number)
    assert generation() == 3


# --- many at once --------------------------------------------------------------------------------


def test_a_crowd_before_a_cold_page_has_it_rendered_once() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        site.gate.clear()
        crowd = [asyncio.create_task(ask(app)) for _ in range(32)]
        await until(site.entered.is_set)
        await asyncio.sleep(0.01)
        site.gate.set()
        bodies = {response.body for response in await asyncio.gather(*crowd)}
        assert bodies == {b"/" + WORDS}

    run(main())
    assert site.renderings == 1


def test_a_crowd_before_a_private_page_is_not_served_one_after_the_other() -> None:
    site = Site([("Content-Type", "text/html")])

    async def main() -> None:
        app = cached(site)
        site.gate.clear()
        crowd = [asyncio.create_task(ask(app)) for _ in range(5)]
        await until(site.entered.is_set)
        site.gate.set()
        await asyncio.gather(*crowd)
        # From now on nobody waits for anybody: all are inside at the same time.
        site.gate.clear()
        site.renderings = 0
        crowd = [asyncio.create_task(ask(app)) for _ in range(5)]
        await until(lambda: site.renderings == 5)
        site.gate.set()
        await asyncio.gather(*crowd)

    run(main())


def test_when_the_leader_fails_the_others_are_answered_all_the_same() -> None:
    calls = 0

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            await asyncio.sleep(0.02)
            raise ValueError("first")
        headers: Headers = []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"fine"})

    async def main() -> None:
        app = PageCache(failing, generation=lambda: 0)
        results = await asyncio.gather(*(ask(app) for _ in range(4)), return_exceptions=True)
        assert [type(result) for result in results].count(ValueError) == 1
        assert [result.body for result in results if isinstance(result, Response)] == [b"fine"] * 3
        assert not app._renderings

    run(main())


def test_a_leader_whose_client_left_still_serves_the_others() -> None:
    site = Site()

    async def main() -> None:
        app = cached(site)
        site.gate.clear()
        incoming = Incoming()

        async def nobody(message: Message) -> None:
            """As uvicorn does once the client has gone."""

        leader = asyncio.create_task(app(scope_of(), incoming.receive, nobody))
        await until(site.entered.is_set)
        follower = asyncio.create_task(ask(app))
        incoming.hang_up()
        site.gate.set()
        assert (await follower).body == b"/" + WORDS
        await leader

    run(main())
    assert site.renderings == 1

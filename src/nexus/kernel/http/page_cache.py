"""Hot public pages, served as bytes before any application is asked (cache-aside).

A page is kept when an anonymous GET was answered 200 with ``Cache-Control: public``, without
``Set-Cookie``, and with a ``Vary`` that names only what the key holds. It is served while the
*generation* is the one that held before it was rendered: any publication outdates every page,
and a page rendered while the generation changed is never kept. Clients that ask for the
same page at once wait for one rendering.

An application that says ``public`` promises that only the cookies named here as personal make
its answer personal; ``Vary: Cookie``, which Django adds whenever a session was looked at, is
therefore no obstacle.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias, TypedDict

from nexus.kernel.http.answers import (
    Answer,
    Finishing,
    cache_control,
    finish,
    is_volatile,
    vary_names,
)
from nexus.kernel.http.asgi import ASGIApp, Message, Receive, Scope, Send, header, respond
from nexus.kernel.http.page_store import Page, PageStore, make_page

_SLOT = "nexus.page_slot"
_VARY = frozenset({b"accept-encoding", b"save-data", b"cookie"})
_PERSONAL_HEADERS = frozenset({b"authorization", b"range"})
_LONGEST_ADDRESS = 2048
#: RFC 9211 tells whoever looks what a cache did.
_HIT = (b"cache-status", b"nexus; hit")

_Key: TypeAlias = tuple[str, bytes, bytes, bytes, bytes]
_Rendering: TypeAlias = asyncio.Future["Page | None"]


class _Wanted(TypedDict):
    """In which form a client takes a page."""

    if_none_match: bytes | None
    accept_encoding: bytes


@dataclass(slots=True)
class _Request:
    """What of a request decides about the page that answers it."""

    key: _Key
    queried: bool
    wanted: _Wanted


@dataclass(slots=True)
class _Slot:
    """Travels with the request that leads a rendering, and brings the page back."""

    generation: int
    largest: int
    page: Page | None = None


class Finisher:
    """Finishes whole answers, and makes a page of one that a :class:`PageCache` waits for.

    Give it to the :class:`~nexus.kernel.http.wsgi_pool.WSGIPool` behind the cache; it is called
    in the pool's threads, so rendering, hashing and compressing are one trip.
    """

    def __init__(self, how: Finishing | None = None) -> None:
        self._how = how or Finishing()

    def __call__(self, scope: Scope, answer: Answer) -> Answer:
        """``answer`` as it should be sent for the request ``scope``."""
        slot: _Slot | None = scope.get(_SLOT)
        if slot is None or not self._may_keep(answer, slot.largest):
            return finish(scope, answer, self._how)
        wanted = _Wanted(
            if_none_match=header(scope["headers"], b"if-none-match"),
            accept_encoding=header(scope["headers"], b"accept-encoding") or b"",
        )
        made = make_page(answer, generation=slot.generation, how=self._how)
        slot.page = made.ready_for(**wanted)
        return slot.page.answer(**wanted)

    def _may_keep(self, answer: Answer, largest: int) -> bool:
        control = cache_control(answer.headers)
        return (
            answer.status == HTTPStatus.OK
            and b"public" in control
            and not control & {b"private", b"no-store", b"no-transform"}
            and vary_names(answer.headers) <= _VARY
            and not any(name in {b"set-cookie", b"content-encoding"} for name, _ in answer.headers)
            and 0 < len(answer.body) <= largest
            and not is_volatile(answer.body, self._how)
        )


class PageCache:
    """Serves from memory what it may, and asks ``app`` for the rest.

    ``app`` must end in a :class:`Finisher`. ``generation`` is called for every request and must
    be quick. ``personal`` names the cookies that make a request somebody's. ``size``, in bytes,
    bounds what is kept. Belongs to one event loop.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        generation: Callable[[], int],
        personal: tuple[str, ...] = ("sessionid", "messages"),
        size: int = 32 * 1024 * 1024,
    ) -> None:
        self._app = app
        self._generation = generation
        self._personal = frozenset(name.encode() for name in personal)
        self._store = PageStore(size)
        self._renderings: dict[tuple[_Key, int], _Rendering] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        request = self._read(scope)
        if request is None:
            await self._app(scope, receive, send)
            return
        generation = self._generation()
        page = self._store.get(request.key, queried=request.queried, generation=generation)
        if page is not None:
            await self._send_page(send, page, request, head=scope["method"] == "HEAD")
        elif scope["method"] == "HEAD" or self._store.is_refused(
            request.key, generation=generation
        ):
            await self._app(scope, receive, send)
        else:
            await self._render_once(request, scope, receive, send)

    # --- requests ----------------------------------------------------------------------

    def _read(self, scope: Scope) -> _Request | None:
        """The request as this cache sees it; None when its answer may be somebody's own."""
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        query: bytes = scope["query_string"]
        if scope["method"] not in {"GET", "HEAD"} or len(path) + len(query) > _LONGEST_ADDRESS:
            return None
        found: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in _PERSONAL_HEADERS or (name == b"cookie" and self._is_personal(value)):
                return None
            found[name] = value
        thrift = b"on" if found.get(b"save-data", b"").strip().lower() == b"on" else b""
        return _Request(
            key=(scope.get("scheme", "http"), found.get(b"host", b""), path, query, thrift),
            queried=bool(query),
            wanted=_Wanted(
                if_none_match=found.get(b"if-none-match"),
                accept_encoding=found.get(b"accept-encoding", b""),
            ),
        )

    def _is_personal(self, cookies: bytes) -> bool:
        names = (pair.partition(b"=")[0].strip() for pair in cookies.split(b";"))
        return not self._personal.isdisjoint(names)

    # --- rendering -----------------------------------------------------------------------

    async def _render_once(
        self, request: _Request, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Lead the rendering of a page, or wait for whoever leads it."""
        while True:
            generation = self._generation()
            rendering = self._renderings.get((request.key, generation))
            if rendering is None:
                await self._lead(request, generation, scope, receive, send)
                return
            page = await asyncio.shield(rendering)
            if page is None:
                await self._app(scope, receive, send)
                return
            if page.generation == self._generation():
                await self._send_page(send, page, request, head=False)
                return

    async def _lead(
        self, request: _Request, generation: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Have the application answer; tell the followers as soon as its answer begins."""
        rendering: _Rendering = asyncio.get_running_loop().create_future()
        self._renderings[request.key, generation] = rendering
        slot = _Slot(generation, self._store.largest)

        def settle(status: int) -> None:
            if not rendering.done():
                del self._renderings[request.key, generation]
                self._keep(request, slot, status)
                rendering.set_result(slot.page)

        async def send_and_tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                settle(message["status"])
            await send(message)

        try:
            await self._app({**scope, _SLOT: slot}, receive, send_and_tell)
        finally:
            settle(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _keep(self, request: _Request, slot: _Slot, status: int) -> None:
        """Store the page if it is still of this generation, or remember that there is none."""
        if slot.generation != self._generation():
            return
        if slot.page is not None:
            self._store.put(request.key, slot.page, queried=request.queried)
        elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._store.refuse(request.key, generation=slot.generation)

    async def _send_page(self, send: Send, page: Page, request: _Request, *, head: bool) -> None:
        """Send a page; who takes it as nobody did before waits until it is compressed."""
        if not page.has(**request.wanted):
            ready = await asyncio.to_thread(page.ready_for, **request.wanted)
            self._store.exchange(request.key, page, ready, queried=request.queried)
            page = ready
        answer = page.answer(**request.wanted)
        body = b"" if head else answer.body
        await respond(send, status=answer.status, headers=[*answer.headers, _HIT], body=body)

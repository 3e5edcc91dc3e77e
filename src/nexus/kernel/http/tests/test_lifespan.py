"""The lifespan: in order, back in reverse, and no failure without a word."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from nexus.kernel.errors import Unavailable
from nexus.kernel.http.asgi import Message
from nexus.kernel.http.lifespan import Lifespan, Service, StartFailed
from nexus.kernel.http.main_loop import MainLoop
from nexus.kernel.http.root import Root
from nexus.kernel.http.tests.client import ask, run
from tests.services.patience import PATIENCE


class Diary:
    """Services that write down what happens to them."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def service(self, name: str, *, start_fails: bool = False, stop_fails: bool = False) -> Service:
        def note(word: str, *, fails: bool) -> Callable[[], None]:
            def hook() -> None:
                self.lines.append(f"{word} {name}")
                if fails:
                    raise Unavailable("x", f"{name} cannot.", remedy="Help it.")

            return hook

        return Service(
            name, start=note("start", fails=start_fails), stop=note("stop", fails=stop_fails)
        )


def test_starts_in_order_and_stops_in_reverse() -> None:
    diary = Diary()

    async def main() -> None:
        lifespan = Lifespan([diary.service("search"), diary.service("worker")], loop=MainLoop())
        await lifespan.start()
        await lifespan.stop()

    run(main())
    assert diary.lines == ["start search", "start worker", "stop worker", "stop search"]


def test_starting_and_stopping_twice_changes_nothing() -> None:
    diary = Diary()

    async def main() -> None:
        lifespan = Lifespan([diary.service("search")], loop=MainLoop())
        for step in (lifespan.start, lifespan.start, lifespan.stop, lifespan.stop):
            await step()

    run(main())
    assert diary.lines == ["start search", "stop search"]


def test_when_one_does_not_start_those_before_it_are_stopped_and_the_reason_is_told() -> None:
    diary, loop = Diary(), MainLoop()

    async def main() -> None:
        services = [diary.service("a"), diary.service("b", start_fails=True), diary.service("c")]
        with pytest.raises(StartFailed) as caught:
            await Lifespan(services, loop=loop).start()
        assert "“b” did not start: b cannot." in caught.value.title
        assert caught.value.remedy == "Help it."

    run(main())
    assert diary.lines == ["start a", "start b", "stop a"]
    assert not loop.is_running


def test_one_that_does_not_stop_cleanly_does_not_keep_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    diary = Diary()

    async def main() -> None:
        services = [diary.service("a"), diary.service("b", stop_fails=True)]
        lifespan = Lifespan(services, loop=MainLoop())
        await lifespan.start()
        await lifespan.stop()

    run(main())
    assert diary.lines[-2:] == ["stop b", "stop a"]
    assert "Service b did not stop cleanly" in caplog.text


def test_one_that_hangs_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    gate = threading.Event()

    async def main() -> None:
        hangs = Service("hangs", stop=lambda: _ignore(gate.wait(PATIENCE)), stop_within=0.05)
        lifespan = Lifespan([hangs], loop=MainLoop())
        await lifespan.start()
        await lifespan.stop()

    run(main())
    gate.set()
    assert "Service hangs did not stop in 0.05 s" in caplog.text


def _ignore(_: object) -> None:
    """Give nothing."""


def test_coroutines_run_in_the_loop_and_functions_in_threads() -> None:
    where: list[threading.Thread] = []

    async def in_loop() -> None:
        where.append(threading.current_thread())

    def in_thread() -> None:
        where.append(threading.current_thread())

    async def main() -> None:
        lifespan = Lifespan([Service("both", start=in_loop, stop=in_thread)], loop=MainLoop())
        await lifespan.start()
        await lifespan.stop()

    run(main())
    assert where[0] is threading.main_thread()
    assert where[1] is not threading.main_thread()


async def speak(lifespan: Lifespan, *words: str) -> list[Message]:
    """Send the server's words over the lifespan scope; what comes back."""
    queue: asyncio.Queue[Message] = asyncio.Queue()
    said: list[Message] = []
    for word in words:
        queue.put_nowait({"type": word})

    async def send(message: Message) -> None:
        said.append(message)

    root = Root(http=lifespan, lifespan=lifespan)
    await root({"type": "lifespan"}, queue.get, send)
    return said


def test_speaks_the_lifespan_protocol() -> None:
    lifespan = Lifespan([Diary().service("a")], loop=MainLoop())
    said = run(speak(lifespan, "lifespan.startup", "lifespan.shutdown"))
    assert [message["type"] for message in said] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_says_why_it_failed_over_the_lifespan_protocol() -> None:
    lifespan = Lifespan([Diary().service("a", start_fails=True)], loop=MainLoop())
    said = run(speak(lifespan, "lifespan.startup"))
    assert said[0]["type"] == "lifespan.startup.failed"
    assert "a cannot. Help it." in said[0]["message"]
    assert isinstance(lifespan.failure, StartFailed)


# --- the main loop ---------------------------------------------------------------------------


def test_a_thread_hops_to_the_loop_that_serves() -> None:
    loop = MainLoop()
    seen: list[str] = []

    async def in_loop() -> str:
        return threading.current_thread().name

    def in_thread() -> str:
        assert loop.call(seen.append, "hint")
        return loop.run(in_loop()).result(PATIENCE)

    async def main() -> None:
        loop.capture()
        assert await asyncio.to_thread(in_thread) == threading.main_thread().name
        assert seen == ["hint"]
        loop.release()

    run(main())


def test_without_a_loop_a_hint_is_lost_and_a_demand_is_refused() -> None:
    loop = MainLoop()

    async def never() -> None:
        raise AssertionError

    assert not loop.call(print)
    with pytest.raises(RuntimeError, match="not serving"):
        loop.run(never())


def test_a_hint_to_a_loop_that_has_closed_is_lost() -> None:
    loop = MainLoop()

    async def main() -> None:
        loop.capture()

    run(main())
    assert not loop.call(print)


# --- the root --------------------------------------------------------------------------------


def test_the_longest_prefix_decides_who_serves() -> None:
    class Named:
        def __init__(self, name: str) -> None:
            self.name = name.encode()

        async def __call__(self, scope: object, receive: object, send: object) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
            await send({"type": "http.response.body", "body": self.name})  # type: ignore[operator]

    root = Root(
        http=Named("pages"),
        lifespan=Lifespan(),
        routes={"/static/": Named("static"), "/static/live/": Named("live")},
    )
    paths = {"/": b"pages", "/static": b"pages", "/static/a": b"static", "/static/live/a": b"live"}
    for path, name in paths.items():
        assert run(ask(root, path)).body == name


def test_sockets_nobody_serves_are_refused() -> None:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    async def accepting(scope: object, receive: object, send: object) -> None:
        said.append({"type": "served"})

    root = Root(http=accepting, lifespan=Lifespan(), sockets={"/live/": accepting})
    run(root({"type": "websocket", "path": "/other"}, receive, send))
    run(root({"type": "websocket", "path": "/live/events"}, receive, send))
    assert [message["type"] for message in said] == ["websocket.close", "served"]


def test_other_protocols_are_not_spoken() -> None:
    root = Root(http=Lifespan(), lifespan=Lifespan())
    with pytest.raises(NotImplementedError, match="gopher"):
        run(ask(root, type="gopher"))

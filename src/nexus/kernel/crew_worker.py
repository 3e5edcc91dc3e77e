"""A process that works for another, over a socket.

Started as ``python -m nexus.kernel.crew_worker DESCRIPTOR`` by ``crew``. What it is told first is
how to begin; after that each message is a list of things, answered by the list of what became of
them. It ends when the other end of the socket is closed, which the system does for a process that
was killed.
"""

import gc
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias, TypeVar

#: What the worker says when it has begun.
READY = "ready"
#: What such work makes is almost all let go of by itself, without the collector: it looks after
#: so many new objects, a few megabytes, in place of 700.
_NEW_OBJECTS = 50_000
#: Bytes that say how long a message is.
_LENGTH = 8

Item = TypeVar("Item")
Result = TypeVar("Result")
#: Opens what the work needs; inside, each thing is worked on by one call.
Begin: TypeAlias = Callable[[], AbstractContextManager[Callable[[Item], Result]]]


def main(descriptor: int) -> None:
    """Serve until the other end is closed."""
    # Ctrl+C reaches everybody at the terminal; the one who started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with socket.socket(fileno=descriptor) as link:
            begin: Begin[Any, Any] = hear(link)
            with begin() as work:
                gc.freeze()  # what was imported stays: it is not looked through again and again
                gc.set_threshold(_NEW_OBJECTS)
                say(link, READY)
                serve(link, work)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def serve(link: socket.socket, work: Callable[[Any], object]) -> None:
    """Answer each list. Raises ``EOFError`` when nobody asks any more."""
    while True:
        say(link, [work(item) for item in hear(link)])


def say(link: socket.socket, thing: object) -> None:
    """Send one message to the other end."""
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    link.sendall(len(data).to_bytes(_LENGTH))
    link.sendall(data)


def hear(link: socket.socket) -> Any:
    """The next message of the other end, which is trusted. Raises ``EOFError`` if it is closed."""
    return pickle.loads(_read(link, int.from_bytes(_read(link, _LENGTH))))  # noqa: S301


def _read(link: socket.socket, size: int) -> memoryview:
    """So many bytes, waited for at once: a thread gets Python's lock back once, not bit by bit."""
    data, there = memoryview(bytearray(size)), 0
    while there < size:
        came = link.recv_into(data[there:], 0, socket.MSG_WAITALL)
        if not came:
            raise EOFError
        there += came
    return data


if __name__ == "__main__":
    main(int(sys.argv[1]))

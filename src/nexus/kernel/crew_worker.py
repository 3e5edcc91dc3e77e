"""A process that works for another, over a socket.

Started as ``python -m nexus.kernel.crew_worker DESCRIPTOR`` by ``crew``. What it is told first is
how to begin; after that each message is a list of things, answered by the list of what became of
them. It ends when the other end of the socket is closed, which the system does
for a process that was killed.
"""

import gc
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from typing import Any, TypeAlias, TypeVar

#: What the worker says when it has begun.
READY = "ready"
#: What such work makes is almost all let go of by itself, without the collector: it looks after
#: so many new objects, a few megabytes, in place of 700.
_NEW_OBJECTS = 50_000

Item = TypeVar("Item")
Result = TypeVar("Result")
#: Opens what the work needs; inside, each thing is worked on by one call.
Begin: TypeAlias = Callable[[], AbstractContextManager[Callable[[Item], Result]]]


def main(descriptor: int) -> None:
    """Serve until the other end is closed."""
    # Ctrl+C reaches everybody at the terminal; the one who started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Connection(descriptor) as link:
            begin: Begin[Any, Any] = link.recv()
            with begin() as work:
                gc.freeze()  # what was imported stays: it is not looked through again and again
                gc.set_threshold(_NEW_OBJECTS)
                link.send(READY)
                serve(link.recv, link.send, work)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def serve(
    asked: Callable[[], list[Item]],
    answer: Callable[[list[Result]], None],
    work: Callable[[Item], Result],
) -> None:
    """Answer each list. Raises ``EOFError`` when nobody asks any more."""
    while True:
        answer([work(item) for item in asked()])


if __name__ == "__main__":
    main(int(sys.argv[1]))

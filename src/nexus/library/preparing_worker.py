"""A process that prepares files for another, over a socket.

Started as ``python -m nexus.library.preparing_worker DESCRIPTOR`` by ``preparing_many``. What it is
told first is its ``Work``; after that each message is a list of (path, object), and each file is
answered with what it became, in order. It ends when the other end of the socket is closed,
which the system does for a process that was killed.
"""

import gc
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from nexus.library.preparing import Prepared
from nexus.library.preparing_files import PrepareFile, Work, preparer
from nexus.repositories.git.reading import Reader

#: What the worker says when it has opened the store.
READY = "ready"
#: What a file is prepared with is almost all let go of by itself, without the collector: it looks
#: after so many new objects, a few megabytes, in place of 700.
_NEW_OBJECTS = 50_000


def main(descriptor: int) -> None:
    """Serve until the other end is closed."""
    # Ctrl+C reaches everybody at the terminal; the one who started this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Connection(descriptor) as link:
            work: Work = link.recv()
            with Reader(work.store) as reader:
                gc.freeze()  # what was imported stays: it is not looked through again and again
                gc.set_threshold(_NEW_OBJECTS)
                link.send(READY)
                serve(link.recv, link.send, preparer(work, reader))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def serve(
    asked: Callable[[], list[tuple[str, str]]],
    answer: Callable[[Prepared | None], None],
    prepare_file: PrepareFile,
) -> None:
    """Answer each file of each list. Raises ``EOFError`` when nobody asks any more."""
    while True:
        for path, oid in asked():
            answer(prepare_file(path, oid))


if __name__ == "__main__":
    main(int(sys.argv[1]))

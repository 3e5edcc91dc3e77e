"""At which address the hub of a home is served: said by ``serve``, asked by other commands."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nexus.config.environment import environment


@contextmanager
def announced(address: str) -> Iterator[None]:
    """Let other commands know that ``address`` serves this home, as long as the context lasts.

    What counts is the lock, not the file: it goes with the process, however that ends. Of
    several processes that serve one home the first is named.
    """
    with _place().open("a") as file:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(f"{address}\n")
            file.flush()
        yield


def served_address() -> str:
    """The address at which a process of this machine serves this home; empty when none does."""
    try:
        with _place().open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _place().read_text().strip()
    except FileNotFoundError:
        return ""
    return ""


def _place() -> Path:
    return environment().home / "serving.address"

"""Starting a server once for a whole test run, whichever worker process asks first."""

import fcntl
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.run import Run

KEEPER = Path(__file__).with_name("keeper.py")
READY_SECONDS = 120


class NotStarted(RuntimeError):
    """A server ended, or did not answer in time; the message holds what it said."""


def shared(run: Run, name: str, start: Callable[[], str]) -> str:
    """The address of the server ``name`` of this run; ``start`` is called by the first to ask."""
    note = run.folder / f"{name}.address"
    with _locked(run.folder / f"{name}.lock"):
        if not note.exists():
            note.write_text(start())
        return note.read_text()


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def on_a_free_port(start: Callable[[int], None]) -> int:
    """The port with which ``start`` started a server.

    A port that is free now may be taken a moment later; then the server gets another one.
    """
    while True:
        port = free_port()
        try:
            start(port)
        except NotStarted as error:
            if "already in use" in str(error):
                continue
            raise
        return port


def listens(port: int) -> bool:
    """Whether somebody listens on ``port`` of the loopback address."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def keep_running(
    command: list[str],
    *,
    run: Run,
    folder: Path,
    is_ready: Callable[[], bool],
    user: str | None = None,
) -> None:
    """Start ``command`` for as long as ``run`` lasts, and wait until it is ready.

    ``folder`` is the server's own and goes with it. ``user`` is the account to run as.

    Raises:
        NotStarted: the server ended, or is not ready after two minutes.
    """
    log = folder / "log"
    process = _detached(
        [sys.executable, str(KEEPER), str(run.leader), str(folder), user or "", *command], log
    )
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready():
        if os.waitpid(process, os.WNOHANG)[0] or time.monotonic() > deadline:
            raise NotStarted(f"{command[0]} did not start.\n{log.read_text(errors='replace')}")
        time.sleep(0.02)


def _detached(command: list[str], log: Path) -> int:
    """Start a process that outlives this one, and holds on to none of its files."""
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

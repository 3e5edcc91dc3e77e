"""Starting a server for a measurement, waiting for it, and weighing its process tree."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from _web import wait_until_answered

ROOT = Path(__file__).resolve().parent.parent
NEXUS = Path(sys.executable).with_name("nexus")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a tree of processes takes, in bytes. PSS shares common pages out fairly."""

    processes: int
    rss: int
    pss: int


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, *, seconds: float = 60.0) -> None:
    """Return once something accepts connections on 127.0.0.1:``port``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.005)
    raise TimeoutError(f"Nothing listens on port {port}.")


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that was started for a measurement."""

    pid: int
    address: str


@contextlib.contextmanager
def hub_running(
    home: str, *, port: int = 0, command: Sequence[str] = (), wait: bool = True
) -> Iterator[Hub]:
    """Run ``nexus serve`` with its things in ``home`` while the block runs.

    ``wait`` until it answers: its port is open from the first moment.
    """
    port = port or free_port()
    env = {"NEXUS_HOME": home, "PORT": str(port)}
    command = command or [str(NEXUS), "serve"]
    with running(command, port=port, env=env, wait=wait) as process:
        hub = Hub(pid=process.pid, address=f"http://127.0.0.1:{port}")
        if wait:
            wait_until_answered(f"{hub.address}/")
        yield hub


@contextlib.contextmanager
def running(
    command: Sequence[str], *, port: int, env: dict[str, str] | None = None, wait: bool = True
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server while the block runs; end it by SIGTERM, and by force if that fails."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        if wait:
            wait_for_port(port)
        yield process
    finally:
        stop(process)


def stop(process: "subprocess.Popen[bytes]", *, seconds: float = 15.0) -> float:
    """End ``process`` by SIGTERM; how many seconds it took. Killed when it takes too long."""
    began = time.monotonic()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    return time.monotonic() - began


def memory_of(pid: int) -> Memory:
    """What ``pid`` and its descendants take, from Linux's ``/proc/PID/smaps_rollup``."""
    sizes = [size for each in (pid, *descendants(pid)) if (size := _rollup(each))]
    return Memory(
        processes=len(sizes),
        rss=sum(size["Rss"] for size in sizes),
        pss=sum(size["Pss"] for size in sizes),
    )


def descendants(pid: int) -> list[int]:
    """Every process that ``pid`` started, directly or not."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(task).split()):
            found += [child, *descendants(child)]
    return found


def _rollup(pid: int) -> dict[str, int]:
    """What a process takes, by name; nothing of one that has ended."""
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()[1:]
    fields = (line.split() for line in lines)
    return {name.rstrip(":"): int(size) * 1024 for name, size, *_ in fields}


def _read(path: Path) -> str:
    """What ``/proc`` says; nothing when the process ended meanwhile."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def mebibytes(size: float) -> str:
    """``size`` in MiB, for a table."""
    return f"{size / 1024 / 1024:.1f} MiB"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as columns of text; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])

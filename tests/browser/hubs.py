"""Real hubs: ``nexus serve`` in a process of its own, with a home of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.run import join
from tests.services.servers import shared

NEXUS = Path(sys.executable).with_name("nexus")
#: Longer than any of it takes on a machine that has much else to do.
PATIENCE_SECONDS = 300


class HubFailed(RuntimeError):
    """A hub did not start, did not answer or did not stop; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that serves, and where it keeps its things."""

    address: str
    owner_link: str
    home: Path
    process: int

    def status(self, path: str) -> int:
        """The HTTP status of a page, for a guest."""
        try:
            with urllib.request.urlopen(
                f"{self.address}{path}", timeout=PATIENCE_SECONDS
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def wait_for(self, path: str) -> None:
        """Wait until a page is there.

        Raises:
            HubFailed: it is not, after five minutes.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (status := self.status(path)) != 200:
            if time.monotonic() > deadline:
                raise HubFailed(f"{path} still answers {status}.")
            time.sleep(0.1)

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run ``nexus`` with ``arguments`` on this hub, while it serves."""
        environment = {**os.environ, "NEXUS_HOME": str(self.home)}
        return subprocess.run(
            [NEXUS, *arguments], env=environment, capture_output=True, text=True, check=False
        )


def migrated(home: Path) -> Path:
    """Make ``home``, with the empty database that a new hub makes; give it back.

    To go through every migration takes seconds: the first of a test run to ask does it, the
    others get a copy.
    """
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(shared(join(), "migrated", _migrate), home)
    return home


def _migrate() -> str:
    home = join().home()
    environment = {**os.environ, "NEXUS_HOME": str(home)}
    subprocess.run([NEXUS, "person", "list"], env=environment, check=True, capture_output=True)
    return str(home / "nexus.sqlite3")


@contextmanager
def serving(
    home: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    is_counted: bool = False,
) -> Iterator[Hub]:
    """Serve a hub from ``home`` on a free port, and stop it afterwards.

    Args:
        home: the folder for its things; it is made when it is not there.
        arguments: more arguments for ``nexus serve``.
        environment: more variables for it.
        is_counted: whether to count the lines it goes over. That takes half as long again, and
            all but what starts and stops it is gone over by shorter tests.

    Raises:
        HubFailed: it did not start, or did not stop when it was asked to.
    """
    home.mkdir(parents=True, exist_ok=True)
    log = home.with_name(f"{home.name}.log")
    variables = {**os.environ, "NEXUS_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    if not is_counted:
        variables.pop("COVERAGE_PROCESS_CONFIG", None)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [NEXUS, "serve", "--port", "0", *arguments],
            env={**variables, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = _said(process, log, r"Serving on (\S+)")
        link = _said(process, log, r"Sign in as the owner: (\S+)")
        yield Hub(address, link, home, process.pid)
    finally:
        _stop(process, log)


def _said(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """Wait until the hub has said something that matches; its first group."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        text = log.read_text(errors="replace")
        if found := re.search(pattern + r"\s", text):
            return found[1]
        if process.poll() is not None or time.monotonic() > deadline:
            raise HubFailed(f"The hub did not start.\n{text}")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], log: Path) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise HubFailed(f"The hub did not stop.\n{log.read_text(errors='replace')}") from None

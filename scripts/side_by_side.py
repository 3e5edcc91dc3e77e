"""Runs several commands at once, and lets them speak one after the other.

    python -m scripts.side_by_side "make this" "make that"

Each is a line for the shell. What the first says is shown as it comes; what the others say is kept
until all before them have ended. So it reads as if they had been run in turn.

Ctrl-C, and a signal that asks this program to end, interrupt all of them; what they said, and still
say, is shown. Who has not ended by a minute later, or when it is asked again, is killed.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

LOOK_EVERY_SECONDS = 0.1
PATIENCE_SECONDS = 60
INTERRUPTED = 130
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Commands:
    """What was started, each command with all that it starts itself."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._killed_at = float("inf")

    def start(self, command: str, said: Path) -> subprocess.Popen[bytes]:
        """Start a command that writes to ``said`` whatever it says.

        In a group of its own: the terminal's Ctrl-C does not reach it past this program.
        """
        with said.open("wb") as file:
            process = subprocess.Popen(
                command,
                shell=True,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        self._running.append(process)
        if self.is_ending:  # it was asked for in this moment
            _send(process, signal.SIGINT)
        return process

    def end(self, *_: object) -> None:
        """Interrupt all that run; kill them when they were interrupted before."""
        number = signal.SIGKILL if self.is_ending else signal.SIGINT
        self._killed_at = min(self._killed_at, time.monotonic() + PATIENCE_SECONDS)
        for process in self._running:
            _send(process, number)

    @property
    def is_ending(self) -> bool:
        """Whether they were interrupted."""
        return self._killed_at < float("inf")

    def look(self) -> None:
        """Kill who has been asked to end for too long."""
        if time.monotonic() > self._killed_at:
            self.end()

    def code(self) -> int:
        """The exit code for all of them, once they have ended."""
        if self.is_ending:
            return INTERRUPTED
        return int(any(process.returncode for process in self._running))


def _send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a command, if it runs, and all that it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def run(lines: Sequence[str], out: IO[bytes], commands: Commands | None = None) -> int:
    """Run the command ``lines`` until all have ended; 0 when all went well, else 1.

    ``commands`` ends them early, by a signal; then 130.
    """
    commands = commands or Commands()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        said = [Path(folder, str(at)) for at in range(len(lines))]
        running = [
            stack.enter_context(commands.start(*pair)) for pair in zip(lines, said, strict=True)
        ]
        for process, file in zip(running, said, strict=True):
            _show(process, file, out, commands)
    return commands.code()


def _show(process: subprocess.Popen[bytes], said: Path, out: IO[bytes], commands: Commands) -> None:
    """Copy what ``process`` says, until it has ended."""
    with said.open("rb") as file:
        is_over = False
        while not is_over:
            commands.look()
            is_over = process.poll() is not None
            shutil.copyfileobj(file, out)
            out.flush()
            time.sleep(0 if is_over else LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    started = Commands()
    for one in _ENDING:
        signal.signal(one, started.end)
    sys.exit(run(sys.argv[1:], sys.stdout.buffer, started))

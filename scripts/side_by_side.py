"""Runs several commands at once, and lets them speak one after the other.

    python -m scripts.side_by_side "make this" "make that"

Each is a line for the shell. What the first says is shown as it comes; what the others say is kept
until all before them have ended. So it reads as if they had been run in turn.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

LOOK_EVERY_SECONDS = 0.1


def run(commands: Sequence[str], out: IO[bytes]) -> int:
    """Run ``commands`` until all of them have ended; 0 when all went well, else 1."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        said = [Path(folder, str(at)) for at in range(len(commands))]
        running = [stack.enter_context(_start(*pair)) for pair in zip(commands, said, strict=True)]
        for process, file in zip(running, said, strict=True):
            _show(process, file, out)
    return int(any(process.returncode for process in running))


def _start(command: str, said: Path) -> subprocess.Popen[bytes]:
    with said.open("wb") as file:
        return subprocess.Popen(command, shell=True, stdout=file, stderr=subprocess.STDOUT)


def _show(process: subprocess.Popen[bytes], said: Path, out: IO[bytes]) -> None:
    """Copy what ``process`` says, until it has ended."""
    with said.open("rb") as file:
        is_over = False
        while not is_over:
            is_over = process.poll() is not None
            shutil.copyfileobj(file, out)
            out.flush()
            time.sleep(0 if is_over else LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:], sys.stdout.buffer))
    except KeyboardInterrupt:
        sys.exit(130)  # the commands were interrupted as well

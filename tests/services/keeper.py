"""Keeps one server alive for as long as a test run lasts, and no longer.

Run as ``python keeper.py LEADER FOLDER USER COMMAND...``. The command is started
as USER (empty: as ourselves); when the process LEADER has ended, however it ended, the command is
stopped and FOLDER is removed.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

LOOK_EVERY_SECONDS = 0.2
PATIENCE_SECONDS = 5


def keep(*, leader: int, folder: Path, user: str | None, command: list[str]) -> int:
    """Run ``command`` until ``leader`` has ended, then remove ``folder``; give its exit code.

    A command that ends by itself leaves the folder, with what it said in it.
    """
    server = subprocess.Popen(command, user=user, cwd=folder, stdin=subprocess.DEVNULL)
    while is_alive(leader):
        if server.poll() is not None:
            return server.returncode
        time.sleep(LOOK_EVERY_SECONDS)
    _stop(server)
    shutil.rmtree(folder, ignore_errors=True)
    return 0


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: SIGINT asks PostgreSQL and Redis alike not to wait for their clients."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    _, leader, folder, user, *command = sys.argv
    sys.exit(keep(leader=int(leader), folder=Path(folder), user=user or None, command=command))

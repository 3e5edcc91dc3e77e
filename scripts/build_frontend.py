"""Builds the style sheets and the islands into ``src/nexus/web/static/built``.

    python scripts/build_frontend.py [--force]

Nothing is done when no input has changed since the last build: the content of every file in
``frontend`` is hashed and compared with the hash kept beside the output. Only the standard
library is used, so this runs before anything is installed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import node

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "nexus" / "web" / "static" / "built"
#: Folders of ``frontend`` that are not written by us.
FOREIGN = frozenset({"node_modules", ".node"})


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


def install(frontend: Path, tools: node.Node) -> None:
    """Install what the lock file names, unless exactly that is installed."""
    lock = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = frontend / "node_modules" / ".lock-hash"
    if recorded(stamp) != lock:
        # npm's chatter goes to standard error: the output belongs to whoever calls
        subprocess.run([*tools.npm, "ci"], cwd=frontend, check=True, stdout=sys.stderr)
        stamp.write_text(lock)


def build(frontend: Path, built: Path) -> bool:
    """Bring ``built`` up to date; False when it was so already.

    The output is written beside its place and then moved there, so that a server that runs
    never finds half of it.
    """
    wanted, stamp = fingerprint(frontend), built / ".inputs"
    if recorded(stamp) == wanted:
        return False
    tools = node.find()
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
    except node.NodeMissing as fault:
        print(fault, file=sys.stderr)
    except subprocess.CalledProcessError as fault:
        print(f"The front end was not built: {fault}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())

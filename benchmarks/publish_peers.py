"""Files a second against generators of sites: the same tree, one after the other, in one run.

    python benchmarks/publish_peers.py FOLDER [--files 1000] [--peers DIR] [--only NAME ...]

The Markdown below FOLDER is repeated to ``--files`` pages. Then ``nexus add`` publishes the tree
in a new home, with highlighting, facts, topics, parts and the search index, until everything can
be found; ``mkdocs build`` with its own theme and with Material, and ``sphinx-build`` with MyST
make their sites of it. The peers are installed by pip into environments of their own below
``--peers``, or below a temporary folder; they never enter the project's lock.

Measured is each command as a process: seconds on the clock, and seconds of processor time
together with every process that it started. On a machine that does other things, compare the
latter.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from _processes import NEXUS, table
from _trees import make_tree

#: What pip installs for each peer.
PACKAGES = {
    "mkdocs": ["mkdocs"],
    "material": ["mkdocs-material"],
    "sphinx": ["sphinx", "myst-parser"],
}


@dataclass(frozen=True, slots=True)
class Took:
    """What one command took, in seconds."""

    name: str
    wall: float
    cpu: float


class Failed(Exception):
    """A command did not come to its end; the others are measured all the same."""


def main() -> None:
    """Make the tree, run everybody, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder whose Markdown is published")
    parser.add_argument("--files", type=int, default=1_000, help="how many pages the tree has")
    parser.add_argument("--peers", type=Path, help="where the peers are installed, and stay")
    parser.add_argument("--only", nargs="+", choices=sorted(RUNS), default=list(RUNS))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nexus-benchmark-") as folder:
        work = Path(folder)
        size = make_tree(chosen.folder, work / "tree", files=chosen.files)
        print(f"{chosen.files} files, {size / chosen.files / 1024:.1f} KiB each", flush=True)
        peers = chosen.peers or work / "peers"
        took = []
        for name in chosen.only:
            try:
                took.append(RUNS[name](work, peers))
            except Failed as failure:
                print(failure, flush=True)
    if took:
        print(table(rows(took, chosen.files)))


def rows(took: Sequence[Took], files: int) -> list[list[str]]:
    """The table: how many files a second, and how many times as fast as each of the others."""
    first = took[0]
    head = ["", "seconds", "CPU seconds", "files/s", "files/CPU s", "ratio", "CPU ratio"]
    return [head] + [
        [
            one.name,
            f"{one.wall:.1f}",
            f"{one.cpu:.1f}",
            f"{files / one.wall:.0f}",
            f"{files / one.cpu:.0f}",
            f"{one.wall / first.wall:.1f}",
            f"{one.cpu / first.cpu:.1f}",
        ]
        for one in took
    ]


def run_nexus(work: Path, _peers: Path) -> Took:
    """Publish the tree in a hub that is set up and empty."""
    env = {"NEXUS_HOME": str(work / "home")}
    timed("setting up", [str(NEXUS), "sync", "--json"], env)
    return timed("nexus", [str(NEXUS), "add", str(work / "tree"), "--json"], env)


def run_mkdocs(work: Path, peers: Path) -> Took:
    """``mkdocs build`` with the theme of its own: highlighting in the browser, a search index."""
    return _mkdocs(work, peers, "mkdocs", {"theme": "mkdocs"})


def run_material(work: Path, peers: Path) -> Took:
    """``mkdocs build`` as Material's own guide sets it up: highlighting, a search index."""
    extensions = ["pymdownx.highlight", "pymdownx.superfences", "tables", "toc"]
    return _mkdocs(
        work, peers, "material", {"theme": "material", "markdown_extensions": extensions}
    )


def _mkdocs(work: Path, peers: Path, name: str, config: dict[str, object]) -> Took:
    """JSON is YAML, which mkdocs reads. Nothing is checked more strictly than by default."""
    python = installed(peers, name)
    place = work / f"{name}.yml"
    paths = {"docs_dir": str(work / "tree"), "site_dir": str(work / f"site-{name}")}
    place.write_text(json.dumps({"site_name": "Tree", **paths, **config}))
    return timed(name, [str(python), "-m", "mkdocs", "build", "-q", "-f", str(place)])


def run_sphinx(work: Path, peers: Path) -> Took:
    """``sphinx-build`` with MyST and its usual theme, in one process as by default."""
    python = installed(peers, "sphinx")
    config = work / "sphinx"
    config.mkdir()
    (config / "conf.py").write_text(
        'project = "Tree"\nextensions = ["myst_parser"]\nroot_doc = "README"\n'
    )
    command = [str(python), "-m", "sphinx", "-q", "-b", "html", "-c", str(config)]
    return timed("sphinx", [*command, str(work / "tree"), str(work / "site-sphinx")])


RUNS: dict[str, Callable[[Path, Path], Took]] = {
    "nexus": run_nexus,
    "mkdocs": run_mkdocs,
    "material": run_material,
    "sphinx": run_sphinx,
}


def installed(peers: Path, name: str) -> Path:
    """The Python of the environment that has a peer, made when it is not there yet."""
    python = peers / name / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(peers / name)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES[name]], check=True)
    return python


def timed(name: str, command: Sequence[str], env: dict[str, str] | None = None) -> Took:
    """Run a command to its end. Raises ``Failed`` with its last words when it fails."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            words = output.read()[-1_000:].decode(errors="replace")
            raise Failed(f"{name} failed with {process.returncode}:\n{words}")
    return Took(name, wall, usage.ru_utime + usage.ru_stime)


if __name__ == "__main__":
    main()

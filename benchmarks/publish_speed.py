"""How fast the hub publishes: a tree of Markdown as a whole, then one changed file of it.

    python benchmarks/publish_speed.py FOLDER [--files 5000] [--changes 12] [--home DIR]

The Markdown below FOLDER is repeated to ``--files`` pages and committed. The tree is added to a
new hub, in a temporary home, as ``nexus add`` does it: seconds until all of it can be read, and
until it can be found. Then, ``--changes`` times, a line is added to one of its files and
committed upstream; measured is from the start of the run that fetches it until its page is
written (readable), and until search knows it too (findable). The clock, and the processor time
of this process and of the programs of Git that it starts. With ``--home`` the hub is kept, and
what is there from an earlier run is measured again.
"""

import argparse
import gc
import os
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from _processes import table
from _trees import make_tree

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock and of the processor; of two moments, the time between them."""

    wall: float
    cpu: float

    @classmethod
    def until_now(cls) -> "Spent":
        """By this process and by all that it started and that have ended."""
        own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
        return cls(time.perf_counter(), cpu)

    def __sub__(self, before: "Spent") -> "Spent":
        return Spent(self.wall - before.wall, self.cpu - before.cpu)


def main() -> None:
    """Measure, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder whose Markdown is taken")
    parser.add_argument("--files", type=int, default=1_000, help="how many pages the tree has")
    parser.add_argument("--changes", type=int, default=12, help="how many files are changed")
    parser.add_argument("--home", type=Path, help="keep the hub and the tree here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(
        prefix="nexus-benchmark-", ignore_cleanup_errors=True
    ) as temporary:
        place = chosen.home or Path(temporary)
        os.environ["NEXUS_HOME"] = str(place / "home")
        tree = place / f"tree-{chosen.files}"
        if not tree.exists():
            make_repository(chosen.folder, tree, files=chosen.files)
        measure(tree, files=chosen.files, changes=chosen.changes)


def make_repository(source: Path, tree: Path, *, files: int) -> None:
    """A tree of so many pages, committed."""
    size = make_tree(source, tree, files=files)
    print(f"{files} files, {size / files / 1024:.1f} KiB each")
    git(tree, "init", "-q", "-b", "main")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "All of it")


def git(tree: Path, *arguments: str) -> None:
    """Run Git in the tree."""
    subprocess.run(["git", *_AUTHOR, *arguments], cwd=tree, check=True)


def measure(tree: Path, *, files: int, changes: int) -> None:
    """Publish the tree, then one change after the other."""
    from nexus.config.startup import open_hub

    open_hub()
    from nexus.cohorts.services import ensure_cohort
    from nexus.repositories.git.origins import parse_origin
    from nexus.repositories.services import add_repository

    gc.freeze()  # as ``nexus add`` and the server do
    cohort = ensure_cohort(by=None, slug="benchmark")
    repository = add_repository(by=None, cohort=cohort, origin=parse_origin(str(tree)))
    whole = published(repository)
    print(table(rows_of_tree(files, *whole)), end="\n\n")
    taken = []
    for number in range(changes):
        change_one(tree, number)
        taken.append(published(repository))
    print(table(rows_of_changes(taken)))


def published(repository: "Repository") -> tuple[Spent, Spent]:
    """What it took until all was readable, and until all was findable."""
    from nexus.config.searching import catch_up
    from nexus.library.services import sync_now

    repository.refresh_from_db()
    began = Spent.until_now()
    sync_now(by=None, repository=repository, report=lambda *_: None)
    readable = Spent.until_now() - began
    catch_up()
    return readable, Spent.until_now() - began


def change_one(tree: Path, number: int) -> None:
    """Add a line to one of the files, another one each time, and commit it."""
    pages = sorted(tree.glob("copy-000/**/*.md"))
    page = pages[(number * 7) % len(pages)]
    with page.open("a") as file:
        file.write(f"\nA line that was added at {time.time_ns()}.\n")
    git(tree, "commit", "-qam", f"Change {number}")


def rows_of_tree(files: int, readable: Spent, findable: Spent) -> list[list[str]]:
    """The first table: how long the whole tree took."""
    return [["the tree", "seconds", "CPU seconds", "files/s", "files/CPU s"]] + [
        [
            name,
            f"{spent.wall:.1f}",
            f"{spent.cpu:.1f}",
            f"{files / spent.wall:.0f}",
            f"{files / spent.cpu:.0f}",
        ]
        for name, spent in (("readable", readable), ("findable", findable))
    ]


def rows_of_changes(taken: list[tuple[Spent, Spent]]) -> list[list[str]]:
    """The second table: the median, the best and the worst of the single changes."""
    head = ["one file changed", "ms: median", "best", "worst", "CPU ms: median", "best", "worst"]
    rows = [head]
    for name, spent in zip(("readable", "findable"), zip(*taken, strict=True), strict=True):
        walls, cpus = [one.wall * 1e3 for one in spent], [one.cpu * 1e3 for one in spent]
        values = [f(them) for them in (walls, cpus) for f in (median, min, max)]
        rows.append([name, *(f"{value:.0f}" for value in values)])
    return rows


if __name__ == "__main__":
    main()

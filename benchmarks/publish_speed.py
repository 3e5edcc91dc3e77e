"""How many files a second the hub publishes: fetched, read, laid out, stored and made findable.

    python benchmarks/publish_speed.py FOLDER [--repeat N]

Each folder in FOLDER is added to a new hub in a temporary home, as ``nexus add`` does it. With
``--repeat`` every folder is added that many times, as different repositories.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Measure, and print a line a repository and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder whose folders are added")
    parser.add_argument("--repeat", type=int, default=1, help="how often each one is added")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nexus-benchmark-") as home:
        os.environ["NEXUS_HOME"] = home
        measure(chosen.folder, chosen.repeat)


def measure(folder: Path, repeat: int) -> None:
    """Add everything to the hub of ``NEXUS_HOME`` and time it."""
    from nexus.config.startup import open_hub

    open_hub()
    total_files, total_seconds = 0, 0.0
    print(f"{'repository':<40} {'files':>6} {'entries':>8} {'seconds':>8} {'files/s':>8}")
    for number in range(repeat):
        for source in sorted(path for path in folder.iterdir() if path.is_dir()):
            files, entries, seconds = add(source, f"{source.name}-{number}")
            total_files, total_seconds = total_files + files, total_seconds + seconds
            line(source.name, files, entries, seconds)
    line("all", total_files, 0, total_seconds)


def add(source: Path, name: str) -> tuple[int, int, float]:
    """(files, entries, seconds) of adding one folder and making it findable."""
    from nexus.cohorts.services import ensure_cohort
    from nexus.config.searching import catch_up
    from nexus.library.reports import repository_report
    from nexus.library.services import sync_now
    from nexus.repositories.git.origins import parse_origin
    from nexus.repositories.services import add_repository

    started = time.perf_counter()
    cohort = ensure_cohort(by=None, slug=f"benchmark-{name.rpartition('-')[2]}")
    repository = add_repository(by=None, cohort=cohort, origin=parse_origin(str(source)), name=name)
    sync_now(by=None, repository=repository, report=lambda *_: None)
    catch_up()
    seconds = time.perf_counter() - started
    entries = sum(repository_report(repository.pk)["entries"].values())
    files = sum(path.is_file() for path in source.rglob("*"))
    return files, entries, seconds


def line(name: str, files: int, entries: int, seconds: float) -> None:
    """One row of the table."""
    rate = files / seconds if seconds else 0.0
    print(f"{name[:40]:<40} {files:>6} {entries:>8} {seconds:>8.2f} {rate:>8.0f}")


if __name__ == "__main__":
    main()

"""How long a hub takes from the command to its first page.

    python benchmarks/start_time.py

The first start makes the home and imports the bundled hub; the others find everything there,
as ``make serve`` does the second time. ``make`` itself, which only compares the times of files,
is measured with ``--make``.
"""

import argparse
import contextlib
import statistics
import tempfile
from collections.abc import Iterator

from _processes import NEXUS, Hub, free_port, hub_running, table
from _web import wait_until_answered


@contextlib.contextmanager
def started(home: str, *, by_make: bool) -> Iterator[Hub]:
    """A hub that was just told to start, not yet waited for."""
    port = free_port()
    command = ["make", "serve"] if by_make else [str(NEXUS), "serve"]
    with hub_running(home, port=port, command=command, wait=False) as hub:
        yield hub


def first_page(home: str, *, by_make: bool) -> float:
    """Seconds from the command to the first 200."""
    with started(home, by_make=by_make) as hub:
        return wait_until_answered(f"{hub.address}/")


def main() -> None:
    """Start a hub a few times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=5, help="starts after the first (default: 5)")
    parser.add_argument("--make", action="store_true", help="start by `make serve`")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        first = first_page(home, by_make=options.make)
        later = [first_page(home, by_make=options.make) for _ in range(options.times)]
    rows = [
        ["first start", f"{first:.2f} s", ""],
        ["later starts", f"{statistics.median(later):.2f} s", _range(later)],
    ]
    print(table([["", "first 200 after (median)", "best to worst"], *rows]))


def _range(times: list[float]) -> str:
    return f"{min(times):.2f} to {max(times):.2f} s"


if __name__ == "__main__":
    main()

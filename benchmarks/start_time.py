"""How long a hub takes from the command to its first page.

    python benchmarks/start_time.py

The first start makes the home and imports the bundled hub; the others find everything there,
as ``make serve`` does the second time. ``make`` itself, which only compares the times of files,
is measured with ``--make``.
"""

import argparse
import statistics
import tempfile
import time

from _processes import hub_running, table


def first_page(home: str, *, by_make: bool) -> float:
    """Seconds from the command to the first 200."""
    command = ["make", "serve"] if by_make else []
    began = time.perf_counter()
    with hub_running(home, command=command):
        return time.perf_counter() - began


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

"""The memory of an idle ``nexus serve``: every process it consists of, after it has settled.

    python benchmarks/idle_memory.py          # starts one with an empty home, and ends it
    python benchmarks/idle_memory.py 1234     # looks at a process that runs

PSS (proportional set size) counts a page that several processes share once. Linux only.
"""

import argparse
import tempfile
import time

from _processes import Memory, hub_running, mebibytes, memory_of, table
from _web import get


def weighed(*, settle: float) -> list[tuple[str, Memory]]:
    """Start a hub on an empty home and weigh it: ready, settled, and after some reading."""
    with tempfile.TemporaryDirectory() as home, hub_running(home) as hub:
        stages = [("ready", memory_of(hub.pid))]
        time.sleep(settle)
        stages.append((f"{settle:.0f} s later, bundled hub imported", memory_of(hub.pid)))
        for _ in range(50):
            get(f"{hub.address}/")
            get(f"{hub.address}/search?q=git")
        time.sleep(1)
        stages.append(("after 100 pages", memory_of(hub.pid)))
        return stages


def main() -> None:
    """Weigh a hub."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pid", nargs="?", type=int, help="a process that runs already")
    parser.add_argument("--settle", type=float, default=15.0, help="seconds (default: 15)")
    options = parser.parse_args()
    if options.pid:
        stages = [(f"process {options.pid}", memory_of(options.pid))]
    else:
        stages = weighed(settle=options.settle)
    rows = [
        [name, str(memory.processes), mebibytes(memory.rss), mebibytes(memory.pss)]
        for name, memory in stages
    ]
    print(table([["", "processes", "RSS", "PSS"], *rows]))


if __name__ == "__main__":
    main()

"""How fast a hub of 100,000 entries is read: entry pages and lists, as guest and signed in.

    python benchmarks/read_pages.py [--entries 100000] [--postgresql] [--home FOLDER]

Fills a new home (SQLite; ``--postgresql`` starts a server as the tests do; ``DATABASE_URL``, if
set, names one, which must be empty), starts ``nexus serve`` on it and, beside it, a bare ASGI
application on the same server. Each case is asked right after the bare one; a ratio is of the
throughput with as many clients, the median over the rounds. ``--home`` names a folder that is
kept and used again.

*warm* is the same page again, as guests get it from the page cache; *cold* is another page each
time, so that every one of them is rendered. Lists are never taken from the cache.
"""

import argparse
import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any

from _load import Result, measure, request_for
from _processes import ROOT, free_port, hub_running, running, table
from _web import get

SEED = "seed.json"
#: What only a page of somebody who is signed in says.
READER = b"Menu of A Reader"
ENCODINGS = {"Accept-Encoding": "gzip, br"}


@dataclass(slots=True)
class Case:
    """Something to ask for, and what was measured of it, a result a round."""

    name: str
    request: bytes | Iterator[bytes]
    clients: int
    results: list[Result] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def row(self) -> list[str]:
        """The case as a row of the table."""
        latencies = Result(latencies=[each for one in self.results for each in one.latencies])
        rates = [one.rate for one in self.results]
        return [
            self.name,
            str(self.clients),
            f"{latencies.median * 1_000:.2f}",
            f"{latencies.percentile(0.99) * 1_000:.2f}",
            f"{median(rates):,.0f}",
            f"{median(map(truediv, rates, self.bare)):.3f}",
        ]


def cases_of(seeded: dict[str, Any], *, etag: str) -> list[Case]:
    """Every case, entry pages first."""
    cold = itertools.cycle(seeded["pages"])
    page = next(cold)
    reader = {**ENCODINGS, "Cookie": seeded["cookie"]}

    def fresh(headers: dict[str, str]) -> Iterator[bytes]:
        return (request_for(path, headers=headers) for path in cold)

    entry: dict[str, bytes | Iterator[bytes]] = {
        "entry, guest, warm": request_for(page, headers=ENCODINGS),
        "entry, guest, 304": request_for(page, headers={**ENCODINGS, "If-None-Match": etag}),
        "entry, guest, cold": fresh(ENCODINGS),
        "entry, signed in, again": request_for(page, headers=reader),
        "entry, signed in, each another": fresh(reader),
    }
    cases = [Case(name, asked, clients) for name, asked in entry.items() for clients in (1, 32)]
    return cases + [Case(name, asked, 1) for name, asked in lists_of(seeded)]


def lists_of(seeded: dict[str, Any]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Lists of the largest cohort, sorted and filtered, each time by another value or page."""
    base = f"/c/{seeded['cohort']}/"
    lists = {
        "list: cohort, newest": f"{base}?fresh={{number}}",
        "list: projects": f"{base}-/projects?fresh={{number}}&page={{page}}",
        "list: projects, filtered": f"{base}-/projects?technology={{topic}}&fresh={{number}}",
        "list: projects, filtered, by title": (
            f"{base}-/projects?technology={{topic}}&sort=title&fresh={{number}}"
        ),
        "list: challenges": f"{base}-/challenges?fresh={{number}}&page={{page}}",
        "list: challenges, filtered": f"{base}-/challenges?topic={{topic}}&fresh={{number}}",
        "list: topic": f"{base}-/topics/{{topic}}?fresh={{number}}",
        "list: topic, one kind": f"{base}-/topics/{{topic}}?kind=document&fresh={{number}}",
        "list: resources": f"{base}-/resources?fresh={{number}}&page={{page}}",
        "list: resources, filtered": f"{base}-/resources?topic={{topic}}&fresh={{number}}",
    }
    for name, address in lists.items():
        yield name, _varied(address, seeded["topics"])


def _varied(address: str, topics: list[str]) -> Iterator[bytes]:
    for number in itertools.count():
        topic = topics[number % len(topics)]
        path = address.format(number=number, page=number % 5 + 1, topic=topic)
        yield request_for(path, headers=ENCODINGS)


def measured(
    cases: list[Case], *, port: int, bare: int, rounds: int, seconds: float
) -> list[list[str]]:
    """Ask for everything, round after round; the rows of the table."""
    hello = request_for("/bare/", headers=ENCODINGS)
    for _ in range(rounds):
        for case in cases:
            floor = measure(port=bare, request=hello, clients=case.clients, seconds=seconds)
            result = measure(port=port, request=case.request, clients=case.clients, seconds=seconds)
            if result.refused:
                raise RuntimeError(f"{case.name}: {result.refused} were neither 200 nor 304")
            case.results.append(result)
            case.bare.append(floor.rate)
    return [case.row() for case in cases]


def serve_bare(port: int) -> None:
    """Be the bare application: five bytes, by the hub's own server."""
    from http_ratio import bare

    from nexus.kernel.http.lifespan import Lifespan
    from nexus.kernel.http.ports import listen
    from nexus.kernel.http.root import Root
    from nexus.kernel.http.server import serve

    serve(Root(http=bare, lifespan=Lifespan()), listener=listen("127.0.0.1", port))


def fill(home: Path, entries: int) -> None:
    """Be the process that fills the hub in ``home``."""
    from nexus.config.startup import open_hub

    open_hub()
    from _seed import seed

    (home / SEED).write_text(json.dumps(seed(entries)))


@contextlib.contextmanager
def database(*, postgresql: bool) -> Iterator[str]:
    """Start PostgreSQL if it is asked for; which database it is, in a word."""
    if postgresql:
        sys.path.insert(0, str(ROOT))
        from tests.services import postgresql as service
        from tests.services.run import join

        place = service.programs()
        if place is None:
            raise SystemExit(service.ADVICE)
        os.environ["DATABASE_URL"] = service.start(join(), place)
    yield "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"


def wait_until_quiet(address: str, *, seconds: float = 900.0) -> None:
    """Return when search has followed everything that the hub took up at its start."""
    deadline = time.monotonic() + seconds
    still = 0
    while still < 3 and time.monotonic() < deadline:
        time.sleep(1)
        state = json.loads(get(f"{address}/health/ready").body)
        still = still + 1 if state["search"] == "ready" and not state["behind"] else 0


def main() -> None:
    """Measure, or be one of the processes that it takes."""
    options = _options()
    if options.serve_bare:
        serve_bare(options.serve_bare)
    elif options.fill:
        fill(options.fill, options.entries)
    else:
        with contextlib.ExitStack() as stack:
            home = options.home or Path(
                stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            )
            name = stack.enter_context(database(postgresql=options.postgresql))
            print(f"{name}: {_filled(home, options.entries)}", flush=True)
            print(table([_HEAD, *_run(home, rounds=options.rounds, seconds=options.seconds)]))


_HEAD = ["what", "clients", "median ms", "p99 ms", "a second", "ratio to bare"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=100_000, help="(default: 100000)")
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL")
    parser.add_argument("--home", type=Path, help="keep the hub here, and use it again")
    parser.add_argument("--rounds", type=int, default=5, help="over all cases (default: 5)")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each rate (default: 1)")
    parser.add_argument("--serve-bare", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=Path, metavar="HOME", help=argparse.SUPPRESS)
    return parser.parse_args()


def _filled(home: Path, entries: int) -> str:
    """Fill ``home`` unless it is; what was done, in words."""
    if (home / SEED).exists():
        return "a home that was filled before"
    began = time.perf_counter()
    command = [sys.executable, __file__, "--fill", str(home), "--entries", str(entries)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "NEXUS_HOME": str(home)})
    return f"{entries:,} entries made in {time.perf_counter() - began:.0f} s"


def _run(home: Path, *, rounds: int, seconds: float) -> list[list[str]]:
    seeded = json.loads((home / SEED).read_text())
    port, bare = free_port(), free_port()
    with (
        hub_running(str(home), port=port) as hub,
        running([sys.executable, __file__, "--serve-bare", str(bare)], port=bare),
    ):
        wait_until_quiet(hub.address)
        page = f"{hub.address}{seeded['pages'][0]}"
        etag = get(page, encodings="gzip, br").headers["etag"]
        if READER not in get(page, encodings="", cookie=seeded["cookie"]).body:
            raise SystemExit(f"The session of the reader in {home} is over: fill another home.")
        cases = cases_of(seeded, etag=etag)
        return measured(cases, port=port, bare=bare, rounds=rounds, seconds=seconds)


if __name__ == "__main__":
    main()

"""How soon a new version can be found after its commit, in one process.

    python benchmarks/search_freshness.py --documents 10000 [--runs 3] [--library]

Each change gives one document a new word, and the answer is asked for until it has it: every
millisecond, as an impatient reader would. By itself search follows a log in memory. With
``--library`` it is the whole hub: a commit in a Git repository of so many files is fetched,
read, laid out and stored. The time counts from the writing of its event, inside the
transaction, and on a second line from asking for the sync.

Of several runs on the same index the least, the middle and the greatest are printed.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.registry import SourceRegistry
from nexus.search.results import SearchRequest
from nexus.search.tests.corpus import Corpus
from nexus.search.tests.hub import SmallHub

_PATIENCE_SECONDS = 3_600


class Hub(Protocol):
    """Something that can be changed and searched."""

    engine: SearchEngine
    audiences: frozenset[str]

    def prepare(self, number: int, word: str) -> None:
        """Have a change ready by which document ``number`` gets ``word``."""
        ...

    def change(self) -> None:
        """Make it."""
        ...

    def began(self, asked: float) -> dict[str, float]:
        """The moments to count from (seconds since the epoch), by what they are."""
        ...


class SearchAlone:
    """Search, following a log in memory."""

    audiences = frozenset({"public", "cohort:1", "cohort:2"})

    def __init__(self, folder: Path, documents: list[SearchDocument]) -> None:
        self._hub = SmallHub()
        self._hub.put(*documents)
        self._next = documents[0]
        sources = SourceRegistry()
        sources.register(self._hub)
        self.engine = SearchEngine(folder / "search", log=self._hub, sources=sources)

    def prepare(self, number: int, word: str) -> None:
        """The document with another title."""
        before = self._hub.truth[f"entry:{number % len(self._hub.truth)}"]
        self._next = replace(before, title=f"Freshly written {word}")

    def change(self) -> None:
        """Put it into the log."""
        self._hub.put(self._next)
        self.engine.wake()

    def began(self, asked: float) -> dict[str, float]:
        """The change itself."""
        return {"from the event": asked}


class WholeHub:
    """The hub, with one repository that has a file for every document."""

    def __init__(self, folder: Path, documents: list[SearchDocument]) -> None:
        os.environ["NEXUS_HOME"] = str(folder / "home")
        from nexus.config.startup import open_hub

        open_hub()
        from nexus.cohorts.selectors import audiences
        from nexus.cohorts.services import ensure_cohort
        from nexus.config import application, searching
        from nexus.repositories.git.tests.builders import Repository
        from nexus.repositories.services import add_repository

        application.join()
        self._upstream = Repository(folder / "upstream.git")
        self._bodies = [document.body for document in documents]
        self._upstream.commit({_path(at): body for at, body in enumerate(self._bodies)})
        self._repository = add_repository(
            by=None, cohort=ensure_cohort(by=None, slug="fresh"), origin=self._upstream.origin
        )
        self.change()
        self.audiences = audiences(None)
        self.engine = searching.engine()

    def prepare(self, number: int, word: str) -> None:
        """A commit at the origin."""
        at = number % len(self._bodies)
        self._upstream.commit({_path(at): f"# Freshly written {word}\n\n{self._bodies[at]}"})

    def change(self) -> None:
        """Fetch it and index it."""
        from nexus.library.services import sync_now

        sync_now(by=None, repository=self._repository, report=lambda *_: None)

    def began(self, asked: float) -> dict[str, float]:
        """The event that told of the change, and the asking."""
        from nexus.kernel.models import StoredEvent

        told = StoredEvent.objects.filter(type="library.entries_changed").latest("happened_at")
        return {"from the event": told.happened_at.timestamp(), "from asking for a sync": asked}


def main() -> None:
    """Build a hub of the asked size and time changes to it, as often as asked."""
    options = _options()
    documents = list(Corpus.of(options.examples).documents(options.documents))
    # A merge that was dropped may write its file to the end.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        hub: Hub = (WholeHub if options.library else SearchAlone)(Path(folder), documents)
        hub.engine.start()
        hub.engine.catch_up(_PATIENCE_SECONDS)
        runs = [_run(hub, at * options.rounds, options.rounds) for at in range(options.runs)]
        hub.engine.stop()
    print(f"{options.documents} documents, {options.rounds} changes, found after (ms):")
    for name in runs[0]:
        taken = [run[name] for run in runs]
        print(*(f"{what} {_spread(taken, of)} " for what, of in FIGURES.items()), name)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100, help="changes in each run")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--library", action="store_true", help="through the whole hub")
    parser.add_argument("--examples", type=Path, help="a folder of text to make documents of")
    return parser.parse_args()


def _path(at: int) -> str:
    return f"notes/{at // 100}/{at}.md"


def _run(hub: Hub, first: int, rounds: int) -> dict[str, list[float]]:
    """How long each change took to be found, in milliseconds, by where it counts from."""
    taken: dict[str, list[float]] = {}
    for number in range(first, first + rounds):
        word = f"newword{number}x"
        hub.prepare(number, word)
        changing = threading.Thread(target=hub.change)
        asked = time.time()
        changing.start()
        _wait_for(hub, word)
        found = time.time()
        changing.join()
        for name, began in hub.began(asked).items():
            taken.setdefault(name, []).append((found - began) * 1_000)
    return taken


def _wait_for(hub: Hub, word: str) -> None:
    question = SearchRequest(words=f'"{word}"', audiences=hub.audiences, facets=())
    while hub.engine.search(question).total == 0:
        time.sleep(0.001)


def _late(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100, method="inclusive")[98]


FIGURES: dict[str, Callable[[list[float]], float]] = {
    "median": statistics.median,
    "p99": _late,
    "worst": max,
}


def _spread(runs: list[list[float]], figure: Callable[[list[float]], float]) -> str:
    """A figure of one run; of several the least, the middle and the greatest."""
    figures = sorted(figure(taken) for taken in runs)
    shown = figures if len(figures) == 1 else [figures[0], statistics.median(figures), figures[-1]]
    return " / ".join(f"{each:.1f}" for each in shown)


if __name__ == "__main__":
    main()

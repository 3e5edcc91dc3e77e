"""How soon a new version can be found after its commit, in one process.

    python benchmarks/search_freshness.py --documents 10000 [--examples FOLDER]

Each round changes one document, wakes the follower, and asks until the answer has it.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from nexus.search.engine import SearchEngine
from nexus.search.registry import SourceRegistry
from nexus.search.results import SearchRequest
from nexus.search.tests.corpus import Corpus
from nexus.search.tests.hub import SmallHub

READER = frozenset({"public", "cohort:1", "cohort:2"})


def main() -> None:
    """Build an index of the asked size and time changes to it."""
    options = _options()
    hub = SmallHub()
    hub.put(*Corpus.of(options.examples).documents(options.documents))
    # A merge that was dropped may write its file to the end.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        sources = SourceRegistry()
        sources.register(hub)
        engine = SearchEngine(Path(folder) / "search", log=hub, sources=sources)
        engine.start()
        engine.catch_up(600)
        taken = [_round(engine, hub, number) for number in range(options.rounds)]
        engine.stop()
    late = statistics.quantiles(taken, n=100)[98]
    print(f"{options.documents} documents, {options.rounds} changes, found after (ms):")
    print(f"median {statistics.median(taken):.1f}  p99 {late:.1f}  worst {max(taken):.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--examples", type=Path, help="a folder of text to make documents of")
    return parser.parse_args()


def _round(engine: SearchEngine, hub: SmallHub, number: int) -> float:
    changed = replace(hub.truth[f"entry:{number}"], title=f"Freshly written newword{number}x")
    began = time.perf_counter()
    hub.put(changed)
    engine.wake()
    question = SearchRequest(words=f'"newword{number}x"', audiences=READER, facets=())
    while engine.search(question).total == 0:
        time.sleep(0.001)
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    main()

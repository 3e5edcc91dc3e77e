"""How long search takes to answer, by kind of question.

    python benchmarks/search_speed.py --documents 100000 [--examples FOLDER]

Prints the median and the 99th percentile in milliseconds, hits with extracts included:
first by the clock, then by the processor's time alone, which a busy machine disturbs
less. The last column counts the documents found on average.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.registry import SourceRegistry
from nexus.search.results import FACETS, SearchRequest
from nexus.search.tests.corpus import Corpus
from nexus.search.tests.hub import SmallHub

READER = frozenset({"public", "cohort:1"})


class Questions:
    """Questions of each kind, drawn from the words of some of the documents."""

    def __init__(self, documents: list[SearchDocument]) -> None:
        self._chance = random.Random(3)
        self._texts = [document.body for document in documents]
        counted = Counter(word for text in self._texts for word in re.findall(r"[a-z]{4,}", text))
        ranked = [word for word, _ in counted.most_common()]
        self._common = ranked[:50]
        self._rare = ranked[len(ranked) // 3 :]

    def rare(self) -> str:
        """A word of few documents."""
        return f"{self._chance.choice(self._rare)} "

    def common(self) -> str:
        """One of the fifty most frequent words."""
        return f"{self._chance.choice(self._common)} "

    def two(self) -> str:
        """A common word and a rare one."""
        return self.common() + self.rare()

    def phrase(self) -> str:
        """Three words as they stand in a document."""
        words = re.findall(r"\w+", self._chance.choice(self._texts))
        at = self._chance.randrange(max(len(words) - 3, 1))
        return '"' + " ".join(words[at : at + 3]) + '"'

    def prefix(self) -> str:
        """Two to five letters that a rare word begins with."""
        return self.rare()[: self._chance.randint(2, 5)].strip()

    def typo(self) -> str:
        """A rare word with one letter wrong."""
        word = self.rare().strip()
        at = self._chance.randrange(1, len(word) - 1)
        return word[:at] + self._chance.choice("etaoins") + word[at + 1 :] + " "


def main() -> None:
    """Build an index of the asked size and time questions on it."""
    options = _options()
    corpus = Corpus.of(options.examples)
    with tempfile.TemporaryDirectory() as folder:
        engine = _engine(Path(folder) / "search", corpus, options.documents)
        questions = Questions(list(islice(corpus.documents(options.documents), 3_000)))
        heads = ("median ms", "p99 ms", "cpu median", "cpu p99", "found")
        print(f"{'':22}" + "".join(f"{head:>12}" for head in heads))
        for name in ("rare", "common", "two", "phrase", "prefix", "typo"):
            _report(engine, name, getattr(questions, name), options.questions, facets=())
        for name in ("rare", "common", "typo"):
            ask = getattr(questions, name)
            _report(engine, f"{name}, facets", ask, options.questions, facets=FACETS)
            filtered = {"kinds": ("document",), "facets": FACETS}
            _report(engine, f"{name}, facets, filter", ask, options.questions, **filtered)
        _report_suggestions(engine, questions.prefix, options.questions)
        engine.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300, help="of each kind")
    parser.add_argument("--examples", type=Path, help="a folder of text to make documents of")
    return parser.parse_args()


def _engine(directory: Path, corpus: Corpus, count: int) -> SearchEngine:
    hub = SmallHub()
    hub.all_documents = lambda: corpus.documents(count)  # type: ignore[method-assign]
    sources = SourceRegistry()
    sources.register(hub)
    engine = SearchEngine(directory, log=hub, sources=sources)
    began = time.perf_counter()
    engine.rebuild()
    took, size = time.perf_counter() - began, engine.status().size_bytes / 1e6
    print(f"{count} documents indexed in {took:.1f} s ({count / took:.0f}/s), {size:.0f} MB")
    return engine


def _report(
    engine: SearchEngine, name: str, ask: Callable[[], str], times: int, **request: object
) -> None:
    def answer() -> int:
        question = SearchRequest(words=ask(), audiences=READER, limit=10, **request)  # type: ignore[arg-type]
        return engine.search(question).total

    _time(name, answer, times)


def _report_suggestions(engine: SearchEngine, ask: Callable[[], str], times: int) -> None:
    _time("suggestions", lambda: len(engine.suggest(ask(), READER)), times)


def _time(name: str, answer: Callable[[], int], times: int) -> None:
    clock: list[float] = []
    processor: list[float] = []
    found = 0
    for _ in range(times):
        began, busy = time.perf_counter(), time.thread_time()
        found += answer()
        processor.append((time.thread_time() - busy) * 1_000)
        clock.append((time.perf_counter() - began) * 1_000)
    figures = [f"{value:12.2f}" for taken in (clock, processor) for value in _summary(taken)]
    print(f"{name:22}{''.join(figures)}{found // times:12}")


def _summary(taken: list[float]) -> tuple[float, float]:
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


if __name__ == "__main__":
    main()

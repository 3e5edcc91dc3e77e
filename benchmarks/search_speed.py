"""How long search takes to answer, by kind of question.

    python benchmarks/search_speed.py --documents 100000 [--runs 3] [--examples FOLDER]

Prints the median and the 99th percentile in milliseconds, hits with extracts included: first
by the clock, then by the processor's time alone, which a busy machine disturbs less. Of
several runs it prints the least, the middle and the greatest. The last column counts the
documents found on average.

``counts`` are those of all facets, asked of an index that was never asked before; ``counts
again`` is the second page of the same question, as a reader leafs on. ``still open`` are the same
questions without the blank at their end that says that the last word is whole.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

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


@dataclass
class Row:
    """The figures of one kind of question, a run after the other.

    ``words`` gives a question, off the clock; ``ask`` says how many documents answer it.
    """

    name: str
    words: Callable[[], str]
    ask: Callable[[str], int]
    medians: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    busy_medians: list[float] = field(default_factory=list)
    busy_late: list[float] = field(default_factory=list)
    found: float = 0

    def run(self, times: int) -> None:
        """Ask ``times`` questions, and note how long they took."""
        clock: list[float] = []
        processor: list[float] = []
        found = 0
        for _ in range(times):
            words = self.words()
            began, busy = time.perf_counter(), time.thread_time()
            found += self.ask(words)
            processor.append((time.thread_time() - busy) * 1_000)
            clock.append((time.perf_counter() - began) * 1_000)
        for taken, medians, late in (
            (clock, self.medians, self.late),
            (processor, self.busy_medians, self.busy_late),
        ):
            medians.append(statistics.median(taken))
            late.append(statistics.quantiles(taken, n=100)[98])
        self.found = found / times

    def __str__(self) -> str:
        runs = (self.medians, self.late, self.busy_medians, self.busy_late)
        return (
            f"{self.name:24}"
            + "".join(f"{_spread(run):>22}" for run in runs)
            + (f"{self.found:10.0f}")
        )


def main() -> None:
    """Build an index of the asked size and time questions on it."""
    options = _options()
    corpus = Corpus.of(options.examples)
    # A merge that was dropped may write its file to the end.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = _engine(Path(folder) / "search", corpus, options.documents)
        questions = Questions(list(islice(corpus.documents(options.documents), 3_000)))
        rows = list(_rows(engine, questions))
        for _ in range(options.runs):
            for row in rows:
                row.run(options.questions)
        engine.stop()
    heads = ("median ms", "p99 ms", "cpu median ms", "cpu p99 ms")
    print(f"{'':24}" + "".join(f"{head:>22}" for head in heads) + f"{'found':>10}")
    print(*rows, sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300, help="of each kind in each run")
    parser.add_argument("--runs", type=int, default=1)
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


def _rows(engine: SearchEngine, questions: Questions) -> Iterator[Row]:
    ask = partial(_answer, engine)
    for name in ("rare", "common", "two", "phrase", "prefix", "typo"):
        words = getattr(questions, name)
        first, again = partial(_unasked, engine, words), partial(_asked, engine, words)
        yield Row(name, words, ask)
        yield Row(f"{name}, counts", first, partial(ask, facets=FACETS))
        yield Row(f"{name}, counts again", again, partial(ask, facets=FACETS, offset=10))
    filtered = partial(ask, facets=FACETS, kinds=("document",))
    yield Row("common, counts, filter", partial(_unasked, engine, questions.common), filtered)
    for name in ("common", "two", "typo"):
        yield Row(f"{name}, still open", _open(getattr(questions, name)), ask)
    yield Row("suggestions", questions.prefix, lambda typed: len(engine.suggest(typed, READER)))


def _open(words: Callable[[], str]) -> Callable[[], str]:
    """The same questions as a page asks them: what nothing follows may go on."""
    return lambda: words().rstrip()


def _answer(engine: SearchEngine, words: str, *, facets: tuple[str, ...] = (), **more: Any) -> int:
    question = SearchRequest(words=words, audiences=READER, limit=10, facets=facets, **more)
    return engine.search(question).total


def _unasked(engine: SearchEngine, words: Callable[[], str]) -> str:
    """A question that no question before it helps to answer."""
    snapshot = engine._follower.reader.snapshot()
    if snapshot is not None:
        snapshot.counts.clear()
    return words()


def _asked(engine: SearchEngine, words: Callable[[], str]) -> str:
    """A question whose first page was looked at."""
    typed = words()
    _answer(engine, typed, facets=FACETS)
    return typed


def _spread(figures: list[float]) -> str:
    """One figure as it is; of several the least, the middle and the greatest."""
    if len(figures) == 1:
        return f"{figures[0]:.2f}"
    return f"{min(figures):.2f} / {statistics.median(figures):.2f} / {max(figures):.2f}"


if __name__ == "__main__":
    main()

"""Many documents are laid out by other processes, and found as if they had been laid out here."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from nexus.search import laying_out_many
from nexus.search.documents import Change, LeftOut, Removal, SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.laying_out import lay_out
from nexus.search.laying_out_many import WORTH_WORKERS, Layers, _lost
from nexus.search.tests.hub import SmallHub, ask, document
from tests.services.patience import eventually

BROKEN: SearchDocument = replace(document("broken"), quality="high")  # type: ignore[arg-type]


def many() -> list[Change]:
    documents = [document(f"k{n}", title=f"Grüße {n}", body=f"N+{n}") for n in range(WORTH_WORKERS)]
    labelled = document("labelled", labels={"topic": ("Django", "Caching")})
    return [*documents, Removal("gone"), LeftOut("lost", "a shelf is locked"), BROKEN, labelled]


@pytest.fixture
def helped(hub: SmallHub, directory: Path) -> Iterator[SearchEngine]:
    """An engine that has help with much work."""
    engine = hub.engine(directory, workers=2)
    yield engine
    engine.stop()


def _has_help(engine: SearchEngine) -> bool:
    return engine._follower._writer._layers._crew is not None


def test_workers_lay_out_what_is_laid_out_without_them_in_the_same_order() -> None:
    with closing(Layers(2)) as layers:
        assert list(layers.lay_out(many())) == list(Layers(0).lay_out(many()))
        assert list(layers.lay_out(iter(many()))) == [lay_out(change) for change in many()]


def test_few_documents_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying_out_many, "Crew", None)
    few = many()[: WORTH_WORKERS - 1]
    assert len(list(Layers(2).lay_out(few))) == len(few)


def test_a_document_at_which_its_worker_died_is_left_out() -> None:
    assert _lost(document("a")).key == "a"


def test_a_first_build_and_what_follows_it_are_found(hub: SmallHub, helped: SearchEngine) -> None:
    for year in ("2025", "2026"):
        hub.put(*(document(f"{year}-{n}", title=f"Caching {year}") for n in range(WORTH_WORKERS)))
        hub.put(replace(BROKEN, key=f"broken-{year}"))
        helped.catch_up()
        assert ask(helped, f"caching {year}").total == WORTH_WORKERS
        assert not _has_help(helped)
    assert helped.status().left_out == 2


def test_help_stays_for_a_while_and_ends_with_the_engine(hub: SmallHub, directory: Path) -> None:
    engine = hub.engine(directory, workers=2, poll_seconds=600)
    engine.start()
    hub.put(*map(document, map(str, range(WORTH_WORKERS))))
    engine.catch_up()
    assert _has_help(engine)
    engine.stop()
    assert not _has_help(engine)


def test_help_ends_when_nothing_was_to_be_done_for_a_while(hub: SmallHub, directory: Path) -> None:
    engine = hub.engine(directory, workers=2, poll_seconds=0.02)
    hub.put(*map(document, map(str, range(WORTH_WORKERS))))
    engine.start()
    engine.catch_up()
    assert eventually(lambda: not _has_help(engine))
    engine.stop()

"""A document as the index takes it: its texts cut into terms, its rank, what is shown of it.

Pure, so it can be done anywhere: what is to be laid out may come from another process, and what
it became go back there.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import chain
from math import exp, exp2
from typing import Any

from nexus.search import analysis, stemming
from nexus.search.documents import Change, LeftOut, Removal, SearchDocument
from nexus.search.schema import (
    FILTER_FIELDS,
    LOOSE,
    NAMES,
    RUNS,
    SPELLING,
    WHOLE_TITLE,
    Laid,
    whole_title,
)
from nexus.search.text import clean

logger = logging.getLogger(__name__)

#: Characters of a body that are indexed and kept. Longer ones are generated files.
MAX_BODY = 200_000
_LONGEST_LABEL = 200

#: The texts whose stems are counted.
_SAID = ("title", "summary", "path", "body")
#: How often the stems of a title are counted again, being worth more than those of a body.
_TITLE_STEMS = 3

#: Where the age of a document begins to count, and the years in which its rank falls to 1/e.
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_FADING_YEARS = 20.0

#: A change as the index takes it.
LaidOut = Laid | Removal | LeftOut


def laying_out() -> AbstractContextManager[Callable[[Change], LaidOut]]:
    """What a process of its own lays out with: it needs nothing."""
    return nullcontext(lay_out)


def lay_out(change: Change) -> LaidOut:
    """``change`` as the index takes it. A document that cannot be laid out is left out."""
    if not isinstance(change, SearchDocument):
        return change
    try:
        return _laid(change.key, _tidy(change))
    except Exception as error:  # noqa: BLE001 - it never stops the rest
        return left_out(change.key, error)


def left_out(key: str, error: Exception) -> LeftOut:
    """The word that the thing called ``key`` cannot be laid out, said in the log as well."""
    logger.error("search cannot index %r", key, exc_info=error)
    return LeftOut(key, f"it cannot be laid out: {type(error).__name__}")


def _laid(key: str, document: SearchDocument) -> Laid:
    return Laid(
        key=key,
        texts=[*_values(document), *_words(document)],
        labels=document.labels,
        record=_record(document),
        weight=_weight(document),
        updated=int(document.updated_at.timestamp()),
    )


def _values(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """What is found as a whole."""
    yield "audience", document.audience
    yield WHOLE_TITLE, whole_title(document.title)
    for name in FILTER_FIELDS:
        if value := getattr(document, name):
            yield name, value


def _tidy(document: SearchDocument) -> SearchDocument:
    changed: dict[str, Any] = {}
    for field in fields(document):
        value = getattr(document, field.name)
        if isinstance(value, str):
            changed[field.name] = clean(value[:MAX_BODY])
        elif isinstance(value, tuple):
            changed[field.name] = tuple(clean(item) for item in value)
    changed["labels"] = {name: _labels(values) for name, values in document.labels.items()}
    return replace(document, **changed)


def _labels(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, as it can be shown."""
    return tuple(dict.fromkeys(clean(value[:_LONGEST_LABEL]) for value in values if value))


def _record(document: SearchDocument) -> bytes:
    values = {field.name: getattr(document, field.name) for field in fields(document)}
    values["updated_at"] = document.updated_at.isoformat()
    return json.dumps(values, ensure_ascii=False).encode()


def _pieces(document: SearchDocument) -> dict[str, list[str]]:
    """The words of every text of the document, each cut once."""
    about = (
        document.code_language, document.person, *document.people, document.repository,
        *(value for values in document.labels.values() for value in values),
    )  # fmt: skip
    texts = {
        "title": document.title,
        "summary": document.summary,
        "headings": "\n".join(document.headings),
        "context": "\n".join(about),
        "path": document.path,
        "body": document.body,
    }
    return {name: analysis.pieces(text) for name, text in texts.items()}


def _words(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """What is found word by word."""
    pieces = _pieces(document)
    said = [piece for name in _SAID for piece in pieces[name]]
    pieces["summary"] = pieces["summary"] + pieces.pop("headings")
    terms = {name: analysis.terms_of(found) for name, found in pieces.items()}
    for name, found in terms.items():
        yield name, analysis.joined(found)
    runs = chain.from_iterable(map(analysis.frequent_runs, terms.values()))
    yield RUNS, analysis.joined(set(runs))
    compounds = analysis.compounds(
        f"{document.title}\n{document.summary}\n{document.path}\n{document.body}"
    )
    names = analysis.names_of(compounds)
    words = analysis.words_of(pieces["title"] * _TITLE_STEMS + said)
    loose = [*stemming.stems(words, document.language), *analysis.parts_of(compounds)]
    known = names.union(terms["title"], terms["summary"], terms["body"])
    yield NAMES, analysis.joined(names)
    yield LOOSE, analysis.joined(loose)
    yield SPELLING, analysis.joined(filter(analysis.can_be_misspelt, known))


def _weight(document: SearchDocument) -> float:
    """The document's factor on its rank, as tantivy reads it.

    Age counts as a constant ratio a year, so it is right for ever without indexing anew.
    tantivy multiplies a score by log2(2 + weight), hence the inverse.
    """
    years = (document.updated_at - _EPOCH).total_seconds() / (365.25 * 86_400)
    factor = document.quality * exp(years / _FADING_YEARS)
    return exp2(min(max(factor, 0.01), 16.0)) - 2.0

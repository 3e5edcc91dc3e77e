"""The fields of the index, and how a document is laid out over them.

tantivy keeps the index; the text it gets is already cut into terms (``analysis``), so
its own tokenizers only cut at white space. ``record`` holds the document itself, for
showing; everything else is for finding. Raise ``SCHEMA_VERSION`` with every change to
the fields or to the analysis: indexes of another version are built anew.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import chain
from math import exp, exp2
from typing import Any

import tantivy

from nexus.search import analysis, stemming
from nexus.search.documents import SearchDocument
from nexus.search.filters import LABELS
from nexus.search.text import clean, fold, lower

SCHEMA_VERSION = 4

#: Characters of a body that are indexed and kept. Longer ones are generated files.
MAX_BODY = 200_000
_LONGEST_LABEL = 200

#: Text by its place in the document, searched word by word.
TEXT_FIELDS = ("title", "summary", "context", "path", "body")
#: Names of code, glued; stems and parts of names, for what is not found word by word.
NAMES, LOOSE = "names", "loose"
#: Every word that a slip of the finger may have been meant for, once: one field to look in.
SPELLING = "spelling"
#: Frequent words that stand side by side: what has a phrase of such words is among what has these.
RUNS = "runs"
#: A whole title as one term: what suggestions begin with.
WHOLE_TITLE = "whole_title"
#: What readers filter and count by, beside the labels, whatever the case of its letters.
FILTER_FIELDS = ("kind", "code_language", "language", "person", "cohort", "repository")

#: Entries that are no documents are marked, and found by nobody: the one that says how far
#: the log was followed, and what could not be read.
MARKER, CURSOR, LEFT_OUT = "marker", "cursor", "left-out"

#: The texts whose stems are counted.
_SAID = ("title", "summary", "path", "body")
#: How often the stems of a title are counted again, being worth more than those of a body.
_TITLE_STEMS = 3

#: Where the age of a document begins to count, and the years in which its rank falls to 1/e.
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_FADING_YEARS = 20.0


def build_schema() -> tantivy.Schema:
    """The schema of ``SCHEMA_VERSION``."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="position")
    for name in (NAMES, LOOSE):
        builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
    for name in (SPELLING, RUNS):
        builder.add_text_field(name, tokenizer_name="terms", index_option="basic")
    for name in FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="value", index_option="basic", fast=True)
    builder.add_json_field(LABELS, tokenizer_name="value", index_option="basic", fast=True)
    for name in ("key", MARKER, "audience", WHOLE_TITLE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("record", stored=True)
    builder.add_float_field("weight", fast=True)
    builder.add_integer_field("updated", fast=True)
    builder.add_unsigned_field("cursor", stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Give ``index`` the tokenizers of the schema; they are not kept with it.

    Values are matched in lower case, but counted (the fast field) as they are written.
    """
    tokenizer, lowercase = tantivy.Tokenizer, tantivy.Filter.lowercase()
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tokenizer.whitespace()).build())
    value = tantivy.TextAnalyzerBuilder(tokenizer.raw()).filter(lowercase)
    index.register_tokenizer("value", value.build())
    as_written = tantivy.TextAnalyzerBuilder(tokenizer.raw()).build()
    index.register_fast_field_tokenizer("value", as_written)


def to_index(document: SearchDocument) -> tantivy.Document:
    """``document`` laid out over the fields of the schema."""
    tidy = _tidy(document)
    entry = tantivy.Document()
    entry.add_text("key", key_term(document.key))
    entry.add_text("audience", tidy.audience)
    entry.add_bytes("record", _record(tidy))
    entry.add_float("weight", _weight(tidy))
    entry.add_integer("updated", int(tidy.updated_at.timestamp()))
    entry.add_text(WHOLE_TITLE, whole_title(tidy.title))
    _add_words(entry, tidy)
    for name in FILTER_FIELDS:
        if value := getattr(tidy, name):
            entry.add_text(name, value)
    if tidy.labels:
        entry.add_json(LABELS, {name: list(values) for name, values in tidy.labels.items()})
    return entry


def record_of(entry: tantivy.Document) -> dict[str, Any]:
    """The fields of the document that ``to_index`` laid out, as JSON has them."""
    record: dict[str, Any] = json.loads(bytes(entry.get_first("record") or b"").decode())
    return record


def cursor_entry(cursor: int) -> tantivy.Document:
    """The entry that says up to which event the index has followed the log."""
    entry = tantivy.Document()
    entry.add_text(MARKER, CURSOR)
    entry.add_unsigned("cursor", cursor)
    return entry


def left_out_entry(key: str) -> tantivy.Document:
    """The entry that says that the thing called ``key`` could not be read."""
    entry = tantivy.Document()
    entry.add_text("key", key_term(key))
    entry.add_text(MARKER, LEFT_OUT)
    return entry


def key_term(key: str) -> str:
    """``key`` as the index can hold it; different keys stay different."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


def whole_title(title: str) -> str:
    """``title`` as one comparable term."""
    return fold(lower(" ".join(title.split())))[:120]


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


def _add_words(entry: tantivy.Document, document: SearchDocument) -> None:
    pieces = _pieces(document)
    said = [piece for name in _SAID for piece in pieces[name]]
    pieces["summary"] = pieces["summary"] + pieces.pop("headings")
    terms = {name: analysis.terms_of(found) for name, found in pieces.items()}
    for name, found in terms.items():
        entry.add_text(name, analysis.joined(found))
    runs = chain.from_iterable(map(analysis.frequent_runs, terms.values()))
    entry.add_text(RUNS, analysis.joined(set(runs)))
    compounds = analysis.compounds(
        f"{document.title}\n{document.summary}\n{document.path}\n{document.body}"
    )
    names = analysis.names_of(compounds)
    words = analysis.words_of(pieces["title"] * _TITLE_STEMS + said)
    loose = [*stemming.stems(words, document.language), *analysis.parts_of(compounds)]
    known = names.union(terms["title"], terms["summary"], terms["body"])
    entry.add_text(NAMES, analysis.joined(names))
    entry.add_text(LOOSE, analysis.joined(loose))
    entry.add_text(SPELLING, analysis.joined(filter(analysis.can_be_misspelt, known)))


def _weight(document: SearchDocument) -> float:
    """The document's factor on its rank, as tantivy reads it.

    Age counts as a constant ratio a year, so it is right for ever without indexing anew.
    tantivy multiplies a score by log2(2 + weight), hence the inverse.
    """
    years = (document.updated_at - _EPOCH).total_seconds() / (365.25 * 86_400)
    factor = document.quality * exp(years / _FADING_YEARS)
    return exp2(min(max(factor, 0.01), 16.0)) - 2.0

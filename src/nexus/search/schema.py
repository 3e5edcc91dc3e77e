"""The fields of the index, and the entries that it holds.

tantivy keeps the index; the text it gets is already cut into terms (``laying_out``), so
its own tokenizers only cut at white space. ``record`` holds the document itself, for
showing; everything else is for finding. Raise ``SCHEMA_VERSION`` with every change to
the fields or to the analysis: indexes of another version are built anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from nexus.search.filters import LABELS
from nexus.search.text import fold, lower

SCHEMA_VERSION = 4

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

_RECORDS = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid out over the fields: ``texts`` are (field, its terms or value)."""

    key: str
    texts: Sequence[tuple[str, str]]
    labels: Mapping[str, Sequence[str]]
    record: bytes
    weight: float
    updated: int


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


def entry_of(laid: Laid) -> tantivy.Document:
    """The entry of a document."""
    entry = tantivy.Document()
    entry.add_text("key", key_term(laid.key))
    entry.add_bytes("record", laid.record)
    entry.add_float("weight", laid.weight)
    entry.add_integer("updated", laid.updated)
    for name, text in laid.texts:
        entry.add_text(name, text)
    if laid.labels:
        entry.add_json(LABELS, {name: list(values) for name, values in laid.labels.items()})
    return entry


def record_of(entry: tantivy.Document) -> dict[str, Any]:
    """The fields of the document that was laid out, as JSON has them."""
    text = bytes(entry.get_first("record") or b"").decode()
    record: dict[str, Any] = _RECORDS.raw_decode(text)[0]  # ``loads`` looks for blanks around it
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

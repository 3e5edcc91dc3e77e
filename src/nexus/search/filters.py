"""What readers filter and count by: what it is called, and where the index has it.

Some filters are fields of every document. The others are *labels*: values that a source
gives by name, as many as it likes. A label that is not listed here can still be filtered and
counted by its name; the list says which ones pages and the query language know.
"""

import re
from dataclasses import dataclass

#: The field of the index that holds the labels, each below its name.
LABELS = "labels"
_NAME = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to filter by.

    ``name`` is what it is called in addresses and among the counts, ``title`` on pages,
    ``words`` in the query language. ``field`` is its place in the index, ``attribute`` its
    place in a request; a label has none of its own.
    """

    name: str
    field: str
    title: str
    words: tuple[str, ...]
    attribute: str = ""


def is_label(name: str) -> bool:
    """Whether ``name`` can name a label."""
    return _NAME.fullmatch(name) is not None


def label_field(name: str) -> str:
    """Where the index has the values of a label."""
    return f"{LABELS}.{name}"


def _label(name: str, title: str, *words: str) -> Filter:
    return Filter(name, label_field(name), title, (name, *words))


#: In the order in which pages show them.
FILTERS = {
    each.name: each
    for each in (
        Filter("kind", "kind", "Kind", ("kind",), "kinds"),
        _label("topic", "Topic"),
        _label("technology", "Technology", "tech"),
        _label("track", "Track"),
        Filter("language", "code_language", "Language", ("lang", "language"), "code_languages"),
        Filter("person", "person", "Person", ("person", "by"), "people"),
        Filter("cohort", "cohort", "Cohort", ("cohort",), "cohorts"),
        Filter("repository", "repository", "Repository", ("repo", "repository"), "repositories"),
    )
}


def field_of(name: str) -> str:
    """Where the index has the values of the filter or label ``name``."""
    known = FILTERS.get(name)
    return known.field if known else label_field(name)

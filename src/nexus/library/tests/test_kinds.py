"""What a file is, by its content first and its folder second."""

import pytest

from nexus.library.advice import ADVICE, advice_on
from nexus.library.extraction.outline import outline
from nexus.library.kinds.base import Source, title_from_name
from nexus.library.kinds.contract import Contract
from nexus.library.kinds.registry import KINDS, read_entry
from nexus.library.kinds.snippet import first_comment
from nexus.library.kinds.writing import is_readme
from nexus.library.preparing import prepare
from nexus.library.rendering.page import Place


def source(path, text="# Title\n\nWords of some length.\n", **front_matter):
    """A file as kinds see it."""
    return Source(Place("/c/x/y", path), text, text, front_matter=front_matter)


def test_every_kind_has_its_words():
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.plural != name


def test_a_kind_that_is_said_wins_over_every_sign_but_only_for_writing():
    said = read_entry(source("docs/a.md", kind="resource"))
    assert said is not None
    assert said.kind == "resource"
    unknown = read_entry(source("docs/a.md", kind="nonsense"))
    assert unknown is not None
    assert unknown.kind == "document"
    assert read_entry(source("a.py", "x = 1\n", kind="document")) is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_writing_stays_readable_whatever_it_says_of_itself(kind):
    reading = read_entry(source("docs/a.md", "# Not closed\n\n```\nx = 1\n", kind=kind))
    assert reading is not None
    assert reading.kind == ("document" if kind == "contract" else kind)
    assert [problem.code for problem in reading.problems] == ["fence-unclosed"]


def test_code_outside_a_snippet_folder_is_no_entry():
    assert read_entry(source("src/app.py", "x = 1\n")) is None


def test_a_snippet_folder_may_lie_deep_and_be_called_otherwise():
    for path in ("notes/snippets/a.py", "code_snippets/b.sql", "Snippets/c.ts"):
        reading = read_entry(source(path, "x = 1\n"))
        assert reading is not None
        assert reading.kind == "snippet"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("# Try again.\nx = 1\n", "Try again."),
        ("#!/usr/bin/env bash\n# Back up a hub.\n", "Back up a hub."),
        ('"""Count things."""\n', "Count things."),
        ("// Count things\n", "Count things"),
        ("/* Count things */\n", "Count things"),
        ("-- Newest first\nSELECT 1;\n", "Newest first"),
        ("x = 1\n", ""),
        ("# ----\n", ""),
        ("", ""),
    ],
)
def test_the_first_comment_of_a_snippet_is_its_summary(code, words):
    assert first_comment(code) == words


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("docs/two-words.md", "Two words"),
        ("snake_case.py", "Snake case"),
        ("shop/README.md", "Shop"),
        ("README.md", "README"),
        (".md", ".md"),
    ],
)
def test_a_title_can_be_made_of_a_name(path, title):
    assert title_from_name(path) == title


def test_readmes_are_known_whatever_their_case_and_ending():
    assert all(map(is_readme, ["README.md", "readme", "Readme.rst", "README.txt"]))
    assert not is_readme("readme-first.md")


def test_the_natural_language_is_said_or_told_by_the_words():
    french = "Les files d'attente permettent de traiter les travaux plus tard, sans bloquer. " * 5
    told = prepare(french.encode(), blob="a", place=Place("/c/x/y", "a.md"))
    said = prepare(b"---\nlang: de-CH\n---\n# A\n", blob="a", place=Place("/c/x/y", "a.md"))
    assert told.reading is not None
    assert told.reading.language == "fr"
    assert said.reading is not None
    assert said.reading.language == "de"


def test_a_file_that_is_no_text_is_no_entry():
    prepared = prepare(b"\0\1\2", blob="a", place=Place("/c/x/y", "a.md"))
    assert prepared.is_binary
    assert prepared.reading is None


def test_every_problem_has_words_and_an_unknown_one_has_general_words():
    for advice in ADVICE.values():
        assert advice.title
        assert advice.remedy
    assert advice_on("of-an-older-indexer").remedy


@pytest.mark.parametrize(
    ("headings", "name"),
    [
        ("# ALX Project Nexus\n\n# Job Board", "Job Board"),
        ("# ALX Project Nexus - Job Board", "ALX Project Nexus - Job Board"),
        ("# ALX Project Nexus\n\n## Endpoints", "ALX Project Nexus"),
        ("## Movies\n\n## Endpoints", "Movies"),
        ("", "README"),
    ],
)
def test_the_outline_of_a_contract_is_named_after_a_heading_that_says_something(headings, name):
    rows = "".join(f"| GET | /api/{each}/ | All {each} |\n" for each in ("jobs", "skills", "towns"))
    readme = source("README.md", f"{headings}\n\n| Method | Endpoint | What |\n|--|--|--|\n{rows}")
    (part,) = Contract().parts(readme, outline(readme.body))
    assert part.reading.title == f"Endpoints of {name}"

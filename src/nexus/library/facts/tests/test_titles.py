"""Promises of finding what a project is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.facts.fact import FactName
from nexus.library.facts.tests.made import facts, page, values
from nexus.library.facts.titles import MAX_TITLE, is_generic, telling_part, title_fact


def _title(text, **front_matter):
    fact = title_fact(page(text, **front_matter))
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Pollify", "Pollify"),
        ("🗳️ Pollify - Real-time Polling", "Pollify - Real-time Polling"),
        ("alx-project-nexus - E-Commerce Backend", "E-Commerce Backend"),
        ("ALX Project Nexus — Scalable Shop API", "Scalable Shop API"),
        ("ALX Project Nexus: Job Board", "Job Board"),
        ("ALX Project Nexus (Movie Finder)", "Movie Finder"),
        ("ByteMarket Store - Full Stack Project", "ByteMarket Store"),
        ("Nexus — Movie Recommendation App", "Movie Recommendation App"),
        ("PRD: Film Discovery", "Film Discovery"),
        ("Opportunities for Youth (OFY Platform)", "Opportunities for Youth (OFY Platform)"),
        ("**Consensus**", "Consensus"),
        ("Le projet Boutique", "Le projet Boutique"),
        ("C++ Chess", "C++ Chess"),
        ("地図アプリ", "地図アプリ"),
        ("ALX Project Nexus", ""),
        ("alx-project-nexus", ""),
        ("🚀 Project Nexus Documentation", ""),
        ("ALX Project Nexus: Final Project Document", ""),
        ("ProDev Backend Engineering", ""),
        ("ALX Project Nexus 🚀", ""),
        ("Table of Contents", ""),
        ("🛠 Tech Stack", ""),
        ("Features", ""),
        ("1. Getting Started", ""),
        ("Prérequis", ""),
        ("", ""),
        ("In this file I will tell you how it came that I wrote all of this in a day", ""),
    ],
)
def test_a_heading_is_a_title_as_far_as_it_tells_something(heading, title):
    assert telling_part(heading) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Hexa Shop\n\nText", "Hexa Shop"),
        ("Hexa Shop\n=========\n\nText", "Hexa Shop"),
        ("<div align='center'>\n  <h1>🛒 Hexa Shop</h1>\n</div>\n\nText", "Hexa Shop"),
        ("**Hexa Shop**\n\nText", "Hexa Shop"),
        ("## Hexa Shop\n\nText", "Hexa Shop"),
        ("Hexa Shop\n\nA shop for hexagons.", "Hexa Shop"),
        ("# alx-project-nexus\n\n## Overview\n\n# Hexa Shop\n", "Hexa Shop"),
        ("# Project Nexus\n\n**Hexa Shop**\n\nText", "Hexa Shop"),
        ("# ALX\n\n## Overview\n\n## Featured Project: Hexa Shop\n", "Hexa Shop"),
        ("# ALX\n\n## 🎬 Project Overview: Hexa Shop\n", "Hexa Shop"),
        ("Hexa Shop\n\nText.\n\n## Setup\n\n## More\n\n# Python\n", "Hexa Shop"),
        (
            "🛒 Hexa Shop\nA shop for hexagons.\n\nRun\nbash\n\nThis\n\nThen\n\n# Fetch it\n",
            "Hexa Shop",
        ),
        ("Text of one line\n\n# Hexa Shop\n", "Hexa Shop"),
        ("# Project Nexus\n\nText.\n\n## Redis and me\n", None),
        ("# Project Nexus\n\n**A modern backend for shops that sell hexagons.**\n", None),
        ("Just a sentence that is prose.\n", None),
        ("", None),
    ],
)
def test_the_first_telling_heading_is_the_title(text, title):
    assert _title(text) == title


def test_the_address_of_a_repository_and_a_sentence_are_no_title() -> None:
    text = "## GitHub URL:\n\nhttps://github.com/ada/hexa\n\n## Goals\n\nHexaShop is a shop app.\n"
    assert values(facts({"README.md": text}), FactName.TITLE) == ["HexaShop"]
    text = "### This is the repository for my project.\n\n#### Hexa sells hexagons\n"
    assert values(facts({"README.md": text}), FactName.TITLE) == ["Hexa sells hexagons"]


def test_a_title_that_was_pasted_above_a_heading_may_be_long() -> None:
    title = "Hexa – a shop for hexagons of every size, shape and colour"
    assert _title(f"🎲 {title}, also by post\n📌 1. Goals\nIt sells hexagons.\n") == (
        f"{title}, also by post"
    )


def test_the_author_may_say_the_title():
    fact = title_fact(page("# Other", title=" Hexa  Shop "))
    assert fact is not None
    assert (fact.value, fact.is_guess) == ("Hexa Shop", False)


def test_a_title_out_of_prose_is_a_guess_with_its_line():
    fact = title_fact(page("# Nexus\n\n## Overview\n\n# Hexa Shop\n"))
    assert fact is not None
    assert (fact.line, fact.is_guess, fact.source) == (5, True, "README.md")


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({"README.md": "# Nexus\n\nThis is a poll app for schools."}, "Poll app for schools"),
        ({"README.md": "# Nexus", "package.json": '{"name": "@ada/hexa-shop"}'}, "Hexa shop"),
        ({"README.md": "# ALX Nexus", "package.json": '{"name": "my-app"}'}, "ALX Nexus"),
        ({"package.json": '{"name": "hexa-shop"}'}, "Hexa shop"),
        ({"README.md": "", "app.py": ""}, None),
        ({"README.md": "## Table of Contents\n\n## ALX Nexus\n"}, "ALX Nexus"),
    ],
)
def test_without_a_telling_heading_something_else_names_the_project(files, title):
    assert values(facts(files), FactName.TITLE) == ([title] if title else [])


def test_no_address_is_in_a_title():
    assert _title("# Notes of ada@example.org\n") == "Notes of"


@pytest.mark.parametrize("title", ["ALX Nexus 2", "Back-end", "The Project", "", "Our Features"])
def test_generic_titles_are_known(title):
    assert is_generic(title)


def test_a_long_title_is_cut_between_words():
    value = _title(f"# {'hexagons ' * 13}{'x' * 30}\n")
    assert value == " ".join(["hexagons"] * 13)
    assert _title("# " + "x" * 300) == "x" * MAX_TITLE


@given(st.text())
def test_any_heading_gives_a_short_title_or_none(text: str) -> None:
    assert len(telling_part(text)) <= MAX_TITLE

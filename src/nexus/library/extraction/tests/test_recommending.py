"""Promises of finding where links are recommended: by headings and names, in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.outline import Block, BlockKind
from nexus.library.extraction.recommending import (
    file_recommends,
    heading_recommends,
    headings_recommend,
)


@pytest.mark.parametrize(
    "heading",
    [
        "Resources", "📚 Resources", "RESOURCES:", "7. References & Further Reading",
        "Useful Links",
        "Links", "Learn More", "Want to learn more?", "Learning", "Tutorials", "Python tutorials",
        "Books", "Django resources", "Resources for learning Django", "Resources Used",
        "Articles & blog posts", "Official Django documentation", "Documentation Links", "See also",
        "References (optional)", "Further resources", "Deployment resources", "Reading list",
        "Ressources", "Ressources utiles", "Liens utiles", "Liens et ressources", "Références",
        "Références bibliographiques", "Bibliographie", "Pour aller plus loin", "En savoir plus",
        "Documentation officielle", "Tutoriels", "Voir aussi", "Livres sur Python",
    ],
)  # fmt: skip
def test_these_headings_recommend(heading: str) -> None:
    assert heading_recommends(heading) is True


@pytest.mark.parametrize(
    "heading",
    [
        "Contact", "Contact & Links", "Connect with me", "Author", "👥 Authors", "Auteurs",
        "Équipe",
        "License", "Licence", "Table of Contents", "Sommaire", "Index", "Quick Links",
        "🌐 Live Resources", "Live",
        "Table des matières", "Live Demo", "Sponsors", "Deployment", "Team resources",
    ],
)  # fmt: skip
def test_below_these_headings_links_are_something_else(heading: str) -> None:
    assert heading_recommends(heading) is False


@pytest.mark.parametrize(
    "heading",
    [
        "", "!!", "Installation", "API Reference", "API References", "Scripts Reference",
        "API Resources", "Resource usage", "Human resources", "Managing resources", "Documentation",
        "Major Learnings", "Continuous learning", "What I learned", "Linked lists", "Bookmarks",
        "A heading of so many words that it is a sentence which ends in resources",
        "words " * 2_000 + "resources",
    ],
)  # fmt: skip
def test_these_headings_say_nothing_of_links(heading: str) -> None:
    assert heading_recommends(heading) is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("resources/README.md", True),
        ("docs/Resources/python.md", True),
        ("ressources/liens.md", True),
        ("resources.md", True),
        ("docs/useful-links.md", True),
        ("BIBLIOGRAPHY.md", True),
        ("docs/further_reading.rst", True),
        ("security.md", None),
        ("docs/deployment.md", None),
        ("index.md", None),
        ("README.md", None),
        ("src/main/resources/README.md", None),
        ("docs/api-reference.md", None),
        ("CHANGELOG.md", False),
        ("CODE_OF_CONDUCT.md", False),
        ("resources/LICENSE.md", False),
        ("", None),
    ],
)
def test_folders_and_names_say_it_too(path: str, said: bool | None) -> None:
    assert file_recommends(path) is said


def _headings(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.HEADING, 1, text) for text in texts)


def test_the_innermost_heading_that_says_anything_decides() -> None:
    assert headings_recommend(_headings("Notes", "Resources", "Docker")) is True
    assert headings_recommend(_headings("Resources", "Contact", "Me")) is False
    assert headings_recommend(_headings("Contact", "Resources")) is True
    assert headings_recommend(_headings("Notes", "Docker")) is None
    assert headings_recommend(()) is None


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_has_a_verdict(heading: str, path: str) -> None:
    assert heading_recommends(heading) in (True, False, None)
    assert file_recommends(path) in (True, False, None)

"""Promises of finding what a text recommends: these links, so named, in true lines, no noise."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus.library.extraction.decoding import decode
from nexus.library.extraction.link_words import MAX_WORDS
from nexus.library.extraction.outline import outline
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.passages import MAX_CONTEXT, MAX_LINKS
from nexus.library.extraction.resources import (
    MAX_RESOURCES,
    MAX_SECTION,
    FoundResource,
    find_resources,
)
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.extraction.tests.splices import spliced
from nexus.library.extraction.web_addresses import normal_address

_PIECES = (
    "# Resources\n", "## Contact\n", "Useful links:\n", "- ", "| a | b |\n|---|---|\n", "| ",
    " |\n",
    "[Django](https://djangoproject.com)", "[", "]", "](", ")", "![", "https://", "http://a.org/b",
    "<https://c.org>", "<a href='https://d.org'>d</a>", "[e][f]", "\n[f]: https://f.org\n", "`",
    "<!--", "-->", "**", ". ", ": ", " – ", "\n", "\n\n", "é", "https://é.org", "📚", "&amp;",
    "\\_",
    "www.", "docs", "here", "\u2028", "\0", "```\n", "> ",
)  # fmt: skip
_MARKDOWN = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=60).map("".join)


def _found(text: str, *, path: str = "README.md", own: str = "") -> tuple[FoundResource, ...]:
    return find_resources(outline(text), path=path, own=OwnAddresses.of(own))


def _below(text: str, heading: str = "## Resources") -> tuple[FoundResource, ...]:
    return _found(f"{heading}\n\n{text}")


def _only(text: str) -> FoundResource:
    (resource,) = _below(text)
    return resource


def test_a_recommendation_says_what_it_is_and_where_it_stands() -> None:
    text = (
        "# Notes\n\n## 📚 Resources\n\n- [Redis *docs*](http://www.Redis.io/docs/) - **caching**\n"
    )
    assert _found(text) == (
        FoundResource(
            address="http://www.Redis.io/docs/",
            key="https://redis.io/docs",
            text="Redis docs",
            context="Redis docs - caching",
            section="📚 Resources",
            line=5,
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "- [Django](https://djangoproject.com)",
        "1. https://djangoproject.com",
        "Read [Django](https://djangoproject.com) first.",
        "See <https://djangoproject.com>.",
        "<a href='https://djangoproject.com'>Django</a>",
        "| what | where |\n|---|---|\n| Django | https://djangoproject.com |",
        "### [Django](https://djangoproject.com)",
        "- [Django][site]\n\n[site]: <https://djangoproject.com> 'Django'",
        "- [Django] is where to begin\n\n[django]: https://djangoproject.com",
        "- [Django\n  itself](https://djangoproject.com)",
    ],
)
def test_links_are_found_in_every_way_of_writing_them(text: str) -> None:
    assert [resource.key for resource in _below(text)] == ["https://djangoproject.com"]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n## Setup\n\n- install [Docker](https://docker.com)\n",
        "Built with [Django](https://djangoproject.com).\n\n- https://python.org",
        "## Resources\n\n- [the notes](docs/notes.md)\n- [above](#setup)\n- mail ada@a.org",
        "## Resources\n\n![a diagram](https://python.org/diagram)\n",
        "## Resources\n\n[![build](https://python.org/x.svg)](https://python.org/ci)\n",
        "## Resources\n\n<a href='https://python.org/get'><img src='get.svg'></a>\n",
        "## Resources\n\n- http://localhost:8000/docs\n- http://10.0.0.1\n- ftp://a.org/b",
        "## Resources\n\n- call `curl https://api.python.org/x` with a key",
        "## Resources\n\n```\nhttps://python.org\n```\n\n> https://python.org",
        "## Resources\n\nhere <!-- [old](https://python.org) --> nothing",
        "## Resources\n\n### Contact\n\n- [my site](https://ada.dev)\n",
        "## Resources\n\nContact:\n\n- [my site](https://ada.dev)\n",
        "## Resources\n\n- [me](https://linkedin.com/in/ada)\n- [Ada](https://github.com/ada)",
        "## Learn More\n\n- [Next.js Documentation](https://nextjs.org/docs) - learn about Next.js"
        " features and API.",
        "## Links\n\n- [Live Demo](https://nexus.dev)\n- ERD: https://dbdiagram.io/d/1",
        "## Resources\n\n[unused]: https://python.org",
        "| what | where |\n|---|---|\n| Django | https://djangoproject.com |",
        "",
    ],
)
def test_everything_else_is_no_recommendation(text: str) -> None:
    assert _found(text) == ()


def test_what_is_its_own_is_not_recommended() -> None:
    text = "- https://github.com/ada/nexus/wiki\n- https://github.com/bob/nexus"
    (resource,) = _found(f"# Links\n{text}", own="git@github.com:Ada/nexus.git")
    assert resource.key == "https://github.com/bob/nexus"


@pytest.mark.parametrize("path", ["resources/python.md", "docs/useful-links.md", "links.md"])
def test_a_file_of_resources_recommends_all_that_it_links_to(path: str) -> None:
    text = "# Python\n\nBegin with [this](https://python.org).\n\n## Contact\n\nhttps://ada.dev\n"
    assert [resource.key for resource in _found(text, path=path)] == ["https://python.org"]


def test_a_file_about_the_project_itself_recommends_nothing() -> None:
    assert _found("## References\n\n- https://python.org", path="CHANGELOG.md") == ()


def _list(count: int) -> str:
    return "".join(f"- [Book {n}](https://books.org/{n}) - by somebody\n" for n in range(count))


def test_a_page_that_is_mostly_links_is_a_collection() -> None:
    found = _found(f"# Free books\n\nTake one.\n\n- [Index](#index)\n\n{_list(12)}")
    assert [resource.text for resource in found] == [f"Book {n}" for n in range(12)]


def test_a_table_of_links_is_a_collection_too() -> None:
    rows = "".join(f"| [Book {n}](https://books.org/{n}) | good |\n" for n in range(12))
    assert len(_found(f"# Free books\n\n| book | is |\n|---|---|\n{rows}")) == 12


@pytest.mark.parametrize(
    "text",
    [
        _list(9),
        _list(12) + "- a plain item\n" * 9,
        _list(12) + "\nA paragraph.\n" * 7,
    ],
)
def test_a_page_with_some_links_is_none(text: str) -> None:
    assert _found(f"# Notes\n\n{text}") == ()


def test_a_line_that_introduces_a_list_counts_as_a_heading() -> None:
    text = "Useful links:\n\n- https://python.org\n\nThe team:\n\n- https://ada.dev\n"
    assert [resource.key for resource in _found(text)] == ["https://python.org"]


def test_each_address_is_found_once_under_whatever_spelling() -> None:
    text = "- [A](https://python.org)\n- [B](http://www.python.org/?utm_source=x)\n"
    assert [resource.text for resource in _below(text)] == ["A"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- Figma Learn: [help.figma.com](https://help.figma.com)", "Figma Learn"),
        ("- **Figma Learn** – https://help.figma.com", "Figma Learn"),
        ("- 🎨 Figma: [click here](https://help.figma.com)", "Figma"),
        ("- Django: [docs](https://docs.djangoproject.com)", "Django (docs)"),
        ("- [its documentation](https://docs.djangoproject.com)", "its documentation"),
        ("- [▶ Sorting](https://sorting.org/video)", "Sorting"),
        ("- [Next.js](https://nextjs.org/docs)", "Next.js"),
        ("- Realtime: [Socket.io](https://socket.io)", "Socket.io"),
        ("- [lucide.dev](https://lucide.dev/icons)", "lucide.dev"),
        ("- https://www.python.org/about/", "python.org/about"),
        ("- [Wikipedia](https://en.wikipedia.org/wiki/Bubble_sort)", "Bubble sort (Wikipedia)"),
        ("- https://en.wikipedia.org/wiki/C%2B%2B", "C++"),
        ("It is [here](https://python.org/x).", "python.org/x"),
        ("| a | b |\n|-|-|\n| Redis | fast – https://redis.io/docs |", "Redis"),
        ("- [a `cache` for _all_](https://python.org/x)", "a cache for all"),
        ("### Docker\n\n- [Video](https://docker.com/v)", "Docker (Video)"),
        ("- " + "a long lead " * 20 + "https://python.org/x", "python.org/x"),
    ],
)
def test_a_link_is_named_by_its_words_or_by_those_before_it(text: str, name: str) -> None:
    assert _only(text).text == name


def test_further_forms_of_a_thing_have_its_name() -> None:
    text = (
        "- [Django talk](https://a.org/t) by Ada ([slides](https://a.org/s))\n"
        "- Docker: [docs](https://b.org/d), [video](https://b.org/v); Git: [book](https://b.org/g)"
    )
    names = [resource.text for resource in _below(text)]
    assert names[:2] == ["Django talk", "Django talk (slides)"]
    assert names[2:4] == ["Docker (docs)", "Docker (video)"]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("- [A](https://a.org/x): one. Two `b`.", "A: one. Two b."),
        ("- [A](https://a.org/x) one\n  two", "A one two"),
        ("First. Read [A](https://a.org/x) now. Last.", "Read A now."),
        ("See <https://a.org/x>", "See https://a.org/x"),
        ("| a | b |\n|-|-|\n| **A** | https://a.org/x | good |", "A – https://a.org/x – good"),
        ("- [A](https://a.org/x) ![p](https://a.org/p) b", "A b"),
    ],
)
def test_the_context_is_the_item_the_row_or_the_sentence(text: str, context: str) -> None:
    assert _only(text).context == context


def test_a_long_context_is_cut_around_the_link() -> None:
    text = f"- {'before ' * 200}[A](https://a.org/x) {'after ' * 200}"
    context = _only(text).context
    assert "before A after" in context
    assert len(context) <= MAX_CONTEXT
    assert context.endswith("…")


def test_addresses_lose_the_escapes_of_markdown_and_html() -> None:
    resource = _only(r"- [A](https://a.org/b\_c?d=1&amp;e=2)")
    assert resource.address == "https://a.org/b_c?d=1&e=2"


def test_lines_are_those_of_the_file() -> None:
    text = (
        "# Links\n\n- https://a.org/1\n  and\n  https://a.org/2\n\n"
        "| x |\n|---|\n| https://a.org/3 |"
    )
    found = find_resources(outline(text, first_line=11), path="a.md", own=OwnAddresses())
    assert [(resource.address[-1], resource.line) for resource in found] == [
        ("1", 13),
        ("2", 15),
        ("3", 19),
    ]


def _check(found: tuple[FoundResource, ...], text: str) -> None:
    keys = [resource.key for resource in found]
    assert len(set(keys)) == len(keys) <= MAX_RESOURCES
    for resource in found:
        assert normal_address(resource.address) == resource.key == normal_address(resource.key)
        assert 0 < len(resource.text) <= MAX_WORDS
        assert len(resource.context) <= MAX_CONTEXT
        assert len(resource.section) <= MAX_SECTION
        assert 1 <= resource.line <= text.count("\n") + text.count("\r") + 1


@given(text=_MARKDOWN, path=st.sampled_from(("README.md", "resources/a.md", "links.md")))
@example("# Links\n[a]: https://a.org\n[b][a] [a] [a]", "README.md")
@example("# Links\n- <!-- a\nhttps://b.org", "README.md")
def test_any_text_is_read_without_surprise(text: str, path: str) -> None:
    _check(_found(text, path=path), text)


@given(seed=st.integers(0, 2**32))
def test_the_examples_cut_and_spliced_are_read_without_surprise(examples: Path, seed: int) -> None:
    text = spliced(examples, seed=seed)
    _check(_found(text, path="resources/spliced.md"), text)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("EbookFoundation+free-programming-books", 3_700, 3_900),
        ("trekhleb+javascript-algorithms", 20, 25),
        ("LewisMagangi+alx-project-nexus", 3, 3),
        ("ShemaM+alx-project-nexus", 5, 5),
        ("baydre+alx-project-nexus", 0, 0),
        ("readmeio+oas-examples", 0, 0),
        ("OAI+learn.openapis.org", 0, 0),
    ],
)
def test_the_examples_yield_what_they_recommend(
    examples: Path, name: str, least: int, most: int
) -> None:
    count = 0
    for file in sorted((examples / name).rglob("*.md")):
        path = file.relative_to(examples / name).as_posix()
        text = decode(file.read_bytes(), path=path).text
        found = _found(text, path=path)
        lines = text.split("\n")
        assert all(resource.address in lines[resource.line - 1] for resource in found)
        count += len(found)
    assert least <= count <= most


def test_there_are_bounds() -> None:
    assert len(_below(" ".join(f"https://a.org/{n}" for n in range(2 * MAX_LINKS)))) == MAX_LINKS
    wide = "".join(f"- https://a.org/{n} {'word ' * 20}\n" for n in range(MAX_RESOURCES + 500))
    assert len(_below(wide)) == MAX_RESOURCES
    dense = "".join(f"- https://a.org/{n}\n" for n in range(2_000))
    assert 500 < len(_below(dense)) < 1_000
    foreign = "".join(f"- https://é{n}.org/{'x' * 60}\n" for n in range(300))
    assert 0 < len(_below(foreign)) <= 100


@pytest.mark.parametrize(
    "piece",
    [
        "- https://a{n}.org\n", "- [b](https://a.org/{n}) ", "| b | https://a.org/{n} |\n",
        "[a][b{n}]",
        "[b{n}]: https://a.org/{n}\n", "[b{n}] ", "## https://a.org/{n}\n", "`https://", "<!--",
        "- [",
        "![a](", "a. ", "https://a.org/{n}. ", "<https://a.org/{n}", "- https://é{n}.org\n",
        "&amp;",
        "Links:\n\n- https://a.org/{n}\n\n", "** ", "<a href=https://a.org/{n}>",
    ],
)  # fmt: skip
def test_the_work_is_in_proportion_to_the_text(piece: str) -> None:
    def make(size: int) -> str:
        pieces = "".join(piece.replace("{n}", str(n)) for n in range(size // len(piece)))
        return f"# Links\n\n| a | b |\n|---|---|\n{pieces}"

    assert is_proportional(lambda text: _found(text, path="links.md"), make, size=8_000)

"""Promises of reading a line: its links, and its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.inline import InlineLink, links, plain
from nexus.library.extraction.tests.effort import is_proportional

_PIECES = (
    "[", "]", "(", ")", "](", "![", "<", ">", "<a ", "href=", '"', "http://a.org/x", "https://",
    "</a>", "`", "*", "**", "_", "~~", "\\", "word", " ", "\n", ".", "é", "<!--", "|",
)  # fmt: skip
_LINES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=60).map("".join)


def _targets(text: str) -> list[str]:
    return [link.target for link in links(text)]


def test_links_are_found_in_every_way_of_writing_them() -> None:
    text = (
        "[Django](https://a.org/d 'title') ![logo](logo.png) https://b.org/x?y=1. "
        '<https://c.org> <a class="b" href="https://d.org">Words</a> [rel](docs/a_(b).md)'
    )
    assert [(link.target, link.text, link.is_image) for link in links(text)] == [
        ("https://a.org/d", "Django", False),
        ("logo.png", "logo", True),
        ("https://b.org/x?y=1", "", False),
        ("https://c.org", "", False),
        ("https://d.org", "Words", False),
        ("docs/a_(b).md", "rel", False),
    ]


def test_an_address_that_is_its_own_text_is_one_link() -> None:
    assert list(links("[https://a.org](https://a.org)")) == [
        InlineLink("https://a.org", "https://a.org", 0, 30)
    ]


def test_a_picture_that_is_a_link_gives_both_addresses() -> None:
    assert _targets("[![CI](https://a.org/ci.svg)](https://a.org/runs)") == [
        "https://a.org/ci.svg",
        "https://a.org/runs",
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("(see http://a.org/x).", "http://a.org/x"),
        ("http://a.org/x_(y)", "http://a.org/x_(y)"),
        ("(http://a.org/x_(y))", "http://a.org/x_(y)"),
        ("[http://a.org/x]", "http://a.org/x"),
        ("http://a.org/[x]", "http://a.org/[x]"),
        ("**http://a.org/**", "http://a.org/"),
        ("http://a.org/x...", "http://a.org/x"),
    ],
)
def test_punctuation_around_an_address_is_no_part_of_it(text: str, target: str) -> None:
    assert _targets(text) == [target]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](http://a.org),http://b.org", ["http://a.org", "http://b.org"]),
        ("http://a.org/[b](http://b.org)", ["http://a.org/", "http://b.org"]),
        ("[http://a.org](http://b.org)http://c.org", ["http://b.org", "http://c.org"]),
        ("[a](b.md) http://c.org [d](e.md)", ["b.md", "http://c.org", "e.md"]),
    ],
)
def test_links_without_a_blank_between_them_are_two(text: str, targets: list[str]) -> None:
    assert _targets(text) == targets


@pytest.mark.parametrize("text", ["http://", "http://.", "[a]", "[a] (b)", "a://b", "<a name=x>"])
def test_what_only_resembles_a_link_is_none(text: str) -> None:
    assert _targets(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Bold** and *soft* and __loud__ and ~~gone~~", "Bold and soft and loud and gone"),
        ("snake_case stays, _this_ goes", "snake_case stays, this goes"),
        ("see [the `docs`](https://a.org) and ![picture](x.png)", "see the docs and"),
        ("[![CI](ci.svg)](https://a.org) passing", "passing"),
        ("one<br>two <b>three</b>", "one two three"),
        (r"a \* b \_ c", "a * b _ c"),
        ("`__init__.py` and `List<int>`", "__init__.py and List<int>"),
        ("  much \n space\t", "much space"),
        ("a < b", "a < b"),
        ("It looked harmless[^1], a[0] and [^y] not", "It looked harmless, a[0] and [^y] not"),
    ],
)
def test_words_are_what_a_reader_sees(text: str, words: str) -> None:
    assert plain(text) == words


@given(_LINES)
def test_links_stand_in_the_line_in_order_and_apart(text: str) -> None:
    reached = 0
    for link in links(text):
        assert reached <= link.start < link.end <= len(text)
        assert link.target in text[link.start : link.end]
        reached = link.end


@given(_LINES)
def test_words_are_one_line_without_space_around(text: str) -> None:
    words = plain(text)
    assert words == " ".join(words.split())


@given(st.text(st.characters(categories=["L", "N"]), max_size=50))
def test_words_without_marks_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "part",
    [
        "[", "[a](", "[a](b ", "![", "<a ", "<a href=", "href=", "http://a", ")", "]", "](", "`",
        "`` ", "*", "_", "\\", "<", "http://a.org/(", "[a](b(", "<!", "[a] ",
    ],
)  # fmt: skip
def test_a_long_line_takes_work_in_proportion(part: str) -> None:
    def line(count: int) -> str:
        return f"http://a<a {part * count}"

    assert is_proportional(lambda text: list(links(text)), line, size=2_000)
    assert is_proportional(plain, line, size=2_000)

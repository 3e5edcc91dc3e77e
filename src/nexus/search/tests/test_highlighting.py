"""Extracts show why a document was found, and never let its own markup through."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search.highlighting import Highlighter
from nexus.search.parsing import parse
from nexus.search.text import clean


def highlighter(words: str, **replacements: str) -> Highlighter:
    return Highlighter(
        parse(words).wanted,
        replacements={word: (other,) for word, other in replacements.items()},
        languages=("en", "fr"),
    )


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("cache ", "A cache, cached", "A <mark>cache</mark>, <mark>cached</mark>"),
        ("queries ", "one query", "one <mark>query</mark>"),
        ("happiness ", "be happy", "be <mark>happy</mark>"),
        ("ca", "a cat and a scat", "a <mark>cat</mark> and a scat"),
        ("cafe ", "Le Café", "Le <mark>Café</mark>"),
        ("élèves ", "l'eleve", "l&#x27;<mark>eleve</mark>"),
        ("select_related ", "select_related()", "<mark>select_related</mark>()"),
        ("selectRelated ", "select_related()", "<mark>select_related</mark>()"),
        ("get_user ", "getUserName", "<mark>getUserName</mark>"),
        ("c++", "C++ or C", "<mark>C++</mark> or C"),
        (".net", "on .NET", "on <mark>.NET</mark>"),
        ('"red fox"', "red, fox; red dog", "<mark>red, fox</mark>; red dog"),
        ('"red fo', "red foxes", "<mark>red fo</mark>xes"),
        ("数据库", "使用数据库索引", "使用<mark>数据库</mark>索引"),
        ('"数据库"', "使用数据库索引", "使用<mark>数据库</mark>索引"),
        ("पढ़ता ", "लड़का पढ़ता है", "लड़का <mark>पढ़ता</mark> है"),
        ("b ", "a < b & c", "a &lt; <mark>b</mark> &amp; c"),
        ("script ", '<script>"x"</script>', "&lt;<mark>script</mark>&gt;&quot;x&quot;"
         "&lt;/<mark>script</mark>&gt;"),
        ("", "nothing asked", "nothing asked"),
    ],
)  # fmt: skip
def test_matches_are_marked(words: str, text: str, marked: str) -> None:
    assert highlighter(words).title(clean(text)) == clean(marked)


def test_corrections_are_marked() -> None:
    assert highlighter("djngo ", djngo="django").title("In Django") == "In <mark>Django</mark>"


def test_an_extract_is_cut_from_where_the_most_is_said() -> None:
    text = "cache. " + "filler " * 100 + "the cache of queries is here. " + "filler " * 100
    extract = highlighter("cache queries ").extract(text)
    assert "<mark>cache</mark> of <mark>queries</mark>" in extract
    assert extract.startswith("… filler")
    assert extract.endswith("filler …")
    assert len(unescape(re.sub("</?mark>", "", extract))) <= 230


@given(before=st.integers(0, 600), after=st.integers(0, 600))
def test_what_was_found_stands_where_a_phone_shows_it(before: int, after: int) -> None:
    extract = highlighter("cache ").extract("filler " * before + "cache" + " filler" * after)
    assert 0 <= extract.index("<mark>") <= 80


def test_an_extract_of_a_book_comes_from_a_page_that_has_what_is_wanted() -> None:
    page = "filler " * 3_000
    marking = highlighter("cache queries ")
    assert "<mark>cache</mark>" in marking.extract(page * 5 + "the cache")
    book = f"cache {page}{page}cache of queries {page}"
    assert "<mark>cache</mark> of <mark>queries</mark>" in marking.extract(book)
    assert "<mark>" not in marking.extract(page * 3)


def test_a_short_text_is_shown_whole() -> None:
    assert highlighter("cache ").extract("A  cache\n\nhere") == "A <mark>cache</mark> here"


def test_without_a_match_the_summary_is_shown() -> None:
    marking = highlighter("cache ")
    assert marking.extract("Long body", otherwise="The summary") == "The summary"
    assert marking.extract("Long body") == "Long body"
    assert marking.extract("", otherwise="") == ""


def test_a_text_without_spaces_is_cut_too() -> None:
    extract = highlighter("needle ").extract("x" * 5_000 + " needle " + "y" * 5_000)
    assert "<mark>needle</mark>" in extract
    assert len(extract) < 260


def test_a_text_full_of_near_matches_does_not_take_long() -> None:
    marking = highlighter("aab aaab aaaab")
    assert marking.extract("aaa " * 50_000).startswith("aaa")


_PARTS = st.sampled_from(
    ["cache", "<b>", "</mark>", "<mark>", "&amp;", '"', "'", "数据库", "select_related", "é", "\n",
     "<script>", "--", "a", "İ", "ß", "🎉", "x" * 90, "-cache", "ca*"]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_PARTS, st.text(max_size=8)), max_size=60).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_whatever_the_text_only_marks_are_markup_and_nothing_is_made_up(
    words: str, text: str
) -> None:
    source = clean(text)
    marking = highlighter(words)
    for html in (marking.title(source), marking.extract(source)):
        bare = re.sub("</?mark>", "", html)
        assert not re.search("[<>\"']", bare)
        assert html.count("<mark>") == html.count("</mark>")
        shown = " ".join(unescape(bare).replace("…", " ").split())
        assert shown in " ".join(source.replace("…", " ").split())

"""The small parts that the pages are made of: markup, ids, words, prose."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.reference.markup import (
    NOTHING,
    Html,
    joined,
    listed,
    markup,
    quoted,
    unlinked,
    without_links,
)
from nexus.library.reference.naming import MAX_ID, Ids
from nexus.library.reference.openapi.model import Schema, SecurityScheme
from nexus.library.reference.plain_prose import is_plain, paragraphs
from nexus.library.reference.prose import CUT, MAX_PROSE, Prose
from nexus.library.reference.tests.made import PLACE, check_markup
from nexus.library.reference.wording import (
    counted,
    first_sentence,
    limit_words,
    sign_in_words,
    status_words,
)
from nexus.library.rendering.markdown import render_markdown

# --- Markup ---


@given(st.text())
def test_text_gets_into_markup_only_escaped(text: str) -> None:
    html = markup("<p>{}</p>", text)
    assert html.count("<") == 2 + (4 if 'class="email"' in html else 0) // 2 * html.count("<a ")
    assert unescape(markup('<p title="{}">', quoted(text))) == f'<p title="{text}">'


def test_attributes_are_quoted() -> None:
    assert quoted("\"<&'") == "&quot;&lt;&amp;&#x27;"


def test_markup_gets_into_markup_as_it_is() -> None:
    assert markup("<p>{}{}</p>", Html("<b>a</b>"), 5) == "<p><b>a</b>5</p>"


def test_addresses_are_marked_so_that_guests_do_not_see_them() -> None:
    link = '<a class="email" href="mailto:ada@a.example">ada@a.example</a>'
    assert markup("<p>{}</p>", "Ask <ada@a.example>") == f"<p>Ask &lt;{link}&gt;</p>"


def test_an_address_in_a_link_is_hidden() -> None:
    assert unlinked("ada@a.example & co") == "[e-mail hidden] &amp; co"
    inside = markup('<a href="#x">A</a> {}', "ada@a.example")
    assert without_links(inside) == 'A <span class="email-hidden">e-mail hidden</span>'
    assert without_links(Html("plain")) == "plain"


def test_joining() -> None:
    assert joined([Html("a"), NOTHING, Html("b")], ", ") == "a, b"
    assert listed(["a", "<"]) == "<code>a</code>, <code>&lt;</code>"


# --- Ids ---


@pytest.mark.parametrize(
    ("name", "given_id"),
    [
        ("getPet", "operation-getPet"),
        ("GET /pets/{id}", "operation-GET-pets-id"),
        ("../<script>", "operation-script"),
        ("犬", "operation"),
        ("", "operation"),
        ("x" * 200, "operation-" + "x" * MAX_ID),
    ],
)
def test_an_id_is_readable_and_safe(name: str, given_id: str) -> None:
    assert Ids().give("operation", name) == given_id


@given(st.lists(st.sampled_from(["a", "a-2", "A", "犬", "a 2", "a-3", ""]), max_size=30))
def test_no_id_is_given_twice(names: list[str]) -> None:
    ids = Ids()
    given_ids = [ids.give("tag", name) for name in names]
    assert len(set(given_ids)) == len(names)


# --- Words ---


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("200", "OK"),
        ("404", "Not Found"),
        ("418", "I'm a Teapot"),
        ("2XX", "Any success"),
        ("5xx", "Any error of the server"),
        ("default", "Any other answer"),
        ("799", ""),
        ("ok", ""),
    ],
)
def test_statuses_in_words(status: str, said: str) -> None:
    assert status_words(status) == said


def test_numbers_with_their_nouns() -> None:
    assert counted(1, "path") == "1 path"
    assert counted(1234, "path") == "1,234 paths"
    assert counted(2, "query", "queries") == "2 queries"


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"minLength": "1", "maxLength": "20"}, ["1 to 20 characters"]),
        ({"minLength": "8", "maxLength": "8"}, ["exactly 8 characters"]),
        ({"minLength": "0"}, []),
        ({"minItems": "1"}, ["at least 1 item"]),
        ({"maxItems": "1"}, ["at most 1 item"]),
        ({"maxItems": "5"}, ["at most 5 items"]),
        ({"minContains": "2"}, ["at least 2 matches"]),
        ({"minimum": "1", "maximum": "5"}, ["at least 1", "at most 5"]),
        ({"exclusiveMinimum": "1"}, ["more than 1"]),
        ({"minimum": "1", "exclusiveMinimum": "true"}, ["more than 1"]),
        ({"maximum": "1", "exclusiveMaximum": "true"}, ["less than 1"]),
        ({"exclusiveMinimum": "true"}, []),
        ({"multipleOf": "0.01"}, ["a multiple of 0.01"]),
        ({"uniqueItems": "true"}, ["no item twice"]),
        ({"conditions": ""}, ["with conditions (see the raw file)"]),
        ({"contentMediaType": "image/png"}, ["holding image/png"]),
    ],
)
def test_limits_in_words(limits: dict[str, str], said: list[str]) -> None:
    assert limit_words(Schema(limits=tuple(limits.items()))) == said


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        (SecurityScheme("a", "apiKey", place="cookie", key="sid"), "An API key in the cookie sid"),
        (
            SecurityScheme("a", "apiKey", place="query", key="k"),
            "An API key in the query parameter k",
        ),
        (
            SecurityScheme("a", "http", scheme="bearer", token_format="JWT"),
            "A bearer token (JWT) in the header Authorization",
        ),
        (
            SecurityScheme("a", "http", scheme="bearer"),
            "A bearer token in the header Authorization",
        ),
        (SecurityScheme("a", "http", scheme="digest"), "With HTTP Digest"),
        (SecurityScheme("a", "http", scheme="hoba"), "With HTTP hoba"),
        (SecurityScheme("a", "oauth2"), "OAuth 2"),
        (SecurityScheme("a", "mutualTLS"), "A certificate of the client (mutual TLS)"),
        (SecurityScheme("a", "other"), "other"),
    ],
)
def test_signing_in_in_words(scheme: SecurityScheme, said: str) -> None:
    assert sign_in_words(scheme) == said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("Version 1.5 is out! Now", "Version 1.5 is out!"),
        ("犬です。猫です。", "犬です。"),
        ("No end", "No end"),
        ("", ""),
        ("word " * 100, ("word " * 40).rstrip() + "…"),
    ],
)
def test_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


# --- Prose ---


def laid_out_as_markdown(text: str) -> str:
    return unescape(render_markdown(text, PLACE).html.replace("</p>\n", "</p>"))


@pytest.mark.parametrize(
    "text",
    [
        "A plain sentence, with 2 commas.",
        'Less than 5% (or so)? Say "yes": it\'s snake_case.',
        "Uses the 24 hour format `HH:mm`.\nOn two lines.\n\nAnd a second paragraph.",
        "`code` first, `a && b <c>` last",
        "Ünïcode – “quoted”…",
    ],
)
def test_plain_sentences_take_the_short_way_and_look_the_same(text: str) -> None:
    assert is_plain(text)
    assert unescape(paragraphs(text)) == laid_out_as_markdown(text)
    check_markup(paragraphs(text))


_CHARACTERS = st.text(st.sampled_from("aB1é _.,:;`'()-\n\"%/?*#>|~<&\\[]!$@=+w\t"), max_size=30)
_PIECES = ["a ", "b", "`x`", "`", "\n", "1. ", "2) ", "_", "www.a.b ", ": ", "- ", "--", "==", "."]
_SENTENCES = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)


@settings(max_examples=500)
@given(_CHARACTERS | _SENTENCES)
def test_whatever_takes_the_short_way_looks_the_same(text: str) -> None:
    text = text.strip()
    if is_plain(text):
        assert unescape(paragraphs(text)) == laid_out_as_markdown(text)


@pytest.mark.parametrize("text", ["1. one", "www.a.example", "*a*", "- a", "a\n=", "a::b:"])
def test_what_may_be_markdown_is_laid_out_as_such(text: str) -> None:
    html = Prose(PLACE).block(text)
    assert html.startswith('<div class="prose">')
    check_markup(html)


def test_headings_of_a_description_go_below_those_of_the_page() -> None:
    html = Prose(PLACE).block("# A\n\n### B\n\n###### C\n\n# A", below=3)
    assert [f"h{level}" in html for level in range(1, 7)] == [False, False, False, True, True, True]
    assert " id=" not in html
    check_markup(html)


def test_a_long_description_is_cut_with_a_word() -> None:
    html = Prose(PLACE).block("a *b* " * MAX_PROSE)
    assert CUT in html
    check_markup(html)


def test_nothing_gives_nothing() -> None:
    assert Prose(PLACE).block(" \n") == NOTHING


def test_words_without_markup() -> None:
    assert Prose(PLACE).words("An API for **pets**.\n\n- A &amp; B") == "An API for pets. A & B"

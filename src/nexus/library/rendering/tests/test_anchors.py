"""Headings have the anchors that GitHub gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering.anchors import Anchors, slug
from nexus.library.rendering.page import Heading
from nexus.library.rendering.tests.support import render, tree


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("alpha", "alpha"),
        ("bravoCharlieDelta", "bravocharliedelta"),
        ("__proto__", "__proto__"),
        ("heading with a - dash", "heading-with-a---dash"),
        ("heading with an _ underscore", "heading-with-an-_-underscore"),
        ("heading with a period.txt", "heading-with-a-periodtxt"),
        ("bind(exchange, routing [, bindCallback])", "bindexchange-routing--bindcallback"),
        ("apostrophe’s should be trimmed", "apostrophes-should-be-trimmed"),
        ("I ♥ unicode", "i--unicode"),
        ("en–dash", "endash"),
        ("😄 unicode emoji", "-unicode-emoji"),
        ("😄_😄 unicode emoji", "_-unicode-emoji"),
        (":ok_hand: Single", "ok_hand-single"),
        (":ok_hand::hatched_chick: Two", "ok_handhatched_chick-two"),
        ("Привет non-latin 你好", "привет-non-latin-你好"),
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
        ("مرحبا، العالم", "مرحبا-العالم"),
        ("⚙️ Setup", "\ufe0f-setup"),
        ("½ x² ① Ⅷ Ⓐ", "-x--ⅷ-ⓐ"),
        ("C++ & C#", "c--c"),
        ("ÉCOLE Ünïcode", "école-ünïcode"),
    ],
)
def test_the_rule_of_github_slugger(text: str, anchor: str) -> None:
    assert slug(text) == anchor


def test_an_anchor_that_is_taken_gets_a_number() -> None:
    anchors = Anchors()
    given_ones = [anchors.give(text) for text in ("echo", "echo", "echo 1", "echo-1", "echo")]
    assert given_ones == ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]
    others = [anchors.give(text) for text in ("foxtrot-1", "foxtrot", "foxtrot")]
    assert others == ["foxtrot-1", "foxtrot", "foxtrot-2"]


@given(st.lists(st.text()))
def test_no_two_headings_share_an_anchor(texts: list[str]) -> None:
    anchors = Anchors()
    given_ones = [anchors.give(text) for text in texts]
    assert len(set(given_ones)) == len(given_ones)
    assert all(" " not in anchor for anchor in given_ones)


def test_short_codes_keep_their_name_and_emoji_do_not() -> None:
    page = render("# :rocket: Start\n\n# 🚀 Start\n")
    assert page.headings == (
        Heading(1, "🚀 Start", "rocket-start"),
        Heading(1, "🚀 Start", "-start"),
    )


def test_a_heading_links_to_itself() -> None:
    assert render("## Use *it*").html.strip() == (
        '<h2 id="user-content-use-it" dir="auto">Use <em>it</em>'
        '<a class="anchor" href="#user-content-use-it" aria-label="Permalink: Use it"></a></h2>'
    )


def test_headings_written_in_html_count() -> None:
    page = render('<h1 align="center">\n  My   Project\n</h1>\n\n<div><h3>Deep</h3></div>')
    assert page.headings == (Heading(1, "My Project", "my---project"), Heading(3, "Deep", "deep"))


def test_an_id_that_the_author_gave_still_works() -> None:
    body = tree(render('<h2 id="own">Foo</h2>\n\n[x](#own)').html)
    (anchor,) = body.css("a.anchor")
    assert anchor.attributes["id"] == "user-content-own"
    assert body.css("p a")[0].attributes["href"] == "#user-content-own"


def test_a_heading_without_words_has_no_anchor() -> None:
    page = render("#\n\n# ![logo](logo.png)\n\n# !!!\n")
    assert [heading.text for heading in page.headings] == ["!!!"]
    assert "<h1 dir" in page.html
    assert page.html.count("<h1") == 2
    assert 'class="anchor"' not in page.html


def test_a_heading_inside_a_link_holds_no_other_link() -> None:
    body = tree(render("<a href=x><h2>Foo</h2></a>").html)
    assert body.css("a a") == []
    assert body.css_first("h2#user-content-foo") is not None


def test_a_heading_with_an_address_does_not_show_it() -> None:
    page = render("# Write to me@example.org")
    assert page.headings[0].text == "Write to"
    assert page.title == "Write to"

"""Whatever an author writes, a page stays safe: the promises that hold for any input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.discretion import email_spans, hide_emails
from nexus.library.rendering.pictures import withhold_images
from nexus.library.rendering.sanitising import sanitise
from nexus.library.rendering.tests.support import HOSTILE, assert_safe, render

_SOUP = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=20) | st.sampled_from(list("<>\"'`*_[]()!#|\\&")),
    max_size=14,
).map("".join)


@given(_SOUP)
@settings(max_examples=200)
def test_a_page_is_safe_and_whole(source: str) -> None:
    page = render(source)
    body = assert_safe(page.html)
    ids = {node.attributes["id"] for node in body.css("[id]")}
    for heading in page.headings:
        assert not heading.anchor or f"user-content-{heading.anchor}" in ids
    for text in (page.text, page.title, page.summary, *(h.text for h in page.headings)):
        assert email_spans(text) == []


@given(_SOUP)
@settings(max_examples=150)
def test_a_guest_sees_no_address(source: str) -> None:
    body = assert_safe(hide_emails(render(source).html))
    for node in body.traverse(include_text=True):
        if node.is_text_node:
            assert email_spans(node.text_content or "") == []
        for name, value in node.attributes.items():
            assert name in {"src", "srcset"} or email_spans(value or "") == []


@given(_SOUP)
@settings(max_examples=100)
def test_nothing_is_fetched_for_who_saves_data(source: str) -> None:
    body = assert_safe(withhold_images(render(source).html))
    assert body.css("img, source") == []
    assert body.css("a a") == []


@given(_SOUP)
@settings(max_examples=100)
def test_sanitising_twice_changes_nothing(source: str) -> None:
    once = sanitise(source)
    assert sanitise(once) == once


@pytest.mark.parametrize("text", HOSTILE)
def test_hiding_and_withholding_do_not_need_an_order(text: str) -> None:
    html = render(text).html
    assert_safe(withhold_images(hide_emails(html)))
    assert_safe(hide_emails(withhold_images(html)))


def test_styles_classes_and_handlers_are_dropped() -> None:
    html = render('<div style="position:fixed" class="site-header" onclick="x()">Hello</div>').html
    assert html.strip() == "<div>Hello</div>"


def test_what_is_dropped_is_told_with_its_line() -> None:
    page = render("fine\n\n<div onclick='go()'>x</div>\n\n<script>alert(1)</script>\n")
    told = [(problem.line, problem.code, problem.message) for problem in page.problems]
    assert (3, "markup-unsafe", "onclick= is not followed.") in told
    assert (5, "markup-unsafe", "<script> is not followed.") in told


def test_disallowed_html_is_shown_as_on_github() -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in render("a <script>alert(1)</script>").html


def test_markup_in_code_is_no_problem() -> None:
    assert render("```html\n<script>x</script>\n<p onclick=y>\n```\n").problems == ()

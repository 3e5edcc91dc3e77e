"""The bounds let everything through that people write, and stop what would cost too much."""

import pytest

from nexus.library.rendering.guards import (
    MAX_HTML,
    MAX_SOURCE,
    why_html_too_costly,
    why_too_costly,
    why_tree_too_costly,
)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "> " * 20 + "a quote in a quote",
        "- " * 20 + "a list in a list",
        "-" * 500,
        "=" * 500,
        "* * *\n" * 500,
        "1. 2. 3. " * 5,
        "|a" * 200 + "|\n" + "|-" * 200 + "|\n",
        "not a table " + "| " * 5_000,
        "a@b.co " * 400,
        ("see https://a.example and https://b.example\n") * 5_000,
        "$`x`$ " * 900,
        "x" * MAX_SOURCE,
    ],
)
def test_what_people_write_is_laid_out(source: str) -> None:
    assert why_too_costly(source) == ""


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x" * (MAX_SOURCE + 1), "document-too-large"),
        ("fine\n" + ">" * 61, "document-too-deep"),
        ("  > - 1. " * 25, "document-too-deep"),
        ("* " * 61, "document-too-deep"),
        ("a\n> |" + ":-: |" * 301, "document-too-complex"),
        ("www.a.example " * 501, "document-too-complex"),
        ("$`" * 1_001, "document-too-complex"),
    ],
)
def test_what_would_cost_too_much_is_not(source: str, code: str) -> None:
    assert why_too_costly(source) == code


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50 + "</div>" * 50,
        "<div></div>" * 5_000,
        "<p>never closed" * 5_000,
        "<ul>" + "<li>never closed" * 5_000 + "</ul>",
        "<br>" * 5_000,
        "<img src='x'>" * 5_000,
        "<a name='x'>" * 5_000,
        "<b>bold</b>" * 5_000,
        "<font color=red>x</font>" * 100 + "<p>x</p>" * 1_000,
        "<DIV><P>x</P></DIV>" * 1_000,
    ],
)
def test_html_that_people_write_is_laid_out(html: str) -> None:
    assert why_html_too_costly(html, html) == ""


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<div>" * 61, "document-too-deep"),
        ("<section><div>" * 31, "document-too-deep"),
        ("<DETAILS>" * 61, "document-too-deep"),
        ("<b id=x>" * 600 + "<p>" * 600, "document-too-complex"),
        ("<b><i><s>" * 5 + "<p>" * 40_000, "document-too-complex"),
        ("x" * (MAX_HTML + 1), "document-too-complex"),
    ],
)
def test_html_that_would_multiply_is_not(html: str, code: str) -> None:
    assert why_html_too_costly(html, html) == code


def test_formatting_may_lie_in_each_other_as_deep_as_anybody_writes() -> None:
    html = "<b>" * 300 + "</b>" * 300
    assert why_tree_too_costly(html, html) == ""
    assert why_tree_too_costly(f"<i>{html}</i>", html) == "document-too-deep"
    assert why_tree_too_costly("<p><b>a</b><br></p>" * 5_000, html) == ""


def test_what_the_parser_itself_wrote_is_not_counted() -> None:
    assert why_html_too_costly("<blockquote>" * 100, "> " * 50) == ""

"""Addresses are found, marked in one shape, and hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.discretion import (
    email_spans,
    has_email,
    hide_emails,
    hide_emails_in_text,
    without_emails,
)
from nexus.library.rendering.tests.support import laid_out, render

MARKED = '<a class="email" href="mailto:me@example.org">me@example.org</a>'
HIDDEN = '<span class="email-hidden">e-mail hidden</span>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("me@example.org", ["me@example.org"]),
        ("<me.you+tag@mail.example.co.uk>.", ["me.you+tag@mail.example.co.uk"]),
        ("a@b.co,c@d.io", ["a@b.co", "c@d.io"]),
        ("mailto:x_1@example.org?subject=y", ["x_1@example.org"]),
        ("пример@почта.рф", ["пример@почта.рф"]),
        ("git@github.com:a/b.git", []),
        ("logo@2x.png and icon@3x.webp", []),
        ("react@18.2.0", []),
        ("@handle and x@localhost", []),
        ("a @ b.co", []),
        ("@decorator.method", []),
        ("x@.org", []),
        ("", []),
    ],
)
def test_what_an_address_is(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in email_spans(text)] == found


def test_encoded_addresses_are_addresses_too() -> None:
    assert has_email("https://x.example/?to=me%40example.org")
    assert not has_email("https://x.example/100%25%40")


@given(st.text(st.sampled_from("ab1.@-_+% \n:")))
def test_no_address_is_left_in_a_text(text: str) -> None:
    assert email_spans(hide_emails_in_text(text)) == []


@given(st.text(st.sampled_from("ab1.@-_+% \n:")))
def test_other_text_is_left_as_it_is(text: str) -> None:
    if not email_spans(text):
        assert hide_emails_in_text(text) == without_emails(text) == text


def test_hiding_in_text_says_so() -> None:
    assert hide_emails_in_text("To me@example.org.") == "To [e-mail hidden]."
    assert without_emails("To me@example.org.") == "To ."


@pytest.mark.parametrize(
    "source",
    [
        "me@example.org",
        "<me@example.org>",
        "[me@example.org](mailto:me@example.org)",
        "<span>me@example.org</span>",
        "me<!-- no -->@example.org",
    ],
)
def test_an_address_has_one_shape(source: str) -> None:
    assert MARKED in laid_out(source)


@pytest.mark.parametrize(
    "source",
    [
        "`me@example.org`",
        "```\nme@example.org\n```",
        '```py\n"""me@example.org"""\n```',
        "```mermaid\nA[me@example.org]\n```",
        "<pre>a <b>b</b> me@example.org</pre>",
        "$x$ and $me@example.org$",
        "| a |\n|-|\n| me@example.org |",
    ],
)
def test_it_has_that_shape_everywhere(source: str) -> None:
    html = render(source).html
    assert MARKED in html
    assert "example.org" not in hide_emails(html)
    assert HIDDEN in hide_emails(html)


@pytest.mark.parametrize(
    "source",
    [
        "[write](mailto:me@example.org?subject=Hello)",
        "[me@example.org](https://x.example)",
        "[x](https://x.example/?to=me@example.org)",
        "[x](https://x.example/?to=me%40example.org)",
        "[![mail](mail.svg)](mailto:me@example.org)",
        "[`me@example.org`](https://x.example)",
    ],
)
def test_links_that_tell_an_address_are_hidden_whole(source: str) -> None:
    assert hide_emails(render(source).html).strip() == f'<p dir="auto">{HIDDEN}</p>'


@pytest.mark.parametrize(
    "source",
    [
        '[x](y.md "me@example.org")',
        "![me@example.org](x.png)",
        '<span title="me@example.org">x</span>',
        "[![me@example.org](x.png)](y.md)",
        '<a id="me@example.org"></a>x',
        "<a href=x>a ![me@example.org](javascript:y)</a>",
    ],
)
def test_addresses_in_attributes_are_hidden_from_everybody(source: str) -> None:
    assert "me@example.org" not in render(source).html


def test_machines_and_pictures_are_not_linked() -> None:
    assert laid_out("clone git@github.com:a/b.git, see logo@2x.png") == (
        '<p dir="auto">clone git@github.com:a/b.git, see logo@2x.png</p>'
    )


def test_a_link_to_share_a_page_is_a_link() -> None:
    assert laid_out("[share](mailto:?subject=Read)") == (
        '<p dir="auto"><a href="mailto:?subject=Read">share</a></p>'
    )


def test_a_page_without_addresses_is_left_as_it_is() -> None:
    html = render("nothing @ here").html
    assert hide_emails(html) == html

"""An address is found however it is written, and told from what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.discretion import (
    email_spans,
    has_email,
    hide_emails_in_text,
    may_hold_sign,
    without_emails,
)
from nexus.library.discretion.tests.forms import told_by, written_somehow

_PIECES = (
    *"ab1.@-_+% \n:/\"'*`~[](<>\\&;#",
    *("%40", "%2540", "%2e", "%EF%BC%A0", "%C3%A9", "&#64;", "&amp;", "\\u0040"),
    *("＠", "。", "\u00ad", "\u200b", "é", "e\u0301"),
    *("<b>", "</b>", "://", "http", "git", "x.org", "@x.org", "a@b.co", "png", "[e-mail hidden]"),
)
SOUP = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


def found_in(text):
    """What of a text is taken for addresses."""
    return [text[start:end] for start, end in email_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("me@example.org", ["me@example.org"]),
        ("<me.you+tag@mail.example.co.uk>.", ["me.you+tag@mail.example.co.uk"]),
        ("a@b.co,c@d.io", ["a@b.co", "c@d.io"]),
        ("...me@example.org...", ["me@example.org"]),
        ("mailto:x_1@example.org?subject=y", ["x_1@example.org"]),
        ("пример@почта.рф", ["пример@почта.рф"]),
        ("me@163.com", ["me@163.com"]),
        ('"Me You"@example.org', ['"Me You"@example.org']),
        ("me@example.org.png", ["me@example.org"]),
        ("http://me@example.org/", ["me@example.org"]),
        ("mailto://me@example.org", ["me@example.org"]),
        ("me@x.example:80", ["me@x.example"]),
        ("a@b.co@c.io", ["a@b.co"]),
        ("a@b.co@", ["a@b.co"]),
        ('"Hi\\nme@example.org"', ["me@example.org"]),
        ("写信给me@例子。公司。谢谢", ["写信给me@例子。公司。谢谢"]),
        ("me@example.org。谢谢", ["me@example.org"]),
        ("📧me@example.org", ["me@example.org"]),
        ("@a @me@example.org", []),
        ("a@me@example.org", ["me@example.org"]),
        ("http://x.example me@example.org", ["me@example.org"]),
        ("1://a:b@example.org", ["b@example.org"]),
        ("a" * 5_000 + "@example.org", ["a" * 1_000 + "@example.org"]),
        ("a @ b.co", []),
        ("a@ b.co", []),
        ("x@.org", []),
        ("--@example.org", []),
        ("me&nbsp;@example.org", []),
        ("&unknown;@example.org", []),
        ("", []),
    ],
)
def test_what_an_address_is(text, found):
    assert found_in(text) == found


@given(written_somehow(), st.sampled_from([("", ""), ("To ", "."), ("(", ")"), ("<", ">")]))
@settings(max_examples=300)
def test_every_way_of_writing_one_is_found(form, around):
    text = form.written.join(around)

    assert has_email(text)
    assert told_by(text, [form])
    assert not told_by(hide_emails_in_text(text), [form])
    assert not told_by(without_emails(text), [form])


@given(SOUP)
@settings(max_examples=500)
def test_no_address_is_left_in_a_text(text):
    assert email_spans(hide_emails_in_text(text)) == []
    assert email_spans(without_emails(text)) == []


@given(SOUP)
def test_other_text_is_left_as_it_is(text):
    if not email_spans(text):
        assert hide_emails_in_text(text) == without_emails(text) == text


@given(SOUP)
def test_addresses_come_in_order_and_apart(text):
    places = [place for span in email_spans(text) for place in span]
    assert places == sorted(places)
    assert all(span.start < span.end for span in email_spans(text))
    assert may_hold_sign(text) or not places


#: Text that would be slow if anything were looked at more than a few times.
HOSTILE = {
    "addresses end to end": "a@a.a@a.",
    "whole addresses end to end": "a@a.aa@",
    "signs": "@",
    "escaped signs": "%40",
    "signs escaped again": "%252525252540",
    "character references": "&#64;",
    "references that never end": "&amp;",
    "program escapes": "\\u0061\\u0040",
    "tags": "a<b>@",
    "open tags": "@<a",
    "closing angles": ">a@",
    "points": "a.@",
    "emphasis": "*@**",
    "URLs": "://a:b@c.dd",
    "paths": "a@b.cc:aaaa",
    "quotation marks": '"@a.bb',
    "letters of other scripts": "é@é.éé ",
    "spaces": "a@b.cc ",
    "unseen": "\u200b@\u00ad",
}


@pytest.mark.usefixtures("no_cover")
@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_in_proportion_to_the_text(name, processor_seconds):
    piece = HOSTILE[name]
    short, long = (piece * (length // len(piece)) for length in (25_000, 200_000))

    needed = processor_seconds(lambda: hide_emails_in_text(short))
    assert processor_seconds(lambda: hide_emails_in_text(long)) < 8 * 4 * needed + 1


def test_long_runs_take_bounded_time(processor_seconds):
    many = 500_000
    for text in ("a" * many + "@", "@" + "a." * many, "@" + "<a" * many, "&#" + "0" * many):
        assert processor_seconds(lambda text=text: hide_emails_in_text(text)) < 10

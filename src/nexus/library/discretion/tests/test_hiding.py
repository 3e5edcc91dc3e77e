"""Addresses are taken out of texts and of pages."""

import pytest

from nexus.library.discretion import (
    email_link,
    hide_emails,
    hide_emails_in_text,
    mailto,
    without_emails,
)


def test_hiding_in_text_says_so():
    assert hide_emails_in_text("To me@example.org.") == "To [e-mail hidden]."
    assert without_emails("To me@example.org.") == "To ."


def test_tags_inside_an_address_stay_so_that_markup_stays_sound():
    text = '<p>me<b class="x">@example</b><!-- no -->.org</p>'
    assert hide_emails_in_text(text) == '<p>[e-mail hidden]<b class="x"></b><!-- no --></p>'


def test_a_link_shows_what_was_written_and_leads_to_the_plain_address():
    assert email_link("me@example.org") == (
        '<a class="email" href="mailto:me@example.org">me@example.org</a>'
    )
    assert email_link("m<b>e&#64;x.org") == (
        '<a class="email" href="mailto:me@x.org">m&lt;b&gt;e&amp;#64;x.org</a>'
    )


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("me%2540example%2Eorg", "mailto:me@example.org"),
        ("me\\u0040example.org", "mailto:me@example.org"),
        ("m\u00ade＠example.org", "mailto:me@example.org"),
        ("**me**@`example.org`", "mailto:me@example.org"),
        ("me+tag@example.org", "mailto:me+tag@example.org"),
        ("ü@exämple.org", "mailto:%C3%BC@ex%C3%A4mple.org"),
        ('"><b x="@example.org', "mailto:%22%3E%3Cb%20x%3D%22@example.org"),
    ],
)
def test_a_mail_program_gets_the_plain_address(written, target):
    assert mailto(written) == target


def test_of_an_address_in_pieces_guests_see_one_word():
    pieces = email_link("me@", "me@x.org") + "<b>" + email_link("x.org", "me@x.org", more=True)
    assert 'href="mailto:me@x.org">x.org</a>' in pieces
    assert hide_emails(pieces) == '<span class="email-hidden">e-mail hidden</span><b>'


def test_a_page_without_addresses_is_left_as_it_is():
    html = '<p class="emails">nothing @ here</p>'
    assert hide_emails(html) == html

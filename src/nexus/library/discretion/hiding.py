"""Taking addresses out: of text for everybody or for guests, of pages for guests.

Rendering marks every address of a page in one exact shape, a link that holds no other link::

    <a class="email" href="mailto:ada@example.org">ada@example.org</a>

so that serving a page to a guest is one substitution, ``hide_emails``. Any other link whose
target or words hold an address gets the same class with its own target. An address that is
written in several pieces, ``ada@<b>example.org</b>``, has one such link for each piece; those
after the first have the class ``email more`` and are left out for guests without a word.
"""

import re
from html import escape
from urllib.parse import quote

from nexus.library.discretion.finding import email_spans
from nexus.library.discretion.forms import TAG, written_out

HIDDEN = "e-mail hidden"
MARKED, MARKED_MORE = "email", "email more"

_MARKED = re.compile(r'<a class="email( more)?" href="[^"]*"[^>]*>.*?</a>', re.DOTALL)
_WORDS = f'<span class="email-hidden">{HIDDEN}</span>'
#: What two addresses leave between them can be read as a third; rarely, and never so often.
_MAX_ROUNDS = 10
_UNQUOTED_IN_MAILTO = "@!$'*+"


def without_emails(text: str) -> str:
    """``text`` with its addresses left out: for titles, summaries and the search index."""
    return replace_emails(text, "")


def hide_emails_in_text(text: str) -> str:
    """``text`` with its addresses replaced by words: for raw source, differences, attributes.

    Tags in the midst of an address stay, so that markup that was sound still is.
    """
    return replace_emails(text, f"[{HIDDEN}]")


def hide_emails(html: str) -> str:
    """A rendered page without its addresses, as a guest may see it."""
    if 'class="email' not in html:
        return html
    return _MARKED.sub(lambda link: "" if link[1] else _WORDS, html)


def email_link(shown: str, address: str = "", *, more: bool = False) -> str:
    """The one shape of an address in a page.

    ``shown`` is what of it stands here; ``address`` is all of it, if that is more. ``more`` is
    for the pieces after the first.
    """
    target = escape(mailto(address or shown))
    return f'<a class="{MARKED_MORE if more else MARKED}" href="{target}">{escape(shown)}</a>'


def mailto(written: str) -> str:
    """The target of a link to the address ``written`` somehow."""
    return "mailto:" + quote(written_out(written), safe=_UNQUOTED_IN_MAILTO)


def replace_emails(text: str, words: str) -> str:
    """``text`` with ``words`` in the place of each address."""
    for _ in range(_MAX_ROUNDS):
        spans = email_spans(text)
        if not spans:
            break
        pieces, at = [], 0
        for start, end in spans:
            pieces += [text[at:start], words, *TAG.findall(text, start, end)]
            at = end
        text = "".join([*pieces, text[at:]])
    return text

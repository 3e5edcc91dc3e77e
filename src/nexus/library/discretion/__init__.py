"""E-mail addresses are for the members of a cohort; guests do not see them.

What a guest may not see, where it is hidden and what is left alone is promised in
``hub/documentation/explanation/e-mail-addresses.md``. This room is the one place that knows what an
address looks like: rendering, titles, paths, search and pages ask it. ``forms`` reads the ways of
writing one, ``finding`` tells addresses from what only looks like them, ``hiding`` takes them out,
``paths`` names files whose own names hold one, ``readings`` goes through what is published.

What a secret looks like is known elsewhere (``extraction.secrets``); ``names`` and ``paths`` hide
both, since a name stands where nothing else is hidden. Each function takes time in proportion to
its text.
"""

from nexus.library.discretion.finding import Span, email_spans, has_email
from nexus.library.discretion.forms import may_hold_sign
from nexus.library.discretion.hiding import (
    HIDDEN,
    MARKED,
    MARKED_MORE,
    email_link,
    hide_emails,
    hide_emails_in_text,
    mailto,
    without_emails,
)
from nexus.library.discretion.names import hide_in_name, hide_secrets_in_name
from nexus.library.discretion.paths import around_addresses, discreet_path, undisguised

__all__ = [
    "HIDDEN",
    "MARKED",
    "MARKED_MORE",
    "Span",
    "around_addresses",
    "discreet_path",
    "email_link",
    "email_spans",
    "has_email",
    "hide_emails",
    "hide_emails_in_text",
    "hide_in_name",
    "hide_secrets_in_name",
    "mailto",
    "may_hold_sign",
    "undisguised",
    "without_emails",
]

"""The gallery: every page in every state, from made-up contexts.

It serves two ends: to look at the design (``python scripts/gallery.py``), and to hold it to its
promises (``test_gallery.py``: axe finds nothing, nothing is wider than a phone).
"""

from django.template.loader import render_to_string

from nexus.web.tests.gallery.pages import SITE, STATES


def render(name: str) -> str:
    """One state of a page, as HTML. Needs ``ROOT_URLCONF`` to be ``gallery.urls``."""
    template, context = STATES[name]()
    return render_to_string(template, SITE | context)

"""The gallery: every page in every state, from made-up contexts.

It serves two ends: to look at the design (``python scripts/gallery.py``), and to hold it to its
promises (``test_gallery.py``: axe finds nothing, nothing is wider than a phone).
"""

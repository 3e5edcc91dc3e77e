"""Everything that touches Git: parsing origins, fetching, reading, serving and exporting.

This package knows no table and no setting. It works on *stores*: bare repositories
that the hub made itself, one for each repository it holds. Whatever comes from an
origin is hostile; the limits of what it may use are a ``Limits`` value.
"""

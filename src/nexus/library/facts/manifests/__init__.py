"""What the manifests of package managers and tools say: one module for each.

Every reader takes the text of one file that somebody else wrote and gives a ``ManifestReading``;
what cannot be read gives an empty one. ``registry`` knows which file is whose.
"""

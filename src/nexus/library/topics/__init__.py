"""What entries are about: the technologies and concepts that the hub knows, and finding them.

``topics.toml`` says which there are, ``catalogue`` reads it once, ``matching`` finds them in text.
Pure: no database, no framework.
"""

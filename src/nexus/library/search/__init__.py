"""What of the library can be found: entries, the code files beside them, and resources."""

from nexus.library.search.entries import LibrarySource
from nexus.library.search.resources import ResourceSource

__all__ = ["LibrarySource", "ResourceSource"]

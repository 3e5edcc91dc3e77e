"""A document: a page of prose."""

from nexus.library.kinds.base import Reading, Source, WholeFiles
from nexus.library.kinds.writing import is_writing, read_writing


class Document(WholeFiles):
    """Something to read."""

    name = "document"
    plural = "documents"

    def claims(self, source: Source) -> bool:
        """Any prose that no closer kind claimed."""
        return is_writing(source)

    def read(self, source: Source) -> Reading:
        """The page laid out."""
        return read_writing(source, kind=self.name)

"""A resource: something elsewhere that is worth knowing, or a page that collects such things.

The next step reads single links with their text and context out of these pages.
"""

from nexus.library.kinds.base import RESOURCES, Reading, Source, WholeFiles
from nexus.library.kinds.writing import is_readme, is_writing, read_writing


class Resource(WholeFiles):
    """Something elsewhere that somebody recommends."""

    name = "resource"
    plural = "resources"

    def claims(self, source: Source) -> bool:
        """Prose in the resources folder, but for the page that introduces the folder."""
        return source.room == RESOURCES and is_writing(source) and not is_readme(source.name)

    def read(self, source: Source) -> Reading:
        """The page laid out."""
        return read_writing(source, kind=self.name)

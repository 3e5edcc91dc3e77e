"""A project: a whole repository by its README, or one described in the projects folder."""

from nexus.library.kinds.base import PROJECTS, Reading, Source, WholeFiles
from nexus.library.kinds.writing import is_readme, is_writing, read_writing


class Project(WholeFiles):
    """Something that somebody built."""

    name = "project"
    plural = "projects"

    def claims(self, source: Source) -> bool:
        """``projects/shop.md`` or ``projects/shop/README.md``; deeper files are documents."""
        if source.room != PROJECTS or not is_writing(source):
            return False
        depth = len(source.folders)
        return (depth == 1 and not is_readme(source.name)) or (
            depth == 2 and is_readme(source.name)
        )

    def read(self, source: Source) -> Reading:
        """The page that describes the project."""
        return read_writing(source, kind=self.name)

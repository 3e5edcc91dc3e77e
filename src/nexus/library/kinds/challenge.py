"""A challenge: a problem that somebody met, what they did about it, and what came of it."""

from nexus.library.kinds.base import Reading, Source, WholeFiles
from nexus.library.kinds.writing import is_readme, is_writing, read_writing

FOLDERS = frozenset({"challenges", "challenge", "defis", "défis"})


class Challenge(WholeFiles):
    """A problem, what was done about it, and the result."""

    name = "challenge"
    plural = "challenges"

    def claims(self, source: Source) -> bool:
        """Prose in a folder of challenges, but for the page that introduces the folder."""
        in_folder = FOLDERS.intersection(folder.lower() for folder in source.folders)
        return bool(in_folder) and is_writing(source) and not is_readme(source.name)

    def read(self, source: Source) -> Reading:
        """The page laid out."""
        return read_writing(source, kind=self.name)

"""What the list of a repository's files tells."""

from collections.abc import Iterable, Iterator

from nexus.library.problems import Problem

#: An owner who is told of so many files of one kind knows.
MAX_TOLD = 100


def secret_file_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """One problem for each committed file whose name says that it holds a secret."""
    for path in sorted(paths)[:MAX_TOLD]:
        name = path.rpartition("/")[2]
        yield Problem(path, 0, "secret-file", f"{name} is in the commit and in every clone.")

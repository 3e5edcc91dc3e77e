"""The addresses of what the library shows. They mirror the repository's own paths."""

from urllib.parse import quote

from nexus.library.rendering.page import Place


def repository_base(cohort: str, repository: str) -> str:
    """The address of a repository without its closing slash."""
    return f"/c/{cohort}/{repository}"


def entry_address(cohort: str, repository: str, path: str) -> str:
    """Where an entry, a file or a folder is shown."""
    return f"{repository_base(cohort, repository)}/{quote(path)}"


def place_of(cohort: str, repository: str, path: str) -> Place:
    """Where a file stands, for rewriting its links."""
    return Place(base=repository_base(cohort, repository), path=path)

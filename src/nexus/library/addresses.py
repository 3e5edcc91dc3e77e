"""The addresses of what the library shows. They mirror the repository's own paths."""

from urllib.parse import quote

from nexus.library.discretion import discreet_path
from nexus.library.rendering.page import Place


def repository_base(cohort: str, repository: str) -> str:
    """The address of a repository without its closing slash."""
    return f"/c/{cohort}/{repository}"


def resources_address(cohort: str) -> str:
    """The page of what a cohort recommends. Written out: search needs no table of addresses."""
    return f"/c/{cohort}/-/resources"


def entry_address(cohort: str, repository: str, path: str, part: str = "") -> str:
    """Where an entry, a part of one, a file or a folder is shown; ``real_paths`` leads back.

    An e-mail address in a name is replaced, for everybody (see ``discretion.paths``).
    """
    base = repository_base(cohort, repository)
    return f"{base}/{f'-/part/{part}/' if part else ''}{quote(discreet_path(path))}"


def place_of(cohort: str, repository: str, path: str) -> Place:
    """Where a file stands, for rewriting its links."""
    return Place(base=repository_base(cohort, repository), path=path)

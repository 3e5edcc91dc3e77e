"""Which Nexus runs: its version and, in a checkout, the commit that was there when it started."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pygit2
from pygit2.enums import RepositoryOpenFlag

import nexus

_PACKAGE = Path(nexus.__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Software:
    """What runs. ``revision`` is empty where the package was installed from a wheel."""

    version: str
    revision: str


@lru_cache(maxsize=1)
def software() -> Software:
    """What runs, read once: a checkout may move on under a process that goes on as it began."""
    return Software(version("nexus"), revision_of(_PACKAGE.parents[1]))


def revision_of(checkout: Path) -> str:
    """The commit that is checked out at ``checkout``; empty when it is no checkout of Nexus.

    Folders above are not looked at: an installed package may lie in somebody's repository.
    """
    if not (checkout / "pyproject.toml").is_file():
        return ""
    try:
        repository = pygit2.Repository(str(checkout), RepositoryOpenFlag.NO_SEARCH)
        return str(repository.head.target)
    except (pygit2.GitError, KeyError, OSError):  # no repository, no commit, or another's
        return ""

"""The files of a project without copies of other people's work and what tools made."""

import posixpath
from collections.abc import Iterable

from nexus.library.secret_files import is_secret
from nexus.library.triage import GENERATED, GENERATED_FILE, MARKER_OF_ENVIRONMENT, VENDORED

_NOT_OURS = VENDORED | GENERATED | {".git"}


def own_files(paths: Iterable[str]) -> list[str]:
    """The paths that are somebody's own work, in order; secrets are never among them."""
    listed = list(paths)
    environments = {
        posixpath.dirname(path) + "/"
        for path in listed
        if posixpath.basename(path) == MARKER_OF_ENVIRONMENT
    }
    return [path for path in listed if is_own(path) and not _is_in(path, environments)]


def is_own(path: str) -> bool:
    """Whether the folders above a file, and its name, say that it was written by hand."""
    *folders, name = path.split("/")
    return (
        _NOT_OURS.isdisjoint(folders)
        and not any(folder.endswith(".egg-info") for folder in folders)
        and not GENERATED_FILE.search(name)
        and not is_secret(path)
    )


def _is_in(path: str, folders: set[str]) -> bool:
    parts = path.split("/")
    return bool(folders) and any(
        "/".join(parts[:depth]) + "/" in folders for depth in range(1, len(parts))
    )

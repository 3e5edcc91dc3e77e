"""From the path in an address of the hub to the path in its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.library import selectors
from nexus.library.discretion import around_addresses, discreet_path, undisguised
from nexus.repositories.git.reading import Reader
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from nexus.repositories.models import Repository


def real_path(repository: Repository, path: str) -> str:
    """What is called ``path`` in addresses of the hub; the same for nearly everything.

    Names that hold an e-mail address are replaced there (see ``discretion.paths``). They are
    looked up in the commit shown, then among what the hub remembers; a path that nothing has
    comes back as it is.
    """
    if around_addresses(path) is None:
        return path
    return _in_commit(repository, path) or _remembered(repository, path) or path


def _in_commit(repository: Repository, path: str) -> str | None:
    if not repository.indexed:
        return None
    with Reader(store_of(repository.pk)) as reader:
        return undisguised(
            path,
            lambda folder: [
                file.path.rpartition("/")[2]
                for file in reader.list_folder(repository.indexed, folder)
            ],
        )


def _remembered(repository: Repository, path: str) -> str | None:
    before, after = around_addresses(path) or ("", "")
    known = selectors.remembered_paths(repository, before=before, after=after)
    return next((one for one in known if discreet_path(one) == path), None)

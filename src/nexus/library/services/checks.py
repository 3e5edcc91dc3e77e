"""Looking at a repository as a whole when a revision was indexed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from nexus.library.checking.whole import secret_file_problems
from nexus.library.problems import Problem
from nexus.library.services import publishing

if TYPE_CHECKING:
    from nexus.repositories.models import Repository


def check_revision(repository: Repository, *, left_out: Mapping[tuple[str, str], int]) -> None:
    """Write what is wrong with the whole.

    ``left_out`` are the committed files and folders that are not read, and why.
    """
    publishing.write_checks(repository, _problems(left_out))


def _problems(left_out: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    yield from secret_file_problems(path for path, reason in left_out if reason == "secret")

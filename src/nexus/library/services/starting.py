"""A repository that lives in the hub, for whoever asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.library.services.writing import publish_files
from nexus.library.starter import starter_files
from nexus.repositories.git.stores import BRANCHES, read_refs
from nexus.repositories.hosting import ensure_hosted
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


def start_repository(*, by: Person, cohort: Cohort, is_empty: bool = False) -> Repository:
    """The repository of ``by``'s in this cohort, made when there is none.

    One without a commit gets the five folders, unless ``is_empty`` asks for nothing in it, to
    push what there is elsewhere. Raises what ``ensure_hosted`` and ``publish_files`` raise.
    """
    repository = ensure_hosted(by=by, cohort=cohort)
    if not is_empty and not read_refs(store_of(repository.pk), BRANCHES):
        files = starter_files(repository.name)
        publish_files(
            by=by,
            repository=repository,
            files=files,
            message="Begin with the five folders",
            expected=dict.fromkeys(files, ""),
        )
    return repository

"""What the pages of one repository have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nexus.cohorts.policies import roles_of
from nexus.library import presenting, selectors
from nexus.library.addresses import entry_address, repository_base
from nexus.library.checking.advice import SECRET_CODES
from nexus.library.discretion import (
    discreet_path,
    hide_emails,
    hide_emails_in_text,
    hide_in_name,
    hide_secrets_in_name,
)
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.policies import can_propose, can_see_addresses, can_see_problems
from nexus.library.rendering.pictures import withhold_images
from nexus.library.secret_files import is_secret
from nexus.library.selectors.proposals import open_proposals
from nexus.people.requests import person_of
from nexus.repositories.cloning import NoClone, no_clone
from nexus.repositories.policies import can_see_secrets
from nexus.repositories.selectors import repository_by_address

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from django.http import HttpRequest

    from nexus.library.models import Entry, FileProblem
    from nexus.library.selectors.around import Neighbour
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


@dataclass(frozen=True)
class Visit:
    """One look of one reader at one repository."""

    request: HttpRequest
    reader: Person | None
    repository: Repository

    @property
    def base(self) -> str:
        """The repository's address without its closing slash."""
        return repository_base(self.repository.cohort.slug, self.repository.slug)

    def address(self, path: str = "", part: str = "") -> str:
        """Where a path of the repository, or a part of what lies there, is shown."""
        return entry_address(self.repository.cohort.slug, self.repository.slug, path, part)

    def room(self, name: str, path: str | None = None) -> str:
        """The address of another view: ``status``, or of a path: ``history``, ``raw``."""
        return f"{self.base}/-/{name}" + ("" if path is None else f"/{quote(discreet_path(path))}")

    def problems(self, path: str | None = None) -> list[FileProblem]:
        """What is wrong with the files, or with one, as far as the reader is told of it."""
        if not self.may_see_problems:
            return []
        found = selectors.problems_of(self.repository.pk, path=path)
        return [one for one in found if self.may_see_secrets or one.code not in SECRET_CODES]

    @property
    def no_clone(self) -> NoClone | None:
        """Why the reader cannot clone the repository; None when they can."""
        return no_clone(self.reader, self.repository)

    @property
    def clone_address(self) -> str:
        """What ``git clone`` takes."""
        where = f"{self.repository.cohort.slug}/{self.repository.slug}"
        return self.request.build_absolute_uri(f"/git/{where}.git")

    @property
    def may_see_problems(self) -> bool:
        """Whether the reader is told what is wrong with files."""
        owner = self.repository.owner_id
        return can_see_problems(self.reader, owner, self.repository.cohort)

    @cached_property
    def may_see_addresses(self) -> bool:
        """Whether the reader sees e-mail addresses; a question to the database for members."""
        return self.may_see_secrets or can_see_addresses(self.reader, self.repository.cohort)

    @cached_property
    def may_see_secrets(self) -> bool:
        """Whether the reader sees what was committed by mistake."""
        return can_see_secrets(self.reader, self.repository)

    def may_see_file(self, path: str) -> bool:
        """Whether the reader sees what is in the file: not if its name says that it is secret."""
        return self.may_see_secrets or not is_secret(path)

    @cached_property
    def standing(self) -> tuple[Hashable, ...]:
        """All that a page depends on besides what was published.

        Who reads, as policies tell people apart; what of the repository changes without an
        event; and what was said about the way here. The reader's name is not in it.
        """
        reader, repository, request = self.reader, self.repository, self.request
        who: tuple[Hashable, ...] = ()
        if reader is not None:
            role = roles_of(reader.pk).get(repository.cohort_id, "")
            is_own = reader.pk == repository.owner_id
            who = (role, is_own, reader.is_owner, reader.is_active)
        how_it_stands = (
            repository.head,
            repository.indexed_at,
            repository.fetched_at,
            repository.state,
            repository.holds_secret,
        )
        return (*who, *how_it_stands, request.build_absolute_uri("/"), saves_data(request))

    def words(self, text: str) -> str:
        """A name or a path as this reader gets it."""
        if self.may_see_secrets:
            return text
        return hide_secrets_in_name(text) if self.may_see_addresses else hide_in_name(text)

    def text(self, text: str) -> str:
        """What was committed, the text of a file or a message, as this reader gets it."""
        shown = text if self.may_see_secrets else hide_secrets(text)
        return shown if self.may_see_addresses else hide_emails_in_text(shown)

    def html(self, rendered: str) -> str:
        """Rendered text as this reader gets it: addresses hidden, pictures on demand."""
        shown = rendered if self.may_see_addresses else hide_emails(rendered)
        return withhold_images(shown) if saves_data(self.request) else shown

    @cached_property
    def proposals_waiting(self) -> int | None:
        """How many changes are proposed to the reader's own repository; None if it is not theirs.

        A question to the database, for its owner only.
        """
        is_own = self.reader is not None and self.reader.pk == self.repository.owner_id
        if not is_own or self.repository.kind != "hosted":
            return None
        return open_proposals(self.repository, reader=self.reader).count()

    def propose_address(self, path: str) -> str:
        """Where the reader proposes a change to a file; empty for those who do not."""
        return self.room("propose", path) if can_propose(self.reader, self.repository) else ""

    def rooms(self, current: str = "", entry: Entry | None = None) -> list[presenting.Section]:
        """The way around the folder of an entry, the repository and its cohort."""
        near: Sequence[Neighbour] = ()
        if entry is None:
            kinds = selectors.kind_counts([self.repository.pk])
        else:
            found = selectors.around(entry)
            kinds, near = found.kinds, found.near
        sections = [
            presenting.repository_rooms(
                self.repository, kinds, current=current, proposals=self.proposals_waiting
            ),
            presenting.cohort_rooms(self.repository.cohort),
        ]
        if len(near) > 1:
            sections.insert(0, presenting.folder_rooms(self.repository, near, entry))
        return sections

    def _crumbs(self, path: str, entry: Entry | None) -> list[presenting.Link]:
        """The way here; an entry goes by its title, whatever its file is called."""
        cohort = self.repository.cohort
        crumbs = presenting.crumbs_of(cohort, self.repository, path, words=self.words)
        if entry is None or not (entry.path or entry.part):
            return crumbs
        folders = crumbs if entry.part else crumbs[:-1]
        return [*folders, presenting.Link(entry.title, self.address(entry.path, entry.part))]

    def context(
        self, path: str = "", *, current: str = "", entry: Entry | None = None
    ) -> dict[str, Any]:
        """What every page of the repository needs; ``entry`` when it is about one."""
        return {
            "crumbs": self._crumbs(path, entry),
            "rooms": self.rooms(current, entry),
            "clone_address": self.clone_address,
            "no_clone": self.no_clone,
        }


def visit(request: HttpRequest, cohort: str, repository: str) -> Visit:
    """The repository at an address, for whoever asks; raises ``NotFound``."""
    reader = person_of(request)
    return Visit(request, reader, repository_by_address(cohort, repository, reader=reader))


def saves_data(request: HttpRequest) -> bool:
    """Whether the reader asked for pages that cost little (the Save-Data header)."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"

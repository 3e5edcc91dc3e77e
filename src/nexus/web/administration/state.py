"""How the hub does, on one page: what there is, what fails, what waits, what was refused."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from nexus.cohorts.counting import cohorts_counted
from nexus.kernel.administration.columns import address_of, list_of
from nexus.kernel.audit import Question, records
from nexus.people.counting import people_counted, unsent_mails
from nexus.repositories import counting
from nexus.search.services import current_engine
from nexus.web.pages.governing.telling import sentence_of, whence_of

if TYPE_CHECKING:
    from nexus.kernel.models import AuditRecord

#: So many troubles and refusals stand on the page; their desks have the rest.
SHOWN = 8
#: With less room than this on the disk, the page warns.
LITTLE_ROOM = 1_000_000_000
_STATES = {
    "ready": "up to date",
    "new": "not read yet",
    "empty": "empty",
    "trouble": "could not be read",
}
_SEEN_BY = {
    "public": "seen by everyone",
    "members": "seen by members",
    "invite": "by invitation",
    "archived": "archived",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its words, and where what it counts is listed; ``is_bad`` wants a look."""

    count: str
    words: str
    address: str = ""
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that belong together."""

    title: str
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A repository that could not be read."""

    name: str
    cohort: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was tried and refused."""

    at: datetime
    who: str
    sentence: str
    whence: str
    address: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything on the page."""

    groups: Sequence[Group]
    troubles: Sequence[Trouble]
    refusals: Sequence[Refusal]


def state_of_the_hub() -> State:
    """How the hub does now, in a fixed number of short questions."""
    groups = (_people(), _cohorts(), _repositories(), _work(), _machine())
    return State(groups, _troubles(), _refusals())


def _people() -> Group:
    found = people_counted()
    return Group(
        "People",
        (
            Number(
                f"{found.accounts:,}", "with an account", list_of("people", **{"signs-in": "yes"})
            ),
            Number(f"{found.lately:,}", "here within a month", list_of("people")),
            Number(f"{found.suspended:,}", "suspended", list_of("people", suspended="yes")),
        ),
    )


def _cohorts() -> Group:
    counts = cohorts_counted()
    to = {key: list_of("cohorts", visibility__exact=key) for key in _SEEN_BY}
    to["archived"] = list_of("cohorts", archived="yes")
    return Group("Cohorts", _numbers(counts, _SEEN_BY, to))


def _repositories() -> Group:
    counts = counting.repositories_counted()
    to = {key: list_of("repositories", state__exact=key) for key in _STATES}
    return Group("Repositories", _numbers(counts, _STATES, to, bad="trouble"))


def _numbers(
    counts: Mapping[str, int], words: Mapping[str, str], to: Mapping[str, str], bad: str = ""
) -> list[Number]:
    return [
        Number(f"{counts[key]:,}", words[key], to[key], is_bad=key == bad and counts[key] > 0)
        for key in words
    ]


def _work() -> Group:
    queue, mails = counting.queue(), unsent_mails()
    return Group(
        "Work",
        (
            Number(f"{queue.running:,}", "being read", list_of("runs", state__exact="running")),
            Number(
                f"{queue.waiting:,}", "waiting to be read", list_of("runs", state__exact="queued")
            ),
            Number(f"{mails:,}", "in the post", list_of("mails", sent="no"), mails > 0),
        ),
    )


def _machine() -> Group:
    left = shutil.disk_usage(settings.NEXUS_HOME).free
    index = current_engine().status()
    taken = counting.bytes_of_repositories()
    return Group(
        "Machine",
        (
            Number(filesizeformat(left), "left on the disk", is_bad=left < LITTLE_ROOM),
            Number(filesizeformat(taken), "in repositories", list_of("repositories")),
            Number(
                f"{index.documents:,}",
                f"texts to find; search is {index.state}",
                reverse("health-ready"),
                is_bad=bool(index.error),
            ),
        ),
    )


def _troubles() -> list[Trouble]:
    return [
        Trouble(one.name, one.cohort.name, address_of("repositories", one.pk), one.trouble)
        for one in counting.repositories_in_trouble(SHOWN)
    ]


def _refusals() -> list[Refusal]:
    found = records(Question(refused_only=True), scope=None)[:SHOWN]
    return [_refusal(one) for one in found]


def _refusal(row: AuditRecord) -> Refusal:
    return Refusal(
        row.at, row.actor_name, sentence_of(row), whence_of(row), address_of("audit", row.pk)
    )

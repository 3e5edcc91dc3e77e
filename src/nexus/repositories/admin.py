"""The desks of repositories, and of the runs that fetch and read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse

from nexus.kernel.administration.acts import Act
from nexus.kernel.administration.columns import linked, list_of, moment, plain, size, truth
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import so
from nexus.repositories import services
from nexus.repositories.models import Repository, Sync
from nexus.repositories.policies import is_unread
from nexus.repositories.rereading import read_anew


class RepositoryDesk(Desk):
    """Repositories and how they stand with their origins."""

    table = Repository
    name, title, icon = "repositories", "Repositories", "repository"
    lead = "Every repository that the hub holds, and how it stands with where it comes from."
    list_display = (
        plain("slug", "Address"),
        linked("cohort", "Cohort", "cohorts"),
        linked("owner", "Owner", "people"),
        *("kind", "state"),
        size("size_bytes", "Size"),
        moment("fetched_at", "Fetched"),
        moment("indexed_at", "Read"),
        truth("holds_secret", "Holds a secret"),
    )
    list_filter = ("state", "kind", so("holds_secret", "Secrets", "Holds a secret", "None known"))
    joined = ("cohort", "owner")
    lookups = frozenset({"cohort", "owner"})
    search_fields = ("slug", "name", "origin", "=cohort__slug", "=owner__handle")
    search_help_text = "Name, origin, address of a cohort, or handle of its owner"
    facts = (
        "name",
        plain("slug", "Address"),
        linked("cohort", "Cohort", "cohorts"),
        linked("owner", "Owner", "people"),
        *("kind", "origin", "branch", "state", "trouble_code", "trouble"),
        *("head", "indexed", "format_version"),
        truth("holds_secret", "Holds a secret"),
        size("size_bytes", "Size"),
        moment("added_at", "Added"),
        moment("fetched_at", "Fetched"),
        moment("next_fetch_at", "Next fetch"),
        moment("indexed_at", "Read"),
    )
    acts: ClassVar = (
        Act(
            "sync",
            "Sync and check now",
            lambda by, one: _asked(services.request_sync(by=by, repository=one)),
            done="It is fetched, read and checked as soon as its turn comes.",
        ),
        Act(
            "read-anew",
            "Read anew",
            lambda by, one: _asked(read_anew(by=by, repository=one)),
            done="Every page is made anew as soon as its turn comes.",
            question="Every file is read again, and every page of it made anew. Readers see what "
            "is there until then.",
        ),
        Act(
            "forget",
            "Remove",
            lambda by, one: services.forget_unread(by=by, repository=one),
            done="It was removed.",
            question="Nothing of it was ever read, so nothing that is published goes with it.",
            fits=is_unread,
            is_bad=True,
        ),
    )

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """What else of a repository there is."""
        here = [row.cohort.slug, row.slug]
        return (
            ("Its pages", reverse("project", args=here)),
            ("Its state", reverse("repository-status", args=here)),
            ("Its problems", reverse("repository-report", args=here)),
            ("Runs", list_of("runs", repository=row.pk)),
        )


def _asked(_: Sync) -> None:
    """A run is asked for; the words of the act say so."""


class SyncDesk(Desk):
    """Runs of fetching and reading: what waits, what works, what failed."""

    table = Sync
    name, title, icon = "runs", "Runs", "sync"
    lead = "Each time a repository was fetched and read, or is going to be."
    list_display = (
        "id",
        linked("repository", "Repository", "repositories"),
        *("state", "stage"),
        moment("requested_at", "Asked for"),
        moment("started_at", "Begun"),
        moment("finished_at", "Ended"),
        "error_code",
    )
    list_filter = ("state",)
    joined = ("repository", "requested_by")
    lookups = frozenset({"repository", "error_code"})
    search_fields = ("=repository__slug", "=error_code")
    search_help_text = "Name of a repository, or code of an error"
    facts = (
        linked("repository", "Repository", "repositories"),
        *("state", "stage", "done", "total", "error_code", "error"),
        linked("requested_by", "Asked for by", "people"),
        moment("requested_at", "Asked for"),
        moment("started_at", "Begun"),
        moment("alive_at", "Last sign of life"),
        moment("finished_at", "Ended"),
    )

"""How it stands with a repository, and asking for news."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from nexus.library import presenting, selectors, triage
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.report import chapters_of
from nexus.repositories import services as repositories
from nexus.repositories.git.origins import OriginKind
from nexus.repositories.policies import can_forget_repository, can_sync_repository, is_unread
from nexus.repositories.selectors import contributors, current_revision, latest_sync

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nexus.library.models import LeftOut

#: The cohort and the slug of the repository that comes with the hub: ``config.startup`` adds it.
BUNDLED = ("commons", "nexus")
PATHS_SHOWN = 100
RUNNING = ("queued", "running")


def status(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """The page of a repository's state."""
    return status_page(visit(request, cohort, repository))


def status_page(found: Visit) -> HttpResponse:
    """The page, for a repository that was looked up."""
    run = latest_sync(found.repository.pk)
    running = run is not None and run.state in RUNNING
    context = {
        **found.context(current="status"),
        "repository": repository_view(found, is_running=running),
        "revision": _revision(found),
        "sync": run if running else None,
        "status_address": found.room("status.json"),
        "sync_address": found.room("sync") if _may_sync(found) else "",
        **_ways_out(found, is_running=running),
        "counts": presenting.counts_of(
            selectors.kind_counts([found.repository.pk]),
            repository=f"{found.repository.cohort.slug}/{found.repository.slug}",
        ),
        "report": _report(found),
        "left_out": _left_out(found),
        "contributors": contributors(found.repository.pk),
    }
    response = render(found.request, "repository.html", context)
    if running:
        response.headers["Cache-Control"] = "no-store"
    return response


def _may_sync(found: Visit) -> bool:
    return found.reader is not None and can_sync_repository(found.reader, found.repository.cohort)


def _may_forget(found: Visit) -> bool:
    return found.reader is not None and can_forget_repository(found.reader, found.repository)


def _ways_out(found: Visit, *, is_running: bool) -> dict[str, str]:
    """What else can be done with a repository that could never be read."""
    repository = found.repository
    if is_running or not _may_forget(found):
        return {}
    which = urlencode({"instead": f"{repository.cohort.slug}/{repository.slug}"})
    return {
        "remove_address": found.room("remove"),
        "change_address": f"{reverse('repository-add')}?{which}",
    }


def repository_view(found: Visit, *, is_running: bool) -> SimpleNamespace:
    """A repository and how it stands, as templates read it."""
    repository = found.repository
    state = "running" if is_running else repository.state
    return SimpleNamespace(
        name=found.words(repository.name),
        address=found.address(),
        owner=repository.owner,
        kind=repository.kind,
        origin=_origin(found),
        branch=found.words(repository.branch),
        clone_address=found.clone_address,
        fetched_at=repository.fetched_at,
        size_bytes=repository.size_bytes,
        state=state,
        state_word=presenting.STATE_WORDS[state],
        is_unread=is_unread(repository),
        trouble=_trouble(found),
        files_address=found.room("files", ""),
        history_address=found.room("history", ""),
    )


def _origin(found: Visit) -> str:
    """Where it comes from; a path of this machine is told to its owner only."""
    repository = found.repository
    is_remote = repository.origin_kind == OriginKind.REMOTE
    is_told = is_remote or found.may_see_problems
    if not is_remote and (repository.cohort.slug, repository.slug) == BUNDLED:
        where = f": {found.words(repository.origin)}" if is_told else ""
        return f"The hub's own software{where}"
    if is_told:
        return found.words(repository.origin)
    return {"archive": "An uploaded archive"}.get(
        repository.origin_kind, "A folder on the hub's machine"
    )


def _trouble(found: Visit) -> SimpleNamespace | None:
    repository = found.repository
    if not repository.trouble:
        return None
    title, _, remedy = found.words(repository.trouble).partition(". ")
    tone = "note" if repository.state == repository.State.EMPTY else "bad"
    return SimpleNamespace(tone=tone, title=f"{title.rstrip('.')}.", remedy=remedy)


def _revision(found: Visit) -> SimpleNamespace | None:
    revision = current_revision(found.repository)
    if revision is None:
        return None
    return SimpleNamespace(
        sha=revision.sha,
        subject=found.text(revision.subject),
        person=presenting.Named(found.words(revision.author_name)),
        committed_at=revision.committed_at,
    )


def _report(found: Visit) -> SimpleNamespace | None:
    """What there is to mend, in short; None for those who are not told."""
    if not found.may_see_problems:
        return None
    chapters = chapters_of(found, found.problems())
    return SimpleNamespace(address=found.room("report"), chapters=chapters)


def _left_out(found: Visit) -> list[SimpleNamespace]:
    """What is not read, grouped by reason; the names of secrets are for the owner only."""
    groups: dict[str, list[LeftOut]] = {}
    for row in selectors.left_out(found.repository.pk):
        groups.setdefault(row.reason, []).append(row)
    return [
        SimpleNamespace(
            reason=reason,
            words=triage.REASONS.get(reason, reason),
            files=sum(row.files for row in rows),
            paths=_paths(found, rows) if _may_name(found, reason) else [],
            more=max(len(rows) - PATHS_SHOWN, 0),
        )
        for reason, rows in groups.items()
    ]


def _paths(found: Visit, rows: list[LeftOut]) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(path=found.words(row.path), files=row.files) for row in rows[:PATHS_SHOWN]
    ]


def _may_name(found: Visit, reason: str) -> bool:
    return reason != "secret" or found.may_see_problems


def status_json(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """How far a run is, for the island that moves the bar."""
    found = visit(request, cohort, repository)
    run = latest_sync(found.repository.pk)
    answer = JsonResponse(
        {
            "running": run is not None and run.state in RUNNING,
            "state": run.state if run else "",
            "stage": run.stage if run else "",
            "done": run.done if run else 0,
            "total": run.total if run else 0,
            "error": found.words(run.error) if run else "",
            "revision": found.repository.indexed,
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def sync(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """Ask for news, and show how that goes."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect("/accounts/sign-in")
    repositories.request_sync(by=found.reader, repository=found.repository)
    return HttpResponseRedirect(found.room("status"))

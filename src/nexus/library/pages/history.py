"""The versions of a file: the list, one of them, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.safestring import mark_safe

from nexus.kernel.errors import NotFound
from nexus.library import presenting, selectors
from nexus.library.addresses import place_of
from nexus.library.extraction.decoding import decode
from nexus.library.histories import follow
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.preparing import prepare
from nexus.library.preparing_files import image_sizes
from nexus.library.rendering.code import render_code
from nexus.library.rendering.diffing import diff_html
from nexus.library.rendering.page import Rendered
from nexus.repositories.git.reading import Reader
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nexus.library.models import Entry

VERSIONS_SHOWN = 200
WALKED_COMMITS = 2_000
READ_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A file as one commit left it."""

    commit: str
    path: str
    blob: str
    author_name: str
    subject: str
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A file's name now, its entry if it is one, and its stages, newest first."""

    path: str
    entry: Entry | None
    stages: list[Stage]

    def stage(self, commit: str) -> Stage | None:
        """The stage that a commit made; seven digits of its name are enough."""
        if len(commit) < 7:
            return None
        return next((stage for stage in self.stages if stage.commit.startswith(commit)), None)


def past_of(found: Visit, path: str) -> Past:
    """The past of what is, or was, at ``path``; raises ``NotFound``."""
    entry = selectors.entry_of_source(found.repository, path)
    stages = _stages_of_entry(found, entry) if entry else _stages_of_file(found, path)
    stages = [stage for stage in stages if found.may_see_file(stage.path)]
    if not stages or not found.may_see_file(path):
        raise NotFound(
            "history-unknown",
            f"Nothing is known of “{found.words(path)}”.",
            remedy="Check the address; the list of files shows what is there.",
        )
    return Past(path, entry, stages)


def _stages_of_entry(found: Visit, entry: Entry) -> list[Stage]:
    return [
        Stage(
            commit=version.commit,
            path=version.path,
            blob=version.blob,
            author_name=found.words(version.author_name),
            subject=found.text(version.subject),
            committed_at=version.committed_at,
        )
        for version in selectors.versions_of(entry)
    ]


def _stages_of_file(found: Visit, path: str) -> list[Stage]:
    """The past of a file that is no entry, walked in Git."""
    if not found.repository.indexed:
        return []
    with Reader(store_of(found.repository.pk)) as reader:
        walk = reader.history(found.repository.indexed, limit_commits=WALKED_COMMITS)
        pasts = follow(walk).get(path, [])
    return [
        Stage(
            commit=past.commit.sha,
            path=past.path,
            blob=past.blob,
            author_name=found.words(past.commit.author_name),
            subject=found.text(past.commit.subject),
            committed_at=past.commit.committed_at,
        )
        for past in pasts
    ]


@of_path
def history(request: HttpRequest, cohort: str, repository: str, path: str = "") -> HttpResponse:
    """The versions of a file, newest first; of the project's README when no file is named."""
    found = visit(request, cohort, repository)
    past = past_of(found, path.rstrip("/"))
    context = {
        **found.context(path),
        "title": _title(found, past),
        "address": found.address(past.entry.path if past.entry else path),
        "compare_address": found.room("diff", path),
        "versions": [
            _row(found, path, past.stages, at) for at in range(len(past.stages[:VERSIONS_SHOWN]))
        ],
        "more": max(len(past.stages) - VERSIONS_SHOWN, 0),
    }
    return render(request, "history.html", context)


def _title(found: Visit, past: Past) -> str:
    """What to call it."""
    return past.entry.title if past.entry else found.words(past.path)


def _row(found: Visit, path: str, stages: list[Stage], at: int) -> SimpleNamespace:
    stage = stages[at]
    older = stages[at + 1] if at + 1 < len(stages) else None
    renamed = older is not None and older.path != stage.path
    return SimpleNamespace(
        sha=stage.commit,
        subject=stage.subject,
        person=presenting.Named(stage.author_name),
        committed_at=stage.committed_at,
        address=found.room(f"at/{stage.commit}", path),
        renamed_from=found.words(older.path) if older and renamed else "",
    )


@of_path
def version(
    request: HttpRequest, cohort: str, repository: str, commit: str, path: str = ""
) -> HttpResponse:
    """A file as it stood in one commit, laid out as it is today."""
    found = visit(request, cohort, repository)
    past = past_of(found, path.rstrip("/"))
    stage = past.stage(commit)
    if stage is None:
        raise _no_version(commit, found.words(path))
    rendered = _rendered(found, stage)
    newest = past.stages[0]
    context = {
        **found.context(path),
        "entry": _entry_of(found, past, stage, rendered),
        "version": SimpleNamespace(
            sha=stage.commit,
            subject=stage.subject,
            person=presenting.Named(stage.author_name),
            committed_at=stage.committed_at,
            compare_address=f"{found.room('diff', path)}?from={stage.commit}&to={newest.commit}",
        ),
        "headings": rendered.headings,
    }
    return render(request, "version.html", context)


def _no_version(commit: str, path: str) -> NotFound:
    return NotFound(
        "version-unknown",
        f"Commit {commit[:10]} did not change “{path}”.",
        remedy="Its history lists the commits that did.",
    )


def _rendered(found: Visit, stage: Stage) -> Rendered:
    """An old version laid out; it is made anew each time, as few people ask for it."""
    with Reader(store_of(found.repository.pk)) as reader:
        data = reader.read(stage.blob, limit=READ_BYTES)
        if data is None:
            raise NotFound("object-missing", "This version is missing from the repository.")
        place = place_of(found.repository.cohort.slug, found.repository.slug, stage.path)
        sizes = image_sizes(reader, stage.commit)
        prepared = prepare(data, blob=stage.blob, place=place, image_size=sizes)
    if prepared.reading is not None:
        return prepared.reading.rendered
    text = found.text(decode(data, path=stage.path).text)
    return render_code(text, language=None, path=stage.path)


def _entry_of(found: Visit, past: Past, stage: Stage, rendered: Rendered) -> SimpleNamespace:
    html = mark_safe(found.html(rendered.html))  # noqa: S308 - the renderer's output
    return SimpleNamespace(
        kind=past.entry.kind if past.entry else "file",
        title=rendered.title or _title(found, past),
        summary=rendered.summary,
        html=html,
        person=found.repository.owner,
        address=found.address(past.entry.path if past.entry else past.path),
        updated_at=stage.committed_at,
        commit=presenting.Link(stage.commit, found.room("history", past.path)),
        features=sorted(rendered.features),
        history_address=found.room("history", past.path),
        source_address="",
        raw_address="",
        versions=len(past.stages),
        dir="",
    )


@of_path
def compare(request: HttpRequest, cohort: str, repository: str, path: str = "") -> HttpResponse:
    """What changed between two versions; the newest and the one before when none are named."""
    found = visit(request, cohort, repository)
    past = past_of(found, path.rstrip("/"))
    old, new = _chosen(found, past, request.GET.get("from", ""), request.GET.get("to", ""))
    context = {
        **found.context(path),
        "title": _title(found, past),
        "address": found.address(past.entry.path if past.entry else path),
        "history_address": found.room("history", path),
        "old": _side(found, path, old),
        "new": _side(found, path, new),
        "diff": diff_html(_text(found, old), _text(found, new)),
    }
    return render(request, "diff.html", context)


def _chosen(found: Visit, past: Past, old: str, new: str) -> tuple[Stage, Stage]:
    """(older, newer): what was asked for, in the order of time."""
    newer = past.stage(new) if new else past.stages[0]
    if newer is None:
        raise _no_version(new, found.words(past.path))
    at = past.stages.index(newer)
    before = past.stages[min(at + 1, len(past.stages) - 1)]
    older = past.stage(old) if old else before
    if older is None:
        raise _no_version(old, found.words(past.path))
    if past.stages.index(older) < past.stages.index(newer):
        older, newer = newer, older
    return older, newer


def _side(found: Visit, path: str, stage: Stage) -> SimpleNamespace:
    return SimpleNamespace(
        sha=stage.commit,
        path=found.words(stage.path),
        subject=stage.subject,
        person=presenting.Named(stage.author_name),
        committed_at=stage.committed_at,
        address=found.room(f"at/{stage.commit}", path),
    )


def _text(found: Visit, stage: Stage) -> str:
    with Reader(store_of(found.repository.pk)) as reader:
        data = reader.read(stage.blob, limit=READ_BYTES) or b""
    return found.text(decode(data, path=stage.path).text)

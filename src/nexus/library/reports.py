"""What a repository or an entry is, as plain data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus.kernel.errors import NotFound
from nexus.library import selectors
from nexus.library.addresses import entry_address, repository_base
from nexus.library.checking.telling import told
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.models import FileProblem, Version
from nexus.library.problems import Problem
from nexus.library.real_paths import real_path
from nexus.people.selectors import hub_owner
from nexus.repositories.selectors import repository_by_address, repository_by_id

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

#: So many files and folders that are left out are named for each reason.
PATHS_NAMED = 100


def repository_report(number: int) -> dict[str, Any]:
    """A repository after a run: its revision, entries by kind, what was left out, problems."""
    repository = repository_by_id(number)
    return {
        "name": repository.slug,
        "cohort": repository.cohort.slug,
        "owner": repository.owner.handle,
        "address": repository_base(repository.cohort.slug, repository.slug) + "/",
        "revision": repository.indexed,
        "branch": hide_secrets(repository.branch),
        "state": repository.state,
        "entries": selectors.kind_counts([repository.pk]),
        "searchable_files": selectors.source_file_count(repository.pk),
        "left_out": selectors.left_out_by_reason(repository.pk),
        "left_out_files": _left_out_files(repository.pk),
        "problems": [_problem(problem) for problem in selectors.problems_of(repository.pk)],
        "notices": _notices(repository),
    }


def _left_out_files(repository: int) -> dict[str, dict[str, Any]]:
    """The first files and folders of each reason by name, and how many more rows there are."""
    named: dict[str, list[str]] = {}
    for row in selectors.left_out(repository):
        named.setdefault(row.reason, []).append(hide_secrets(row.path))
    return {
        reason: {"paths": paths[:PATHS_NAMED], "more": max(len(paths) - PATHS_NAMED, 0)}
        for reason, paths in named.items()
    }


def _notices(repository: Repository) -> list[dict[str, str]]:
    """What is to be said of a run that went well, but not as one might think."""
    if not repository.trouble:
        return []
    return [notice(repository.trouble_code, repository.trouble)]


def notice(code: str, message: str) -> dict[str, str]:
    """A word that stands beside a result: it is no error."""
    return {"code": code, "message": message}


def _problem(row: FileProblem) -> dict[str, Any]:
    return told(Problem(hide_secrets(row.path), row.line, row.code, hide_secrets(row.message)))


def entry_report(cohort: str, repository: str, path: str) -> dict[str, Any]:
    """One entry with its facts, its HTML and its versions; raises ``NotFound``."""
    holder = repository_by_address(cohort, repository, reader=hub_owner())
    entry = selectors.entry_of_source(holder, real_path(holder, path))
    if entry is None:
        raise NotFound(
            "entry-unknown",
            f"There is no entry at “{path}” in {cohort}/{repository}.",
            remedy="“nexus search” prints the addresses of entries.",
        )
    return {
        "kind": entry.kind,
        "title": entry.title,
        "summary": entry.summary,
        "address": entry_address(cohort, repository, entry.path, entry.part),
        "repository": f"{cohort}/{repository}",
        "owner": holder.owner.handle,
        "language": entry.language,
        "code_language": entry.code_language,
        "changed_at": entry.changed_at.isoformat(),
        "withdrawn": entry.withdrawn_at is not None,
        "commit": entry.current.commit if entry.current else "",
        "facts": entry.facts,
        "html": entry.rendering.html,
        "text": entry.rendering.text,
        "headings": entry.rendering.headings,
        "versions": [_version(version) for version in selectors.versions_of(entry)],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "commit": version.commit,
        "path": hide_secrets(version.path),
        "author": hide_secrets(version.author_name),
        "committed_at": version.committed_at.isoformat(),
        "subject": hide_secrets(version.subject),
    }

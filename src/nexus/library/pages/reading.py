"""The page at a path of a repository: an entry, any other file, or a folder."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib.messages import get_messages
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from nexus.cohorts.policies import roles_of
from nexus.kernel.errors import NotFound
from nexus.library import presenting, selectors
from nexus.library.addresses import entry_address, repository_base
from nexus.library.discretion import discreet_path, hide_in_name
from nexus.library.pages import files
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.facts import fact_rows
from nexus.library.pages.paths import of_path
from nexus.library.pages.status import status_page
from nexus.library.policies import can_correct_facts
from nexus.library.selectors.proposals import open_proposals
from nexus.repositories.policies import can_write_repository
from nexus.repositories.selectors import contributors

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.http import HttpRequest

    from nexus.library.models import Entry

#: Where the menu stands in a page drawn for many. Nobody writes it: comments are taken out of
#: what people publish, and everything else is escaped.
MENU = mark_safe("<!-- the reader's menu -->")
#: The same for the token in the menu, which is another in each answer.
TOKEN = mark_safe("<!-- the token -->")
PARTS_SHOWN = 12
CONTRIBUTORS_SHOWN = 12


@of_path
def page(request: HttpRequest, cohort: str, repository: str, path: str = "") -> HttpResponse:
    """Show what is at ``path``; lead on from a former address; else ``NotFound``."""
    found = visit(request, cohort, repository)
    path = path.rstrip("/")
    return _kept(found, path) or _page(found, path)


def _page(found: Visit, path: str) -> HttpResponse:
    entry = selectors.entry_at(found.repository, path)
    if entry is not None and entry.withdrawn_at is None:
        return entry_page(found, entry)
    return _elsewhere(found, path) or _file_or_gone(found, path, entry)


@of_path
def part(
    request: HttpRequest, cohort: str, repository: str, part: str, path: str = ""
) -> HttpResponse:
    """Show a part of what is at ``path``: a challenge, a snippet. Raises ``NotFound``."""
    found = visit(request, cohort, repository)
    path = path.rstrip("/")
    return _kept(found, path, part) or _part_page(found, path, part)


def _part_page(found: Visit, path: str, part: str) -> HttpResponse:
    entry = selectors.entry_at(found.repository, path, part)
    if entry is None:
        raise NotFound(
            "part-unknown",
            "There is nothing at this address.",
            remedy=f"It may have been reworded; its page is {found.address(path)}.",
        )
    is_gone = entry.withdrawn_at is not None
    return entry_page(found, entry, status=HTTPStatus.GONE if is_gone else HTTPStatus.OK)


def _elsewhere(found: Visit, path: str) -> HttpResponse | None:
    """A redirect when what was at ``path`` is now the project's page or another entry."""
    project = selectors.entry_at(found.repository, "")
    if path and project is not None and project.current and project.current.path == path:
        return HttpResponsePermanentRedirect(found.address())
    moved = selectors.moved_to(found.repository, path)
    return HttpResponsePermanentRedirect(found.address(moved)) if moved is not None else None


def _file_or_gone(found: Visit, path: str, withdrawn: Entry | None) -> HttpResponse:
    """A file or folder of the commit shown; else the entry as it last stood; else nothing."""
    shown = files.file_or_folder(found, path)
    if shown is not None:
        return shown
    if withdrawn is not None:
        return entry_page(found, withdrawn, status=HTTPStatus.GONE)
    if not path:
        return not_read_yet(found)
    raise NotFound(
        "path-unknown",
        f"There is nothing at “{found.words(path)}” in {found.words(found.repository.name)}.",
        remedy="It may have been renamed or removed; the list of files shows what is there.",
    )


def not_read_yet(found: Visit) -> HttpResponse:
    """The first page of a repository of which nothing was read: its state, and 202."""
    response = status_page(found)
    response.status_code = HTTPStatus.ACCEPTED
    return response


def entry_page(found: Visit, entry: Entry, *, status: int = 200) -> HttpResponse:
    """An entry with its facts, contents and state.

    It is kept for readers of the same standing, each with their own menu in it. Pages of guests
    are kept as bytes, before Django is asked.
    """
    if status != HTTPStatus.OK or not _is_for_many(found):
        context = _entry_context(found, entry)
        return render(found.request, "entry.html", context, status=status)
    context = _entry_context(found, entry) | {"menu": MENU}
    page = render_to_string("entry.html", context, request=found.request)
    selectors.keep_page(_key(found, entry.path, entry.part), page)
    return _with_menu(found, page)


def _is_for_many(found: Visit) -> bool:
    """Whether others are shown the same.

    Whoever sees secrets is told of them at once, and what the hub has to say to one reader, after
    something they did, is theirs.
    """
    is_like_others = found.reader is not None and not found.may_see_secrets
    return is_like_others and not len(get_messages(found.request))


def _kept(found: Visit, path: str, part: str = "") -> HttpResponse | None:
    """The page that was drawn for another of the reader's standing, or for them before."""
    page = selectors.kept_page(_key(found, path, part)) if _is_for_many(found) else None
    return _with_menu(found, page) if page is not None else None


def _key(found: Visit, path: str, part: str) -> tuple[Hashable, ...]:
    return ("entry", found.repository.pk, path, part, found.standing)


def _with_menu(found: Visit, page: str) -> HttpResponse:
    menu = _menu(found).replace(TOKEN, get_token(found.request), 1)
    return HttpResponse(page.replace(MENU, menu, 1))


def _menu(found: Visit) -> str:
    """The menu of a reader, with a mark for the token. All that it depends on is in the key."""
    reader = found.reader
    draw = partial(
        render_to_string, "components/me.html", {"csrf_token": TOKEN}, request=found.request
    )
    if reader is None:
        return draw()
    roles = tuple(sorted(set(roles_of(reader.pk).values())))
    return selectors.kept(("menu", reader.name, reader.handle, reader.is_owner, roles), draw)


def _entry_context(found: Visit, entry: Entry) -> dict[str, Any]:
    context = {
        **found.context(entry.path, current=_room_of(entry), entry=entry),
        "entry": entry_view(found, entry),
        "headings": entry.rendering.headings,
        "facts": facts_of(entry, found.words),
        "problems": _problems(found, entry),
        "removed_at": entry.withdrawn_at,
        "stale": stale(found),
        "topics": presenting.topic_links(selectors.around(entry).topics, found.repository.cohort),
        "places": _places(found, entry),
        "proposed": _proposed(found, entry),
    }
    if entry.path == "" and not entry.part:
        context |= _project_context(found, entry)
    return context


def _room_of(entry: Entry) -> str:
    return "" if entry.path or entry.part else "project"


def _places(found: Visit, entry: Entry) -> list[SimpleNamespace]:
    """Where a part stands, and where else the same can be read."""
    if not entry.part:
        return []
    whole = selectors.entry_at(found.repository, entry.path)
    places = [_place("Found in", whole, entry.line)] if whole is not None else []
    same = selectors.same_elsewhere(entry)
    return [*places, *(_place("Also in", other, other.line) for other in same)]


def _proposed(found: Visit, entry: Entry) -> SimpleNamespace | None:
    """How many changes to its file wait for the reader; for the owner of the repository only."""
    if not found.proposals_waiting or entry.current is None:
        return None
    waiting = open_proposals(found.repository, reader=found.reader, path=entry.current.path)
    count = waiting.count()
    return SimpleNamespace(count=count, address=found.room("proposals")) if count else None


def _place(words: str, entry: Entry, line: int) -> SimpleNamespace:
    repository = entry.repository
    base = repository_base(repository.cohort.slug, repository.slug)
    source = entry.current.path if entry.current else entry.path
    return SimpleNamespace(
        words=words,
        title=entry.title if not entry.part else hide_in_name(repository.name),
        address=entry_address(repository.cohort.slug, repository.slug, entry.path, entry.part),
        person=repository.owner,
        line=line,
        source_address=f"{base}/-/source/{quote(discreet_path(source))}#L{line}",
    )


def entry_view(found: Visit, entry: Entry) -> SimpleNamespace:
    """An entry as its template reads it."""
    current = entry.current
    source = current.path if current else ""
    return SimpleNamespace(
        kind=entry.kind,
        title=entry.title,
        summary=entry.summary,
        html=mark_safe(found.html(entry.rendering.html)),  # noqa: S308 - the renderer's output
        person=found.repository.owner,
        address=found.address(entry.path, entry.part),
        updated_at=entry.changed_at,
        commit=presenting.Link(
            title=current.commit if current else "", address=found.room("history", source)
        ),
        features=entry.rendering.features,
        history_address=found.room("history", source) if source else found.room("status"),
        source_address=found.room("source", source) if source else "",
        raw_address=found.room("raw", source) if source else "",
        is_written_here=found.repository.kind == "hosted" and bool(entry.path),
        repository_address=found.address(),
        edit_address=_edit_address(found, entry, source),
        propose_address=_propose_address(found, entry, source),
        versions=selectors.around(entry).versions,
        dir="rtl" if entry.language in {"ar", "he", "fa", "ur", "ps", "yi"} else "",
    )


def _edit_address(found: Visit, entry: Entry, source: str) -> str:
    """Where the reader may change its file; empty for everybody else."""
    may = bool(source) and entry.withdrawn_at is None
    may = may and can_write_repository(found.reader, found.repository)
    return found.room("edit", source) if may else ""


def _propose_address(found: Visit, entry: Entry, source: str) -> str:
    """Where those who do not own its file say what it should be; empty for everybody else."""
    return found.propose_address(source) if source and entry.withdrawn_at is None else ""


def facts_of(entry: Entry, words: Callable[[str], str]) -> list[dict[str, Any]]:
    """What is known of an entry, each with where it comes from; ``words`` makes texts discreet."""
    rows = [
        ("Language", entry.code_language, "File name"),
        ("Licence", entry.facts.get("licence"), words(entry.facts.get("licence_file") or "")),
        ("Files", entry.facts.get("files"), "Git"),
        ("Lines", entry.facts.get("lines"), "File"),
        ("Format", entry.facts.get("format"), "File"),
        ("Version", entry.facts.get("version"), "File"),
        ("Operations", entry.facts.get("operations"), "File"),
        ("Schemas", entry.facts.get("schemas"), "File"),
        ("Types", entry.facts.get("types"), "File"),
        ("Path", words(entry.path), "Git"),
    ]
    return [
        {"name": name, "value": value, "source": source} for name, value, source in rows if value
    ]


def _problems(found: Visit, entry: Entry) -> list[presenting.ProblemLine]:
    """What is wrong with the entry's file, for those who may know."""
    if entry.current is None:
        return []
    return presenting.problem_lines(
        found.problems(entry.current.path), found.repository, words=found.words
    )


def stale(found: Visit) -> SimpleNamespace | None:
    """A word when the origin could not be read and the pages show the last good state."""
    repository = found.repository
    if repository.state != "trouble" or not repository.indexed:
        return None
    return SimpleNamespace(
        since=repository.fetched_at or repository.indexed_at,
        words="Its origin could not be read since then, so this is the last state that was.",
        address=found.room("status"),
    )


def _project_context(found: Visit, entry: Entry) -> dict[str, Any]:
    """What only the first page of a repository shows."""
    repository = found.repository
    sizes = selectors.language_bytes([repository.pk]).get(repository.pk, {})
    return {
        "repository": SimpleNamespace(
            status_address=found.room("status"),
            report_address=found.room("report") if found.may_see_problems else "",
            clone_address=found.clone_address,
            state=repository.state,
            state_word=presenting.STATE_WORDS[repository.state],
        ),
        "facts": [*fact_rows(found, selectors.facts_of(repository)), *facts_of(entry, found.words)],
        "facts_address": found.room("facts"),
        "may_correct": can_correct_facts(found.reader, repository.owner_id, repository.cohort),
        "languages": presenting.shares_of(sizes),
        "parts": [_part(found, kind, count) for kind, count in _part_kinds(entry).items()],
        "contributors": [
            SimpleNamespace(name=one.name, handle="", commits=one.commits)
            for one in contributors(repository.pk, CONTRIBUTORS_SHOWN)
        ],
    }


def _part_kinds(entry: Entry) -> dict[str, int]:
    """Kinds of the repository's entries, the project itself not counted."""
    kinds = dict(selectors.around(entry).kinds)
    kinds["project"] = kinds.get("project", 0) - 1
    return {kind: count for kind, count in kinds.items() if count > 0}


def _part(found: Visit, kind: str, count: int) -> SimpleNamespace:
    repository = found.repository
    entries = selectors.entries_of(repository, [kind])[:PARTS_SHOWN]
    return SimpleNamespace(
        kind=kind,
        count=count,
        address=presenting.search_address(
            kind=kind, repository=f"{repository.cohort.slug}/{repository.slug}"
        ),
        entries=[
            SimpleNamespace(title=e.title, summary=e.summary, address=found.address(e.path, e.part))
            for e in entries
        ],
    )

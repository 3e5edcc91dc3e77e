"""Any file and any folder of the commit that a repository's pages show."""

from __future__ import annotations

import posixpath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from nexus.kernel.errors import NotFound
from nexus.library import selectors
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.secrets import find_secrets
from nexus.library.kinds.writing import is_readme
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.preparing_files import image_sizes
from nexus.library.rendering.code import render_code
from nexus.library.rendering.languages import language_of
from nexus.library.secret_files import is_secret
from nexus.repositories.git.reading import Reader, TreeFile
from nexus.repositories.limits import store_of
from nexus.repositories.policies import can_write_repository

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN_BYTES = 1_000_000
ROWS_SHOWN = 1_000
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico"})


@of_path
def source(request: HttpRequest, cohort: str, repository: str, path: str) -> HttpResponse:
    """A file as it is written, also when it is an entry."""
    found = visit(request, cohort, repository)
    shown = file_or_folder(found, path.rstrip("/"))
    if shown is None:
        raise _nothing(found.words(path))
    return shown


def browse(request: HttpRequest, cohort: str, repository: str, path: str = "") -> HttpResponse:
    """A folder, the root among them."""
    return source(request, cohort, repository, path)


def _nothing(path: str) -> NotFound:
    return NotFound(
        "path-unknown",
        f"There is no file “{path}” in the commit shown.",
        remedy="It may have been renamed or removed; the list of files shows what is there.",
    )


def file_or_folder(found: Visit, path: str) -> HttpResponse | None:
    """The page of a file or folder; None when the commit has neither at ``path``."""
    sha = found.repository.indexed
    if not sha:
        return None
    with Reader(store_of(found.repository.pk)) as reader:
        file = reader.entry_at(sha, path) if path else None
        if file is not None and file.kind != "folder":
            return _file_page(found, reader, file)
        rows = reader.list_folder(sha, path)
        return _folder_page(found, reader, path, rows) if rows or not path else None


def _file_page(found: Visit, reader: Reader, file: TreeFile) -> HttpResponse:
    view = _view_of(found, reader, file)
    entry = selectors.entry_at(found.repository, file.path)
    is_entry = entry is not None and entry.withdrawn_at is None
    shown = SimpleNamespace(
        name=found.words(posixpath.basename(file.path)),
        path=found.words(file.path),
        size_bytes=file.size,
        language=language_of(file.path),
        raw_address="" if view["view"] in WITHOUT_RAW else found.room("raw", file.path),
        history_address=found.room("history", file.path),
        entry_address=found.address(file.path) if is_entry else "",
        changed=None,
        **_ways_to_change(found, file.path, view["view"]),
        **{"lines": None, "width": None, "height": None, "target": "", "secret": "", **view},
    )
    context = {**found.context(file.path, current="files"), "file": shown, "commit": _commit(found)}
    return render(found.request, "file.html", context)


def _ways_to_change(found: Visit, path: str, view: str) -> dict[str, str]:
    """Where the reader changes a text, or proposes a change to it."""
    if view != "source":
        return {"edit_address": "", "propose_address": ""}
    may_write = can_write_repository(found.reader, found.repository)
    return {
        "edit_address": found.room("edit", path) if may_write else "",
        "propose_address": found.propose_address(path),
    }


WITHOUT_RAW = frozenset({"secret", "symlink", "submodule", "missing"})


def _view_of(found: Visit, reader: Reader, file: TreeFile) -> dict[str, Any]:
    """How a file can be shown, and what for that."""
    if not found.may_see_file(file.path):
        return {"view": "secret"}
    if file.kind == "symlink":
        target = reader.read(file.oid, limit=4096) or b""
        return {"view": "symlink", "target": found.text(target.decode("utf-8", "replace"))}
    if file.kind == "submodule":
        return {"view": "submodule", "sha": file.oid}
    return _view_of_file(found, reader, file)


def _view_of_file(found: Visit, reader: Reader, file: TreeFile) -> dict[str, Any]:
    """The same, for what is a file and no link."""
    if file.size is None:
        return {"view": "missing"}
    if posixpath.splitext(file.path)[1].lower() in PICTURES:
        size = image_sizes(reader, found.repository.indexed)(file.path)
        return {"view": "picture", "width": size and size[0], "height": size and size[1]}
    if file.size > SHOWN_BYTES:
        return {"view": "large"}
    return _text_view(found, reader, file)


def _text_view(found: Visit, reader: Reader, file: TreeFile) -> dict[str, Any]:
    data = reader.read(file.oid, limit=SHOWN_BYTES)
    decoded = decode(data or b"", path=file.path)
    if data is None or decoded.is_binary:
        return {"view": "binary" if data is not None else "missing"}
    text = found.text(decoded.text)
    rendered = render_code(text, language=None, path=file.path)
    return {
        "view": "source",
        "html": mark_safe(rendered.html),  # noqa: S308 - the renderer's output
        "lines": text.count("\n") + (not text.endswith("\n")),
        "secret": _about_secrets(found, file.path, decoded.text),
    }


def _about_secrets(found: Visit, path: str, text: str) -> str:
    """How secrets in a file are shown to this reader: ``shown``, ``hidden``, or nothing."""
    if not is_secret(path) and not find_secrets(text):
        return ""
    return "shown" if found.may_see_secrets else "hidden"


def _commit(found: Visit) -> SimpleNamespace:
    return SimpleNamespace(sha=found.repository.indexed, address=found.room("status"))


def _folder_page(found: Visit, reader: Reader, path: str, rows: list[TreeFile]) -> HttpResponse:
    changes = reader.last_changes(found.repository.indexed, path)
    ordered = sorted(rows, key=lambda row: (row.kind != "folder", row.path.lower()))
    folder = SimpleNamespace(
        path=found.words(path),
        name=found.words(posixpath.basename(path) or found.repository.name),
        rows=[_row(found, row, changes.get(row.path)) for row in ordered[:ROWS_SHOWN]],
        parent_address=_parent(found, path),
        more=max(len(ordered) - ROWS_SHOWN, 0),
    )
    context = {
        **found.context(path, current="files"),
        "folder": folder,
        "readme": _readme(found, ordered),
        "commit": _commit_of(found, reader),
    }
    return render(found.request, "folder.html", context)


def _parent(found: Visit, path: str) -> str:
    above = posixpath.dirname(path)
    if not path:
        return ""
    return found.address(above) if above else found.room("files", "")


def _row(found: Visit, row: TreeFile, change: Any) -> SimpleNamespace:
    icons = {"folder": "folder", "symlink": "link", "submodule": "submodule"}
    secret = row.kind == "file" and is_secret(row.path)
    picture = posixpath.splitext(row.path)[1].lower() in PICTURES
    return SimpleNamespace(
        name=found.words(posixpath.basename(row.path)),
        address=found.address(row.path),
        icon="lock" if secret else icons.get(row.kind, "picture" if picture else "file"),
        note=("" if found.may_see_secrets else "withheld") if secret else "",
        changed=change
        and SimpleNamespace(
            subject=found.text(change.subject),
            at=change.committed_at,
            address=found.room("history", row.path),
        ),
    )


def _readme(found: Visit, rows: list[TreeFile]) -> SimpleNamespace | None:
    """The page made of the folder's README, if it is an entry."""
    name = next((r.path for r in rows if is_readme(posixpath.basename(r.path))), None)
    if name is None:
        return None
    at_root = "/" not in name
    entry = selectors.entry_at(found.repository, "" if at_root else name)
    if entry is None or entry.withdrawn_at is not None:
        return None
    html = mark_safe(found.html(entry.rendering.html))  # noqa: S308 - the renderer's output
    return SimpleNamespace(title=entry.title, html=html, address=found.address(entry.path))


def _commit_of(found: Visit, reader: Reader) -> SimpleNamespace:
    commit = reader.commit(found.repository.indexed)
    return SimpleNamespace(
        sha=commit.sha,
        address=found.room("status"),
        subject=found.text(commit.subject),
        at=commit.committed_at,
    )

"""The pages that look into Git: files, folders, histories, comparisons."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.library.rendering.diffing import Diff
from nexus.web.tests.gallery import samples, things
from nexus.web.tests.gallery.things import (
    State,
    ago,
)


def _file(view: str, name: str, **more: Any) -> State:
    defaults: dict[str, Any] = {
        "name": name,
        "path": f"backend/{name}",
        "size_bytes": 4812,
        "language": "",
        "lines": None,
        "view": view,
        "raw_address": f"/c/prodev/lewis-nexus/-/raw/backend/{name}",
        "history_address": "#",
        "entry_address": "",
        "target": "",
        "changed": Thing(
            subject="x", at=ago(days=9), person=things.LEWIS, sha=things.SHA, address="#"
        ),
    }
    return "file.html", {
        "file": Thing(**(defaults | more)),
        "commit": Thing(sha=things.SHA, address="#"),
        "clone_address": things.NEXUS.clone_address,
        "crumbs": things.crumbs("backend", name),
        "rooms": things.REPOSITORY_ROOMS,
    }


def file_source() -> State:
    html, lines = samples.source()
    return _file("source", "views.py", html=html, lines=lines, language="Python")


def file_secret() -> State:
    return _file("secret", ".env", raw_address="", history_address="")


def file_submodule() -> State:
    return _file("submodule", "shared-ui", target="https://github.com/x/shared-ui", raw_address="")


def file_picture() -> State:
    return _file("picture", "architecture.svg", raw_address=samples.PICTURE, width=640, height=360)


def folder(more: int = 0) -> State:
    changed = Thing(
        subject="Write down how to deploy on a small machine", at=ago(days=3), address="#"
    )
    names = [
        ("docs", "folder", ""),
        ("frontend", "folder", ""),
        ("shared-ui", "submodule", "a submodule; add it as a repository of its own"),
        ("latest", "link", "a symbolic link; it is not followed"),
        (".env", "lock", "its name says that it holds a secret"),
        ("README.md", "document", ""),
        ("schema.yaml", "contract", ""),
        ("diagram.png", "picture", ""),
        ("a file with a very long name (final) [2] & more — ünïcode وثيقة.txt", "file", ""),
        *((f"migration_{number:04}.py", "file", "") for number in range(more)),
    ]
    rows = [
        Thing(name=name, address="#", icon=icon, note=note, changed=None if note else changed)
        for name, icon, note in names
    ]
    return "folder.html", {
        "folder": Thing(
            path="backend", name="backend", rows=rows, parent_address="#", more=more * 40
        ),
        "readme": Thing(title="README.md", html=samples.readme(), address="#"),
        "commit": Thing(sha=things.SHA, address="#", subject=changed.subject, at=ago(days=3)),
        "crumbs": things.crumbs("backend"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def folder_large() -> State:
    return folder(more=60)


def history() -> State:
    subjects = [
        "Explain why prefetch_related is not enough",
        "Add the numbers of the second measurement, taken on the machine that the hub runs on, "
        "because the first were taken on a laptop that was busy",
        "",
        "docs: N+1",
        "first commit",
    ]
    versions = [
        Thing(
            sha=f"{at}{things.SHA[1:]}",
            subject=subject,
            person=things.AMINA,
            committed_at=ago(days=3 + 20 * at),
            address="#",
            renamed_from="notes/n plus one.md" if at == 2 else "",
        )
        for at, subject in enumerate(subjects)
    ]
    return "history.html", {
        "title": "N+1 queries, and how we stopped writing them",
        "address": "#",
        "compare_address": "#",
        "versions": versions,
        "more": 12,
        "crumbs": things.crumbs("N+1 queries", "History"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def diff() -> State:
    old, new = history()[1]["versions"][1::-1]
    for version in (old, new):
        version.path = "code-snippets/retry_with_backoff.py"
    old.path = "snippets/retry.py"
    return "diff.html", {
        "title": "retry_with_backoff.py",
        "address": "#",
        "history_address": "#",
        "old": old,
        "new": new,
        "diff": samples.comparison(),
        "crumbs": things.crumbs("retry_with_backoff.py", "Changes"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def diff_same() -> State:
    name, context = diff()
    return name, {**context, "diff": Diff()}

"""The pages of entries."""

from types import SimpleNamespace as Thing
from typing import Any

from django.utils.safestring import SafeString

from nexus.web.tests.gallery import samples, things
from nexus.web.tests.gallery.things import (
    OWNER,
    State,
    ago,
    entry,
)


def _entry(kind: str, title: str, html: SafeString, **more: Any) -> Thing:
    address = "/c/prodev/lewis-nexus/backend/docs/api/README.md"
    defaults: dict[str, Any] = {
        "html": html,
        "commit": Thing(sha=things.SHA, address="#"),
        "history_address": "/c/prodev/lewis-nexus/-/history/README.md",
        "source_address": "/c/prodev/lewis-nexus/-/source/README.md",
        "raw_address": "/c/prodev/lewis-nexus/-/raw/README.md",
        "versions": 12,
        "features": [],
        "address": address,
    }
    return entry(kind, title, **(defaults | more))


def document() -> State:
    title = "N+1 queries, and how we stopped writing them"
    return "entry.html", {
        "entry": _entry("document", title, samples.safe(samples.prose()), person=things.AMINA),
        "crumbs": things.crumbs("N+1 queries"),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": samples.prose().headings,
        "facts": things.FACTS,
    }


def document_removed() -> State:
    """A page with everything that can go wrong, in a right-to-left script."""
    title, html = samples.ARABIC_TITLE, samples.arabic()
    return "entry.html", {
        **OWNER,
        "entry": _entry("document", title, html, person=things.YASMIN, dir="rtl"),
        "crumbs": things.crumbs("docs", "a-long-folder-name", title),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": [],
        "facts": things.FACTS,
        "problems": things.PROBLEMS,
        "removed_at": ago(days=2),
        "stale": Thing(since=ago(days=31), words="The remote no longer answers.", address="#"),
    }


def project() -> State:
    parts = [
        Thing(kind="document", count=14, address="/search", entries=things.ENTRIES[:3]),
        Thing(kind="contract", count=1, address="/search", entries=things.ENTRIES[1:2]),
    ]
    return "entry.html", {
        "entry": _entry(
            "project",
            "Job board backend",
            samples.readme(),
            summary=things.PROJECTS[0].summary,
        ),
        "repository": things.NEXUS,
        "crumbs": things.CRUMBS,
        "rooms": things.REPOSITORY_ROOMS,
        "headings": things.headings("Features", "Getting started", " With Docker", "Licence"),
        "facts": things.FACTS[2:],
        "languages": things.PROJECTS[0].languages,
        "parts": parts,
        "contributors": [things.LEWIS, things.AMINA, things.GIT_ONLY],
    }


def snippet() -> State:
    return "entry.html", {
        "entry": _entry(
            "snippet",
            "retry_with_backoff.py",
            samples.snippet(),
            summary="Calls a function again with growing pauses and jitter.",
            person=things.SHEMA,
        ),
        "crumbs": things.crumbs("code-snippets", "retry_with_backoff.py"),
        "rooms": things.REPOSITORY_ROOMS,
        "facts": things.FACTS,
    }


def contract() -> State:
    html, heads = samples.contract()
    return "entry.html", {
        "entry": _entry(
            "contract",
            "Redocly Museum API",
            html,
            summary="An imaginary, but delightful Museum API.",
        ),
        "crumbs": things.crumbs("openapi.yaml"),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": heads,
        "facts": things.FACTS,
    }


def version() -> State:
    _, context = document()
    return "version.html", {
        **context,
        "version": Thing(
            sha=things.SHA,
            subject="Explain why prefetch_related is not enough",
            person=things.AMINA,
            committed_at=ago(days=80),
            compare_address="#",
        ),
    }

"""Pages on which people write, change and correct."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.library.kinds.registry import KINDS
from nexus.library.pages.writing import FORMS, EditForm, EditorWords
from nexus.library.rendering.diffing import diff_html
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import COHORT, OWNER, State

_FRAME: dict[str, Any] = {**OWNER, "cohort": COHORT, "rooms": things.ROOMS}
_PATH = "documentation/how we name branches, and why – ünïcode.md"
_TEXT = "---\ntitle: How we name branches\n---\n\nA branch has the name of what it changes.\n"
_FILE: dict[str, Any] = {
    **OWNER,
    "crumbs": things.crumbs("documentation", "How we name branches"),
    "rooms": things.REPOSITORY_ROOMS,
    "path": _PATH,
    "address": "#",
    "source_address": "#",
    "remove_address": "#",
    "words": EditorWords("Edit", "Publish", "Goes into the history."),
}


def write() -> State:
    kinds = [Thing(kind=kind, lead=form.lead, address="#") for kind, form in FORMS.items()]
    return "write.html", {**_FRAME, "crumbs": things.crumbs("Write")[:1], "kinds": kinds}


def write_entry() -> State:
    form = FORMS["challenge"]()
    return "write_entry.html", {
        **_FRAME,
        "crumbs": things.crumbs("Write", "Challenge"),
        "kind": KINDS["challenge"],
        "form": form,
        "lead": form.lead,
    }


def write_entry_faults() -> State:
    name, context = write_entry()
    form = FORMS["resource"]({"title": "", "address": "no address", "text": "Worth a read."})
    form.add_error(None, "There are too many entries of this title.")
    return name, {**context, "form": form, "kind": KINDS["resource"], "lead": form.lead}


def edit() -> State:
    return "edit.html", {**_FILE, "form": EditForm(initial={"text": _TEXT, "made_from": "1f"})}


def edit_conflict() -> State:
    form = EditForm({"text": _TEXT, "message": "Say why", "made_from": "1f"})
    form.add_error(None, "Somebody else changed the same lines in the meantime.")
    diff = diff_html(_TEXT, _TEXT.replace("what it changes", "the ticket"))
    return "edit.html", {**_FILE, "form": form, "diff": diff}


def remove_file() -> State:
    return "remove_file.html", _FILE


def facts() -> State:
    """As its owner sees it, with one correction refused and one that stands."""
    return "facts.html", {
        **OWNER,
        **_project(),
        "may_correct": True,
        "known": [
            _fact(
                "title",
                "Title",
                [_group("alx-project-nexus", source="README.md, a guess", is_overruled=True)],
                [_group("The Chop Shop", source="said by Ruth Adeyemi")],
                text="The Chop Shop",
                is_corrected=True,
            ),
            _fact(
                "track",
                "Track",
                [_group("Backend", source="manage.py")],
                choices=[
                    Thing(value=one, words=one, is_chosen=one == "backend")
                    for one in ("backend", "frontend", "both")
                ],
                text="backend",
            ),
            _fact(
                "technology",
                "Built with",
                [_group("Django", "PostgreSQL", "Celery", source="requirements.txt")],
                [_group("Redis", source="README.md, a guess")],
                hint="Names of topics, such as Django.",
                is_repeated=True,
                text="Django\nPostgreSQL\nCelery\nRedis",
            ),
        ],
        "unknown": [
            _fact(
                "live_address",
                "Runs at",
                is_repeated=True,
                text="not an address",
                fault="“live address” takes the address of a page on the web.",
            ),
        ],
    }


def facts_for_guests() -> State:
    name, context = facts()
    return name, {**context, "me": None, "may_add": False, "may_correct": False}


def facts_empty() -> State:
    name, context = facts_for_guests()
    return name, {**context, "known": []}


def _project() -> dict[str, Any]:
    return {
        "repository": Thing(name="alx-project-nexus", address="#"),
        "crumbs": things.CRUMBS,
        "rooms": things.REPOSITORY_ROOMS,
    }


def _group(*values: str, source: str, is_overruled: bool = False) -> Thing:
    return Thing(
        values=[Thing(text=value, address="") for value in values],
        source=source,
        source_address="" if source.startswith("said") else "#",
        is_overruled=is_overruled,
    )


def _fact(name: str, label: str, *groups: list[Thing], **more: Any) -> Thing:
    defaults: dict[str, Any] = {
        "hint": "",
        "is_corrected": False,
        "choices": [],
        "is_repeated": False,
        "text": "",
        "lines": 3,
        "fault": "",
    }
    rows = [one for group in groups for one in group]
    return Thing(name=name, label=label, groups=rows, **(defaults | more))

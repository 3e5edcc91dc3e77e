"""The pages that keep repositories: their state, and adding one."""

from types import SimpleNamespace as Thing
from typing import Any

from django import forms

from nexus.web.tests.gallery import mending, things
from nexus.web.tests.gallery.things import (
    OWNER,
    State,
    ago,
    counts,
)


def _repository(**more: Any) -> State:
    defaults: dict[str, Any] = {
        "owner": things.LEWIS,
        "kind": "mirror",
        "origin": "https://github.com/LewisMagangi/alx-project-nexus",
        "branch": "main",
        "fetched_at": ago(hours=1),
        "size_bytes": 18_400_000,
        "state": "ready",
        "state_word": "up to date",
        "is_unread": False,
        "trouble": None,
        "files_address": "#",
        "history_address": "#",
    }
    return "repository.html", {
        **OWNER,
        "repository": things.repository("alx-project-nexus", "lewis-nexus", **(defaults | more)),
        "revision": Thing(
            sha=things.SHA,
            subject="Write down how to deploy on a small machine",
            person=things.LEWIS,
            committed_at=ago(days=3),
        ),
        "sync": None,
        "status_address": "/status.json",
        "sync_address": "#",
        "counts": counts(project=1, document=14, snippet=3, contract=1),
        "report": Thing(address="#", chapters=mending.report()[1]["chapters"]),
        "left_out": [
            Thing(
                reason="vendored",
                words="a copy of other people's work (a package folder or virtual environment)",
                files=10_412,
                paths=[
                    Thing(path="backend/venv", files=10_400),
                    Thing(path="frontend/node_modules/left-pad", files=12),
                ],
                more=0,
            ),
            Thing(
                reason="secret",
                words="its name says that it holds a secret",
                files=2,
                paths=[Thing(path="backend/.env", files=1), Thing(path="id_rsa", files=1)],
                more=0,
            ),
        ],
        "contributors": [
            Thing(**vars(one), commits=commits, last_at=ago(days=commits))
            for one, commits in ((things.LEWIS, 112), (things.AMINA, 9), (things.GIT_ONLY, 3))
        ],
        "crumbs": things.crumbs("Status"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def repository_ready() -> State:
    return _repository()


def repository_running() -> State:
    name, context = _repository(state="running", state_word="being read", fetched_at=None)
    fresh: dict[str, Any] = {"revision": None, "counts": [], "report": None, "left_out": []}
    fresh["contributors"] = []
    sync = Thing(stage="Reading files", done=412, total=1210)
    return name, {**context, **fresh, "sync": sync}


def repository_trouble() -> State:
    return _repository(
        state="trouble",
        state_word="could not be fetched",
        trouble=Thing(
            tone="bad",
            title="The remote asks for a password.",
            remedy="Make the repository public, or give an address that needs none. What was "
            "read before stays here.",
        ),
    )


UNREAD = {
    "origin": "https://github.com/LewisMagangi/alx-project-nexsu",
    "branch": "",
    "fetched_at": None,
    "is_unread": True,
    "state": "trouble",
    "state_word": "could not be read",
    "trouble": Thing(
        tone="bad", title="There is no repository at this address.", remedy="Check the address."
    ),
}


def repository_unread() -> State:
    name, context = _repository(**UNREAD)
    nothing: dict[str, Any] = {"revision": None, "counts": [], "report": None, "left_out": []}
    ways = {"contributors": [], "change_address": "#", "remove_address": "#"}
    return name, {**context, **nothing, **ways}


def repository_empty() -> State:
    name, context = repository_unread()
    trouble = Thing(
        tone="note", title="There are no files in this folder yet.", remedy="Put some there."
    )
    empty = {"state": "empty", "state_word": "empty", "trouble": trouble}
    context["repository"] = Thing(**{**vars(context["repository"]), **empty})
    return name, context


def repository_remove() -> State:
    _, context = repository_unread()
    return "repository_remove.html", {**context, "status_address": "#"}


class AddForm(forms.Form):
    """The form of the page that adds a repository."""

    origin = forms.CharField(
        label="Address",
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "url"}),
    )
    archive = forms.FileField(
        label="Archive", required=False, widget=forms.FileInput(attrs={"class": "input"})
    )
    cohort = forms.ChoiceField(
        label="Cohort",
        choices=[("prodev", "ALX ProDev Backend"), ("commons", "Commons")],
        widget=forms.Select(attrs={"class": "input"}),
    )
    name = forms.CharField(
        label="Name", required=False, widget=forms.TextInput(attrs={"class": "input"})
    )


def repository_add() -> State:
    return "repository_add.html", {**OWNER, "form": AddForm()}


def repository_add_faults() -> State:
    form = AddForm({"origin": "ext::sh -c id", "cohort": "prodev"})
    form.add_error("origin", "This is no address the hub fetches from. Use https:// or ssh://.")
    form.add_error(None, "Nothing was added.")
    return "repository_add.html", {**OWNER, "form": form}


def repository_add_instead() -> State:
    form = AddForm(initial={"origin": UNREAD["origin"], "cohort": "prodev"})
    instead = Thing(name="alx-project-nexsu")
    return "repository_add.html", {**OWNER, "form": form, "instead": instead}

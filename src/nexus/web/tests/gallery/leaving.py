"""The pages on which people take their account along, and delete it."""

from types import SimpleNamespace as Thing

from nexus.departing.pages import DepartureForm
from nexus.web.tests.gallery.things import OWNER, State, ago

_COHORT = Thing(slug="prodev-2026")
_REPOSITORIES = [
    Thing(pk=1, cohort=_COHORT, slug="lewis-nexus", origin_kind="hosted", origin=""),
    Thing(
        pk=2,
        cohort=_COHORT,
        slug="alx-project-nexus",
        origin_kind="remote",
        origin="https://github.com/LewisMagangi/alx-project-nexus-with-a-rather-long-name",
    ),
]
_STATUS = {"status_address": "/status.json"}


def export_none() -> State:
    return "account/export.html", {
        **OWNER,
        **_STATUS,
        "export": None,
        "is_running": False,
        "download": "",
    }


def export_running() -> State:
    name, context = export_none()
    export = Thing(stage="Packing lewis-nexus", done=1, total=3, error="")
    return name, {**context, "export": export, "is_running": True}


def export_ready() -> State:
    name, context = export_none()
    export = Thing(error="", finished_at=ago(hours=2), size_bytes=48_300_000)
    return name, {**context, "export": export, "download": "#"}


def export_failed() -> State:
    name, context = export_none()
    words = "The archive could not be written: No space left on device. There may be no room left."
    return name, {**context, "export": Thing(error=words)}


def delete() -> State:
    return "account/delete.html", {
        **OWNER,
        "person": Thing(handle="lewis"),
        "hindrances": [],
        "has_repositories": True,
        "form": DepartureForm(_REPOSITORIES),  # type: ignore[arg-type]
    }


def delete_faults() -> State:
    name, context = delete()
    form = DepartureForm(_REPOSITORIES, {"handle": "luis", "take": ["1"]})  # type: ignore[arg-type]
    form.add_error("handle", "That is not the handle of this account. To delete it, type lewis.")
    return name, {**context, "form": form}


def delete_first() -> State:
    name, context = delete()
    hindrances = [
        Thing(
            title="“Backend, spring 2026” has other members, and no owner but you.",
            remedy="Hand it on to one of them, on its page of members.",
            heirs=("amina", "wanjiru-k", "otieno"),
        ),
        Thing(
            title="Somebody always runs the hub, and you are the last who does.",
            remedy="Make somebody else its owner first: nexus person add HANDLE --owner",
            heirs=(),
        ),
    ]
    return name, {**context, "hindrances": hindrances}


def deleted() -> State:
    return "account/deleted.html", {}

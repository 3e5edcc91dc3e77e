"""The administration: how the hub does, a row of a desk, and a question before an act."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.library.presenting import Link, Section
from nexus.web.administration.state import Group, Number, Refusal, Trouble
from nexus.web.administration.state import State as HubState
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

TROUBLE = (
    "The remote does not answer. It is asked again within the hour; what was read before is here."
)


def _frame(current: str) -> dict[str, Any]:
    names = {"How the hub does": "home", "People": "person", "Audit log": "history"}
    links = [Link(name, "#", icon, current=name == current) for name, icon in names.items()]
    rooms = [Section("Administration", links)]
    return {**OWNER, "rooms": rooms, "crumbs": [], "here": "#", "desk": Thing(title=current)}


def state() -> State:
    groups = (
        Group("People", [Number("1,204", "with an account", "#"), Number("3", "suspended", "#")]),
        Group(
            "Repositories",
            [Number("981", "up to date", "#"), Number("7", "could not be read", "#", is_bad=True)],
        ),
        Group("Machine", [Number("412.0 MB", "left on the disk", is_bad=True)]),
    )
    troubles = [Trouble("alx-project-nexus", "ProDev Backend", "#", TROUBLE)]
    refusals = [
        Refusal(ago(hours=2), "", "tried an invitation that does not work", "from 192.0.2.7", "#"),
        Refusal(
            ago(days=1), things.AMINA.handle, "tried what is not theirs to do", "by a page", "#"
        ),
    ]
    return "administration/index.html", {
        **_frame("How the hub does"),
        "state": HubState(groups, troubles, refusals),
    }


def empty() -> State:
    return "administration/index.html", {
        **_frame("How the hub does"),
        "state": HubState((Group("People", [Number("1", "with an account", "#")]),), (), ()),
    }


def row() -> State:
    person = things.AMINA
    return "administration/row.html", {
        **_frame("People"),
        "row": person.handle,
        "told": [("Handle", person.handle), ("Name", person.name), ("Suspended", "–")],
        "acts": [
            Thing(name="link", title="Mail a sign-in link", is_bad=False),
            Thing(name="suspend", title="Suspend", is_bad=True),
        ],
        "ways": [("Access tokens", "#"), ("What they did", "#")],
    }


def sure() -> State:
    return "administration/sure.html", {
        **_frame("People"),
        "act": Thing(
            name="suspend",
            title="Suspend",
            question="The account opens nothing any more: no session, no access token, no link.",
            is_bad=True,
        ),
        "rows": [things.AMINA.handle, things.LONG.handle],
        "checkbox": "_selected_action",
        "back": False,
    }

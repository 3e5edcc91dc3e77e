"""Pages on which people propose changes to each other's files, and answer them."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.library.pages.proposals import JOIN
from nexus.library.pages.proposing import ELSEWHERE, PROPOSE
from nexus.library.pages.writing import EditForm
from nexus.library.rendering.diffing import diff_html
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

_TEXT = "# How we name branches\n\nA branch has the name of what it changes.\n\nSay it short.\n"
_BETTER = _TEXT.replace("what it changes", "the ticket, then of what it changes")
_PATH = "documentation/how we name branches, and why – ünïcode.md"
_FRAME: dict[str, Any] = {
    **OWNER,
    "crumbs": things.crumbs("documentation", "How we name branches"),
    "rooms": things.REPOSITORY_ROOMS,
}


def _proposal(title: str = "Name the ticket first", state: str = "open", **more: Any) -> Thing:
    defaults: dict[str, Any] = {
        "path": _PATH,
        "address": "#",
        "person": things.AMINA,
        "made_at": ago(days=2),
        "answer": "",
        "answered_at": None if state == "open" else ago(hours=3),
        "repository": "prodev/nexus-of-ruth",
    }
    return Thing(title=title, state=state, **(defaults | more))


_ANSWERED = [
    _proposal("أصلح الرابط", "accepted", person=things.YASMIN),
    _proposal("Spell it right", "declined", answer="It is spelt so here.", person=things.LONG),
    _proposal("A change", "withdrawn"),
]


def propose() -> State:
    form = EditForm(initial={"text": _TEXT, "made_from": "1f"})
    more = {"words": PROPOSE, "path": _PATH, "address": "#", "source_address": "#"}
    return "edit.html", {**_FRAME, **more, "form": form}


def propose_elsewhere() -> State:
    name, context = propose()
    return name, {**context, "words": ELSEWHERE, "origin": "#", "origin_editor": "#"}


def proposals() -> State:
    lists = {"waiting": [_proposal()], "answered": _ANSWERED, "is_owner": True}
    return "proposals.html", {**_FRAME, **lists}


def proposals_empty() -> State:
    return "proposals.html", {**_FRAME, "waiting": [], "answered": [], "is_owner": True}


def my_proposals() -> State:
    returned = [Thing(path=_PATH, message="", made_at=ago(days=9))]
    lists = {"waiting": [_proposal()], "proposed": _ANSWERED, "returned": returned}
    return "account/proposals.html", {**OWNER, **lists}


def proposal(**more: Any) -> State:
    defaults: dict[str, Any] = {
        "proposal": _proposal(),
        "answered_by": None,
        "commit_address": "",
        "path_address": "#",
        "list_address": "#",
        "edition": 2,
        "was_edited": True,
        "diff": diff_html(_TEXT, _BETTER),
        "standing": "moved",
        "may_answer": True,
        "join_address": "#",
        "is_mine": False,
        "change_address": "#",
        "fault": "",
    }
    return "proposal.html", {**_FRAME, **defaults, **more}


def proposal_clash() -> State:
    fault = "The text of this proposal was changed a moment ago. Read it again."
    return proposal(standing="clash", fault=fault)


def proposal_mine() -> State:
    return proposal(may_answer=False, is_mine=True, standing="gone")


def proposal_declined() -> State:
    more = {"answered_by": things.RUTH, "standing": "", "may_answer": False}
    return proposal(proposal=_ANSWERED[1], **more)


def proposal_join() -> State:
    form = EditForm(initial={"text": _BETTER, "made_from": "1f"})
    more = {"words": JOIN, "path": _PATH, "address": "#", "source_address": "#", "edition": 1}
    diff = diff_html(_TEXT, _BETTER)
    return "edit.html", {**_FRAME, **more, "form": form, "diff": diff, "is_wordless": True}

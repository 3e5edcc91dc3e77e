"""The pages on which a cohort is run, and those by which people come in."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.web.pages.governing.invitations import InvitationForm
from nexus.web.pages.governing.settings import CohortForm
from nexus.web.pages.governing.telling import GROUPS
from nexus.web.pages.governing.words import ROLE_WORDS
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

TABS = ["Members", "Invitations", "Requests", "Settings", "Log"]
SECRET = "lusab-babad-gutih"
FAULT = Thing(
    title="This invitation does not work.",
    remedy="It may be used, too old, taken back, or meant for somebody else. Ask whoever gave it "
    "to you for a new one.",
)


def _governed(current: str, *, is_archived: bool = False) -> dict[str, Any]:
    return {
        **OWNER,
        "cohort": Thing(**vars(things.COHORT), is_archived=is_archived),
        "tabs": [Thing(title=title, address="#", current=title == current) for title in TABS],
        "crumbs": things.crumbs(current),
        "rooms": things.ROOMS,
    }


def cohort_new() -> State:
    return "cohort_new.html", {**OWNER, "form": CohortForm(), "crumbs": []}


def cohort_settings() -> State:
    form = CohortForm({"name": "", "slug": "Two words", "visibility": "members"})
    form.add_error("slug", "“Two words” cannot be part of an address.")
    return "cohort_settings.html", {**_governed("Settings"), "form": form}


def cohort_archived() -> State:
    context = _governed("Settings", is_archived=True)
    return "cohort_settings.html", {**context, "form": CohortForm()}


def members() -> State:
    people = (things.RUTH, things.AMINA, things.LONG, things.YASMIN)
    return "members.html", {
        **_governed("Members"),
        "members": [
            Thing(person=person, role=role, since=ago(days=40), pk=at)
            for at, (person, role) in enumerate(zip(people, ROLE_WORDS, strict=True))
        ],
        "owners": 1,
        "roles": list(ROLE_WORDS),
        "role_words": ROLE_WORDS,
    }


def invitations() -> State:
    address = f"https://nexus.example/i/{SECRET}"
    return "invitations.html", {
        **_governed("Invitations"),
        "form": InvitationForm(roles=list(ROLE_WORDS)),
        "made": Thing(
            kind="code",
            secret=SECRET,
            address=address,
            words="For 30 people, as a member",
            was_mailed=False,
        ),
        "invitations": [_invitation(at) for at in range(3)],
        "sends_mail": False,
    }


def _invitation(at: int) -> dict[str, Any]:
    invitation = Thing(
        pk=at,
        get_kind_display=("link", "code", "e-mail")[at],
        made_by=things.AMINA if at else None,
        most_uses=30 if at == 0 else 1,
        taken=7,
        expires_at=ago(days=-9),
        made_at=ago(days=5),
    )
    words = ("For 30 people, as a member", "For one person, as a guest", "For a@b.org, as a mentor")
    return {
        "invitation": invitation,
        "words": words[at],
        "state": ("open", "revoked", "used")[at],
        "is_open": at == 0,
        "may_revoke": at == 0,
    }


def invitations_empty() -> State:
    form = InvitationForm({"kind": "email", "uses": "0"}, roles=["member", "guest"])
    nothing: dict[str, Any] = {"form": form, "made": None, "invitations": [], "sends_mail": True}
    return "invitations.html", {**_governed("Invitations"), **nothing}


def requests() -> State:
    asked = [
        Thing(pk=1, person=things.YASMIN, message="أدرّس التخزين المؤقت.\nMay I read along?"),
        Thing(pk=2, person=things.LONG, message=""),
    ]
    for one in asked:
        one.asked_at = ago(hours=5)
    roles = ["member", "guest"]
    return "requests.html", {**_governed("Requests"), "requests": asked, "roles": roles}


def requests_empty() -> State:
    return "requests.html", {**_governed("Requests"), "requests": [], "roles": []}


def invitation() -> State:
    return "invitation.html", {
        "fault": None,
        "cohort": things.COHORT,
        "inviter": things.AMINA,
        "role": "a member",
        "role_words": ROLE_WORDS["member"],
        "email": "ada@example.org",
        "reader": None,
        "sign_in_address": "#",
        "crumbs": [],
    }


def invitation_refused() -> State:
    return "invitation.html", {"fault": FAULT, "crumbs": []}


def join() -> State:
    return "join.html", {
        **OWNER,
        "fault": "Type the code that you were given.",
        "invitations": [
            {"number": 1, "cohort": things.COHORT, "by": things.AMINA, "role": "a member"}
        ],
        "cohorts": [things.COHORT],
        "sign_in_address": "",
        "may_create": True,
        "crumbs": [],
    }


def _standing(**more: Any) -> State:
    cohort = Thing(**vars(things.COHORT), is_archived=False)
    nothing: dict[str, Any] = {"role": "", "role_words": "", "waits": False, "crumbs": []}
    return "cohort_join.html", {**OWNER, "cohort": cohort, **nothing, **more}


def cohort_join() -> State:
    return _standing()


def cohort_waits() -> State:
    return _standing(waits=True)


def cohort_member() -> State:
    return _standing(role="a mentor", role_words=ROLE_WORDS["mentor"])


def _log(**more: Any) -> dict[str, Any]:
    lines = [
        ("amina", "made lewis-magangi a mentor, before a member", False),
        ("", "tried an invitation that does not work", True),
        ("ruth", "changed the name from “Backend” to “ALX ProDev Backend”", False),
        ("", "created the cohort", False),
    ]
    return {
        "lines": [
            Thing(
                at=ago(hours=at),
                who=who,
                sentence=sentence,
                is_refusal=is_refusal,
                whence="from 192.0.2.7",
                cohort=things.COHORT,
            )
            for at, (who, sentence, is_refusal) in enumerate(lines)
        ],
        "groups": [(key, title, key == "people") for key, title in GROUPS.items()],
        "who": "amina",
        "is_filtered": True,
        "here": "#",
        "older": "#",
        **more,
    }


def log() -> State:
    return "log.html", {**_governed("Log"), **_log()}


def log_none() -> State:
    return "log.html", {**_governed("Log"), **_log(lines=[], older="")}


def hub_log() -> State:
    return "hub_log.html", {**OWNER, "crumbs": [], **_log(is_filtered=False)}

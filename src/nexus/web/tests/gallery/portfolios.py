"""People's own pages: a portfolio, the profile on it, what stands on top of it."""

from types import SimpleNamespace as Thing
from typing import Any

from nexus.people.profile.given import Link
from nexus.web.pages.meeting import Meeting
from nexus.web.pages.profile import ProfileForm
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.joining import CHALLENGES
from nexus.web.tests.gallery.things import COHORT, OWNER, State, counts, weeks

MEETING = Meeting(
    place="Nairobi, UTC+3",
    apart="2 hours ahead of you",
    clock="22:20",
    is_day=False,
    open_to="answer questions and review code",
    times="mornings and evenings, 6 hours a week",
)
ABOUT = [
    "Backend developer in Nairobi. I like small services, short functions and tests that say what "
    "the software promises.",
    "Before, I taught mathematics for six years.",
]


def _known(*rows: tuple[str, int]) -> list[Thing]:
    return [Thing(title=title, count=count, address="#", evidence="#") for title, count in rows]


def _projects(count: int) -> list[Thing]:
    known: dict[str, Any] = {
        "track": "Backend",
        "sought": ["a frontend"],
        "technologies": ["Django", "PostgreSQL"],
        "more_technologies": 0,
        "live_address": "",
        "live_host": "",
    }
    return [Thing(card=card, **known) for card in things.PROJECTS[:count]]


def person() -> State:
    mine = [entry for entry in things.ENTRIES if entry.person is things.AMINA]
    return "person.html", {
        "person": things.AMINA,
        "tracks": ["Backend", "Mobile"],
        "about": ABOUT,
        "links": [
            Link("Code", "https://github.com/amina"),
            Link("amina.example", "https://amina.example/"),
        ],
        "meeting": MEETING,
        "wishes": [Thing(title="Kubernetes", address="#")],
        "counts": counts(project=1, document=31, snippet=8, challenge=4),
        "known": _known(("Django", 24), ("N+1 queries", 9), ("PostgreSQL", 7), ("Redis", 1)),
        "pinned": mine[:2],
        "projects": _projects(2),
        "challenges": CHALLENGES[:2],
        "snippets": things.ENTRIES[1:3],
        "entries": mine,
        "entries_address": "#",
        "weeks": weeks(3),
        "cohorts": [COHORT],
        "crumbs": [Thing(title="Amina Odhiambo", address="#")],
    }


def person_own() -> State:
    """One's own page, for somebody who writes in two cohorts and is away."""
    name, context = person()
    writes_in = [COHORT, Thing(name="Frontend guild", slug="frontend")]
    own = {"writes_in": writes_in, "is_own": True, "meeting": Meeting(is_away=True)}
    return name, {**OWNER, **context, **own}


def person_huge() -> State:
    """Everything as long as it may be."""
    name, context = person()
    links = [
        Link("w" * 40, f"https://{'subdomain.' * 8}example.org/{at}/{'x' * 200}") for at in range(5)
    ]
    return name, {
        **context,
        "person": things.LONG,
        "about": ["Word" * 120, "ቃል " * 60, "כל מה שבניתי"],
        "links": links,
        "known": _known(*((f"A topic with a long name, {at}", at * 97) for at in range(16))),
        "pinned": things.ENTRIES[:6],
        "projects": _projects(4),
    }


def person_empty() -> State:
    return "person.html", {"person": things.LONG, "crumbs": [Thing(title="hubert", address="#")]}


def profile() -> State:
    form = ProfileForm(initial={"name": "Ruth Adeyemi", "time_zone": "Africa/Lagos"})
    return "account/profile.html", {**OWNER, "form": form, "topics": ["Django", "GraphQL"]}


def profile_faults() -> State:
    typed = {
        "name": "",
        "wishes": "Basket weaving",
        "address_0": "javascript:alert(1)",
        "hours_a_week": "900",
        "is_away": "on",
    }
    return "account/profile.html", {**OWNER, "form": ProfileForm(typed), "topics": []}


def pins() -> State:
    rows = [Thing(key=at, card=card) for at, card in enumerate(things.ENTRIES)]
    return "account/pins.html", {
        **OWNER,
        "person": things.RUTH,
        "on_top": rows[:3],
        "others": rows[3:],
        "most": 6,
        "pager": Thing(previous="", next="#", words="1 to 24 of 130"),
    }


def pins_none() -> State:
    return "account/pins.html", {**OWNER, "person": things.RUTH, "most": 6}


STATES = {
    "person": person,
    "person-own": person_own,
    "person-huge": person_huge,
    "person-empty": person_empty,
    "profile": profile,
    "profile-faults": profile_faults,
    "pins": pins,
    "pins-none": pins_none,
}

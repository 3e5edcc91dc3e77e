"""The pages of the hub as a whole, of cohorts and of people."""

from types import SimpleNamespace as Thing

from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import (
    COHORT,
    OWNER,
    State,
    ago,
    counts,
    weeks,
)


def home() -> State:
    cohorts = [
        Thing(
            **vars(COHORT),
            counts=counts(project=34, document=512, snippet=188),
            updated_at=ago(hours=2),
            weeks=weeks(1, 2),
        ),
        Thing(
            name="Frontend guild",
            description="React, TypeScript and the web platform.",
            address="/c/frontend/",
            counts=counts(project=12, document=95),
            updated_at=ago(days=4),
            weeks=weeks(5, 0.5),
        ),
        Thing(
            name="Commons",
            description="What everybody may use: this hub’s own documentation.",
            address="/c/commons/",
            counts=[],
            updated_at=ago(days=190),
            weeks=weeks(5, 0),
        ),
    ]
    return "home.html", {
        "totals": counts(
            project=47, document=1633, snippet=201, challenge=86, contract=11, resource=58
        ),
        "cohorts": cohorts,
        "entries": things.ENTRIES,
    }


def home_empty() -> State:
    return "home.html", {**OWNER, "totals": [], "cohorts": [], "entries": []}


def cohort() -> State:
    people = [things.AMINA, things.LEWIS, things.SHEMA, things.TESFAYE, things.LONG]
    return "cohort.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.CRUMBS[:1],
        "rooms": things.ROOMS,
        "counts": counts(project=34, document=512, snippet=188, contract=9),
        "weeks": weeks(1, 2),
        "projects": things.PROJECTS,
        "entries": things.ENTRIES,
        "entries_address": "/search?cohort=prodev",
        "people": [Thing(**vars(one), count=40 - at * 7) for at, one in enumerate(people)],
        "people_count": 41,
        "topics": [Thing(title=title, address="#") for title in ("Django", "Redis", "Caching")],
        "repositories_count": 37,
        "repositories": repositories(),
    }


def cohort_empty() -> State:
    return "cohort.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.CRUMBS[:1],
        "rooms": things.ROOMS,
    }


def repositories() -> list[Thing]:
    rows = [
        ("alx-project-nexus", "ready", "up to date", 41, "Lewis Magangi"),
        ("alx-project-nexus", "ready", "up to date", 12, "alx-project-nexus-2"),
        ("byn-k-platform", "running", "being read", 120, ""),
        ("backend-notes", "trouble", "could not be read", 17, ""),
        ("a-very-long-repository-name-that-goes-on-and-on-for-a-while", "empty", "empty", 0, ""),
    ]
    return [
        Thing(
            name=name,
            apart=apart,
            address=f"/c/prodev/{name}/",
            state=state,
            state_word=word,
            count=count,
            owner=things.LEWIS,
            branch="main",
            origin=f"https://github.com/someone/{name}",
            updated_at=ago(days=count),
        )
        for name, state, word, count, apart in rows
    ]


def repository_list() -> State:
    return "repositories.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.crumbs("Repositories")[:1],
        "rooms": things.ROOMS,
        "repositories": repositories(),
    }


def people() -> State:
    rows = [things.AMINA, things.LEWIS, things.SHEMA, things.TESFAYE, things.YASMIN, things.LONG]
    return "people.html", {
        "cohort": COHORT,
        "crumbs": things.crumbs("People")[:1],
        "rooms": things.ROOMS,
        "total": 6,
        "sorts": [Thing(title="Most", address="#", selected=True)],
        "people": [
            Thing(
                **vars(one),
                role="mentor" if one is things.AMINA else "",
                counts=[] if one is things.LONG else counts(document=31 - at, snippet=4),
                updated_at=None if one is things.LONG else ago(days=at),
                topics=[Thing(title="Full-text search", address="#")] if at % 2 else [],
            )
            for at, one in enumerate(rows)
        ],
    }


def sign_in_link() -> State:
    return "sign_in_link.html", {"person": things.RUTH, "fault": ""}


def sign_in_used() -> State:
    fault = Thing(title="This link was used already.", remedy="Ask for a new one.")
    return "sign_in_link.html", {"person": None, "fault": fault}


def error_not_found() -> State:
    return "errors/error.html", {
        "status": 404,
        "title": "There is nothing at this address.",
        "remedy": "Check it, or search for what you look for.",
    }


def error_gone() -> State:
    return "errors/error.html", {
        "status": 410,
        "title": "This was withdrawn.",
        "remedy": "Its history is still here.",
        "act": "See its history",
        "address": "#",
    }

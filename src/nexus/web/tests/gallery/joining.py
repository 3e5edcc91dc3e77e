"""The pages that join what a cohort has: topics, projects, challenges, resources, a week."""

from datetime import date
from itertools import combinations
from types import SimpleNamespace as Thing
from typing import Any

from nexus.library.selectors import Survey
from nexus.library.topic_maps import draw
from nexus.library.topics.catalogue import catalogue
from nexus.people.profile.given import Link
from nexus.web.pages.asking import Askable
from nexus.web.pages.meeting import Meeting
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import COHORT, OWNER, State, ago

FRAME: dict[str, Any] = {"cohort": COHORT, "crumbs": things.CRUMBS[:1], "rooms": things.ROOMS}


def links(*titles: str) -> list[Thing]:
    return [Thing(title=title, address="/c/prodev/-/topics/redis") for title in titles]


CHALLENGES = [
    Thing(
        title="Emails sent twice when a Celery worker restarts",
        address="/c/prodev/backend-notes/-/part/challenge-emails/",
        person=things.AMINA,
        repository=things.repository("backend-notes"),
        updated_at=ago(days=2),
        problem="A worker that was killed in the middle of a task took it up again and sent "
        "every letter of the batch a second time.",
        action="acks_late with an idempotency key in Redis; the visibility timeout is longer "
        "than the longest task.",
        result="No letter was sent twice in six weeks.",
        summary="",
        topics=links("Celery", "Redis", "Idempotency"),
        also=2,
    ),
    Thing(
        title="تكرار الاستعلامات في قائمة الوظائف",
        address="/c/prodev/databases/-/part/challenge-queries/",
        person=things.YASMIN,
        repository=things.repository("databases"),
        updated_at=ago(days=20),
        problem="",
        action="select_related و prefetch_related",
        result="",
        summary="",
        topics=[],
        also=0,
    ),
    Thing(
        title="Deployment",
        address="/c/prodev/byn-k-platform/docs/challenges/deployment.md",
        person=things.LONG,
        repository=things.repository("byn-k-platform"),
        updated_at=ago(days=70),
        problem="",
        action="",
        result="",
        summary="What we tried before the container started on the first attempt.",
        topics=links("Docker"),
        also=0,
    ),
]


def resource(title: str, host: str, **more: Any) -> Thing:
    place = Thing(
        person=things.LEWIS,
        title="Reading list",
        address="/c/prodev/lewis-nexus/resources/reading.md",
        line=12,
        line_address="/c/prodev/lewis-nexus/-/source/resources/reading.md#L12",
    )
    defaults: dict[str, Any] = {
        "address": f"https://{host}/",
        "words": "",
        "recommended": 1,
        "places": [place],
        "more": 0,
        "tone": "",
        "state": "",
        "moved_to": "",
    }
    return Thing(title=title, host=host, **(defaults | more))


RESOURCES = [
    resource(
        "Use The Index, Luke: a guide to SQL performance for developers",
        "use-the-index-luke.com",
        words="the book that explained to me what an index is",
        more=7,
    ),
    resource("Old tutorial", "old.example", tone="bad", state="is gone"),
    resource(
        "Moved guide",
        "a-very-long-name-of-a-host-that-goes-on.documentation.example.org",
        tone="care",
        state="has moved",
        moved_to="https://new.example/",
    ),
]


def option(title: str, count: int, *, selected: bool = False) -> Thing:
    return Thing(title=title, kind="", count=count, address="#", selected=selected)


def filters(*groups: str) -> list[Thing]:
    options = [option("Backend", 21), option("Frontend", 12, selected=True), option("Redis", 3)]
    return [Thing(title=title, options=options) for title in groups]


LISTED: dict[str, Any] = {
    **FRAME,
    "total": 61,
    "everything": "/c/prodev/-/projects",
    "active": [Thing(title="Frontend", address="#")],
    "sorts": [
        Thing(title="Newest", address="#", selected=True),
        Thing(title="By title", address="#", selected=False),
    ],
    "pager": Thing(previous="#", next="#", words="25 to 48 of 61"),
}


def topics() -> State:
    """The map, of every fourth topic that there is."""
    slugs = list(catalogue().topics)[::4]
    sizes = {slug: 90 // (at + 1) + 1 for at, slug in enumerate(slugs)}
    meetings = {
        (min(pair), max(pair)): 9 - at % 7 for at, pair in enumerate(combinations(slugs[:14], 2))
    }
    picture = draw(Survey(sizes, meetings), cohort="prodev")
    return "topics.html", {**FRAME, "picture": picture}


def topics_empty() -> State:
    return "topics.html", {**FRAME, "picture": draw(Survey({}, {}), cohort="prodev")}


LINK = Link("Code", "https://github.com/someone")
MEETINGS = (
    Meeting("Nairobi, UTC+3", "2 hours ahead of you", "14:20", answers=True),
    Meeting(),
    Meeting(is_away=True),
)


def topic() -> State:
    groups = [
        Thing(
            kind="challenge",
            anchor="kind-challenge",
            count=14,
            address="#",
            challenges=CHALLENGES,
            entries=[],
        ),
        Thing(
            kind="document",
            anchor="kind-document",
            count=2,
            address="",
            challenges=[],
            entries=[Thing(**{**vars(things.ENTRIES[0]), "also": 3}), things.ENTRIES[4]],
        ),
    ]
    people = [things.AMINA, things.TESFAYE, things.LONG]
    return "topic.html", {
        **FRAME,
        "topic": catalogue().topics["redis"],
        "groups": groups,
        "resources": RESOURCES,
        "resources_count": 31,
        "resources_address": "/c/prodev/-/resources?topic=redis",
        "whom": {
            "people": [
                Askable(one.name, one.handle, 9 - at, "writes about it often", meeting, [LINK])
                for at, (one, meeting) in enumerate(zip(people, MEETINGS, strict=True))
            ],
            "people_address": "#",
            "learners": [
                Askable(things.YASMIN.name, "yasmin", 0, "", Meeting(open_to="study together"), [])
            ],
        },
        "broader": links("Caching"),
        "related": links("Celery", "Message queues", "Rate limiting"),
    }


def topic_of_the_hub() -> State:
    return "topic.html", {
        "crumbs": [Thing(title="Redis", address="#")],
        "topic": catalogue().topics["redis"],
        "groups": [],
        "cohorts": [things.link("ALX ProDev Backend", "people", count=31)],
    }


def projects() -> State:
    known: list[dict[str, Any]] = [
        {"track": "Backend", "sought": ["a frontend", "reviews"], "technologies": ["Django"]},
        {"track": "Frontend", "technologies": ["React", "Next.js", "TypeScript"]},
        {},
        {"live_address": "https://algorithms.example/", "live_host": "algorithms.example"},
    ]
    plain = {"track": "", "sought": [], "technologies": [], "live_address": "", "live_host": ""}
    cards = [
        Thing(card=card, more_technologies=at, **(plain | facts))
        for at, (card, facts) in enumerate(zip(things.PROJECTS, known, strict=True))
    ]
    return "projects.html", {
        **LISTED,
        "projects": cards,
        "filters": filters("Looking for", "Track", "Technology"),
    }


def _own(title: str, *, is_on: bool) -> Thing:
    switch = Thing(side="frontend", words="a frontend", is_on=is_on)
    return Thing(
        key=1, title=title, track="Backend", is_chosen=is_on, address="#", switches=[switch]
    )


def counterparts() -> State:
    """For somebody with two projects."""
    fits = ("same idea: job board; both use GraphQL; 2 hours apart", "each looks for the other", "")
    cards = projects()[1]["projects"]
    return "counterparts.html", {
        **things.OWNER,
        **LISTED,
        "own": [_own("Job board", is_on=True), _own("x" * 80, is_on=False)],
        "mine": Thing(title="Job board", sought=()),
        "found": [
            Thing(project=card, fit=words, meeting=meeting)
            for card, words, meeting in zip(cards, fits, MEETINGS, strict=False)
        ],
        "filters": filters("Looking for", "Idea", "Clocks"),
    }


def counterparts_none() -> State:
    """The hub's own page, for guests, with nothing on it."""
    crumbs = [Thing(title="Counterparts", address="#")]
    return "counterparts.html", {"crumbs": crumbs, "found": [], "active": [], "is_guest": True}


def projects_none() -> State:
    return "projects.html", {**LISTED, "projects": [], "filters": filters("Track")}


def projects_empty() -> State:
    return "projects.html", {**FRAME, **OWNER, "projects": [], "active": [], "filters": []}


def challenges() -> State:
    listed = {**things.OWNER, **LISTED, "challenges": CHALLENGES}
    return "challenges.html", {**listed, "filters": filters("Topic")}


def challenges_empty() -> State:
    return "challenges.html", {**FRAME, "challenges": [], "active": [], "filters": []}


def resources() -> State:
    return "resources.html", {
        **things.OWNER,
        **LISTED,
        "resources": RESOURCES,
        "words": "index",
        "kept": {"topic": "redis", "host": ""},
        "filters": filters("Topic", "Host"),
    }


def resources_empty() -> State:
    return "resources.html", {**FRAME, "resources": [], "active": [], "filters": []}


def week() -> State:
    shares = [
        Thing(
            person=person,
            words="2 documents and 1 challenge new, 4 snippets changed",
            cards=things.ENTRIES[:4],
            more=at,
        )
        for at, person in enumerate([things.AMINA, things.LONG, things.YASMIN])
    ]
    return "week.html", {
        **FRAME,
        "new_count": 9,
        "changed_count": 12,
        "people_count": 3,
        "challenges": CHALLENGES[:1],
        "resources": RESOURCES[:2],
        "days": [
            Thing(date=date(2026, 11, 20), shares=shares, more=3),
            Thing(date=date(2026, 11, 18), shares=shares[:1], more=0),
        ],
        "feed_address": "/c/prodev/-/feed.atom",
    }


def week_empty() -> State:
    return "week.html", {**FRAME, "days": [], "feed_address": "/c/prodev/-/feed.atom"}

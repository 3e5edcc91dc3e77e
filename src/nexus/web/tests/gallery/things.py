"""Made-up people, cohorts, repositories and entries, as messy as real ones."""

import random
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

#: A template and its context.
State = tuple[str, dict[str, Any]]

NOW = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
SHA = "9f2c41d7ab03e6c5d8812f4b7a6e0c93d51e77aa"


def ago(**length: float) -> datetime:
    """A moment before the gallery's now."""
    return NOW - timedelta(**length)


def person(name: str, handle: str = "") -> Thing:
    return Thing(name=name, handle=handle)


AMINA = person("Amina Odhiambo", "amina")
LEWIS = person("Lewis Magangi", "lewis-magangi")
SHEMA = person("Shema Manzi", "shema")
TESFAYE = person("ተስፋዬ በቀለ", "tesfaye")
YASMIN = person("ياسمين حداد", "yasmin")
LONG = person("Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Senior", "hubert")
RUTH = person("Ruth Adeyemi", "ruth")
GIT_ONLY = person("dependabot[bot]")


def repository(name: str, slug: str = "", **more: Any) -> Thing:
    slug = slug or name
    return Thing(
        name=name,
        address=f"/c/prodev/{slug}/",
        status_address=f"/c/prodev/{slug}/-/status",
        clone_address=f"https://nexus.example/git/prodev/{slug}.git",
        **more,
    )


#: What every page knows.
SITE: dict[str, Any] = {
    "me": None,
    "software": Thing(version="0.1.0", revision=SHA),
    "documentation_address": "/c/commons/nexus/",
}
OWNER: dict[str, Any] = {"me": RUTH, "may_add": True}
COHORT = Thing(
    name="ALX ProDev Backend",
    slug="prodev",
    address="/c/prodev/",
    description="Learners of the twelve-month back-end programme: what they built, what held "
    "them up, and how they got past it.",
)
NEXUS = repository("alx-project-nexus", "lewis-nexus")


def entry(kind: str, title: str, summary: str = "", **more: Any) -> Thing:
    """An entry as a list shows it."""
    defaults: dict[str, Any] = {
        "address": "/c/prodev/lewis-nexus/backend/docs/api/README.md",
        "person": LEWIS,
        "repository": NEXUS,
        "updated_at": ago(days=3),
        "apart": "",
        "also": 0,
    }
    return Thing(kind=kind, title=title, summary=summary, **(defaults | more))


def weeks(seed: int = 1, busy: float = 1.0) -> list[Thing]:
    """Half a year of changes a week, oldest first."""
    chance = random.Random(seed)
    first = date(2026, 5, 25)
    return [
        Thing(
            start=first + timedelta(weeks=at),
            count=max(0, int(chance.gauss(9, 8) * busy)),
        )
        for at in range(26)
    ]


def counts(**kinds: int) -> list[Thing]:
    return [
        Thing(kind=kind, count=count, address=f"/search?kind={kind}")
        for kind, count in kinds.items()
    ]


def languages(**shares: float) -> list[Thing]:
    return [Thing(name=name, share=share) for name, share in shares.items()]


def headings(*texts: str) -> list[Thing]:
    """Headings of a page; one that begins with a space lies a level deeper."""
    return [
        Thing(
            level=3 if text.startswith(" ") else 2,
            text=text.strip(),
            anchor=text.strip().lower().replace(" ", "-"),
        )
        for text in texts
    ]


def link(title: str, kind: str, **more: Any) -> Thing:
    defaults: dict[str, Any] = {"address": "/c/prodev/", "current": False, "count": None}
    return Thing(title=title, kind=kind, **(defaults | more))


ENTRIES = [
    entry(
        "document",
        "N+1 queries, and how we stopped writing them",
        "A list of 200 job posts took 401 queries. What select_related, prefetch_related and a "
        "test that counts queries did about it.",
        person=AMINA,
        repository=repository("backend-notes"),
        updated_at=ago(hours=2),
    ),
    entry(
        "contract",
        "Job board API",
        "57 paths, 82 operations: accounts, jobs, applications, companies.",
        updated_at=ago(hours=20),
        apart="prodev/lewis-nexus/backend/docs/api/schema.yaml",
    ),
    entry(
        "snippet",
        "retry_with_backoff.py",
        "Calls a function again with growing pauses and jitter; gives up after a deadline.",
        person=SHEMA,
        repository=repository("byn-k-platform"),
        updated_at=ago(days=1),
    ),
    entry(
        "project",
        "Byn K Platform: an opportunity board for students in Kigali, with scholarships, "
        "internships, fellowships and a newsletter that people asked for",
        "Next.js 14 in front, Payload CMS behind, PostgreSQL below. Scholarships and jobs are "
        "collected by hand, checked by two people, and published within a day.",
        person=LONG,
        updated_at=ago(days=9),
    ),
    entry(
        "document",
        "مقدمة في قواعد البيانات العلائقية",
        "الجداول والمفاتيح والعلاقات، ولماذا نطبّع البيانات قبل أن نكتب أول استعلام.",
        person=YASMIN,
        repository=repository("databases"),
        updated_at=ago(days=12),
    ),
    entry(
        "resource",
        "Free programming books",
        "",
        person=TESFAYE,
        repository=repository("resources"),
        updated_at=ago(days=40),
    ),
    entry(
        "challenge",
        "Emails sent twice when a Celery worker restarts",
        "acks_late, visibility timeouts, and an idempotency key that settled it.",
        person=AMINA,
        repository=repository("backend-notes"),
        updated_at=ago(days=70),
    ),
]

PROJECTS = [
    Thing(
        title="Job board backend",
        summary="A REST API for posting jobs and applying to them, with role-based access, "
        "full-text search and background e-mail.",
        address="/c/prodev/lewis-nexus/",
        apart="",
        person=LEWIS,
        updated_at=ago(days=3),
        languages=languages(Python=0.81, HTML=0.11, Dockerfile=0.05, Shell=0.03),
    ),
    Thing(
        title="Byn K Platform",
        summary="Opportunities for students in Kigali: scholarships, internships, fellowships.",
        address="/c/prodev/byn-k-platform/",
        apart="prodev/byn-k-platform",
        person=SHEMA,
        updated_at=ago(days=9),
        languages=languages(TypeScript=0.88, CSS=0.09, JavaScript=0.03),
    ),
    Thing(
        title="alx-project-nexus",
        summary="",
        address="/c/prodev/baydre/",
        apart="",
        person=LONG,
        updated_at=ago(days=130),
        languages=[],
    ),
    Thing(
        title="algorithms_and_data_structures_explained_with_pictures_in_amharic",
        summary="ስልተ ቀመሮች እና የውሂብ አወቃቀሮች በሥዕል።",
        address="/c/prodev/algorithms/",
        apart="",
        person=TESFAYE,
        updated_at=ago(days=22),
        languages=languages(JavaScript=0.97, Python=0.03),
    ),
]

ROOMS = [
    Thing(
        title="ALX ProDev Backend",
        links=[
            link("Overview", "home", current=True),
            link("Projects", "project", count=34),
            link("Documents", "document", count=512),
            link("Snippets", "snippet", count=188),
            link("Contracts", "contract", count=9),
            link("Repositories", "repository", count=37),
            link("People", "people", count=41),
        ],
    )
]

REPOSITORY_ROOMS = [
    Thing(
        title="alx-project-nexus",
        links=[
            link("Job board backend", "project"),
            link("Job board API", "contract"),
            link("API documentation", "document", current=True),
            link("Backend", "document"),
            link("Frontend, with a name long enough to need a second line", "document"),
            link("Files", "folder"),
            link("Status", "sync"),
        ],
    ),
    *ROOMS,
]

CRUMBS = [
    Thing(title="ALX ProDev Backend", address="/c/prodev/"),
    Thing(title="alx-project-nexus", address="/c/prodev/lewis-nexus/"),
]


def crumbs(*titles: str) -> list[Thing]:
    return [*CRUMBS, *(Thing(title=title, address="#") for title in titles)]


FACTS = [
    Thing(name="Repository", value="alx-project-nexus", address="/c/prodev/lewis-nexus/"),
    Thing(name="File", value="backend/docs/api/README.md", address="#"),
    Thing(name="Changed", value="", moment=ago(days=3), source="From Git"),
    Thing(name="Written by", value="Lewis Magangi and 2 others", source="From Git"),
    Thing(name="Licence", value="MIT", address="#", source="From LICENSE"),
    Thing(name="Language", value="English", source="Recognised"),
]

PROBLEMS = [
    Thing(
        path="README.md",
        line=0,
        title="Not UTF-8",
        message="The file is UTF-16 with a byte-order mark; it was read as that.",
        remedy="Save it as UTF-8, so that GitHub and Git can show and compare it.",
        address="#",
    ),
    Thing(
        path="backend/docs/api/README.md",
        line=112,
        title="Code is never closed",
        message="The fence that opens here has no end, so the rest of the page is code.",
        remedy="Add a line with three backticks.",
        address="#",
    ),
    Thing(
        path="docs/a folder/with spaces & [brackets]/ünïcode-وثيقة.md",
        line=3,
        title="Link leads nowhere",
        message="There is no file “../img/architecture.png”.",
        remedy="Add the file, or correct the link.",
        address="#",
    ),
]

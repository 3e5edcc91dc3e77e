"""Fills an empty hub with entries in bulk, past Git and the services, for measurements of reading.

The same number gives the same hub: cohorts of unlike size, repositories of 100 entries, pages
rendered from the hub's own documentation, versions, topics, facts, resources. Import it when
Django is set up.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef
from django.test import Client

from nexus.cohorts.models import Cohort, Membership
from nexus.library.addresses import entry_address
from nexus.library.models import (
    Entry,
    EntryTopic,
    Fact,
    Recommendation,
    Rendering,
    Resource,
    ResourceTopic,
    Version,
)
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Place
from nexus.library.topics.catalogue import catalogue
from nexus.people.models import Person
from nexus.repositories.models import Repository

DOCUMENTATION = Path(__file__).resolve().parent.parent / "hub" / "documentation"
#: How large each cohort is, as a share of all repositories.
SHARES = (0.4, 0.2, 0.1, 0.1, 0.08, 0.06, 0.04, 0.02)
#: How many entries of each kind a repository has; 100 in all.
KINDS = {"project": 1, "document": 40, "snippet": 25, "challenge": 20, "resource": 8, "contract": 6}
PER_REPOSITORY = sum(KINDS.values())
PER_FOLDER = 20
VERSIONS = (1, 1, 2, 2, 4)
TOPICS_EACH = 3
NOW = datetime.now(UTC).replace(microsecond=0)
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a measurement asks for: addresses, and the cookie of a member who is signed in."""

    entries: int
    cohort: str
    pages: list[str]
    technologies: list[str]
    topics: list[str]
    cookie: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One rendered page, of which many entries are made."""

    html: str
    text: str
    headings: list[Any]


class Seeder:
    """Makes the rows. ``chance`` decides, always in the same way."""

    def __init__(self, entries: int) -> None:
        self.entries = entries
        self.chance = random.Random(7)
        self.topics = list(catalogue().topics)[:160]
        #: A few topics are everywhere, most are rare, as it is in life.
        self.frequent = [1 / (place + 3) for place in range(len(self.topics))]
        self.samples = list(_samples())

    def topic(self) -> str:
        """One topic, by how frequent it is."""
        return self.chance.choices(self.topics, self.frequent)[0]

    def moment(self) -> datetime:
        """A moment of the last two years."""
        return NOW - timedelta(seconds=self.chance.randrange(2 * 365 * 86_400))

    # --- people, cohorts, repositories ------------------------------------------------------

    def repositories(self) -> Iterator[Repository]:
        """Every repository, with its cohort and owner."""
        from nexus.repositories.models import Repository

        total = max(self.entries // PER_REPOSITORY, len(SHARES))
        people = Person.objects.bulk_create(
            Person(handle=f"person-{n}", name=f"Person {n}") for n in range(max(total // 2, 1))
        )
        numbers = [
            cohort
            for cohort, share in zip(self._cohorts(), SHARES, strict=True)
            for _ in range(max(round(total * share), 1))
        ]
        yield from Repository.objects.bulk_create(
            [
                Repository(
                    cohort=cohort,
                    owner=people[number % len(people)],
                    slug=f"work-{number}",
                    name=f"Work {number}",
                    origin_kind="remote",
                    origin=f"https://git.example/person/work-{number}",
                    head=f"{number:040x}",
                    indexed=f"{number:040x}",
                    indexed_at=NOW,
                    state="ready",
                )
                for number, cohort in enumerate(numbers[:total])
            ],
            batch_size=_BATCH,
        )

    def _cohorts(self) -> list[Cohort]:
        return Cohort.objects.bulk_create(
            Cohort(slug=f"class-{n}", name=f"Class {n}", description="Made to be measured.")
            for n in range(1, len(SHARES) + 1)
        )

    # --- entries ------------------------------------------------------------------------------

    def entries_of(self, repository: Repository) -> Iterator[Entry]:
        """The unsaved entries of one repository."""
        for kind, count in KINDS.items():
            for number in range(count):
                yield Entry(
                    repository=repository,
                    cohort_id=repository.cohort_id,
                    kind=kind,
                    path=_path(kind, number),
                    part=f"part-{number}" if kind == "challenge" else "",
                    digest=f"{repository.pk:032x}{number:032x}" if kind == "challenge" else "",
                    title=f"{kind.capitalize()} {self.chance.randrange(10**6)} on {self.topic()}",
                    summary="What it is about, in the words of whoever wrote it down. " * 2,
                    language="en",
                    code_language="Python" if kind == "snippet" else "",
                    facts=_facts_of(kind),
                    changed_at=self.moment(),
                )

    def fill(self, repository: Repository) -> list[Entry]:
        """Write the entries of one repository with all that belongs to them."""
        entries = Entry.objects.bulk_create(self.entries_of(repository))
        Version.objects.bulk_create(
            version for entry in entries for version in self._versions(entry)
        )
        Rendering.objects.bulk_create(map(self._rendering, entries))
        EntryTopic.objects.bulk_create(
            EntryTopic(
                entry=entry,
                topic=topic,
                weight=self.chance.randint(1, 9),
                cohort_id=repository.cohort_id,
                repository=repository,
                kind=entry.kind,
                changed_at=entry.changed_at,
            )
            for entry in entries
            for topic in sorted({self.topic() for _ in range(TOPICS_EACH)})
        )
        Fact.objects.bulk_create(self._known(entries[0]))
        return entries

    def _versions(self, entry: Entry) -> Iterator[Any]:
        for number in reversed(range(self.chance.choice(VERSIONS))):
            yield Version(
                entry=entry,
                commit=f"{self.chance.getrandbits(160):040x}",
                path=entry.path or "README.md",
                blob=f"{self.chance.getrandbits(160):040x}",
                author_name="Ada",
                subject="Say it more clearly",
                committed_at=entry.changed_at - timedelta(days=9 * number),
            )

    def _rendering(self, entry: Entry) -> Any:
        sample = self.chance.choice(self.samples)
        return Rendering(
            entry=entry, html=sample.html, text=sample.text[:600], headings=sample.headings
        )

    def _known(self, project: Entry) -> Iterator[Any]:
        values = {
            "track": [self.chance.choice(["backend", "frontend", "both"])],
            "looking_for": [self.chance.choice(["frontend", "review", "anyone"])],
            "technology": sorted({self.topic() for _ in range(6)}),
            "licence": ["MIT"],
        }
        for name, each in values.items():
            for value in each:
                yield Fact(
                    entry=project, name=name, value=value, source="README.md", certainty="fact"
                )

    # --- resources ----------------------------------------------------------------------------

    def recommend(self, cohort: int, entries: list[int]) -> None:
        """Resources of a cohort, each recommended by one to five of ``entries``."""
        resources = Resource.objects.bulk_create(
            (
                Resource(
                    cohort_id=cohort,
                    key=f"{number:064x}",
                    address=f"https://site-{number % 300}.example/page/{number}",
                    title=f"Page {number} on {self.topic()}",
                    host=f"site-{number % 300}.example",
                    recommended=self.chance.randint(1, 5),
                )
                for number in range(len(entries) // 10)
            ),
            batch_size=_BATCH,
        )
        Recommendation.objects.bulk_create(
            (
                Recommendation(
                    resource=one,
                    entry_id=entry,
                    text="A page",
                    context="It is told well there, with an example that runs.",
                    line=self.chance.randint(1, 200),
                )
                for one in resources
                for entry in self.chance.sample(entries, min(one.recommended, len(entries)))
            ),
            batch_size=_BATCH,
        )
        ResourceTopic.objects.bulk_create(
            (
                ResourceTopic(resource=one, topic=topic)
                for one in resources
                for topic in sorted({self.topic(), self.topic()})
            ),
            batch_size=_BATCH,
        )


def seed(entries: int) -> dict[str, Any]:
    """Fill the hub of this process with about ``entries`` entries; a :class:`Seeded` as JSON."""
    seeder = Seeder(entries)
    with transaction.atomic():
        repositories = list(seeder.repositories())
    documents: dict[int, list[int]] = {}
    pages: list[str] = []
    for repository in repositories:
        with transaction.atomic():
            made = seeder.fill(repository)
        documents.setdefault(repository.cohort_id, []).extend(
            entry.pk for entry in made if entry.kind == "document"
        )
        pages += _addresses(repository, made)
    for cohort, keys in documents.items():
        with transaction.atomic():
            seeder.recommend(cohort, keys)
    newest = Version.objects.filter(entry=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Entry.objects.update(current=newest)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    seeder.chance.shuffle(pages)
    return asdict(
        Seeded(
            entries=Entry.objects.count(),
            cohort=repositories[0].cohort.slug,
            pages=pages,
            technologies=seeder.topics[:8],
            topics=seeder.topics[:8],
            cookie=_signed_in(repositories[0].cohort),
        )
    )


def _signed_in(cohort: Cohort) -> str:
    """The cookie of a new member of ``cohort`` who is signed in."""
    person = Person.objects.create(handle="reader", name="A Reader", is_claimed=True)
    Membership.objects.create(cohort=cohort, person=person)
    browser = Client()
    browser.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def _addresses(repository: Repository, entries: Iterable[Entry]) -> Iterator[str]:
    """Where the documents of a repository are read."""
    slug = repository.cohort.slug
    for entry in entries:
        if entry.kind == "document":
            yield entry_address(slug, repository.slug, entry.path)


def _samples() -> Iterator[Sample]:
    """The longer pages of the hub's documentation, rendered."""
    for path in sorted(DOCUMENTATION.rglob("*.md")):
        source = path.read_text()
        if 2_500 < len(source) < 9_000:
            page = render_markdown(source, Place(base="/c/class-1/work-0", path=path.name))
            yield Sample(page.html, page.text, [heading._asdict() for heading in page.headings])


def _path(kind: str, number: int) -> str:
    """Where an entry lies; challenges are parts of documents."""
    if kind == "project":
        return ""
    folder = "document" if kind == "challenge" else kind
    suffix = {"snippet": "py", "contract": "yaml"}.get(kind, "md")
    return f"{folder}s/part-{number // PER_FOLDER}/page-{number}.{suffix}"


def _facts_of(kind: str) -> dict[str, str]:
    """What the kind knows of an entry."""
    if kind != "challenge":
        return {}
    words = "What it was, told in a sentence or two as people do when they write it down."
    return {"problem": words, "action": words, "result": words}

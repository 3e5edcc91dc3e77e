"""Entries for tests: rows without Git. ``hubs`` makes them out of real repositories."""

from datetime import UTC, datetime

import factory

from nexus.cohorts.tests.factories import CohortFactory
from nexus.library.models import (
    Correction,
    Entry,
    EntryTopic,
    Fact,
    FileProblem,
    LeftOut,
    OldPath,
    Proposal,
    Recommendation,
    Rendering,
    Resource,
    ResourceTopic,
    ReturnedProposal,
    SourceFile,
    Version,
)
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory

_DAY = datetime(2026, 1, 5, tzinfo=UTC)


class EntryFactory(factory.django.DjangoModelFactory[Entry]):
    """A document."""

    class Meta:
        model = Entry

    repository = factory.SubFactory(RepositoryFactory)
    cohort = factory.SelfAttribute("repository.cohort")
    kind = "document"
    path = factory.Sequence(lambda n: f"docs/page-{n}.md")
    title = factory.Sequence(lambda n: f"Page {n}")
    changed_at = _DAY


class VersionFactory(factory.django.DjangoModelFactory[Version]):
    """An entry as one commit left it."""

    class Meta:
        model = Version

    entry = factory.SubFactory(EntryFactory)
    commit = factory.Sequence(lambda n: f"{n:040x}")
    path = factory.LazyAttribute(lambda version: version.entry.path)
    blob = factory.Sequence(lambda n: f"{n:040x}")
    author_name = "Ada"
    subject = "Write it down"
    committed_at = _DAY


class RenderingFactory(factory.django.DjangoModelFactory[Rendering]):
    """The page of an entry."""

    class Meta:
        model = Rendering

    entry = factory.SubFactory(EntryFactory)
    html = "<p>Words.</p>"
    text = "Words."


class OldPathFactory(factory.django.DjangoModelFactory[OldPath]):
    """A former address."""

    class Meta:
        model = OldPath

    entry = factory.SubFactory(EntryFactory)
    repository = factory.LazyAttribute(lambda old: old.entry.repository)
    path = factory.Sequence(lambda n: f"old-{n}.md")


class SourceFileFactory(factory.django.DjangoModelFactory[SourceFile]):
    """A code file that can be found."""

    class Meta:
        model = SourceFile

    repository = factory.SubFactory(RepositoryFactory)
    path = factory.Sequence(lambda n: f"src/module_{n}.py")
    blob = factory.Sequence(lambda n: f"{n:040x}")
    code_language = "Python"
    size_bytes = 100


class FileProblemFactory(factory.django.DjangoModelFactory[FileProblem]):
    """Something its owner should know."""

    class Meta:
        model = FileProblem

    repository = factory.SubFactory(RepositoryFactory)
    path = "README.md"
    line = 3
    code = "fence-unclosed"
    message = "A fence is not closed."


class LeftOutFactory(factory.django.DjangoModelFactory[LeftOut]):
    """A file that is not read."""

    class Meta:
        model = LeftOut

    repository = factory.SubFactory(RepositoryFactory)
    path = "node_modules"
    reason = "vendored"
    files = 10


class EntryTopicFactory(factory.django.DjangoModelFactory[EntryTopic]):
    """A document about Django."""

    class Meta:
        model = EntryTopic

    entry = factory.SubFactory(EntryFactory)
    topic = "django"
    weight = 3
    cohort = factory.SelfAttribute("entry.cohort")
    repository = factory.SelfAttribute("entry.repository")
    kind = factory.SelfAttribute("entry.kind")
    changed_at = factory.SelfAttribute("entry.changed_at")
    is_listed = factory.LazyAttribute(
        lambda row: row.entry.withdrawn_at is None and row.entry.original is None
    )


class FactFactory(factory.django.DjangoModelFactory[Fact]):
    """A technology that a manifest names."""

    class Meta:
        model = Fact

    entry = factory.SubFactory(EntryFactory, kind="project", path="")
    name = "technology"
    value = "django"
    source = "requirements.txt"
    line = 1
    certainty = "fact"


class CorrectionFactory(factory.django.DjangoModelFactory[Correction]):
    """What an owner says instead."""

    class Meta:
        model = Correction

    repository = factory.SubFactory(RepositoryFactory)
    name = "track"
    values = factory.LazyFunction(lambda: ["backend"])


class ResourceFactory(factory.django.DjangoModelFactory[Resource]):
    """Something elsewhere."""

    class Meta:
        model = Resource

    cohort = factory.SubFactory(CohortFactory)
    key = factory.Sequence(lambda n: f"{n:064x}")
    address = factory.Sequence(lambda n: f"https://docs.example.net/page-{n}")
    title = factory.Sequence(lambda n: f"A page worth reading {n}")
    host = "docs.example.net"
    recommended = 1


class RecommendationFactory(factory.django.DjangoModelFactory[Recommendation]):
    """Somebody's word for a resource."""

    class Meta:
        model = Recommendation

    resource = factory.SubFactory(ResourceFactory)
    entry = factory.SubFactory(EntryFactory)
    text = "A page worth reading"
    context = "A page worth reading, for the second week."
    line = 5


class ResourceTopicFactory(factory.django.DjangoModelFactory[ResourceTopic]):
    """A resource about Django."""

    class Meta:
        model = ResourceTopic

    resource = factory.SubFactory(ResourceFactory)
    topic = "django"


class ReturnedProposalFactory(factory.django.DjangoModelFactory[ReturnedProposal]):
    """Lines that somebody proposed to a repository that is gone."""

    class Meta:
        model = ReturnedProposal

    by = factory.SubFactory(PersonFactory)
    path = "docs/page.md"
    text = "Better."
    made_at = _DAY


class ProposalFactory(factory.django.DjangoModelFactory[Proposal]):
    """A change that waits for an answer."""

    class Meta:
        model = Proposal

    repository = factory.SubFactory(RepositoryFactory, kind="hosted", origin_kind="hosted")
    by = factory.SubFactory(PersonFactory)
    path = factory.Sequence(lambda n: f"docs/page-{n}.md")
    base_commit = "1" * 40
    base_blob = "2" * 40
    text = "# Better\n"
    message = "Say it better"

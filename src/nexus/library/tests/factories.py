"""Entries for tests: rows without Git. ``hubs`` makes them out of real repositories."""

from datetime import UTC, datetime

import factory

from nexus.library.models import (
    Entry,
    FileProblem,
    LeftOut,
    OldPath,
    Rendering,
    SourceFile,
    Version,
)
from nexus.repositories.tests.factories import RepositoryFactory

_DAY = datetime(2026, 1, 5, tzinfo=UTC)


class EntryFactory(factory.django.DjangoModelFactory[Entry]):
    """A document."""

    class Meta:
        model = Entry

    repository = factory.SubFactory(RepositoryFactory)
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

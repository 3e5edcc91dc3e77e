"""Repositories for tests: rows without a store. ``library.tests.hubs`` makes real ones."""

from datetime import UTC, datetime

import factory

from nexus.cohorts.tests.factories import CohortFactory
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Contributor, LookBack, Repository, Revision, Sync

_DAY = datetime(2026, 1, 5, tzinfo=UTC)


class RepositoryFactory(factory.django.DjangoModelFactory[Repository]):
    """A mirror of which nothing was read yet."""

    class Meta:
        model = Repository

    cohort = factory.SubFactory(CohortFactory)
    owner = factory.SubFactory(PersonFactory)
    slug = factory.Sequence(lambda n: f"repository-{n}")
    name = factory.LazyAttribute(lambda repository: repository.slug)
    origin_kind = "remote"
    origin = factory.LazyAttribute(lambda r: f"https://git.example.org/ada/{r.slug}")


class RevisionFactory(factory.django.DjangoModelFactory[Revision]):
    """A commit that was indexed."""

    class Meta:
        model = Revision

    repository = factory.SubFactory(RepositoryFactory)
    sha = factory.Sequence(lambda n: f"{n:040x}")
    number = factory.Sequence(lambda n: n + 1)
    author_name = "Ada"
    subject = "Write it down"
    committed_at = _DAY


class LookBackFactory(factory.django.DjangoModelFactory[LookBack]):
    """A look through all that a clone brings, that found nothing."""

    class Meta:
        model = LookBack

    repository = factory.SubFactory(RepositoryFactory)
    format_version = 1


class ContributorFactory(factory.django.DjangoModelFactory[Contributor]):
    """Somebody who committed."""

    class Meta:
        model = Contributor

    repository = factory.SubFactory(RepositoryFactory)
    name = "Ada"
    email_digest = factory.Sequence(lambda n: f"{n:064x}")
    commits = 3
    first_at = _DAY
    last_at = _DAY


class SyncFactory(factory.django.DjangoModelFactory[Sync]):
    """A run that waits."""

    class Meta:
        model = Sync

    repository = factory.SubFactory(RepositoryFactory)

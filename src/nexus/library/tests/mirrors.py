"""Real repositories, fetched and indexed into the test database."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from nexus.cohorts.tests.factories import CohortFactory
from nexus.config.searching import StoredEvents
from nexus.library.models import Entry
from nexus.library.search import LibrarySource, ResourceSource
from nexus.library.services import sync_now
from nexus.people.tests.factories import OwnerFactory
from nexus.repositories import services as repositories
from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.models import Repository
from nexus.search import services as search
from nexus.search.engine import SearchEngine
from nexus.search.registry import SourceRegistry


@dataclass
class Mirror:
    """A repository of a learner, and what the hub made of it."""

    upstream: GitRepository
    repository: Repository

    def publish(self, files, message="Work", **options):
        """Commit files upstream (None removes one) and let the hub fetch and index them."""
        sha = self.upstream.commit(files, message, **options)
        self.sync()
        return sha

    def sync(self):
        """Let the hub look for news."""
        sync_now(by=None, repository=self.repository, report=lambda *_: None)
        self.repository.refresh_from_db()

    def entries(self):
        """{path: kind} of what lives."""
        living = Entry.objects.filter(repository=self.repository, withdrawn_at=None, part="")
        return dict(living.values_list("path", "kind"))

    def entry(self, path="", part=""):
        """The entry at ``path``, living or not."""
        return Entry.objects.get(repository=self.repository, path=path, part=part)


@pytest.fixture
def home(tmp_path: Path, settings):
    """A home folder of the test's own."""
    settings.NEXUS_HOME = tmp_path / "home"
    settings.REPOSITORIES_FOLDER = settings.NEXUS_HOME / "repositories"
    settings.REPOSITORIES_FOLDER.mkdir(parents=True)
    settings.SURVEY_FOLDER = settings.NEXUS_HOME / "surveys"
    return settings.NEXUS_HOME


@pytest.fixture
def add_mirror(home, tmp_path):
    """Add a mirror of a new, empty upstream repository."""

    def add(name="nexus", cohort=None):
        upstream = GitRepository(tmp_path / f"{name}.git")
        repository = repositories.add_repository(
            by=None,
            cohort=cohort or CohortFactory(slug=f"cohort-of-{name}"),
            origin=upstream.origin,
            name=name,
            owner=OwnerFactory(handle=f"owner-of-{name}"),
        )
        return Mirror(upstream, repository)

    return add


@pytest.fixture
def mirror(db, add_mirror):
    """One mirror."""
    return add_mirror()


@pytest.fixture
def engine(home):
    """A search engine of the test's own, asked by the pages; ``catch_up`` makes it current."""
    registry = SourceRegistry()
    registry.register(LibrarySource())
    registry.register(ResourceSource())
    own = SearchEngine(home / "search", log=StoredEvents(), sources=registry)
    before = search._engine
    search.use_engine(lambda: own)
    yield own
    search._engine = before
    own.stop()

"""Fixtures of the repositories."""

import pytest

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.library.tests.mirrors import home
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.hosting import ensure_hosted

__all__ = ["home"]


@pytest.fixture
def cohort(home):
    return CohortFactory(slug="commons")


@pytest.fixture
def ada(cohort):
    person = PersonFactory(handle="ada")
    MembershipFactory(cohort=cohort, person=person, role=Role.MEMBER)
    return person


@pytest.fixture
def hosted(ada, cohort):
    return ensure_hosted(by=ada, cohort=cohort)


@pytest.fixture
def address(live_server):
    """The address of a repository, with a token if one is given."""

    def of(repository, secret="", handle="ada"):
        who = f"{handle}:{secret}@" if secret else ""
        base = live_server.url.replace("http://", f"http://{who}")
        return f"{base}/git/{repository.cohort.slug}/{repository.slug}.git"

    return of


@pytest.fixture
def work(tmp_path):
    """A repository of a learner's on their own machine."""
    return GitRepository(tmp_path / "work.git")

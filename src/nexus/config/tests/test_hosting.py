"""``nexus host`` gives people a repository to push to."""

from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Repository


def test_a_repository_is_made_once_and_its_address_is_told(nexus):
    cohort = CohortFactory(slug="commons")
    MembershipFactory(cohort=cohort, person=PersonFactory(handle="ada"))
    made = nexus("host", "commons", "ada", "--empty", "--json").json
    assert made["repository"] == "commons/ada-nexus"
    assert made["clone"].endswith("/git/commons/ada-nexus.git")
    assert not Repository.objects.get().head
    assert made["clone"] in nexus("host", "commons", "ada").out
    assert Repository.objects.get().head
    PersonFactory(handle="stranger")
    assert nexus("host", "commons", "stranger").code == 4
    assert nexus("host", "nowhere", "ada").code == 3

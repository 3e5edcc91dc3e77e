"""Whoever runs the hub has a repository read anew; nobody else makes that much work."""

import pytest
from django.utils import timezone

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.kernel.errors import Conflict, Forbidden
from nexus.kernel.models import AuditRecord
from nexus.library.models import Rendering
from nexus.library.preparing import FORMAT_VERSION
from nexus.library.services import run_sync
from nexus.library.tests.mirrors import add_mirror, home, mirror
from nexus.people.tests.factories import OwnerFactory
from nexus.repositories.models import Sync
from nexus.repositories.rereading import read_anew
from nexus.repositories.tests.factories import RepositoryFactory

__all__ = ["add_mirror", "home", "mirror"]


@pytest.mark.django_db(transaction=True)
def test_every_page_is_made_anew_by_the_next_run(mirror):
    mirror.publish({"README.md": "# Notes\n\nWords.\n"})
    Rendering.objects.update(html="<p>spoilt</p>")

    run = read_anew(by=OwnerFactory(handle="ruth"), repository=mirror.repository)
    assert run_sync(run.pk) is None

    mirror.repository.refresh_from_db()
    assert mirror.repository.format_version == FORMAT_VERSION
    assert "Words." in Rendering.objects.get().html
    told = AuditRecord.objects.get(action="repository.read-anew")
    assert (told.actor_name, told.details) == ("ruth", {"repository": mirror.repository.slug})


@pytest.mark.django_db
def test_nobody_else_asks_for_it_and_nobody_in_an_archive():
    repository = RepositoryFactory(format_version=3)
    steward = MembershipFactory(cohort=repository.cohort, role=Role.OWNER).person
    with pytest.raises(Forbidden):
        read_anew(by=steward, repository=repository)
    repository.cohort.archived_at = timezone.now()
    repository.cohort.save()
    with pytest.raises(Conflict):
        read_anew(by=None, repository=repository)
    repository.refresh_from_db()
    assert repository.format_version == 3
    assert not Sync.objects.exists()

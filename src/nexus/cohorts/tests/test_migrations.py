"""The migrations of the ways into a cohort and of the audit log, with rows in the tables."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from nexus.people.tests.factories import PersonFactory

BEFORE = [("cohorts", "0001_initial"), ("kernel", "0001_initial")]
AFTER = [("cohorts", "0003_places_and_mails"), ("kernel", "0002_audit_log")]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]


def migrated(targets: list[tuple[str, str]]) -> Apps:
    """The models as they are once the two apps stand at these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture(autouse=True)
def _newest_again() -> Iterator[None]:
    """Leave the database to the next test as it was found."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def older_hub() -> tuple[int, int]:
    """A cohort with a member; their keys."""
    apps = migrated(BEFORE)
    person: int = PersonFactory.create().pk
    cohort = apps.get_model("cohorts", "Cohort").objects.create(slug="prodev", name="ProDev")
    apps.get_model("cohorts", "Membership").objects.create(
        cohort=cohort, person_id=person, role="owner"
    )
    return cohort.pk, person


def fill(apps: Apps, cohort: int, person: int) -> None:
    """A row in each new table."""
    invitation: dict[str, Any] = {
        "cohort_id": cohort,
        "role": "member",
        "made_by_id": person,
        "expires_at": timezone.now() + timedelta(days=1),
    }
    model = apps.get_model("cohorts", "Invitation")
    made = model.objects.create(**invitation, kind="link", digest="a" * 64)
    place = apps.get_model("cohorts", "Place")
    place.objects.create(invitation=made, person_id=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        place.objects.create(invitation=made, person_id=person)
    apps.get_model("cohorts", "RequestMails").objects.create(person_id=person)
    model.objects.create(**invitation, kind="email", digest="b" * 64, email="ada@example.org")
    for wrong in ({"kind": "email"}, {"kind": "link", "email": "a@b.org"}, {"uses": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**{**invitation, "kind": "code", "digest": "c" * 64, **wrong})
    apps.get_model("cohorts", "FormerSlug").objects.create(cohort_id=cohort, slug="before")
    asked = apps.get_model("cohorts", "JoinRequest")
    asked.objects.create(cohort_id=cohort, person_id=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.objects.create(cohort_id=cohort, person_id=person)
    asked.objects.create(cohort_id=cohort, person_id=person, answer="declined")
    apps.get_model("kernel", "AuditRecord").objects.create(action="cohort.created", door="page")


def test_cohorts_and_members_outlast_both_directions() -> None:
    cohort, person = older_hub()
    apps = migrated(AFTER)
    assert apps.get_model("cohorts", "Cohort").objects.get().archived_at is None
    fill(apps, cohort, person)
    apps.get_model("cohorts", "Cohort").objects.update(archived_at=timezone.now())

    older = migrated(BEFORE)
    kept = older.get_model("cohorts", "Membership").objects.select_related("cohort")
    assert list(kept.values_list("cohort__slug", "role")) == [("prodev", "owner")]

    newer = migrated(AFTER)
    assert not newer.get_model("cohorts", "Invitation").objects.exists()
    assert newer.get_model("cohorts", "Cohort").objects.get().archived_at is None
    fill(newer, cohort, person)

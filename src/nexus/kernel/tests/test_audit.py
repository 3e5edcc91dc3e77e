"""The audit log: written once, told from where, and not to be flooded."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from nexus.kernel import audit
from nexus.kernel.audit import Question, asked_from, house_of, record, record_refusal, records
from nexus.kernel.models import AuditRecord
from nexus.kernel.tests.factories import AuditRecordFactory

pytestmark = pytest.mark.django_db
ADA = SimpleNamespace(pk=7, handle="ada")
BOB = SimpleNamespace(pk=8, handle="bob")


@pytest.fixture(autouse=True)
def tried(monkeypatch):
    """Two actions that an app named."""
    monkeypatch.setitem(audit.ACTIONS, "kernel.tried", "tried something")
    monkeypatch.setitem(audit.ACTIONS, "kernel.other", "did something else")


def test_a_record_says_who_what_to_whom_and_from_where():
    with asked_from(door="page", address="192.0.2.7"):
        record("kernel.tried", by=ADA, scope="cohort:1", subject=BOB, details={"after": "mentor"})

    written = AuditRecord.objects.get()
    assert (written.actor, written.actor_name) == (7, "ada")
    assert (written.subject, written.subject_name) == (8, "bob")
    assert (written.action, written.scope, written.details) == (
        "kernel.tried",
        "cohort:1",
        {"after": "mentor"},
    )
    assert (written.door, written.address) == ("page", "192.0.2.7")
    assert not written.is_refusal
    assert str(written) == "ada kernel.tried"


def test_without_a_request_it_is_the_command_line():
    record("kernel.tried", by=None)

    written = AuditRecord.objects.get()
    assert (written.actor, written.door, written.address) == (None, "command line", "")
    assert str(written) == "the hub kernel.tried"


def test_an_action_has_a_name_first():
    with pytest.raises(KeyError):
        record("kernel.unheard", by=None)
    assert audit.action("kernel.named", "was named") == "kernel.named"
    assert audit.ACTIONS.pop("kernel.named") == "was named"


def test_a_record_goes_with_its_change():
    with transaction.atomic():
        record("kernel.tried", by=ADA)
        transaction.set_rollback(True)
    assert not AuditRecord.objects.exists()


def test_a_record_is_neither_changed_nor_deleted():
    written = AuditRecordFactory()
    written.action = "kernel.other"
    with pytest.raises(TypeError):
        written.save()
    with pytest.raises(TypeError):
        written.delete()
    for change in (
        lambda: AuditRecord.objects.update(action="kernel.other"),
        lambda: AuditRecord.objects.filter(pk=written.pk).delete(),
        lambda: AuditRecord.objects.bulk_update([written], ["action"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            change()
    assert AuditRecord.objects.get().action == "kernel.tried"


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ff", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("nowhere", ""),
    ],
)
def test_an_address_counts_as_its_house(address, house):
    assert house_of(address) == house


def test_refusals_are_counted_for_a_person_and_for_an_address():
    with asked_from(door="page", address="192.0.2.7"):
        record_refusal("kernel.tried", by=ADA)
        record_refusal("kernel.tried", by=None)
        record("kernel.tried", by=None)
        assert audit.refusals("kernel.tried", by=ADA) == 1
        assert audit.refusals("kernel.tried", by=None) == 2
    assert audit.refusals_from("kernel.tried", "192.0.2.7") == 2
    assert audit.refusals_from("kernel.tried", "192.0.2.8") == 0
    assert audit.refusals("kernel.tried", by=BOB) == 0
    assert audit.refusals("kernel.tried", by=None) == 0, "the command line has no address"


def test_refusals_are_forgiven_but_not_forgotten(monkeypatch):
    record_refusal("kernel.tried", by=ADA)
    monkeypatch.setattr(audit, "WINDOW", timedelta(0))
    assert audit.refusals("kernel.tried", by=ADA) == 0
    assert AuditRecord.objects.count() == 1


def test_a_flood_of_refusals_fills_no_disk(monkeypatch):
    monkeypatch.setattr(audit, "MOST_REFUSALS", 3)
    for _ in range(10):
        record_refusal("kernel.tried", by=ADA)
    record_refusal("kernel.tried", by=BOB)
    assert AuditRecord.objects.filter(actor=7).count() == 3
    assert AuditRecord.objects.filter(actor=8).count() == 1


def test_records_are_asked_for():
    now = timezone.now()
    first = AuditRecordFactory(scope="cohort:1", actor_name="Ada")
    second = AuditRecordFactory(scope="cohort:1", subject_name="ada", is_refusal=True)
    third = AuditRecordFactory(scope="cohort:2", action="kernel.other")

    def found(scope=None, **question):
        return list(records(Question(**question), scope=scope))

    assert found() == [third, second, first]
    assert found("cohort:1") == [second, first]
    assert found("cohort:3") == []
    assert found(who="ADA") == [second, first]
    assert found(prefixes=("kernel.o",)) == [third]
    assert found(prefixes=("kernel.o", "kernel.t")) == [third, second, first]
    assert found(prefixes=("other",)) == []
    assert found(refused_only=True) == [second]
    assert found(since=now - timedelta(hours=1)) == [third, second, first]
    assert found(since=now + timedelta(hours=1)) == []
    assert found(until=now - timedelta(hours=1)) == []

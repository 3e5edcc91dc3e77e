"""Logs keep what was done and lose who it was; nothing else of them is ever changed."""

from types import SimpleNamespace

import pytest

from nexus.kernel import audit, events
from nexus.kernel.audit import asked_from, record
from nexus.kernel.forgetting import forget_in_audit_log, forget_in_events
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.kernel.tests.factories import StoredEventFactory
from nexus.people.events import PersonAdded

pytestmark = pytest.mark.django_db
ADA = SimpleNamespace(pk=7, handle="ada")
BOB = SimpleNamespace(pk=8, handle="bob")


@pytest.fixture(autouse=True)
def tried(monkeypatch):
    """An action that an app named."""
    monkeypatch.setitem(audit.ACTIONS, "kernel.tried", "tried something")


def forget_ada():
    for _ in range(2):  # safe to run twice
        forget_in_audit_log(7, names=("ada", "ada@example.org"), now="former-member-7")
        forget_in_events(7)


def test_names_and_addresses_of_one_person_go_and_those_of_others_stay():
    with asked_from(door="page", address="192.0.2.7"):
        record("kernel.tried", by=ADA, subject=BOB, details={"email": "carol@example.org"})
    with asked_from(door="page", address="192.0.2.8"):
        record("kernel.tried", by=BOB, subject=ADA, details={"invited_by": "Ada", "role": "ada"})
        record("kernel.tried", by=BOB, details={"email": "ADA@example.org"})
        record("kernel.tried", by=BOB, details={"email": "ada@example.org.uk", "what": ["ada"]})
    forget_ada()
    first, second, third, fourth = AuditRecord.objects.order_by("pk")
    assert (first.actor_name, first.address) == ("former-member-7", "")
    assert (first.subject_name, first.details) == ("bob", {"email": "carol@example.org"})
    assert (second.subject_name, second.address) == ("former-member-7", "192.0.2.8")
    assert second.details == {"invited_by": "former-member-7", "role": "ada"}
    assert third.details == {"email": "former-member-7"}
    assert fourth.details == {"email": "ada@example.org.uk", "what": ["ada"]}


def test_nothing_else_of_a_record_is_changed():
    record("kernel.tried", by=ADA)
    for words in ({"action": "other"}, {"actor": 8}, {"at": None}, {"actor_name": "", "door": ""}):
        with pytest.raises(TypeError):
            AuditRecord.objects.call_otherwise(**words)
    assert AuditRecord.objects.get().action == "kernel.tried"


def test_events_keep_their_numbers_and_lose_who_it_was(monkeypatch):
    monkeypatch.setattr("nexus.kernel.forgetting._BATCH", 2)
    mine = {"person": 7, "how": ["password"], "address": "192.0.2.7"}
    for _ in range(3):
        StoredEventFactory(type="people.signed_in", payload=mine, audience="person:7")
    StoredEventFactory(type=PersonAdded.type, payload={"person": 7, "handle": "ada"})
    StoredEventFactory(type=PersonAdded.type, payload={"person": 8, "handle": "bob"})
    events.relay()
    numbers = list(StoredEvent.objects.order_by("pk").values_list("number", flat=True))
    forget_ada()
    told = StoredEvent.objects.order_by("pk")
    assert [one.number for one in told] == numbers
    assert [one.payload for one in told] == [
        *[{"person": 7, "how": ["password"], "address": ""}] * 3,
        {"person": 7, "handle": ""},
        {"person": 8, "handle": "bob"},
    ]

"""Events for tests."""

import factory

from nexus.kernel.models import AuditRecord, StoredEvent


class StoredEventFactory(factory.django.DjangoModelFactory[StoredEvent]):
    """An event that the relay has not numbered yet."""

    class Meta:
        model = StoredEvent

    type = "kernel.tried"
    payload = factory.LazyFunction(dict)
    audience = "public"


class AuditRecordFactory(factory.django.DjangoModelFactory[AuditRecord]):
    """Somebody did something on the command line."""

    class Meta:
        model = AuditRecord

    action = "kernel.tried"
    door = "command line"

"""Events for tests."""

import factory

from nexus.kernel.models import StoredEvent


class StoredEventFactory(factory.django.DjangoModelFactory[StoredEvent]):
    """An event that the relay has not numbered yet."""

    class Meta:
        model = StoredEvent

    type = "kernel.tried"
    payload = factory.LazyFunction(dict)
    audience = "public"

"""Exports and departures for tests."""

import factory

from nexus.departing.models import Departure, Export
from nexus.people.tests.factories import PersonFactory


class ExportFactory(factory.django.DjangoModelFactory[Export]):
    """An archive that was asked for."""

    class Meta:
        model = Export

    person = factory.SubFactory(PersonFactory)
    key = factory.Sequence(lambda n: f"key-{n}")


class DepartureFactory(factory.django.DjangoModelFactory[Departure]):
    """An account that was closed, and of which nothing is erased yet."""

    class Meta:
        model = Departure

    person = factory.SubFactory(PersonFactory, is_active=False)
    handle = "ada"
    name = "Ada Lovelace"

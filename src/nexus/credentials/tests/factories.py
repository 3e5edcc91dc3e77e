"""Access tokens for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from nexus.credentials.models import AccessToken
from nexus.credentials.services import make_access_token
from nexus.people.tests.factories import PersonFactory


class AccessTokenFactory(factory.django.DjangoModelFactory[AccessToken]):
    """A token whose secret nobody knows."""

    class Meta:
        model = AccessToken

    person = factory.SubFactory(PersonFactory)
    name = "Laptop"
    prefix = factory.Sequence(lambda n: f"nxs_{n:08}")
    digest = factory.Sequence(lambda n: f"{n:064x}")
    scopes = factory.LazyFunction(lambda: ["git"])
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


def make_token(person=None, *, scopes=("git",), days=30, **fields) -> tuple[AccessToken, str]:
    """A token as its owner would make one; ``fields`` are written over it afterwards."""
    person = person or PersonFactory()
    token, secret = make_access_token(
        by=person, person=person, name="Laptop", scopes=scopes, days=days
    )
    if fields:
        AccessToken.objects.filter(pk=token.pk).update(**fields)
        token.refresh_from_db()
    return token, secret

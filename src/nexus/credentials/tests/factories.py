"""Access tokens for tests."""

from datetime import timedelta

import factory
from allauth.idp.oidc.models import Client as App
from django.utils import timezone

from nexus.credentials.models import AccessToken, AppGrant, AppToken, DeviceRequest
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


class AppFactory(factory.django.DjangoModelFactory[App]):
    """A public app."""

    class Meta:
        model = App

    name = "Notes"
    type = "public"
    secret = ""
    scopes = "openid\nread"
    owner = factory.SubFactory(PersonFactory)


class AppGrantFactory(factory.django.DjangoModelFactory[AppGrant]):
    """An app that was let in in a browser."""

    class Meta:
        model = AppGrant

    app = factory.SubFactory(AppFactory)
    person = factory.SubFactory(PersonFactory)
    how = "code"
    scopes = factory.LazyFunction(lambda: ["openid", "read"])


class AppTokenFactory(factory.django.DjangoModelFactory[AppToken]):
    """An access token of an app, whose secret nobody knows."""

    class Meta:
        model = AppToken

    grant = factory.SubFactory(AppGrantFactory)
    kind = "access"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    scopes = factory.LazyFunction(lambda: ["read"])
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class DeviceRequestFactory(factory.django.DjangoModelFactory[DeviceRequest]):
    """A device that waits."""

    class Meta:
        model = DeviceRequest

    app = factory.SubFactory(AppFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    user_code = factory.Sequence(lambda n: f"{n:09}")
    scopes = factory.LazyFunction(lambda: ["read"])
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=10))


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

"""People for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from nexus.people.models import Mail, Person, Profile, SignInLink, Wish


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody who signs in."""

    class Meta:
        model = Person

    handle = factory.Sequence(lambda n: f"person-{n}")
    name = factory.LazyAttribute(lambda person: person.handle.title())
    is_claimed = True


class OwnerFactory(PersonFactory):
    """Who runs the hub."""

    is_owner = True


class ProfileFactory(factory.django.DjangoModelFactory[Profile]):
    """What somebody says of themselves: nothing but that it is there."""

    class Meta:
        model = Profile

    person = factory.SubFactory(PersonFactory)


class WishFactory(factory.django.DjangoModelFactory[Wish]):
    """A topic that somebody wants to learn."""

    class Meta:
        model = Wish

    person = factory.SubFactory(PersonFactory)
    topic = "graphql"


class SignInLinkFactory(factory.django.DjangoModelFactory[SignInLink]):
    """A link that nobody used yet."""

    class Meta:
        model = SignInLink

    person = factory.SubFactory(PersonFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class MailFactory(factory.django.DjangoModelFactory[Mail]):
    """A mail that nobody sent yet."""

    class Meta:
        model = Mail

    to = "ada@example.org"
    subject = "Verify your e-mail address"
    body = "Open https://hub.example.org/accounts/verify/abc"

"""Cohorts for tests."""

from datetime import timedelta

import factory
from django.utils import timezone

from nexus.cohorts.models import (
    Cohort,
    FormerSlug,
    Invitation,
    JoinRequest,
    Membership,
    Place,
    RequestMails,
    Role,
    Visibility,
)
from nexus.people.tests.factories import PersonFactory


class CohortFactory(factory.django.DjangoModelFactory[Cohort]):
    """A cohort that everyone may read."""

    class Meta:
        model = Cohort

    slug = factory.Sequence(lambda n: f"cohort-{n}")
    name = factory.LazyAttribute(lambda cohort: cohort.slug.capitalize())
    visibility = Visibility.PUBLIC


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A member of a cohort."""

    class Meta:
        model = Membership

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.MEMBER


class FormerSlugFactory(factory.django.DjangoModelFactory[FormerSlug]):
    """An address that a cohort had."""

    class Meta:
        model = FormerSlug

    cohort = factory.SubFactory(CohortFactory)
    slug = factory.Sequence(lambda n: f"former-{n}")


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """A link that lets one person in, made by the hub. Its secret is nobody's."""

    class Meta:
        model = Invitation

    cohort = factory.SubFactory(CohortFactory)
    kind = Invitation.Kind.LINK
    role = Role.MEMBER
    digest = factory.Sequence(lambda n: f"{n:064x}")
    by_hub = True
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class JoinRequestFactory(factory.django.DjangoModelFactory[JoinRequest]):
    """Somebody who waits to be let in."""

    class Meta:
        model = JoinRequest

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)


class PlaceFactory(factory.django.DjangoModelFactory[Place]):
    """A use of an invitation that is kept for somebody who made an account by it."""

    class Meta:
        model = Place

    invitation = factory.SubFactory(InvitationFactory)
    person = factory.SubFactory(PersonFactory)


class RequestMailsFactory(factory.django.DjangoModelFactory[RequestMails]):
    """Somebody who wants no mails about those who wait."""

    class Meta:
        model = RequestMails

    person = factory.SubFactory(PersonFactory)
    are_wanted = False

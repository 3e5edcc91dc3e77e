"""Which sign-in links still work, found by the digest of their secret."""

import hashlib

from django.db.models import QuerySet
from django.utils import timezone

from nexus.kernel.errors import Invalid
from nexus.people.models import SignInLink


def spent() -> Invalid:
    """The error for a link that is unknown, used or too old; which of these is not told."""
    return Invalid(
        "link-spent",
        "This sign-in link does not work any more.",
        remedy="Make a new one with “nexus person link HANDLE”, or restart “make serve”.",
    )


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def usable_links(secret: str) -> QuerySet[SignInLink]:
    """The link with this secret, if it was not used, is not too old, and its account opens."""
    return SignInLink.objects.filter(
        digest=digest_of(secret),
        used_at=None,
        expires_at__gt=timezone.now(),
        person__is_active=True,
    )

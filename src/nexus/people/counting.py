"""How many people there are, and mails on their way: for whoever runs the hub."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from nexus.people.mails import recent_mails
from nexus.people.models import Person

#: Who signed in within this time is counted as here.
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PeopleCounted:
    """Accounts that somebody signs in to, those that did of late, and those that are suspended."""

    accounts: int
    lately: int
    suspended: int


def people_counted() -> PeopleCounted:
    """How many people there are, in one query."""
    lately = timezone.now() - LATELY
    found = Person.objects.aggregate(
        accounts=Count("pk", filter=Q(is_claimed=True, is_active=True)),
        lately=Count("pk", filter=Q(last_login__gte=lately, is_active=True)),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
    )
    return PeopleCounted(**found)


def unsent_mails() -> int:
    """How many mails wait to be sent; none where there is no mail server to send them."""
    return recent_mails().filter(sent_at=None).count() if settings.MAIL_URL else 0

"""The mails that cohorts send. Whole addresses in them are by the hub's public name alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from nexus.people.mails import post_mail
from nexus.people.selectors import proven_addresses

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


def is_sent() -> bool:
    """Whether a mail leaves the hub; without a mail server its owner reads it on a page."""
    return bool(settings.MAIL_URL)


def post_invitation(*, to: str, cohort: str, role: str, inviter: str, address: str) -> None:
    """Post the words that go with an invitation; ``address`` is the whole one of its page."""
    who = f"{inviter} invites you" if inviter else "You are invited"
    post_mail(
        to=to,
        subject=f"{who} to {cohort}",
        body=(
            f"{who} to “{cohort}”, as {_as(role)}.\n\n"
            f"Look at it, and accept or leave it:\n\n{address}\n\n"
            f"It is for this address ({to}) alone. If you do not know what this is about, "
            "do nothing: then nothing happens.\n"
        ),
    )


def post_let_in(*, to: Person, cohort: Cohort, role: str) -> None:
    """Tell somebody who asked to join that they are in."""
    _post(
        to,
        f"You are in {cohort.name}",
        f"You asked to join “{cohort.name}”, and were let in as {_as(role)}. Here it is:\n\n"
        f"{_address('cohort', cohort)}\n",
    )


def post_declined(*, to: Person, cohort: Cohort, days: int) -> None:
    """Tell somebody who asked to join that they are not let in, and when they may ask again."""
    _post(
        to,
        f"Your request to join {cohort.name}",
        f"You asked to join “{cohort.name}”. It was declined. You can ask again in {days} days:"
        f"\n\n{_address('cohort-join', cohort)}\n",
    )


def post_waiting(*, to: Person, waiting: Sequence[tuple[Cohort, int]]) -> None:
    """Tell somebody who lets people in that others wait, once for all their cohorts."""
    most = sum(number for _, number in waiting)
    lines = [
        f"{cohort.name} ({number}): {_address('cohort-requests', cohort)}"
        for cohort, number in waiting
    ]
    _post(
        to,
        f"{'Somebody asks' if most == 1 else f'{most} people ask'} to join",
        f"Waiting for an answer of yours, or of another owner or mentor:\n\n{chr(10).join(lines)}"
        "\n\nYou get such a mail once a day at most. On those pages you can turn them off.\n",
    )


def _post(to: Person, subject: str, body: str) -> None:
    """A mail to an address that is known to be theirs; to nobody, when there is none."""
    known = proven_addresses(to)
    own = (to.email or "").lower()
    address = own if own in known else min(known, default="")
    if address:
        post_mail(to=address, subject=subject[:200], body=body)


def _address(name: str, cohort: Cohort) -> str:
    """The address of a page; without a public name only what comes after it."""
    return urljoin(settings.PUBLIC_URL, reverse(name, args=[cohort.slug]))


def _as(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"

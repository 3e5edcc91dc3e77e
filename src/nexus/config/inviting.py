"""Invitations into cohorts, as that which lets people sign up where the hub is by invitation."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from nexus.cohorts import services
from nexus.cohorts.selectors import invitation_to
from nexus.people.admission import Offer
from nexus.people.models import Person


class CohortInvitations:
    """Whoever is on the way to the page of an invitation, or was invited by e-mail."""

    def offer(self, way: str, emails: Sequence[str]) -> Offer | None:
        """What lets them in. A secret that does not work is a guess, and counted as one."""
        if secret := secret_in(way):
            try:
                return Offer(services.look_at_invitation(by=None, secret=secret).email)
            except services.InvitationRefused:
                pass
        return Offer() if invitation_to(emails) else None

    def keep(self, person: Person, way: str, emails: Sequence[str]) -> None:
        """Keep a use of it for them. By an address, where the way leads to no invitation."""
        try:
            services.keep_place(person=person, secret=secret_in(way))
        except services.InvitationRefused:
            services.keep_place_of(person=person, emails=emails)


def secret_in(way: str) -> str:
    """The secret of the invitation whose page ``way`` is; empty when it is another page."""
    try:
        found = resolve(urlsplit(way).path)
    except Resolver404:
        return ""
    return str(found.kwargs["secret"]) if found.url_name == "invitation" else ""

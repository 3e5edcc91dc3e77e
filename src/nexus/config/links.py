"""Whole addresses of this hub, for the terminal."""

import os

from nexus.config.environment import environment
from nexus.config.running import served_address
from nexus.people import services
from nexus.people.afterwards import leading_to
from nexus.people.models import Person


def hub_address() -> str:
    """Where people reach the hub: the public address, else where it is served at this moment.

    When it is not, the address that ``nexus serve`` would have with the present environment.
    """
    public = environment().public_url.rstrip("/")
    return public or served_address() or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def sign_in_link(person: Person, *, address: str = "", to: str = "") -> str:
    """A new link that signs ``person`` in once, and leads to the page ``to``."""
    secret = services.make_sign_in_link(by=None, person=person)
    return leading_to(to, by=f"{address or hub_address()}/accounts/link/{secret}")

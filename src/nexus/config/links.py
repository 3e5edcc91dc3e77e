"""Whole addresses of this hub, for the terminal."""

import os

from nexus.config.environment import environment
from nexus.people import services
from nexus.people.models import Person


def hub_address() -> str:
    """Where people reach the hub: the public address, else this machine and its port."""
    port = os.environ.get("PORT", "8000")
    return environment().public_url.rstrip("/") or f"http://127.0.0.1:{port}"


def sign_in_link(person: Person, *, address: str = "") -> str:
    """A new link that signs ``person`` in once."""
    secret = services.make_sign_in_link(by=None, person=person)
    return f"{address or hub_address()}/accounts/link/{secret}"

"""Who looks after the accounts of others."""

from nexus.people.models import Person


def can_look_after(by: Person | None) -> bool:
    """Whoever runs the hub; ``None`` is the command line of its machine."""
    return by is None or (by.is_owner and by.is_active)

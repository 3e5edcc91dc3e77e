"""Who may do what with accounts."""

from nexus.people.models import Person


def can_add_person(by: Person | None) -> bool:
    """Only the hub's owner adds people; ``None`` is the command line of the owner's machine."""
    return by is None or by.is_owner


def can_make_sign_in_link(by: Person | None, person: Person) -> bool:
    """A link is made by the hub's owner, or by people for themselves."""
    return by is None or by.is_owner or by.pk == person.pk


def can_edit_profile(by: Person, person: Person) -> bool:
    """Everybody speaks for themselves; not even who runs the hub puts words into their mouth."""
    return by.pk == person.pk and by.is_active

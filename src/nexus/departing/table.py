"""The one table of all that the hub knows of people: each app's list, the lowest app first.

A test compares it with the tables of the database: a key to a person that is not in it fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexus.cohorts.belongings import BELONGINGS as COHORTS
from nexus.credentials.belongings import BELONGINGS as CREDENTIALS
from nexus.departing.belongings import BELONGINGS as DEPARTING
from nexus.library.belongings import BELONGINGS as LIBRARY
from nexus.people.belonging import Belonging
from nexus.people.belongings import BELONGINGS as PEOPLE
from nexus.repositories.belongings import BELONGINGS as REPOSITORIES

BELONGINGS: tuple[Belonging, ...] = (
    *PEOPLE,
    *CREDENTIALS,
    *COHORTS,
    *REPOSITORIES,
    *LIBRARY,
    *DEPARTING,
)


def leaving_order() -> Iterator[Belonging]:
    """What is built on others goes before them; the account's own name goes last."""
    return reversed(BELONGINGS)

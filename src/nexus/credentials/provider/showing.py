"""When a person last showed who they are, and whether that is recent enough for an app.

After OpenID Connect Core 1.0, section 3.1.2.1.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import get_authentication_records

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nexus.people.models import Person

#: The way from showing it to the app's question, in seconds; the time to read and answer that.
ON_THE_WAY = 60
TO_ANSWER = 300


def shown_at(request: HttpRequest, person: Person) -> int | None:
    """When ``person`` last showed in this session who they are; None when that is not known."""
    found = [record["at"] for record in get_authentication_records(request, person)]
    return int(max(found)) if found else None


def is_stale(request: HttpRequest, person: Person, *, max_age: int) -> bool:
    """Whether ``person`` showed it longer ago than ``max_age`` seconds, and the way here."""
    allowed = max(max_age, ON_THE_WAY) + (TO_ANSWER if request.method == "POST" else 0)
    last = shown_at(request, person)
    return last is None or time.time() - last > allowed

"""Who asks: the person of a request, or None for a guest."""

from django.conf import settings
from django.http import HttpRequest

from nexus.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in. Without a session cookie the session is not looked at."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    return user if isinstance(user, Person) else None

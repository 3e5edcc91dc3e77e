"""Who asks: the person of a request, or None for a guest; and whether it is still them."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.http import HttpRequest

from nexus.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in. Without a session cookie the session is not looked at."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    return user if isinstance(user, Person) else None


def ask_once_more(request: HttpRequest) -> None:
    """Let only those go on who have shown in the last minutes who they are.

    Raises django-allauth's ``ReauthenticationRequired``, at which its middleware asks for the
    password, a code or a passkey, and then goes on with the request. Whoever has none of these
    is not asked.
    """
    raise_if_reauthentication_required(request, app="allauth.account")

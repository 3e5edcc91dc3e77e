"""Who asks: the person of a request, or None for a guest; and whether it is still them."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import LazyObject

from nexus.people.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in. Without a session cookie the session is not looked at.

    It is the row itself and not Django's stand-in, which is asked for a person some three hundred
    times in a page and takes four times as long to answer.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user: Any = request.user
    if not isinstance(user, Person):
        return None
    return user._wrapped if isinstance(user, LazyObject) else user


def ask_once_more(request: HttpRequest) -> None:
    """Let only those go on who have shown in the last minutes who they are.

    Raises django-allauth's ``ReauthenticationRequired``, at which its middleware asks for the
    password, a code or a passkey, and then goes on with the request. Whoever has none of these
    is not asked.
    """
    raise_if_reauthentication_required(request, app="allauth.account")

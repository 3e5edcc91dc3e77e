"""Mails that wait in the hub, for its owner."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from nexus.kernel.errors import NotFound
from nexus.people.mails import recent_mails
from nexus.people.requests import person_of

SHOWN = 100


@never_cache
def mails(request: HttpRequest) -> HttpResponse:
    """The hub's mails of the last days, for its owner; nobody else finds the page."""
    person = person_of(request)
    if person is None or not person.is_owner:
        raise NotFound("page-unknown", "There is nothing at this address.")
    context = {"mails": recent_mails()[:SHOWN], "has_server": bool(settings.MAIL_URL)}
    return render(request, "account/mails.html", context)

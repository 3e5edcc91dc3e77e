"""Signing in by a one-time link, and signing out."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nexus.kernel.audit import record_refusal
from nexus.kernel.errors import NexusError
from nexus.people import selectors, services
from nexus.people.adapters import address_of
from nexus.people.afterwards import NAME, local
from nexus.people.audit import LINK_REFUSED
from nexus.people.requests import person_of


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whom a link signs in; sign in when its button is pressed.

    Looking changes nothing, so a program that follows links does not use one up. A link is
    the way back for those who lost what they sign in with, so it asks for nothing else, and
    for a few minutes its session may set a new password. With ``next`` it leads on.
    """
    try:
        if request.method == "POST":
            person = services.use_sign_in_link(secret, address=address_of(request))
            login(request, person)
            record_authentication(request, person, method="link", reauthenticated=True)
            UserSession.objects.create_from_request(request)
            return HttpResponseRedirect(local(request.GET.get(NAME)) or "/")
        person = selectors.person_of_link(secret)
    except NexusError as fault:
        record_refusal(LINK_REFUSED, by=person_of(request))
        context = {"person": None, "fault": fault}
        return render(request, "sign_in_link.html", context, status=int(fault.status))
    return render(request, "sign_in_link.html", {"person": person, "fault": ""})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    response = HttpResponseRedirect("/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response

"""Signing in by a one-time link, and signing out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nexus.kernel.errors import NexusError
from nexus.people import selectors, services

#: Sessions are opened by the link alone; there is no password to check.
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """How to get in."""
    return render(request, "sign_in.html", {"person": None, "fault": ""})


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whom a link signs in; sign in when its button is pressed.

    Looking changes nothing, so a program that follows links does not use one up.
    """
    try:
        if request.method == "POST":
            person = services.use_sign_in_link(secret)
            login(request, person, backend=BACKEND)
            return HttpResponseRedirect("/")
        person = selectors.person_of_link(secret)
    except NexusError as fault:
        context = {"person": None, "fault": fault}
        return render(request, "sign_in.html", context, status=int(fault.status))
    return render(request, "sign_in.html", {"person": person, "fault": ""})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    response = HttpResponseRedirect("/")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response

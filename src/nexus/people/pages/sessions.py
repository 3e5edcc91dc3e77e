"""Where one is signed in, and signing out there."""

from types import SimpleNamespace
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.people import recording, selectors
from nexus.people.devices import device_words
from nexus.people.models import Person


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions of an account; each can be ended from here, or all others at once."""
    person = cast("Person", request.user)
    here = request.session.session_key or ""
    if request.method == "POST":
        given = request.POST.get("session", "")
        number = int(given) if given.isdecimal() and len(given) < 19 else None
        everywhere_else = given == "others"
        if everywhere_else or number is not None:
            ended = recording.end_sessions(person, keep=here, number=number, why="revoked")
            messages.success(request, _said(ended))
        return HttpResponseRedirect(reverse("usersessions_list"))
    rows = [
        SimpleNamespace(
            number=one.pk,
            device=device_words(one.user_agent),
            is_program=selectors.CLIENT in one.data,
            address=one.ip,
            since=one.created_at,
            is_this=one.session_key == here,
        )
        for one in selectors.open_sessions(person)
    ]
    rows.sort(key=lambda row: not row.is_this)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


def _said(ended: int) -> str:
    if not ended:
        return "There was no such session."
    return "One session was ended." if ended == 1 else f"{ended} sessions were ended."

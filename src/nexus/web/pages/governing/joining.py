"""Coming into a cohort: by an invitation, by a code, by asking; and leaving it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.cohorts import services
from nexus.cohorts.policies import can_create_cohort
from nexus.cohorts.secrets import tidy
from nexus.cohorts.selectors import (
    asks_to_join,
    invitations_to,
    joinable_cohort,
    joinable_cohorts,
    requests_of,
    role_of,
)
from nexus.kernel.errors import Conflict, Invalid, NexusError
from nexus.people.afterwards import leading_to
from nexus.people.requests import person_of
from nexus.web.pages.governing.doors import act, number, signed_in, way_in
from nexus.web.pages.governing.words import ROLE_WORDS, with_article

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort, Invitation
    from nexus.people.models import Person

SHOWN = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Give a code that one was told, or find a cohort to ask."""
    reader, code = person_of(request), tidy(request.POST.get("code", ""))
    if request.POST.get("do") == "accept" and reader is not None:
        return _accept_addressed(request, reader)
    if request.method == "POST" and code:
        return HttpResponseRedirect(reverse("invitation", args=[code.replace("/", "-")]))
    context = {
        "fault": "Type the code that you were given." if request.method == "POST" else "",
        "invitations": _addressed_to(reader),
        "asked": requests_of(reader) if reader else [],
        "cohorts": list(joinable_cohorts(reader)[:SHOWN]),
        "sign_in_address": "" if reader else way_in(request.path),
        "may_create": can_create_cohort(reader) if reader else False,
        "crumbs": [],
    }
    return render(request, "join.html", context, status=422 if context["fault"] else 200)


def _addressed_to(reader: Person | None) -> list[dict[str, Any]]:
    """The invitations that somebody was sent by e-mail, wherever the mail is now."""
    found = invitations_to(reader) if reader else []
    return [
        {"number": one.pk, "cohort": one.cohort, "by": one.made_by, "role": with_article(one.role)}
        for one in found[:SHOWN]
    ]


def _accept_addressed(request: HttpRequest, reader: Person) -> HttpResponse:
    try:
        found = services.accept_addressed(by=reader, invitation=number(request, "invitation"))
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("join"))
    return _welcome(request, found.cohort, found.role)


def _welcome(request: HttpRequest, cohort: Cohort, role: str) -> HttpResponseRedirect:
    messages.success(request, f"Welcome to {cohort.name}. You are {with_article(role)} of it.")
    return HttpResponseRedirect(reverse("cohort", args=[cohort.slug]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites, to what, as what; accept it. Looking uses nothing up."""
    reader = person_of(request)
    try:
        found = services.look_at_invitation(by=reader, secret=secret)
        if request.method == "POST" and reader is not None:
            return _accept(request, reader, found, secret)
    except NexusError as fault:
        way = "" if reader else way_in(request.path)
        context: dict[str, Any] = {"fault": fault, "sign_in_address": way, "crumbs": []}
        return render(request, "invitation.html", context, status=int(fault.status))
    if request.method == "POST":
        return HttpResponseRedirect(way_in(request.path))
    context = {
        "fault": None,
        "cohort": found.cohort,
        "inviter": found.made_by,
        "role": with_article(found.role),
        "role_words": ROLE_WORDS[found.role],
        "email": found.email,
        "reader": reader,
        "sign_in_address": way_in(request.path),
        "sign_up_address": leading_to(request.path, by=reverse("account_signup")),
        "crumbs": [],
    }
    return render(request, "invitation.html", context)


def _accept(
    request: HttpRequest, reader: Person, found: Invitation, secret: str
) -> HttpResponseRedirect:
    try:
        services.accept_invitation(by=reader, secret=secret)
    except Conflict as fault:
        messages.info(request, str(fault))
        return HttpResponseRedirect(reverse("cohort", args=[found.cohort.slug]))
    return _welcome(request, found.cohort, found.role)


@signed_in
def cohort_join(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """What one is in a cohort: ask to be let in, wait, or leave."""
    cohort = joinable_cohort(slug, reader=by)
    if request.method == "POST":
        return _act(request, by, cohort)
    role = role_of(by, cohort)
    context = {
        "cohort": cohort,
        "role": with_article(role) if role else "",
        "role_words": ROLE_WORDS.get(role, ""),
        "waits": not role and asks_to_join(by, cohort),
        "declined": "" if role else _declined(by, cohort),
        "crumbs": [],
    }
    return render(request, "cohort_join.html", context)


def _declined(by: Person, cohort: Cohort) -> datetime | str:
    """From when on somebody may ask again who was declined; empty when they may."""
    mine = [one for one in requests_of(by) if one.cohort_id == cohort.pk]
    if not mine or mine[0].answer != "declined" or mine[0].answered_at is None:
        return ""
    again = mine[0].answered_at + services.PATIENCE
    return again if again > timezone.now() else ""


def _act(request: HttpRequest, by: Person, cohort: Cohort) -> HttpResponse:
    here, do = reverse("cohort-join", args=[cohort.slug]), request.POST.get("do")
    if do == "leave":
        return _leave(request, by, cohort, here)
    if do == "withdraw":
        withdraw = partial(services.withdraw_request, by=by, cohort=cohort)
        return act(request, withdraw, said="You do not ask any more.", then=here)
    message = request.POST.get("message", "")
    ask = partial(services.ask_to_join, by=by, cohort=cohort, message=message)
    return act(request, ask, said="Asked. You are let in when somebody says yes.", then=here)


def _leave(request: HttpRequest, by: Person, cohort: Cohort, here: str) -> HttpResponse:
    try:
        services.leave_cohort(by=by, cohort=cohort)
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(here)
    messages.success(request, f"You have left {cohort.name}. What you published stays.")
    return HttpResponseRedirect(reverse("home"))

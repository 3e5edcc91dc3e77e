"""Those who ask to join, and the answers to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.cohorts import services
from nexus.cohorts.policies import can_give
from nexus.cohorts.selectors import open_requests, wants_request_mails
from nexus.web.pages.governing.doors import Governed, act, governed, number, signed_in
from nexus.web.pages.governing.words import ROLE_WORDS

if TYPE_CHECKING:
    from nexus.people.models import Person


@signed_in
def requests(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """Who asks to join a cohort; let them in or decline."""
    here = governed(request, slug, by, "answer_requests")
    cohort = here.cohort
    if "mails" in request.POST:
        return _switch(request, here)
    if request.method == "POST":
        return _answer(request, here)
    context = {
        **here.frame("cohort-requests"),
        "requests": open_requests(cohort),
        "roles": [role for role in ROLE_WORDS if can_give(by, role, cohort)],
        "wants_mails": wants_request_mails(by),
    }
    return render(request, "requests.html", context)


def _switch(request: HttpRequest, here: Governed) -> HttpResponse:
    """Get mails about those who wait, or none; in all cohorts that one answers for."""
    wanted = request.POST["mails"] == "on"
    return act(
        request,
        partial(services.want_request_mails, by=here.by, wanted=wanted),
        said="You get a mail when somebody waits." if wanted else "You get no mails about it.",
        then=reverse("cohort-requests", args=[here.cohort.slug]),
    )


def _answer(request: HttpRequest, here: Governed) -> HttpResponse:
    asked, then = number(request, "request"), reverse("cohort-requests", args=[here.cohort.slug])
    if request.POST.get("do") == "decline":
        decline = partial(services.decline_request, by=here.by, cohort=here.cohort, request=asked)
        return act(request, decline, said="Declined.", then=then)
    accept = partial(services.accept_request, by=here.by, cohort=here.cohort, request=asked)
    role = request.POST.get("role", "member")
    return act(request, partial(accept, role=role), said="They are in.", then=then)

"""The members of a cohort with their roles, for its owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.cohorts import services
from nexus.cohorts.selectors import members_of
from nexus.people.selectors import person_by_handle
from nexus.web.pages.governing.doors import Governed, act, governed, signed_in
from nexus.web.pages.governing.words import ROLE_WORDS, with_article

if TYPE_CHECKING:
    from nexus.people.models import Person


@signed_in
def members(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """Who is in a cohort as what; change it, remove somebody, hand the cohort on."""
    here = governed(request, slug, by, "change_role")
    if request.method == "POST":
        return _act(request, here, person_by_handle(request.POST.get("person", "")[:60]))
    people = members_of(here.cohort)
    context = {
        **here.frame("cohort-members"),
        "members": people,
        "owners": sum(one.role == "owner" for one in people),
        "roles": list(ROLE_WORDS),
        "role_words": ROLE_WORDS,
    }
    return render(request, "members.html", context)


def _act(request: HttpRequest, here: Governed, person: Person) -> HttpResponse:
    by, cohort, do = here.by, here.cohort, request.POST.get("do")
    role = request.POST.get("role", "")
    then = reverse("cohort-members", args=[cohort.slug])
    if do == "remove":
        return act(
            request,
            lambda: services.remove_member(by=by, cohort=cohort, person=person),
            said=f"{person.name} is not in the cohort any more.",
            then=_back(by, person, then, cohort.slug),
        )
    if do == "transfer":
        return act(
            request,
            lambda: services.transfer_ownership(by=by, cohort=cohort, to=person),
            said=f"{person.name} runs the cohort now.",
            then=_back(by, by, then, cohort.slug),
        )
    return act(
        request,
        lambda: services.change_role(by=by, cohort=cohort, person=person, role=role),
        said=f"{person.name} is {with_article(role)} now.",
        then=_back(by, person, then, cohort.slug),
    )


def _back(by: Person, touched: Person, then: str, slug: str) -> str:
    """Who changed what they are themselves may not come back to this page."""
    if by.pk != touched.pk or by.is_owner:
        return then
    return reverse("cohort-join", args=[slug])

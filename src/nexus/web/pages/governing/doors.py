"""What these pages have in common: who may come in, and what becomes of a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nexus.cohorts.selectors import cohort_by_slug, rights_in
from nexus.cohorts.services import not_yours, tell_of_refusal
from nexus.kernel.errors import Conflict, Invalid
from nexus.people.afterwards import leading_to
from nexus.people.requests import person_of
from nexus.web.pages.frames import TITLES, cohort_frame, governing_tabs, way_to

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Governed:
    """A cohort, and somebody who may run it."""

    cohort: Cohort
    by: Person
    rights: frozenset[str]

    def frame(self, name: str) -> dict[str, Any]:
        """What the template needs; ``name`` is that of the page's address."""
        frame = cohort_frame(self.cohort, self.by, "people")
        tabs = governing_tabs(self.cohort, self.rights, name, waiting=frame["waiting"])
        return {**frame, "tabs": tabs, "crumbs": way_to(self.cohort, TITLES[name])}


def signed_in(view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse]) -> Page[P]:
    """Let only people in who are signed in; others sign in first and come back."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader = person_of(request)
        if reader is None:
            return HttpResponseRedirect(way_in(request.get_full_path()))
        return view(request, reader, *args, **kwargs)

    return page


def way_in(back: str) -> str:
    """Where one signs in, to come back to ``back``."""
    return leading_to(back, by=reverse("sign-in"))


def governed(request: HttpRequest, slug: str, by: Person, right: str) -> Governed:
    """The cohort, if ``by`` may do ``right`` in it.

    Raises ``NotFound`` when they may not see it, ``Forbidden`` when it is not theirs to do. Who
    sends a form all the same stands in the audit log.
    """
    cohort = cohort_by_slug(slug, reader=by)
    rights = rights_in(cohort, by)
    if right not in rights:
        refused = not_yours(right)
        if request.method == "POST":
            tell_of_refusal(refused, by=by, cohort=cohort, action=right)
        raise refused
    return Governed(cohort, by, rights)


def act(
    request: HttpRequest, do: Callable[[], object], *, said: str, then: str
) -> HttpResponseRedirect:
    """Do what a button asks for, and say on the next page what became of it."""
    try:
        do()
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(then)


def number(request: HttpRequest, name: str) -> int:
    """A number out of a form; 0, which nothing has, when it is none."""
    given = request.POST.get(name, "")[:18]
    return int(given) if given.isascii() and given.isdigit() else 0

"""The site of the administration: who comes in, and what is around every page of it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.cache import never_cache

from nexus.kernel.administration.columns import list_of
from nexus.kernel.administration.desk import Desk
from nexus.kernel.errors import NotFound
from nexus.library.presenting import Link, Section
from nexus.people.requests import person_of
from nexus.web.administration.state import state_of_the_hub
from nexus.web.pages.governing.doors import way_in

if TYPE_CHECKING:
    from nexus.people.models import Person

#: Whoever showed longer ago who they are shows it once more before they come in.
FRESH = timedelta(hours=1)


class Administration(AdminSite):
    """Django's site with the hub's own door: no second way to sign in, and no writing by forms."""

    def take_in(self, desks: Iterable[type[Desk]]) -> None:
        """Put desks into the site."""
        for desk in desks:
            self.register(desk.table, desk)

    @property
    def desks(self) -> list[Desk]:
        """Every desk, in the order in which they came."""
        return [desk for desk in self._registry.values() if isinstance(desk, Desk)]

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody runs the hub."""
        person = person_of(request)
        return person is not None and person.is_owner and person.is_active

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let those in who run the hub and showed so of late.

        Visitors sign in first, by the hub's own page. For everybody else there is no such page.
        """

        @wraps(view)
        @never_cache
        def page(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            person = person_of(request)
            if person is None:
                return HttpResponseRedirect(way_in(request.get_full_path()))
            if not self.has_permission(request):
                raise NotFound("page-unknown", "There is nothing at this address.")
            if not is_fresh(request, person):
                raise ReauthenticationRequired
            answer: HttpResponse = view(request, *args, **options)
            return answer

        return page

    @property
    def routes(self) -> list[URLPattern]:
        """The first page and the desks; no sign-in, no passwords, no way to any model."""
        first = path("admin/", self.admin_view(self.index), name="admin")
        return [first, *(route for desk in self.desks for route in desk.get_urls())]

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The same, for Django."""
        return [*self.routes]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """How the hub does, and the way to every desk."""
        context = {**self.each_context(request), "state": state_of_the_hub()}
        return TemplateResponse(request, "administration/index.html", context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The way around."""
        here = request.path
        desks = [
            Link(desk.title, to, desk.icon, current=here == to or here.startswith(f"{to}/"))
            for desk in self.desks
            for to in (list_of(desk.name),)
        ]
        pages = [
            Link("Log of the hub", reverse("hub-log"), "history"),
            Link("Words of mails", reverse("mails"), "note"),
        ]
        first = Link("How the hub does", reverse("admin"), "home", current=here == reverse("admin"))
        return {
            "rooms": [Section("Administration", [first, *desks]), Section("Pages", pages)],
            "crumbs": [],
        }


def is_fresh(request: HttpRequest, person: Person) -> bool:
    """Whether ``person`` showed within the last hour who they are.

    Whoever has neither a password nor a second factor cannot show it again: their session,
    opened by a one-time link or an account elsewhere, is all there is.
    """
    if not get_reauthentication_flows(person):
        return True
    shown = [record["at"] for record in get_authentication_records(request, person)]
    return bool(shown) and time.time() - max(shown) < FRESH.total_seconds()

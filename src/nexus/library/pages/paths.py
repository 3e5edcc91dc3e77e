"""Pages whose address names a path of the repository."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from nexus.library.discretion import around_addresses, discreet_path
from nexus.library.pages.context import visit
from nexus.library.real_paths import real_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Page = Callable[..., HttpResponse]


def of_path(page: Page) -> Page:
    """Let a page be asked for by the path in its address, and work with the one in Git.

    They differ where a name holds an e-mail address. A page that is asked for by the real name
    leads to its own address, so that no page is ever found at one that tells somebody's.
    """

    @wraps(page)
    def found(
        request: HttpRequest, cohort: str, repository: str, path: str = "", **others: str
    ) -> HttpResponse:
        discreet = discreet_path(path)
        if discreet != path:
            return _lead_on(request, discreet)
        if around_addresses(path) is not None:
            path = real_path(visit(request, cohort, repository).repository, path)
        return page(request, cohort, repository, path=path, **others)

    return found


def _lead_on(request: HttpRequest, path: str) -> HttpResponse:
    match = request.resolver_match
    assert match is not None, "a page is only reached through an address"  # noqa: S101
    address = reverse(match.view_name, kwargs={**match.kwargs, "path": path})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)

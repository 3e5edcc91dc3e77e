"""Addresses that cohorts had, and cohorts that one may ask for: where they lead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from nexus.cohorts.selectors import joinable_cohorts, moved_to
from nexus.kernel.errors import NotFound
from nexus.people.requests import person_of
from nexus.web.middleware import Handler

#: What the errors of the two selectors are called.
_UNKNOWN = frozenset({"cohort-unknown", "repository-unknown"})


class Forwarding:
    """Where nothing is found below a cohort's address, asks whether the cohort has moved.

    Only those who see the cohort are led on; to all others its former address is as unknown as
    its present one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The way to the cohort; None where there is none."""
        is_unknown = isinstance(exception, NotFound) and exception.code in _UNKNOWN
        if not is_unknown or request.method not in ("GET", "HEAD"):
            return None
        address = new_address(request)
        return HttpResponseRedirect(address) if address else None


def new_address(request: HttpRequest) -> str:
    """Where the page that was asked for is now; empty when it is nowhere."""
    match, reader = request.resolver_match, person_of(request)
    name = next((key for key in ("slug", "cohort") if match and key in match.kwargs), "")
    if match is None or not match.url_name or not name:
        return ""
    old = match.kwargs[name]
    slug = moved_to(old, reader=reader)
    if not slug:
        can_ask = name == "slug" and joinable_cohorts(reader).filter(slug=old).exists()
        is_front = match.url_name == "cohort"
        return reverse("cohort-join", args=[old]) if can_ask and is_front else ""
    query = request.META.get("QUERY_STRING", "")
    address = reverse(match.url_name, kwargs={**match.kwargs, name: slug})
    return f"{address}?{query}" if query else address

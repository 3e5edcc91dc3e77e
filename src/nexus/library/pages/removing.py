"""Taking back a repository of which nothing could ever be read: asked for once more, then done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.library.pages.context import visit
from nexus.library.pages.status import repository_view
from nexus.repositories import services as repositories
from nexus.repositories.policies import can_forget_repository

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """Take back a repository that could never be read; looking at the page changes nothing."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    if request.method == "POST":
        repositories.forget_unread(by=found.reader, repository=found.repository)
        messages.success(request, f"“{found.repository.name}” was removed.")
        return HttpResponseRedirect(reverse("cohort-repositories", args=[cohort]))
    if not can_forget_repository(found.reader, found.repository):
        return HttpResponseRedirect(found.room("status"))
    context = {
        **found.context(current="status"),
        "repository": repository_view(found, is_running=False),
        "status_address": found.room("status"),
    }
    return render(request, "repository_remove.html", context)

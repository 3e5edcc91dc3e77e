"""One's repository that lives in the hub: asked for with a button, and how to push to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.cohorts.policies import refuse_archived
from nexus.cohorts.selectors import cohort_by_slug
from nexus.kernel.errors import Forbidden
from nexus.library.addresses import repository_base
from nexus.library.presenting import Link, cohort_rooms, crumbs_of
from nexus.library.services.starting import start_repository
from nexus.people.requests import person_of
from nexus.repositories.git.stores import BRANCHES, head_branch, read_refs
from nexus.repositories.limits import store_of
from nexus.repositories.policies import can_host_repository
from nexus.repositories.selectors import hosted_repository

if TYPE_CHECKING:
    from nexus.repositories.models import Repository


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own repository in a cohort: the button that makes it, or its address and commands."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    found = cohort_by_slug(slug, reader=reader)
    if request.method == "POST":
        start_repository(by=reader, cohort=found, is_empty="empty" in request.POST)
        messages.success(request, "Your repository is there.")
        return HttpResponseRedirect(reverse("my-repository", args=[slug]))
    refuse_archived(found)
    if not can_host_repository(reader, found):
        raise Forbidden(
            "not-member",
            "Only members of the cohort have a repository in it.",
            remedy="Ask an owner of the cohort to let you in.",
        )
    hosted = hosted_repository(reader, found)
    context = {
        "cohort": found,
        "crumbs": [*crumbs_of(found), Link("Your repository", "")],
        "rooms": [cohort_rooms(found)],
        "repository": hosted,
        **(_ways_in(request, hosted, reader.handle) if hosted else {}),
    }
    return render(request, "my_repository.html", context)


def _ways_in(request: HttpRequest, hosted: Repository, handle: str) -> dict[str, object]:
    """Its address, and the commands for who has nothing yet and for who has a repository."""
    place = f"{hosted.cohort.slug}/{hosted.slug}"
    address = request.build_absolute_uri(f"/git/{place}.git")
    store = store_of(hosted.pk)
    branch, is_empty = head_branch(store), not read_refs(store, BRANCHES)
    joined = f"git pull --no-rebase --allow-unrelated-histories nexus {branch}"
    return {
        "address": repository_base(hosted.cohort.slug, hosted.slug) + "/",
        "clone_address": address,
        "upload_address": reverse("upload", args=[hosted.cohort.slug, hosted.slug]),
        "begin": [
            f"git clone {address}",
            f"cd {hosted.slug}",
            "git add . && git commit -m 'What I changed'",
            "git push",
        ],
        "bring": [
            f"git remote add nexus {address}",
            *([] if is_empty else [joined]),
            f"git push nexus HEAD:{branch}",
        ],
        "is_empty": is_empty,
        "handle": handle,
    }

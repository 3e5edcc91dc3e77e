"""Writes to cohorts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts.events import CohortChanged, CohortCreated
from nexus.cohorts.models import Cohort, Visibility
from nexus.cohorts.policies import can_change_cohort, can_create_cohort
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@transaction.atomic
def create_cohort(
    *,
    by: Person | None,
    slug: str,
    name: str = "",
    description: str = "",
    visibility: str = Visibility.PUBLIC,
) -> Cohort:
    """Create a cohort.

    Raises ``Forbidden`` for anyone but the hub's owner, ``Invalid`` for a slug that cannot
    be part of an address, ``Conflict`` when it is taken.
    """
    if not can_create_cohort(by):
        raise Forbidden(
            "not-owner", "Only the owner of the hub creates cohorts.", remedy="Ask them."
        )
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise Invalid(
            "slug-invalid",
            f"“{slug}” cannot be part of an address.",
            remedy="Use small letters, digits and single hyphens, at most 60.",
        )
    if Cohort.objects.filter(slug=slug).exists():
        raise Conflict("slug-taken", f"The cohort “{slug}” exists.", remedy="Choose another name.")
    cohort = Cohort.objects.create(
        slug=slug,
        name=name or slug.replace("-", " ").capitalize(),
        description=description,
        visibility=visibility,
    )
    publish(CohortCreated(cohort=cohort.pk, slug=slug), audience=cohort.audience)
    return cohort


@transaction.atomic
def change_visibility(*, by: Person | None, cohort: Cohort, visibility: str) -> Cohort:
    """Say who may see a cohort and what is in it.

    It holds for pages and for search from the commit on. Raises ``Forbidden`` for anyone but
    an owner of the cohort or of the hub, ``Invalid`` for a visibility that there is not.
    """
    if not can_change_cohort(by, cohort):
        raise Forbidden(
            "not-cohort-owner", "Only owners of the cohort change it.", remedy="Ask one of them."
        )
    if visibility not in Visibility.values:
        raise Invalid(
            "visibility-unknown",
            f"A cohort cannot be “{visibility}”.",
            remedy=f"Choose one of: {', '.join(Visibility.values)}.",
        )
    changed = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if changed.visibility != visibility:
        changed.visibility = visibility
        changed.save(update_fields=["visibility"])
        happened = CohortChanged(cohort=changed.pk, changed=("visibility",))
        publish(happened, audience=changed.audience)
    return changed


@transaction.atomic
def ensure_cohort(*, by: Person | None, slug: str, name: str = "", description: str = "") -> Cohort:
    """The cohort with this slug, created public when there is none."""
    known = Cohort.objects.filter(slug=slug).first()
    return known or create_cohort(by=by, slug=slug, name=name, description=description)

"""Writes to cohorts themselves: making one, changing it, archiving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from nexus.cohorts import audit, naming
from nexus.cohorts.events import (
    CohortArchived,
    CohortChanged,
    CohortCreated,
    CohortRestored,
    MemberJoined,
)
from nexus.cohorts.models import Cohort, FormerSlug, Membership, Role, Visibility
from nexus.cohorts.policies import can_create_cohort
from nexus.cohorts.selectors import names_known_to
from nexus.cohorts.services.governing import governing, write_down
from nexus.kernel.errors import Conflict, Forbidden
from nexus.kernel.events import publish
from nexus.people.imitating import tells_of_imitations

if TYPE_CHECKING:
    from nexus.people.models import Person

#: Where everyone may create cohorts, a person owns this many at most.
MOST_OWNED = 20


@tells_of_imitations
@transaction.atomic
def create_cohort(
    *,
    by: Person | None,
    slug: str,
    name: str = "",
    description: str = "",
    visibility: str = Visibility.PUBLIC,
) -> Cohort:
    """Create a cohort; whoever creates it becomes its owner.

    Raises ``Forbidden`` for those who may not (``NEXUS_COHORTS_BY``), ``Invalid`` for a slug
    that cannot be part of an address or a name that cannot be shown, ``Conflict`` when the
    address is taken, the name is written to look like another's, or they own too many.
    """
    _check_may_create(by)
    naming.check_is_free(naming.check_slug(slug))
    called = naming.clean_name(name or slug.replace("-", " ").capitalize())
    naming.refuse_alike(called, among=names_known_to(by))
    cohort = Cohort.objects.create(
        slug=slug,
        name=called,
        description=naming.clean_description(description),
        visibility=naming.check_visibility(visibility),
    )
    publish(CohortCreated(cohort=cohort.pk, slug=slug), audience=cohort.audience)
    write_down(audit.CREATED, by=by, cohort=cohort, slug=slug, visibility=cohort.visibility)
    if by is not None:
        Membership.objects.create(cohort=cohort, person=by, role=Role.OWNER)
        joined = MemberJoined(cohort=cohort.pk, person=by.pk, role=Role.OWNER, how="created")
        publish(joined, audience=cohort.audience)
    return cohort


def _check_may_create(by: Person | None) -> None:
    if not can_create_cohort(by):
        raise Forbidden(
            "not-owner", "Only the owner of the hub creates cohorts.", remedy="Ask them."
        )
    if by is None or by.is_owner:
        return
    if Membership.objects.filter(person=by, role=Role.OWNER).count() >= MOST_OWNED:
        raise Conflict(
            "too-many-cohorts",
            f"You own {MOST_OWNED} cohorts already.",
            remedy="Hand one on, or ask the owner of the hub.",
        )


@tells_of_imitations
def change_cohort(
    *,
    by: Person | None,
    cohort: Cohort,
    name: str | None = None,
    description: str | None = None,
    visibility: str | None = None,
    slug: str | None = None,
) -> Cohort:
    """Change what a cohort is called, where it is and who sees it; ``None`` leaves it as it is.

    The address it had leads to the new one from then on. It holds for pages and for search
    from the commit on. Raises ``Forbidden`` for anyone but an owner of the cohort or of the
    hub, ``Invalid`` for what cannot be, ``Conflict`` when an address is taken, a name is
    written to look like another's, or the cohort is archived.
    """
    with governing(by, cohort, "change_cohort") as current:
        wanted = _wanted(current, name, description, visibility, slug)
        before = {field: getattr(current, field) for field in wanted}
        if "name" in wanted:
            naming.refuse_alike(wanted["name"], among=names_known_to(by, but=current))
        if "slug" in wanted:
            _move(current, wanted["slug"])
        for field, value in wanted.items():
            setattr(current, field, value)
        if wanted:
            current.save(update_fields=list(wanted))
            happened = CohortChanged(cohort=current.pk, changed=tuple(wanted))
            publish(happened, audience=current.audience)
            write_down(audit.CHANGED, by=by, cohort=current, before=before, after=wanted)
        return current


def _wanted(
    cohort: Cohort,
    name: str | None,
    description: str | None,
    visibility: str | None,
    slug: str | None,
) -> dict[str, Any]:
    """What is to be different, checked: field → value."""
    given = {
        "name": None if name is None else naming.clean_name(name),
        "description": None if description is None else naming.clean_description(description),
        "visibility": None if visibility is None else str(naming.check_visibility(visibility)),
        "slug": None if slug is None else naming.check_slug(slug),
    }
    return {
        field: value
        for field, value in given.items()
        if value is not None and value != getattr(cohort, field)
    }


def _move(cohort: Cohort, slug: str) -> None:
    """Keep the old address; one that the cohort had before may be taken again."""
    naming.check_is_free(slug, for_cohort=cohort)
    FormerSlug.objects.filter(cohort=cohort, slug=slug).delete()
    FormerSlug.objects.create(cohort=cohort, slug=cohort.slug)


def change_visibility(*, by: Person | None, cohort: Cohort, visibility: str) -> Cohort:
    """Say who may see a cohort and what is in it. Raises what ``change_cohort`` raises."""
    return change_cohort(by=by, cohort=cohort, visibility=visibility)


def archive_cohort(*, by: Person | None, cohort: Cohort) -> Cohort:
    """Let a cohort be read but not changed: every service that writes to it refuses.

    Raises ``Forbidden`` for anyone but an owner of the cohort or of the hub.
    """
    with governing(by, cohort, "archive") as current:
        if not current.is_archived:
            current.archived_at = timezone.now()
            current.save(update_fields=["archived_at"])
            publish(CohortArchived(cohort=current.pk), audience=current.audience)
            write_down(audit.ARCHIVED, by=by, cohort=current)
        return current


def restore_cohort(*, by: Person | None, cohort: Cohort) -> Cohort:
    """Bring an archived cohort back.

    Raises ``Forbidden`` for anyone but an owner of the cohort or of the hub.
    """
    with governing(by, cohort, "archive") as current:
        if current.is_archived:
            current.archived_at = None
            current.save(update_fields=["archived_at"])
            publish(CohortRestored(cohort=current.pk), audience=current.audience)
            write_down(audit.RESTORED, by=by, cohort=current)
        return current


@transaction.atomic
def ensure_cohort(*, by: Person | None, slug: str, name: str = "", description: str = "") -> Cohort:
    """The cohort with this slug, created public when there is none."""
    known = Cohort.objects.filter(slug=slug).first()
    return known or create_cohort(by=by, slug=slug, name=name, description=description)

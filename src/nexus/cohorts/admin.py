"""The desks of cohorts, of who is in them, and of invitations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from nexus.cohorts import services
from nexus.cohorts.models import Cohort, Invitation, Membership, Visibility
from nexus.kernel.administration.acts import Act
from nexus.kernel.administration.columns import linked, list_of, moment, plain, truth
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import filled

if TYPE_CHECKING:
    from nexus.people.models import Person


def _shown_to(visibility: Visibility) -> Act:
    """The act that lets a cohort be seen by these."""
    return Act(
        f"show-{visibility.value}",
        f"Let it be seen by {visibility.label}",
        lambda by, cohort: _show(by, cohort, visibility),
        done=f"It is seen by {visibility.label} now.",
        question=f"From now on the cohort and all that is in it is seen by {visibility.label}.",
        fits=_differs(visibility),
    )


def _show(by: Person, cohort: Cohort, visibility: Visibility) -> None:
    services.change_visibility(by=by, cohort=cohort, visibility=visibility.value)


def _differs(visibility: Visibility) -> Callable[[Cohort], bool]:
    return lambda cohort: not cohort.is_archived and cohort.visibility != visibility


def _archive(by: Person, cohort: Cohort) -> None:
    services.archive_cohort(by=by, cohort=cohort)


def _restore(by: Person, cohort: Cohort) -> None:
    services.restore_cohort(by=by, cohort=cohort)


class CohortDesk(Desk):
    """Cohorts, hidden ones too."""

    table = Cohort
    name, title, icon = "cohorts", "Cohorts", "people"
    lead = "Every cohort, those that only their members know of too."
    list_display = (
        plain("slug", "Address"),
        "name",
        "visibility",
        moment("created_at", "Since"),
        moment("archived_at", "Archived"),
    )
    list_filter = (
        "visibility",
        filled("archived_at", "Archived", "Archived", "Not archived"),
    )
    search_fields = ("slug", "name", "description")
    search_help_text = "Name, address or description"
    facts = (
        plain("slug", "Address"),
        *("name", "description", "visibility"),
        moment("created_at", "Since"),
        moment("archived_at", "Archived"),
    )
    acts: ClassVar = (
        *map(_shown_to, Visibility),
        Act(
            "archive",
            "Archive",
            _archive,
            done="It is read only now.",
            question="The cohort can be read, but nobody changes anything in it. It can be "
            "brought back.",
            fits=lambda cohort: not cohort.is_archived,
            is_bad=True,
        ),
        Act(
            "restore",
            "Bring back",
            _restore,
            done="It is as it was before.",
            fits=lambda cohort: cohort.is_archived,
        ),
    )

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """What else of a cohort there is."""
        return (
            ("Memberships", list_of("memberships", cohort=row.pk)),
            ("Invitations", list_of("invitations", cohort=row.pk)),
            ("Repositories", list_of("repositories", cohort=row.pk)),
            ("What was done in it", list_of("audit", scope=row.readers)),
            ("Events for its members", list_of("events", audience=row.readers)),
        )


class MembershipDesk(Desk):
    """Who is in which cohort as what; changed on the cohort's own pages."""

    table = Membership
    name, title, icon = "memberships", "Memberships", "link"
    lead = "Who is in which cohort as what. Roles are changed on the cohort’s own page of members."
    list_display = (
        "id",
        linked("person", "Person", "people"),
        linked("cohort", "Cohort", "cohorts"),
        "role",
        moment("since", "Since"),
    )
    list_filter = ("role",)
    joined = ("person", "cohort")
    lookups = frozenset({"person", "cohort"})
    search_fields = ("=person__handle", "=cohort__slug")
    search_help_text = "Handle of a person, or address of a cohort"
    facts = (
        linked("person", "Person", "people"),
        linked("cohort", "Cohort", "cohorts"),
        "role",
        moment("since", "Since"),
    )


class InvitationDesk(Desk):
    """Ways into cohorts that somebody was given; their secrets are not known to the hub."""

    table = Invitation
    name, title, icon = "invitations", "Invitations", "sign-in"
    lead = "Links, codes and mails by which people come into cohorts."
    list_display = (
        "id",
        linked("cohort", "Cohort", "cohorts"),
        "kind",
        "role",
        plain("email", "E-mail address"),
        linked("made_by", "Made by", "people"),
        moment("made_at", "Made"),
        moment("expires_at", "Until"),
        "uses",
        "most_uses",
        moment("revoked_at", "Revoked"),
    )
    list_filter = ("kind", "role", filled("revoked_at", "Revoked", "Revoked", "Not revoked"))
    joined = ("cohort", "made_by")
    lookups = frozenset({"cohort"})
    search_fields = ("email", "=cohort__slug", "=made_by__handle")
    search_help_text = "E-mail address, address of a cohort, or handle of who made it"
    facts = (
        linked("cohort", "Cohort", "cohorts"),
        *("kind", "role"),
        plain("email", "E-mail address"),
        linked("made_by", "Made by", "people"),
        truth("by_hub", "Made on the command line"),
        moment("made_at", "Made"),
        moment("expires_at", "Until"),
        *("uses", "most_uses"),
        moment("revoked_at", "Revoked"),
    )
    secrets = ("digest",)
    acts: ClassVar = (
        Act(
            "revoke",
            "Revoke",
            lambda by, one: services.revoke_invitation(by=by, cohort=one.cohort, invitation=one.pk),
            done="Nobody comes in by it any more.",
            question="Nobody comes in by it any more. Who came in stays.",
            fits=lambda one: one.revoked_at is None,
            is_bad=True,
        ),
    )

"""Writes to cohorts: the cohort itself, who is in it as what, and the ways in."""

from nexus.cohorts.services.accepting import (
    InvitationRefused,
    accept_addressed,
    accept_invitation,
    look_at_invitation,
)
from nexus.cohorts.services.asking import (
    PATIENCE,
    accept_request,
    ask_to_join,
    decline_request,
    withdraw_request,
)
from nexus.cohorts.services.governing import not_yours, tell_of_refusal
from nexus.cohorts.services.groups import (
    archive_cohort,
    change_cohort,
    change_visibility,
    create_cohort,
    ensure_cohort,
    restore_cohort,
)
from nexus.cohorts.services.invitations import (
    MOST_USES,
    Made,
    invite_by_code,
    invite_by_email,
    invite_by_link,
    revoke_invitation,
)
from nexus.cohorts.services.members import (
    add_member,
    change_role,
    leave_cohort,
    remove_member,
    transfer_ownership,
)
from nexus.cohorts.services.places import keep_place, keep_place_of
from nexus.cohorts.services.reminding import tell_of_requests, want_request_mails

__all__ = [
    "MOST_USES",
    "PATIENCE",
    "InvitationRefused",
    "Made",
    "accept_addressed",
    "accept_invitation",
    "accept_request",
    "add_member",
    "archive_cohort",
    "ask_to_join",
    "change_cohort",
    "change_role",
    "change_visibility",
    "create_cohort",
    "decline_request",
    "ensure_cohort",
    "invite_by_code",
    "invite_by_email",
    "invite_by_link",
    "keep_place",
    "keep_place_of",
    "leave_cohort",
    "look_at_invitation",
    "not_yours",
    "remove_member",
    "restore_cohort",
    "revoke_invitation",
    "tell_of_refusal",
    "tell_of_requests",
    "transfer_ownership",
    "want_request_mails",
    "withdraw_request",
]

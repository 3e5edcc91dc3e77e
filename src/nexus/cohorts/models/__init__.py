"""The tables of cohorts."""

from nexus.cohorts.models.groups import Cohort, FormerSlug, Membership, Role, Visibility
from nexus.cohorts.models.joining import Invitation, JoinRequest, Place, RequestMails

__all__ = [
    "Cohort",
    "FormerSlug",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Place",
    "RequestMails",
    "Role",
    "Visibility",
]

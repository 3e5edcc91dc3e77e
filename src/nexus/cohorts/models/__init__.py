"""The tables of cohorts."""

from nexus.cohorts.models.groups import Cohort, FormerSlug, Membership, Role, Visibility
from nexus.cohorts.models.joining import Invitation, JoinRequest

__all__ = [
    "Cohort",
    "FormerSlug",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Role",
    "Visibility",
]

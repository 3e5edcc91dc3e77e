"""The one table that says what each role may do in a cohort."""

from nexus.cohorts.models import Role

OWNER, MENTOR, MEMBER, GUEST = Role.OWNER, Role.MENTOR, Role.MEMBER, Role.GUEST

#: What can be done in a cohort, and who may do it. The owner of the hub may do all of it.
ROLE_TABLE: dict[str, frozenset[Role]] = {
    "read": frozenset({OWNER, MENTOR, MEMBER, GUEST}),
    "see_addresses": frozenset({OWNER, MENTOR, MEMBER}),
    "add_repository": frozenset({OWNER, MENTOR, MEMBER}),
    "sync_repository": frozenset({OWNER, MENTOR, MEMBER}),
    "change_cohort": frozenset({OWNER}),
}

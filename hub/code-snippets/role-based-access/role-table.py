# What can be done in a cohort, and by whom.
# Quoted from src/nexus/cohorts/roles.py#L7-L14

#: What can be done in a cohort, and who may do it. The owner of the hub may do all of it.
ROLE_TABLE: dict[str, frozenset[Role]] = {
    "read": frozenset({OWNER, MENTOR, MEMBER, GUEST}),
    "see_addresses": frozenset({OWNER, MENTOR, MEMBER}),
    "add_repository": frozenset({OWNER, MENTOR, MEMBER}),
    "sync_repository": frozenset({OWNER, MENTOR, MEMBER}),
    "change_cohort": frozenset({OWNER}),
}

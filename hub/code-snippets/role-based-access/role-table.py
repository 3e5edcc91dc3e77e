# What can be done in a cohort, and by whom.
# Quoted from src/nexus/cohorts/roles.py#L12-L34

#: What can be done in a cohort, and who may do it. The owner of the hub may do all of it.
ROLE_TABLE: dict[str, frozenset[Role]] = {
    "read": EVERYBODY,
    "see_addresses": PUBLISHERS,
    "see_availability": PUBLISHERS,
    "see_problems": PUBLISHERS,
    "add_repository": PUBLISHERS,
    "sync_repository": PUBLISHERS,
    "write": PUBLISHERS,
    "propose": EVERYBODY,
    "correct_facts": OWNERS,
    "ask_to_join": NOBODY,
    "leave": EVERYBODY,
    "add_member": NOBODY,
    "invite": STEWARDS,
    "answer_requests": STEWARDS,
    "change_role": OWNERS,
    "remove_member": OWNERS,
    "transfer": OWNERS,
    "change_cohort": OWNERS,
    "archive": OWNERS,
    "read_log": OWNERS,
}

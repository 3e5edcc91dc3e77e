"""The one table that says what each role may do in a cohort."""

from nexus.cohorts.models import Role, Visibility

OWNER, MENTOR, MEMBER, GUEST = Role.OWNER, Role.MENTOR, Role.MEMBER, Role.GUEST
EVERYBODY = frozenset({OWNER, MENTOR, MEMBER, GUEST})
PUBLISHERS = frozenset({OWNER, MENTOR, MEMBER})
STEWARDS = frozenset({OWNER, MENTOR})
OWNERS = frozenset({OWNER})
NOBODY: frozenset[Role] = frozenset()

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

#: What everyone who is signed in may do in a cohort of these visibilities, member or not.
OPEN_TO_PEOPLE: dict[str, frozenset[Visibility]] = {
    "read": frozenset({Visibility.PUBLIC}),
    "ask_to_join": frozenset({Visibility.PUBLIC, Visibility.MEMBERS}),
}

#: What can be done in an archived cohort: nothing but to read it, and to bring it back.
LEFT_IN_ARCHIVE = frozenset(
    {"read", "see_addresses", "see_availability", "see_problems", "read_log", "archive"}
)

#: Which roles a role may let people in with, and take back.
MAY_GIVE: dict[str, frozenset[Role]] = {
    OWNER: EVERYBODY,
    MENTOR: frozenset({MEMBER, GUEST}),
    MEMBER: NOBODY,
    GUEST: NOBODY,
}

#: Each action in words, for the documentation and for the pages.
ACTION_WORDS: dict[str, str] = {
    "read": "See the cohort and what is in it.",
    "see_addresses": "See e-mail addresses in what people published.",
    "see_availability": "See when and for what its people can be met, and what they want to learn.",
    "see_problems": "See what is wrong with a repository. Its owner sees it in any case.",
    "add_repository": "Add a repository, and take back one that could never be read.",
    "sync_repository": "Have a repository look for news at its origin.",
    "write": "Write entries, in a repository of one's own that lives in the hub.",
    "propose": "Propose a change to a file of somebody else, for its owner to accept.",
    "correct_facts": "Correct what is known of a project. Its owner does so in any case.",
    "ask_to_join": "Ask to be let in, for those who are not in the cohort.",
    "leave": "Leave the cohort.",
    "add_member": "Let somebody in without their word. For the owner of the hub alone.",
    "invite": "Invite people, and revoke invitations. Mentors let in members and guests.",
    "answer_requests": "Accept and decline those who ask to join.",
    "change_role": "Change what somebody is in the cohort.",
    "remove_member": "Remove somebody from the cohort.",
    "transfer": "Hand the cohort on to another member.",
    "change_cohort": "Change its name, description, address and who sees it.",
    "archive": "Make the cohort read-only, and bring it back.",
    "read_log": "Read the cohort's part of the log of changes.",
}

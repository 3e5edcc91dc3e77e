# The one question that every policy asks.
# Quoted from src/nexus/cohorts/policies.py#L37-L43

def can(person: Person | None, action: str, cohort: Cohort) -> bool:
    """Whether ``person`` may do ``action`` (a key of ``ROLE_TABLE``) in ``cohort``."""
    if person is None or not person.is_active:
        return False
    if person.is_owner:
        return True
    return roles_of(person.pk).get(cohort.pk) in ROLE_TABLE[action]

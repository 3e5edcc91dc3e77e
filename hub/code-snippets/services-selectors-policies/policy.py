# The one question that every policy asks.
# Quoted from src/nexus/cohorts/policies.py#L52-L59

def can(person: Person | None, action: str, cohort: Cohort) -> bool:
    """Whether ``person`` may do ``action`` (a key of ``ROLE_TABLE``) in ``cohort``.

    In an archived cohort nobody does what would change something.
    """
    if cohort.is_archived and action not in LEFT_IN_ARCHIVE:
        return False
    return holds(person, action, cohort)

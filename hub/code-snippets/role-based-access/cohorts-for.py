# The cohorts in which a person may do something, by the same table.
# Quoted from src/nexus/cohorts/selectors.py#L90-L98

def cohorts_for(person: Person, action: str) -> QuerySet[Cohort]:
    """The cohorts in which ``person`` may do ``action`` (a key of ``ROLE_TABLE``), by name."""
    found = Cohort.objects.order_by("name")
    if action not in LEFT_IN_ARCHIVE:
        found = found.filter(archived_at=None)
    if person.is_owner:
        return found
    roles = list(ROLE_TABLE[action])
    return found.filter(memberships__person=person, memberships__role__in=roles)

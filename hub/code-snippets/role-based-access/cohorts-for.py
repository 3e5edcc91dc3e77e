# The cohorts in which a person may do something, by the same table.
# Quoted from src/nexus/cohorts/selectors.py#L66-L73

def cohorts_for(person: Person, action: str) -> QuerySet[Cohort]:
    """The cohorts in which ``person`` may do ``action`` (a key of ``ROLE_TABLE``), by name."""
    if person.is_owner:
        return Cohort.objects.order_by("name")
    roles = list(ROLE_TABLE[action])
    return Cohort.objects.filter(memberships__person=person, memberships__role__in=roles).order_by(
        "name"
    )

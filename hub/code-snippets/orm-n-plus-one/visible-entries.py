# A list that loads each row's repository, cohort and owner in the same query.
# Quoted from src/nexus/library/selectors/entries.py#L34-L43

def visible_entries(reader: Person | None) -> QuerySet[Entry]:
    """The living entries that ``reader`` may see, newest change first.

    Of what one commit brought, a project stands before its parts.
    """
    return (
        Entry.objects.filter(cohort__in=visible_cohorts(reader), withdrawn_at=None)
        .select_related("repository__cohort", "repository__owner")
        .order_by("-changed_at", "pk")
    )

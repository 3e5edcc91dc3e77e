# How many entries of each kind several cohorts have, in one query.
# Quoted from src/nexus/library/selectors/counting.py#L37-L47

def kind_counts_by_cohort(cohorts: Iterable[Cohort]) -> dict[int, dict[str, int]]:
    """The same for several cohorts, in one query: cohort key → kind → entries."""
    rows = (
        Entry.objects.filter(cohort__in=list(cohorts), withdrawn_at=None)
        .values_list("cohort", "kind")
        .annotate(entries=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for cohort, kind, entries in kept_rows(rows):
        counts.setdefault(cohort, {})[kind] = entries
    return counts

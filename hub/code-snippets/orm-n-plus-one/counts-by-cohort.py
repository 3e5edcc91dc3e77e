# How many entries of each kind several cohorts have, in one query.
# Quoted from src/nexus/library/selectors/counting.py#L37-L53

def kind_counts_by_cohort(cohorts: Iterable[Cohort]) -> dict[int, dict[str, int]]:
    """The same for several cohorts, in one query: cohort key → kind → entries."""
    keys = tuple(cohort.pk for cohort in cohorts)
    return kept(("kinds", keys), partial(_kinds_by_cohort, keys))


def _kinds_by_cohort(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    rows = (
        Entry.objects.filter(cohort__in=keys, withdrawn_at=None)
        .values_list("cohort", "kind")
        .annotate(entries=Count("*"))
        .order_by("cohort", "kind")
    )
    counts: dict[int, dict[str, int]] = {}
    for cohort, kind, entries in rows:
        counts.setdefault(cohort, {})[kind] = entries
    return counts

# Reads are filtered by who reads; what is hidden is not found.
# Quoted from src/nexus/cohorts/selectors.py#L37-L52

def visible_cohorts(reader: Person | None) -> QuerySet[Cohort]:
    """The cohorts that ``reader`` may see; ``None`` is a guest."""
    if reader is None:
        return Cohort.objects.filter(visibility=Visibility.PUBLIC)
    if reader.is_owner:
        return Cohort.objects.all()
    mine = list(roles_of(reader.pk))
    return Cohort.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=mine))


def cohort_by_slug(slug: str, *, reader: Person | None) -> Cohort:
    """The cohort, if ``reader`` may see it; raises ``NotFound`` either way otherwise."""
    cohort = _BY_SLUG.first(slug)
    if cohort is None or not can_read(reader, cohort):
        raise unknown_cohort(slug)
    return cohort

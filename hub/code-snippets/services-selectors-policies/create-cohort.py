# A write: one policy check, one transaction, one event.
# Quoted from src/nexus/cohorts/services.py#L22-L55

@transaction.atomic
def create_cohort(
    *,
    by: Person | None,
    slug: str,
    name: str = "",
    description: str = "",
    visibility: str = Visibility.PUBLIC,
) -> Cohort:
    """Create a cohort.

    Raises ``Forbidden`` for anyone but the hub's owner, ``Invalid`` for a slug that cannot
    be part of an address, ``Conflict`` when it is taken.
    """
    if not can_create_cohort(by):
        raise Forbidden(
            "not-owner", "Only the owner of the hub creates cohorts.", remedy="Ask them."
        )
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise Invalid(
            "slug-invalid",
            f"“{slug}” cannot be part of an address.",
            remedy="Use small letters, digits and single hyphens, at most 60.",
        )
    if Cohort.objects.filter(slug=slug).exists():
        raise Conflict("slug-taken", f"The cohort “{slug}” exists.", remedy="Choose another name.")
    cohort = Cohort.objects.create(
        slug=slug,
        name=name or slug.replace("-", " ").capitalize(),
        description=description,
        visibility=visibility,
    )
    publish(CohortCreated(cohort=cohort.pk, slug=slug), audience=cohort.audience)
    return cohort

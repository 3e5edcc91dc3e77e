# A write: one policy check, one transaction, one event.
# Quoted from src/nexus/cohorts/services/groups.py#L33-L65

@tells_of_imitations
@transaction.atomic
def create_cohort(
    *,
    by: Person | None,
    slug: str,
    name: str = "",
    description: str = "",
    visibility: str = Visibility.PUBLIC,
) -> Cohort:
    """Create a cohort; whoever creates it becomes its owner.

    Raises ``Forbidden`` for those who may not (``NEXUS_COHORTS_BY``), ``Invalid`` for a slug
    that cannot be part of an address or a name that cannot be shown, ``Conflict`` when the
    address is taken, the name is written to look like another's, or they own too many.
    """
    _check_may_create(by)
    naming.check_is_free(naming.check_slug(slug))
    called = naming.clean_name(name or slug.replace("-", " ").capitalize())
    naming.refuse_alike(called, among=names_known_to(by))
    cohort = Cohort.objects.create(
        slug=slug,
        name=called,
        description=naming.clean_description(description),
        visibility=naming.check_visibility(visibility),
    )
    publish(CohortCreated(cohort=cohort.pk, slug=slug), audience=cohort.audience)
    write_down(audit.CREATED, by=by, cohort=cohort, slug=slug, visibility=cohort.visibility)
    if by is not None:
        Membership.objects.create(cohort=cohort, person=by, role=Role.OWNER)
        joined = MemberJoined(cohort=cohort.pk, person=by.pk, role=Role.OWNER, how="created")
        publish(joined, audience=cohort.audience)
    return cohort

# Rows for tests: only what matters is named.
# Quoted from src/nexus/cohorts/tests/factories.py#L22-L41

class CohortFactory(factory.django.DjangoModelFactory[Cohort]):
    """A cohort that everyone may read."""

    class Meta:
        model = Cohort

    slug = factory.Sequence(lambda n: f"cohort-{n}")
    name = factory.LazyAttribute(lambda cohort: cohort.slug.capitalize())
    visibility = Visibility.PUBLIC


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A member of a cohort."""

    class Meta:
        model = Membership

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.MEMBER

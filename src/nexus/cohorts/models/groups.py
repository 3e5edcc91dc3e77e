"""Cohorts, and who belongs to them."""

from django.db import models


class Visibility(models.TextChoices):
    """Who may see a cohort and what is in it."""

    PUBLIC = "public", "everyone"
    MEMBERS = "members", "its members"
    INVITE = "invite", "its members, by invitation"


class Role(models.TextChoices):
    """What a person is in a cohort. ``roles.py`` says what each may do."""

    OWNER = "owner", "owner"
    MENTOR = "mentor", "mentor"
    MEMBER = "member", "member"
    GUEST = "guest", "guest"


class Cohort(models.Model):
    """A group of people with its own repositories and conversations."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def is_archived(self) -> bool:
        """Whether it is kept to be read only."""
        return self.archived_at is not None

    @property
    def audience(self) -> str:
        """Who learns of what happens here, as it is now."""
        return "public" if self.visibility == Visibility.PUBLIC else self.readers

    @property
    def readers(self) -> str:
        """The key of all who may see what is here, whatever its visibility.

        What can be found is kept under this key, and ``selectors.audiences`` says who holds
        it. So a change of visibility holds from its commit on, and nothing is written anew.
        """
        return f"cohort:{self.pk}"

    @property
    def stewards(self) -> str:
        """The key of those who let people in, for what is no business of the other members."""
        return f"cohort:{self.pk}:stewards"


class FormerSlug(models.Model):
    """An address that a cohort had. It leads to the present one, and no other cohort gets it."""

    slug = models.SlugField(max_length=60, unique=True)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """A person in a cohort, with one role."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id} as {self.role}"

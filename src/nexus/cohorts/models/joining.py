"""The two ways into a cohort: being invited, and asking."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from nexus.cohorts.models.groups import Cohort, Role


class Invitation(models.Model):
    """A way into a cohort that somebody was given. Only a digest of its secret is kept.

    It works ``most_uses`` times, until it is past its time or revoked, and only as long as
    whoever made it may still give its role. ``made_by`` is empty when the hub's command line
    made it (``by_hub``), or when the maker's account is gone.
    """

    class Kind(models.TextChoices):
        """How the secret travels."""

        LINK = "link", "link"
        CODE = "code", "code"
        EMAIL = "email", "e-mail"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(max_length=10, choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_hub = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(uses__lte=models.F("most_uses")),
                name="invitation_uses_in_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="email", email__gt="")
                | ~models.Q(kind="email") & models.Q(email=""),
                name="invitation_email_has_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.cohort_id} as {self.role}"

    @property
    def taken(self) -> int:
        """How many came in by it, or made an account to come in."""
        return self.uses + len(self.places.all())

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can still come in by it at ``now``."""
        return self.revoked_at is None and self.expires_at > now and self.taken < self.most_uses


class Place(models.Model):
    """A use of an invitation that is kept for somebody who made an account by it.

    It is there only where accounts are made by invitation, until they accept. An account that
    nobody verifies is forgotten, and its place with it.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="places")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.person_id} by {self.invitation_id}"


class JoinRequest(models.Model):
    """Somebody asks to be let in. While nobody answered, there is one for each person."""

    class Answer(models.TextChoices):
        """What became of it."""

        OPEN = "", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=models.Q(answer=""),
                name="request_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks for {self.cohort_id}"


class RequestMails(models.Model):
    """Whether somebody who lets people in gets a mail when others wait, and when the last went.

    Who has no row wants them and got none.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    are_wanted = models.BooleanField(default=True)
    posted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mails to {self.person_id}"

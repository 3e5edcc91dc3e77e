"""Accounts, the links that sign people in, and mails on their way."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Finds people by handle, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this handle."""
        return self.get(handle__iexact=username)


class Person(AbstractBaseUser):
    """An account: handle, name, time zone.

    The owner of a mirrored repository gets an account as well, so that the work has a
    page; until somebody signs in as that person it is not ``claimed``.
    """

    handle = models.CharField(max_length=40)
    #: None where another has it already: owners of mirrors are called what they are called.
    skeleton = models.CharField(  # noqa: DJ001 - none may be there twice, an empty one may not
        max_length=40,
        null=True,
        unique=True,
        editable=False,
        help_text="The handle with signs that look alike made one: nobody else may look like it.",
    )
    name = models.CharField(max_length=120)
    name_skeleton = models.CharField(
        max_length=360,
        default="",
        editable=False,
        db_index=True,
        help_text="The name with letters that look like Latin ones made those.",
    )
    email = models.EmailField(null=True, blank=True, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_owner = models.BooleanField(default=False, help_text="Runs this hub.")
    is_claimed = models.BooleanField(default=False, help_text="Somebody signs in as this person.")
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("handle"), name="person_handle_once")]

    def __str__(self) -> str:
        return self.handle

    def save(self, **options: Any) -> None:
        """Keep it; no address is none, so that several people may have none."""
        self.email = self.email or None
        super().save(**options)


class SignInLink(models.Model):
    """A link that signs one person in once. Only a digest of its secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for {self.person_id}"


class Mail(models.Model):
    """A mail: on its way, or, where there is no mail server, here for the hub's owner to read.

    The words go once it is sent, as they hold links that sign people in.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.pk})"

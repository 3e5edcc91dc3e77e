"""Accounts, and the links that sign people in."""

from typing import ClassVar

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
    name = models.CharField(max_length=120)
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


class SignInLink(models.Model):
    """A link that signs one person in once. Only a digest of its secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for {self.person_id}"

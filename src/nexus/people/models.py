"""Accounts, what people say of themselves, sign-in links, and mails on their way."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from nexus.kernel.prepared import Prepared

_BITS_OF_A_KEY = 63


class PersonManager(BaseUserManager["Person"]):
    """Finds people by handle, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this handle."""
        return self.get(handle__iexact=username)

    def get(self, *args: Any, **kwargs: Any) -> "Person":
        """The one person that is meant.

        Django asks for whoever is signed in by their key, for every page: that is prepared. What
        asks for people of somebody else has a manager made of this one, and is left alone; so is a
        number out of an address that is larger than any key.
        """
        key = kwargs.get("pk")
        is_plain = type(self) is PersonManager and not args and kwargs.keys() == {"pk"}
        if not is_plain or not isinstance(key, int) or key.bit_length() > _BITS_OF_A_KEY:
            return super().get(*args, **kwargs)
        found = _BY_KEY.first(key)
        if found is None:
            raise Person.DoesNotExist
        return found


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
    is_active = models.BooleanField(
        default=True, help_text="Otherwise it opens nothing: it is suspended, or was deleted."
    )
    suspended_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when whoever runs the hub lets it open nothing."
    )

    objects = PersonManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("handle"), name="person_handle_once")]

    def __str__(self) -> str:
        return self.handle

    @property
    def is_former(self) -> bool:
        """Whether the account was deleted, so that its row names nobody."""
        return not self.is_active and self.suspended_at is None

    def save(self, **options: Any) -> None:
        """Keep it; no address is none, so that several people may have none."""
        self.email = self.email or None
        super().save(**options)


_BY_KEY = Prepared(lambda key: Person.objects.filter(pk=key))


class Profile(models.Model):
    """What a person says of themselves; ``profiles.py`` says who is shown which of it.

    Somebody without a row said nothing. Name and time zone are the account's own. ``tracks``,
    ``open_to`` and ``times`` are lists of the words in ``profile_words.py``; ``links`` are
    ``{"label": …, "address": …}``. ``pins`` are the keys of the entries that stand on top of the
    person's page: entries are known above this app, so what became of one is asked there.
    """

    class ShownTo(models.TextChoices):
        """Who is shown when a person can be reached and what they want to learn."""

        COHORTS = "cohorts", "the members of my cohorts"
        EVERYBODY = "everybody", "everybody, also guests"

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    about = models.TextField(max_length=1000, default="", blank=True)
    tracks = models.JSONField(default=list, blank=True)
    open_to = models.JSONField(default=list, blank=True)
    is_away = models.BooleanField(default=False, help_text="Not to be asked just now.")
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.JSONField(default=list, blank=True, help_text="Parts of their own day.")
    links = models.JSONField(default=list, blank=True)
    pins = models.JSONField(default=list, blank=True)
    shown_to = models.CharField(max_length=10, choices=ShownTo.choices, default=ShownTo.COHORTS)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"profile of {self.person_id}"


class Wish(models.Model):
    """A topic that a person wants to learn; the topics themselves are known above this app."""

    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="wishes",
        db_index=False,  # wish_once begins with it
    )
    topic = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="wish_once")]
        indexes = [models.Index(fields=["topic", "person"], name="wish_by_topic")]

    def __str__(self) -> str:
        return self.topic


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

"""Tokens with which programs act for people, and what people let apps do.

An app is a ``Client`` of django-allauth: a name, an owner, addresses it sends people back to.
What it was given, and what it shows for it, is kept here.
"""

from typing import ClassVar

from django.db import models


class AccessToken(models.Model):
    """A personal access token. Of its secret only a digest is kept."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="access_tokens"
    )
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True, help_text="Its first letters.")
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.person_id}"


class AppGrant(models.Model):
    """The leave that a person gave an app, once. All tokens that come of it end with it."""

    class How(models.TextChoices):
        """The way in which it was given."""

        CODE = "code", "in the browser"
        DEVICE = "device", "on another device"
        OWN = "own", "by registering the app"

    app = models.ForeignKey(
        "allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="grants"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="app_grants")
    how = models.CharField(max_length=6, choices=How.choices)
    scopes = models.JSONField(default=list)
    given_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.app_id} for {self.person_id}"


class AppToken(models.Model):
    """A secret that an app was handed under a grant. Only a digest of it is kept.

    Codes and refresh tokens are good once. They stay when they are spent: one that is shown
    again tells that somebody has a copy.
    """

    class Kind(models.TextChoices):
        """What it is good for."""

        CODE = "code", "authorisation code"
        ACCESS = "access", "access token"
        REFRESH = "refresh", "refresh token"

    grant = models.ForeignKey(AppGrant, on_delete=models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    asked = models.JSONField(default=dict, help_text="What a code is bound to.")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.grant_id}"


class DeviceRequest(models.Model):
    """A device that waits for its person to type its code on another one (RFC 8628)."""

    app = models.ForeignKey(
        "allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="device_requests"
    )
    digest = models.CharField(max_length=64, unique=True, help_text="Of what the device shows.")
    user_code = models.CharField(max_length=16, unique=True, help_text="What the person types.")
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True, blank=True)
    is_refused = models.BooleanField(default=False)
    grant = models.OneToOneField(AppGrant, on_delete=models.CASCADE, null=True, blank=True)

    def __str__(self) -> str:
        return f"device of {self.app_id}"

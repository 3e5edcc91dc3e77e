"""Tokens with which programs act for people."""

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

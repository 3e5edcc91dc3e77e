"""The Django app credentials."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Names the app."""

    name = "nexus.credentials"
    label = "credentials"

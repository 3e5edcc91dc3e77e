"""The Django app repositories."""

from django.apps import AppConfig


class RepositoriesConfig(AppConfig):
    """Names the app."""

    name = "nexus.repositories"
    label = "repositories"

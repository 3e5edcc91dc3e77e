"""The Django app departing."""

from django.apps import AppConfig


class DepartingConfig(AppConfig):
    """Names the app."""

    name = "nexus.departing"
    label = "departing"

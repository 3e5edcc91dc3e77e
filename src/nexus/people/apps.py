"""The Django app people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app."""

    name = "nexus.people"
    label = "people"

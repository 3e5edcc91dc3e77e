"""The Django app library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Names the app."""

    name = "nexus.library"
    label = "library"

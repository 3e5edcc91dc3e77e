"""The Django app search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Names the app."""

    name = "nexus.search"
    label = "search"

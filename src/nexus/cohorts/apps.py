"""The Django app cohorts."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    """Names the app."""

    name = "nexus.cohorts"
    label = "cohorts"

"""The Django app config."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Names the app."""

    name = "nexus.config"
    label = "config"

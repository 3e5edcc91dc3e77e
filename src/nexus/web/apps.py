"""The Django app web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app."""

    name = "nexus.web"
    label = "web"

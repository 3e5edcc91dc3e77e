"""The Django app kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Names the app."""

    name = "nexus.kernel"
    label = "kernel"

"""The Django app kernel."""

from django.apps import AppConfig

from nexus.kernel import among  # noqa: F401 - registers the lookup


class KernelConfig(AppConfig):
    """Names the app."""

    name = "nexus.kernel"
    label = "kernel"

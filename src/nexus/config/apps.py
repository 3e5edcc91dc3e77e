"""The Django app config."""

from collections.abc import Iterable

from django.apps import AppConfig

from nexus.people import admission
from nexus.repositories import inspectors


def _invitations() -> admission.Invitations:
    from nexus.config.inviting import CohortInvitations

    return CohortInvitations()


def _inspect(path: str, data: bytes) -> Iterable[inspectors.Spotted]:
    from nexus.library.inspecting import inspect

    return inspect(path, data)


def _hide(name: str) -> str:
    from nexus.library.discretion import discreet_path

    return discreet_path(name)


class ConfigConfig(AppConfig):
    """Names the app."""

    name = "nexus.config"
    label = "config"

    def ready(self) -> None:
        """Hand to lower apps what upper ones know: of invitations, and what a secret looks like."""
        admission.use_invitations(_invitations)
        inspectors.use_inspector(_inspect, _hide)

"""The Django app config."""

from django.apps import AppConfig

from nexus.people import admission


def _invitations() -> admission.Invitations:
    from nexus.config.inviting import CohortInvitations

    return CohortInvitations()


class ConfigConfig(AppConfig):
    """Names the app."""

    name = "nexus.config"
    label = "config"

    def ready(self) -> None:
        """Hand to people who knows of invitations."""
        admission.use_invitations(_invitations)

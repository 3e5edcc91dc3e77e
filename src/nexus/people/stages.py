"""The steps of signing in that differ from django-allauth's."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage


class VerifyAddress(EmailVerificationStage):
    """Asks for a verified address, unless there is none: the owner let that person in."""

    def handle(self) -> Any:
        """Whether to go on, and what to show if not."""
        person = self.login.user
        if person is not None and not person.email and not _has_address(person.pk):
            return None, True
        return super().handle()


def _has_address(person: int) -> bool:
    return bool(EmailAddress.objects.filter(user_id=person).exists())

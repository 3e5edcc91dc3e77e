"""Authenticator apps, recovery codes and passkeys: adding, showing, removing."""

from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.db import transaction
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from nexus.people import recording


class AddAuthenticator(totp.ActivateTOTPView):
    """Set up an authenticator app: scan the code, type what the app shows."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and say so."""
        response = super().form_valid(form)
        recording.record_factor(self.request.user, factor="totp", added=True)
        if self.did_generate_recovery_codes:
            recording.record_factor(self.request.user, factor="recovery_codes", added=True)
        return response


class RemoveAuthenticator(totp.DeactivateTOTPView):
    """No longer be asked for a code of an authenticator app."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, and say so."""
        response = super().form_valid(form)
        recording.record_factor(self.request.user, factor="totp", added=False)
        return response


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(codes.ViewRecoveryCodesView):
    """The recovery codes that were not used yet."""


class DownloadRecoveryCodes(codes.DownloadRecoveryCodesView):
    """The recovery codes as a text file."""


class NewRecoveryCodes(codes.GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones stop working."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, and say so."""
        response = super().form_valid(form)
        recording.record_factor(self.request.user, factor="recovery_codes", added=True)
        return response


class Passkeys(webauthn.ListWebAuthnView):
    """The passkeys of an account."""


@method_decorator(never_cache, name="dispatch")
class AddPasskey(webauthn.AddWebAuthnView):
    """Add a passkey: always one that signs in by itself, on a device that checks who uses it."""

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """What the browser is asked for."""
        context = super().get_context_data(**options)
        wanted = auth.begin_registration(self.request.user, True)
        host = self.request.get_host().partition(":")[0]
        return {**context, "options": wanted, "host_has_name": not _is_number(host)}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and say so."""
        response = super().form_valid(form)
        recording.record_factor(self.request.user, factor="webauthn", added=True)
        if self.did_generate_recovery_codes:
            recording.record_factor(self.request.user, factor="recovery_codes", added=True)
        return response


def _is_number(host: str) -> bool:
    """Whether a host is an address in numbers, to which browsers bind no passkey."""
    return host.startswith("[") or host.replace(".", "").isdigit()


class RenamePasskey(webauthn.EditWebAuthnView):
    """Call a passkey by another name."""


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """Remove a passkey; the device keeps it, but it opens nothing here."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, and say so."""
        response = super().form_valid(form)
        recording.record_factor(self.request.user, factor="webauthn", added=False)
        return response


class ReauthenticateByCode(base.ReauthenticateView):
    """A code, before a change that matters."""


class ReauthenticateByPasskey(webauthn.ReauthenticateWebAuthnView):
    """A passkey, before a change that matters."""

"""Getting in: signing in and up, verifying an address, a new password by mail."""

from typing import Any

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from nexus.people import recording
from nexus.people.adapters import address_of


class SignIn(views.LoginView):
    """How to get in: address or handle with a password, a passkey, or an account elsewhere."""


class SignUp(views.SignupView):
    """The form for a new account; or, where the hub is not open to everybody, why there is none."""


class VerificationSent(views.EmailVerificationSentView):
    """Where to look for the mail that verifies an address."""


class VerifyAddress(views.ConfirmEmailView):
    """Whose address a link verifies; it does when the button is pressed, in any browser."""


class AskForPassword(views.PasswordResetView):
    """Send a link for a new password. The answer is the same for everybody."""


class PasswordLinkSent(views.PasswordResetDoneView):
    """Where to look for the link for a new password."""


class NewPassword(views.PasswordResetFromKeyView):
    """Choose a new password; the link for it works once."""


class NewPasswordKept(views.PasswordResetFromKeyDoneView):
    """The new password is kept: sign in with it."""


class SecondStep(mfa.AuthenticateView):
    """After the password: a code of an authenticator app, a recovery code, or a passkey."""


class SignInByPasskey(webauthn.LoginWebAuthnView):
    """Sign in with a passkey; asked by the page's script, which passes its answer on."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Nobody gets in by a passkey that is not known."""
        recording.record_failure(None, how="passkey", address=address_of(self.request))
        return super().form_invalid(form)


@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    """An account that was closed opens nothing."""
    return render(request, "account/account_inactive.html", status=403)

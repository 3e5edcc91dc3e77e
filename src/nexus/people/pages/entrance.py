"""Getting in: signing in and up, verifying an address, a new password by mail."""

from typing import Any

from allauth.account import views
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nexus.kernel.audit import record_refusal
from nexus.people import recording
from nexus.people.adapters import address_of
from nexus.people.admission import offer_to
from nexus.people.afterwards import leading_to, local
from nexus.people.audit import RESET_REFUSED, VERIFYING_REFUSED
from nexus.people.requests import person_of


class SignIn(views.LoginView):
    """How to get in: address or handle with a password, a passkey, or an account elsewhere."""


class SignUp(views.SignupView):
    """The form for a new account; or, where the hub is not open to everybody, why there is none.

    Who was invited by e-mail signs up with that address and no other.
    """

    def get_form(self, form_class: Any = None) -> Any:
        """The form, for the one address that was invited, if one was."""
        form = super().get_form(form_class)
        offer = offer_to(self.get_next_url() or "")
        if offer is not None and offer.email:
            form.be_for(offer.email)
        return form


class VerificationSent(views.EmailVerificationSentView):
    """Where to look for the mail that verifies an address."""


class VerifyAddress(views.ConfirmEmailView):
    """Whose address a link verifies; it does when the button is pressed, in any browser."""

    def get_object(self, queryset: Any = None) -> Any:
        """What the link is for. One that does not work stands in the audit log."""
        try:
            return super().get_object(queryset)
        except Http404:
            record_refusal(VERIFYING_REFUSED, by=person_of(self.request))
            raise

    def get_redirect_url(self) -> str:
        """On to where one came from; by signing in, in a browser that has not seen a password."""
        going_on = local(self.get_next_url())
        if self.request.user.is_authenticated:
            return going_on or "/"
        return leading_to(going_on, by=reverse("sign-in"))


class AskForPassword(views.PasswordResetView):
    """Send a link for a new password. The answer is the same for everybody."""

    def get_success_url(self) -> str:
        """Where to look for the link, which leads on where one came from."""
        return reverse("account_reset_password_done")


class PasswordLinkSent(views.PasswordResetDoneView):
    """Where to look for the link for a new password."""


class NewPassword(views.PasswordResetFromKeyView):
    """Choose a new password; the link for it works once."""

    def get_context_data(self, **shown: Any) -> dict[str, Any]:
        """What the page shows. A link that does not work stands in the audit log.

        Of a browser that comes back without one, and so without a key, there is nothing to tell.
        """
        if "token_fail" in shown and self.key:
            record_refusal(RESET_REFUSED, by=person_of(self.request))
        context: dict[str, Any] = super().get_context_data(**shown)
        return context

    def get_success_url(self) -> str:
        """On to signing in with it, and from there where one came from."""
        return leading_to(self.get_next_url(), by=reverse("account_reset_password_from_key_done"))


class NewPasswordKept(views.PasswordResetFromKeyDoneView):
    """The new password is kept: sign in with it."""


class SecondStep(mfa.AuthenticateView):
    """After the password: a code of an authenticator app, a recovery code, or a passkey."""


class SignInByPasskey(webauthn.LoginWebAuthnView):
    """Sign in with a passkey; asked by the page's script, which passes its answer on."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Nobody gets in by a passkey that is not known."""
        recording.record_failure(None, how="passkey", address=address_of(self.request))
        super().form_invalid(form)
        back = leading_to(get_next_redirect_url(self.request), by=reverse("sign-in"))
        return HttpResponseRedirect(back)


@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    """An account that was closed opens nothing."""
    return render(request, "account/account_inactive.html", status=403)

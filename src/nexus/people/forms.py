"""The forms of signing in: django-allauth's, with our words, rules and records."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from nexus.kernel.errors import NexusError
from nexus.people import recording, selectors, services
from nexus.people.adapters import address_of, addresses_of_login, way_of_login
from nexus.people.admission import admit
from nexus.people.imitating import tell_of_imitation
from nexus.people.models import Person
from nexus.people.passwords import spend_a_hash

HINT_FOR_NEW = "At least 10 characters. A few words in a row are good; your name is not."
_HANDLE_HINT = "How others find and mention you: letters, digits and single hyphens."


def _word(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    """Give a field of the library our label and hint, and no placeholder."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(account.LoginForm):
    """E-mail address or handle, and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["login"], "E-mail address or handle", autocomplete="username webauthn")
        _word(self.fields["password"], "Password")

    def user_credentials(self) -> dict[str, Any]:
        """One name to look for: a handle holds no “@”.

        Tried under both, an address that is known would take two checks of the password and
        one that is not a single one, and the clock would tell which.
        """
        login = self.cleaned_data["login"]
        kind = "email" if "@" in login else "username"
        return {kind: login, "password": self.cleaned_data["password"]}


class _NewPerson(forms.Form):
    """What every newcomer is asked for, beside what the library's form asks."""

    name = forms.CharField(label="Name", max_length=120)

    def clean_name(self) -> str:
        """Refuse what imitates somebody's name."""
        name = self.cleaned_data["name"]
        try:
            services.refuse_name(name)
        except NexusError as fault:
            tell_of_imitation(fault, by=None)
            raise ValidationError(str(fault), code=fault.code) from fault
        return str(name)

    def _word_fields(self) -> None:
        _word(self.fields["name"], "Name", "As others know you.", autocomplete="name")
        _word(self.fields["username"], "Handle", _HANDLE_HINT, autocapitalize="none")
        _word(self.fields["email"], "E-mail address", "You get a link there to verify it.")

    def validate_unique_email(self, value: str) -> str:
        """Notice that somebody has this address already; the answer does not show it."""
        self.account_already_exists = selectors.address_is_held(value)
        return value


class SignUpForm(_NewPerson, account.SignupForm):
    """A new account with a password."""

    field_order = ("name", "username", "email", "password1")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._word_fields()
        _word(self.fields["password1"], "Password", HINT_FOR_NEW)

    def try_save(self, request: Any) -> tuple[Person | None, Any]:
        """Make the account; for an address that has one, do as much and send a mail instead."""
        if self.account_already_exists:
            spend_a_hash(self.cleaned_data["password1"])
        person, response = super().try_save(request)
        return person, response

    def be_for(self, email: str) -> None:
        """Take this address and no other."""
        self.initial["email"] = email
        self.fields["email"].disabled = True
        self.fields["email"].widget = forms.HiddenInput()

    @transaction.atomic
    def save(self, request: Any) -> Person:
        """Make the account and its address; who was only about to change to it, is not any more."""
        _forget_unverified(self.cleaned_data["email"])
        person: Person = super().save(request)
        admit(person, get_next_redirect_url(request) or "")
        return person


class SocialSignUpForm(_NewPerson, social.SignupForm):
    """A new account for somebody who signs in elsewhere."""

    field_order = ("name", "username", "email")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._word_fields()
        self.fields["name"].initial = self.sociallogin.account.extra_data.get("name") or ""

    @transaction.atomic
    def save(self, request: Any) -> Person:
        """Make the account, and connect the one elsewhere."""
        _forget_unverified(self.cleaned_data["email"])
        person: Person = super().save(request)
        provider = self.sociallogin.account.provider
        emails = addresses_of_login(self.sociallogin)
        admit(person, way_of_login(self.sociallogin), emails=emails)
        recording.record_factor(person, factor=provider, added=True)
        return person


def _forget_unverified(email: str) -> None:
    EmailAddress.objects.filter(email=email, verified=False).exclude(user__email=email).delete()


class ResetPasswordForm(account.ResetPasswordForm):
    """Where to send the link for a new password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["email"], "E-mail address")

    def clean_email(self) -> str:
        """Look for whose address it is. One that somebody is about to change to opens nothing."""
        email = str(super().clean_email())
        found: list[Person] = self.users  # type: ignore[has-type]
        self.users = [person for person in found if person.email == email.lower()]
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):
    """A new password for whoever followed the link; it shows that the mailbox is theirs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _drop_second(self)

    def save(self) -> None:
        """Keep it."""
        super().save()
        verify_email_indirectly(context.request, self.user, self.user.email)


class SetPasswordForm(account.SetPasswordForm):
    """Another password for whoever has just shown who they are."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _drop_second(self)


def _drop_second(form: Any) -> None:
    """One field, which a password manager fills, is enough; a slip is mended by mail."""
    del form.fields["password2"]
    _word(form.fields["password1"], "New password", HINT_FOR_NEW)


class ChangeEmailForm(account.AddEmailForm):
    """The address to change to."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["email"], "New e-mail address")


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["password"], "Password")


class _Code(forms.Form):
    """A code of an authenticator app, or a recovery code; wrong ones are written down."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["code"], "Code", "", inputmode="numeric", autocapitalize="none")

    def clean_code(self) -> str:
        """Check it."""
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as fault:
            self._record(fault.code or "")
            raise

    def _record(self, code: str) -> None:
        person, address = self.user, address_of(context.request)  # type: ignore[attr-defined]
        if code == "too_many_login_attempts":
            recording.record_lock_out(person, address=address)
        else:
            recording.record_failure(person, how="code", address=address)


class NewAuthenticatorForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _word(self.fields["code"], "Code that the app shows", "", inputmode="numeric")


class CodeForm(_Code, mfa.AuthenticateForm):
    """The second step of signing in: the page has nothing else to type into."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs["autofocus"] = True


class ReauthenticateCodeForm(_Code, mfa.ReauthenticateForm):
    """A code before a dangerous change."""


#: What reading and checking an answer can end in that was not made by a device.
_MADE_UP = (LookupError, TypeError, ValueError, AttributeError, struct.error, InvalidSignature)


class _Passkey(forms.Form):
    """The answer of a device; one that was made up is a wrong one, however it is wrong."""

    def clean_credential(self) -> Any:
        """Check it."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _MADE_UP as error:
            raise get_factor_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(_Passkey, webauthn.LoginWebAuthnForm):
    """Signing in with nothing else."""


class PasskeyForm(_Passkey, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class ReauthenticatePasskeyForm(_Passkey, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before a dangerous change."""


class NewPasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey, and what it is called."""

    name = forms.CharField(label="Name", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Check it."""
        try:
            return super().clean()
        except _MADE_UP as error:
            raise get_factor_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Name", max_length=60)

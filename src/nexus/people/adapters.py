"""What django-allauth asks of a project, answered with the hub's own services and words."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.core.internal.httpkit import is_headless_request
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from nexus.kernel.errors import NexusError
from nexus.people import recording, services
from nexus.people.admission import offer_to
from nexus.people.afterwards import is_local, leading_to, local
from nexus.people.devices import device_words
from nexus.people.imitating import tell_of_imitation
from nexus.people.letters import FAULTS, LETTERS, MESSAGES
from nexus.people.mails import post_mail
from nexus.people.models import Person
from nexus.people.requests import person_of
from nexus.people.secrets_kept import opened, sealed
from nexus.people.selectors import person_by_login

#: The lock-out of django-allauth's `login_failed`, told of once in this time.
LOCK_OUT_SECONDS = 300
_VERIFICATION = "allauth.account.stages.EmailVerificationStage"
_STEPS = {"totp": "code", "recovery_codes": "recovery code", "webauthn": "passkey"}


def public_address(path: str) -> str:
    """The whole address of ``path``: by the public name, whatever host a request names."""
    base = settings.PUBLIC_URL or context.request.build_absolute_uri("/")
    return urljoin(base, urlsplit(path)._replace(scheme="", netloc="").geturl())


def way_of(request: HttpRequest, name: str) -> str:
    """The whole address of the page called ``name``, by which one goes on as asked for."""
    return public_address(leading_to(get_next_redirect_url(request), by=reverse(name)))


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from; the server has asked the trusted proxies."""
    return str(request.META.get("REMOTE_ADDR", ""))


def steps_of(request: HttpRequest, person: Person) -> list[str]:
    """How the person of this session has shown who they are: ``password``, ``code`` …"""
    return [
        _STEPS.get(record.get("type", ""), "")
        or record.get("provider", "")
        or record["method"].replace("_", " ")
        for record in get_authentication_records(request, person)
    ]


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are people; mails are kept before they are sent; every change is an event."""

    error_messages = DefaultAccountAdapter.error_messages | FAULTS

    # --- who may have which account ---------------------------------------------------------

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether an account may be made: by everybody, or on the way to an invitation."""
        return offer_to(get_next_redirect_url(request) or "") is not None

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Refuse handles that are taken, kept for the hub, or look like somebody's."""
        try:
            services.refuse_handle(username, by_owner=False)
        except NexusError as fault:
            if not shallow:  # somebody typed it; else the library looks for one that is free
                tell_of_imitation(fault, by=None)
            raise ValidationError(str(fault), code=fault.code) from fault
        return username

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """Make the person that the form describes; ``user`` becomes that person."""
        given = form.cleaned_data
        person = services.sign_up(
            handle=given["username"],
            name=given["name"],
            email=given["email"],
            password=given.get("password1"),
        )
        user.pk, user._state.adding = person.pk, False
        user.refresh_from_db()
        return user

    # --- attempts -----------------------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts by account, under whichever of its names it was tried."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        person = person_by_login(login)
        return f"person:{person.pk}" if person else f"login:{login.lower()}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an account for which too much failed lately, and tell of it once."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            if cache.add(f"nexus:locked-out:{key}", 1, LOCK_OUT_SECONDS):
                recording.record_lock_out(_meant(credentials), address=address_of(request))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or nobody's name."""
        recording.record_failure(_meant(credentials), how="password", address=address_of(request))

    # --- sessions -----------------------------------------------------------------------------

    def get_login_stages(self) -> list[str]:
        """Whoever the owner let in without an address has none to verify."""
        ours = "nexus.people.stages.VerifyAddress"
        return [ours if stage == _VERIFICATION else stage for stage in super().get_login_stages()]

    @transaction.atomic
    def login(self, request: HttpRequest, user: Person) -> None:
        """Open a session, under a new key."""
        super().login(request, user)
        steps = steps_of(request, user)
        recording.record_sign_in(user, how=steps, address=address_of(request))

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        """End the session of this request."""
        end_session_of(request)
        super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        """Another password; sessions elsewhere end with the old one."""
        request = context.request
        is_self = request.user.is_authenticated and request.user.pk == user.pk
        recording.set_password(
            user,
            password=password,
            how="changed" if is_self else "reset",
            keep=request.session.session_key or "" if is_self else "",
        )

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Mark the address as its owner's."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            recording.record_verified(email_address)
        return confirmed

    # --- words --------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keep one of our letters for sending; what we have no words for is not sent."""
        letter = LETTERS.get(template_prefix)
        if letter is not None:
            subject, body = letter.written(**self._facts(context))
            post_mail(to=email, subject=subject, body=body)

    def _facts(self, given: dict[str, Any]) -> dict[str, Any]:
        return {
            **given,
            "hub": public_address("/"),
            "handle": given["user"].handle if given.get("user") else "",
            "reset_address": public_address(reverse("account_reset_password")),
            "signup_url": way_of(context.request, "account_signup"),
            "device": device_words(given.get("user_agent", "")),
            "provider": getattr(given.get("provider"), "name", ""),
        }

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a mail, by the hub's public name; it leads on where one came from."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return public_address(leading_to(get_next_redirect_url(context.request), by=path))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of a mailbox that they have an account; nobody else learns of it."""
        reset = way_of(context.request, "account_reset_password")
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": reset})

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The address in a mail, by the hub's public name; it leads on where one came from."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return public_address(leading_to(get_next_redirect_url(request), by=path))

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent there after signing in: to pages of the hub alone."""
        return is_local(url)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what an act led to, in our words, or nothing; a program looks at no messages."""
        if is_headless_request(request):
            return
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")


def _meant(credentials: dict[str, Any]) -> Person | None:
    return person_by_login(str(credentials.get("email") or credentials.get("username") or ""))


def end_session_of(request: HttpRequest) -> None:
    """Write down that the person of this request ends this session."""
    from allauth.usersessions.models import UserSession

    if isinstance(request.user, Person):
        here = UserSession.objects.filter(session_key=request.session.session_key).first()
        if here is not None:
            recording.end_sessions(request.user, number=here.pk, why="signed-out")


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are sealed; their QR code is drawn without a request."""

    error_messages = DefaultMFAAdapter.error_messages | FAULTS

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an authenticator app files the account under."""
        return f"Nexus {context.request.get_host()}"

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002
        """The device in use, as most people make passkeys on the device they use."""
        return device_words(context.request.META.get("HTTP_USER_AGENT", ""))

    def build_totp_svg(self, url: str) -> str:
        """The QR code as a drawing of one path, without a style that the policy would refuse."""
        code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg class="qr" viewBox="-3 -3 {0} {0}" role="img" aria-label="QR code for your '
            'authenticator app" shape-rendering="crispEdges"><path d="{1}"/></svg>',
            len(rows) + 6,
            squares,
        )


def way_of_login(login: SocialLogin) -> str:
    """Where somebody wants to go who signs in elsewhere."""
    return local(login.state.get("next"))


def addresses_of_login(login: SocialLogin) -> list[str]:
    """The addresses of which the provider says that it has verified them."""
    return [one.email for one in login.email_addresses if one.verified]


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts elsewhere: nobody gets in by an address alone, and everybody chooses a handle."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whether an account may be made; the addresses that a provider verified may be invited."""
        emails = addresses_of_login(sociallogin)
        return offer_to(way_of_login(sociallogin), emails=emails) is not None

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """What the environment names; there is no table to ask."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Tell of a state that is not this browser's, and of what the provider does not stand for.

        Who gave up on the other side, and a provider that does not answer, are no refusals.
        """
        begun = bool((extra_context or {}).get("state"))
        if not begun or isinstance(exception, (PermissionDenied, OAuth2Error)):
            recording.record_elsewhere(person_of(request), provider=provider.id, begun=begun)

    def send_notification_mail(self, template: str, user: Person, context: Any = None) -> None:
        """Tell of an account that was connected, which is the only sign of it that there is."""
        if template == "socialaccount/email/account_connected":
            recording.record_factor(user, factor=context["account"].provider, added=True)
        super().send_notification_mail(template, user, context)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to the account."""
        return reverse("account")

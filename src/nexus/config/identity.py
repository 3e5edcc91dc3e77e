"""The settings of signing in: django-allauth's, and Django's own."""

from datetime import timedelta
from typing import Any

from nexus.config.environment import Environment
from nexus.credentials.provider import lifetimes

#: Providers that can be configured, with what each is asked for.
PROVIDERS: dict[str, tuple[str, ...]] = {
    "github": ("read:user", "user:email"),
    "discord": ("identify", "email"),
    "google": ("profile", "email"),
}
#: Where each sends people to sign in: forms of the hub may lead there.
PROVIDER_ORIGINS = {
    "github": "https://github.com",
    "discord": "https://discord.com",
    "google": "https://accounts.google.com",
}
APPS = [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "allauth.idp.oidc",
]
#: How often each may be done: by a network address, an account (key), or whoever is signed in.
_RATES = (
    ("login", "30/m/ip"),
    ("login_failed", "10/m/ip", "5/5m/key"),
    ("signup", "20/m/ip", "200/d/ip"),
    ("reset_password", "20/m/ip", "3/10m/key"),
    ("confirm_email", "1/3m/key"),
)
_VALIDATION = "django.contrib.auth.password_validation"


def configured_providers(environment: Environment) -> dict[str, tuple[str, str]]:
    """The providers that have an id and a secret: ``{"github": (id, secret)}``."""
    given = {
        name: (
            getattr(environment, f"{name}_client_id"),
            getattr(environment, f"{name}_client_secret"),
        )
        for name in PROVIDERS
    }
    return {name: pair for name, pair in given.items() if all(pair)}


def identity() -> dict[str, Any]:
    """Every setting of signing in that is the same in all hubs, by its name."""
    given = {**_passwords(), **_accounts(), **_factors(), **_elsewhere()}
    return {**given, **_clients(), **_provider()}


def _passwords() -> dict[str, Any]:
    return {
        # One alone: each more would check a wrong password once more.
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": [
            "nexus.people.passwords.Argon2",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
            {
                "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("handle", "name", "email")},
            },
        ],
        "PASSWORD_RESET_TIMEOUT": int(timedelta(hours=1).total_seconds()),
        "LOGIN_REDIRECT_URL": "/",
    }


def _accounts() -> dict[str, Any]:
    forms = "nexus.people.forms"
    return {
        "ACCOUNT_ADAPTER": "nexus.people.adapters.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "handle",
        "ACCOUNT_LOGIN_METHODS": {"email", "username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS": 2,
        "ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_RATE_LIMITS": {act: ",".join(rates) for act, *rates in _RATES},
        "ACCOUNT_FORMS": {
            "login": f"{forms}.SignInForm",
            "signup": f"{forms}.SignUpForm",
            "reset_password": f"{forms}.ResetPasswordForm",
            "reset_password_from_key": f"{forms}.NewPasswordForm",
            "set_password": f"{forms}.SetPasswordForm",
            "add_email": f"{forms}.ChangeEmailForm",
            "reauthenticate": f"{forms}.ReauthenticateForm",
        },
    }


def _factors() -> dict[str, Any]:
    forms = "nexus.people.forms"
    return {
        "MFA_ADAPTER": "nexus.people.adapters.FactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        # Nobody signs in before an address is verified, so no factor can be added before.
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_FORMS": {
            "activate_totp": f"{forms}.NewAuthenticatorForm",
            "authenticate": f"{forms}.CodeForm",
            "reauthenticate": f"{forms}.ReauthenticateCodeForm",
            "login_webauthn": f"{forms}.PasskeySignInForm",
            "authenticate_webauthn": f"{forms}.PasskeyForm",
            "reauthenticate_webauthn": f"{forms}.ReauthenticatePasskeyForm",
            "add_webauthn": f"{forms}.NewPasskeyForm",
            "edit_webauthn": f"{forms}.RenamePasskeyForm",
        },
    }


def _elsewhere() -> dict[str, Any]:
    return {
        "SOCIALACCOUNT_ADAPTER": "nexus.people.adapters.SocialAdapter",
        # Everybody chooses a handle and a name; no account is opened for an address alone.
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_FORMS": {"signup": "nexus.people.forms.SocialSignUpForm"},
    }


def _provider() -> dict[str, Any]:
    """The hub as a provider for others' apps."""
    return {
        "IDP_OIDC_ADAPTER": "nexus.credentials.provider.adapter.ProviderAdapter",
        "IDP_OIDC_ID_TOKEN_EXPIRES_IN": int(lifetimes.IDENTITY.total_seconds()),
    }


def _clients() -> dict[str, Any]:
    """Signing in by JSON, for the hub's own clients; browsers have the pages."""
    return {
        "HEADLESS_CLIENTS": ("app",),
        "HEADLESS_TOKEN_STRATEGY": "nexus.credentials.clients.strategy.TokenStrategy",
        "HEADLESS_ADAPTER": "nexus.credentials.clients.strategy.Adapter",
    }


def provider_settings(environment: Environment) -> dict[str, dict[str, Any]]:
    """What django-allauth must know of the providers that are configured."""
    return {
        name: {
            "APPS": [{"client_id": client, "secret": secret}],
            "SCOPE": list(PROVIDERS[name]),
        }
        for name, (client, secret) in configured_providers(environment).items()
    }


def provider_apps(environment: Environment) -> list[str]:
    """The Django apps of the providers that are configured."""
    return [f"allauth.socialaccount.providers.{name}" for name in configured_providers(environment)]

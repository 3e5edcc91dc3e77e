"""The addresses of signing in, by the names under which django-allauth looks for them."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from nexus.people.pages import account, elsewhere, entrance, factors, links, mails, sessions


class Base36(StringConverter):
    """A number in letters and digits, which ends before the first hyphen."""

    regex = "[0-9A-Za-z]+"


register_converter(Base36, "base36")

urlpatterns: list[URLPattern] = [
    path("accounts/sign-in", entrance.SignIn.as_view(), name="sign-in"),
    path("accounts/sign-in", entrance.SignIn.as_view(), name="account_login"),
    path("accounts/sign-in/passkey", entrance.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("accounts/sign-in/second", entrance.SecondStep.as_view(), name="mfa_authenticate"),
    path("accounts/sign-out", links.sign_out, name="sign-out"),
    path("accounts/link/<str:secret>", links.link, name="sign-in-link"),
    path("accounts/sign-up", entrance.SignUp.as_view(), name="account_signup"),
    path("accounts/inactive", entrance.inactive, name="account_inactive"),
    path(
        "accounts/verify",
        entrance.VerificationSent.as_view(),
        name="account_email_verification_sent",
    ),
    path(
        "accounts/verify/<str:key>", entrance.VerifyAddress.as_view(), name="account_confirm_email"
    ),
    path("accounts/reset", entrance.AskForPassword.as_view(), name="account_reset_password"),
    path(
        "accounts/reset/sent",
        entrance.PasswordLinkSent.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "accounts/reset/done",
        entrance.NewPasswordKept.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path(
        "accounts/reset/<base36:uidb36>-<str:key>",
        entrance.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("accounts/", account.account, name="account"),
    path("accounts/confirm", account.Reauthenticate.as_view(), name="account_reauthenticate"),
    path(
        "accounts/confirm/code", factors.ReauthenticateByCode.as_view(), name="mfa_reauthenticate"
    ),
    path(
        "accounts/confirm/passkey",
        factors.ReauthenticateByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("accounts/password", account.ChangePassword.as_view(), name="account_change_password"),
    path("accounts/password/first", account.ChangePassword.as_view(), name="account_set_password"),
    path("accounts/email", account.ChangeAddress.as_view(), name="account_email"),
    path("accounts/factors", account.ToAccount.as_view(), name="mfa_index"),
    path(
        "accounts/authenticator/add", factors.AddAuthenticator.as_view(), name="mfa_activate_totp"
    ),
    path(
        "accounts/authenticator/remove",
        factors.RemoveAuthenticator.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "accounts/recovery-codes", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"
    ),
    path(
        "accounts/recovery-codes/new",
        factors.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/recovery-codes/text",
        factors.DownloadRecoveryCodes.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("accounts/passkeys", factors.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("accounts/passkeys/add", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "accounts/passkeys/<int:pk>/rename",
        factors.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "accounts/passkeys/<int:pk>/remove",
        factors.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("accounts/sessions", sessions.sessions, name="usersessions_list"),
    path(
        "accounts/elsewhere",
        elsewhere.Connections.as_view(),
        name="socialaccount_connections",
    ),
    path(
        "accounts/elsewhere/sign-up",
        elsewhere.SignUpFromElsewhere.as_view(),
        name="socialaccount_signup",
    ),
    path("accounts/elsewhere/given-up", elsewhere.refused, name="socialaccount_login_cancelled"),
    path("accounts/elsewhere/failed", elsewhere.refused, name="socialaccount_login_error"),
    path("-/mails", mails.mails, name="mails"),
]


def provider_addresses(name: str) -> list[URLPattern]:
    """Where signing in with a provider begins, and where the provider sends people back to."""
    views = import_module(f"allauth.socialaccount.providers.{name}.views")
    return [
        path(f"accounts/elsewhere/{name}", views.oauth2_login, name=f"{name}_login"),
        path(f"accounts/elsewhere/{name}/back", views.oauth2_callback, name=f"{name}_callback"),
    ]


for _name in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += provider_addresses(_name)

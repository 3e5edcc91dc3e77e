"""The pages of accounts: getting in, and looking after what one gets in with."""

from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.utils.html import format_html

from nexus.people import forms as real
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

SIGN_IN: dict[str, Any] = {
    "signup_url": "#",
    "login_url": "#",
    "redirect_field_name": "next",
    "redirect_field_value": "/i/lusab-babad-gutih",
}
LONG_ADDRESS = "wolfeschlegelsteinhausenbergerdorff.hubert@students.example.university.org"
#: What a browser is asked for; no device in the gallery answers.
CHALLENGE = {"publicKey": {"challenge": "AAAA"}}
PASSKEYS = [
    Thing(pk=1, wrap=Thing(name="Firefox on Linux"), created_at=ago(days=40), last_used_at=None),
    Thing(
        pk=2,
        wrap=Thing(name="The telephone that my sister gave to me last year"),
        created_at=ago(days=9),
        last_used_at=ago(hours=3),
    ),
]
#: A drawing in the form of a QR code, which no app reads.
QR = format_html(
    '<svg class="qr" viewBox="-3 -3 31 31" role="img" aria-label="QR code for your authenticator '
    'app" shape-rendering="crispEdges"><path d="{}"/></svg>',
    "".join(f"M{x} {y}h1v1h-1z" for x in range(25) for y in range(25) if (x * y + x) % 3 == 0),
)


def faulty(form: forms.Form, **faults: str) -> forms.Form:
    """A form that was sent, with what was wrong with it; ``all`` is the form as a whole."""
    form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}
    for name, words in faults.items():
        form.add_error(None if name == "all" else name, words)
    return form


class Code(forms.Form):
    """What the forms for a code look like."""

    code = forms.CharField(label="Code", widget=forms.TextInput(attrs={"inputmode": "numeric"}))


class Password(forms.Form):
    """What the forms for a password look like."""

    password1 = forms.CharField(
        label="New password", widget=forms.PasswordInput, help_text=real.HINT_FOR_NEW
    )


class Confirm(forms.Form):
    """What the form for the present password looks like."""

    password = forms.CharField(label="Password", widget=forms.PasswordInput)


class Passkey(forms.Form):
    """What the form for a passkey looks like."""

    credential = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", required=False)


# --- getting in ----------------------------------------------------------------------------------


def sign_in() -> State:
    return "account/login.html", {**SIGN_IN, "form": real.SignInForm()}


def sign_in_faults() -> State:
    wrong = "There is no account with this address and this password."
    form = faulty(real.SignInForm({"login": LONG_ADDRESS, "password": "x"}), all=wrong)
    return "account/login.html", {**SIGN_IN, "form": form}


def sign_up() -> State:
    return "account/signup.html", {**SIGN_IN, "form": real.SignUpForm()}


def sign_up_faults() -> State:
    given = {"name": "Ada", "username": "adm1n", "email": LONG_ADDRESS, "password1": "short"}
    form = faulty(
        real.SignUpForm(given),
        username="“adm1n” is kept for the hub. Choose another one.",
        password1="This password is too short. It must contain at least 10 characters.",
    )
    return "account/signup.html", {**SIGN_IN, "form": form}


def sign_up_invited() -> State:
    form = real.SignUpForm()
    form.be_for(LONG_ADDRESS)
    return "account/signup.html", {**SIGN_IN, "form": form}


def sign_up_closed() -> State:
    return "account/signup_closed.html", SIGN_IN


def sign_up_elsewhere() -> State:
    account = Thing(get_provider=Thing(name="GitHub"))
    form = real.SignUpForm()
    del form.fields["password1"]
    return "socialaccount/signup.html", {**SIGN_IN, "account": account, "form": form}


def elsewhere_refused() -> State:
    return "socialaccount/authentication_error.html", {}


def second_step() -> State:
    form = faulty(Code({"code": "123456"}), code="That code is not right.")
    return "mfa/authenticate.html", {"form": form, "js_data": {"request_options": CHALLENGE}}


def verification_sent() -> State:
    return "account/verification_sent.html", {}


def verify() -> State:
    address = Thing(user=Thing(handle="hubert"))
    return "account/email_confirm.html", {
        "confirmation": Thing(email_address=address),
        "can_confirm": True,
        "email": LONG_ADDRESS,
    }


def verify_used() -> State:
    return "account/email_confirm.html", {"confirmation": None}


def reset() -> State:
    form = faulty(real.ResetPasswordForm({"email": "ada"}), email="Enter a valid e-mail address.")
    return "account/password_reset.html", {**SIGN_IN, "form": form}


def reset_sent() -> State:
    return "account/password_reset_done.html", {}


def reset_new() -> State:
    return "account/password_reset_from_key.html", {"form": Password(), "action_url": "#"}


def reset_used() -> State:
    return "account/password_reset_from_key.html", {"token_fail": True}


def reset_done() -> State:
    return "account/password_reset_from_key_done.html", SIGN_IN


def inactive() -> State:
    return "account/account_inactive.html", {}


# --- looking after an account --------------------------------------------------------------------


def _account(**more: Any) -> dict[str, Any]:
    person = Thing(**vars(things.RUTH), has_usable_password=False, email="", is_owner=False)
    return {
        **OWNER,
        "person": person,
        "address": None,
        "authenticator": None,
        "passkeys": [],
        "codes_left": None,
        "sessions": 1,
        "elsewhere": [],
        **more,
    }


def account() -> State:
    person = Thing(**vars(things.LONG), has_usable_password=True, email="", is_owner=True)
    github = Thing(provider=Thing(name="GitHub"), account=Thing())
    return "account/account.html", _account(
        person=person,
        address=Thing(email=LONG_ADDRESS, verified=False),
        authenticator=Thing(created_at=ago(days=2)),
        passkeys=[one.wrap for one in PASSKEYS],
        codes_left=9,
        sessions=3,
        elsewhere=[github, Thing(provider=Thing(name="Discord"), account=None)],
    )


def account_bare() -> State:
    return "account/account.html", _account()


def email() -> State:
    return "account/email_change.html", {
        **OWNER,
        "current_emailaddress": Thing(email="ruth@example.org"),
        "new_emailaddress": Thing(email=LONG_ADDRESS),
        "form": real.ChangeEmailForm(),
    }


def email_none() -> State:
    form = faulty(real.ChangeEmailForm({"email": "x"}), email="Enter a valid e-mail address.")
    nothing = {"current_emailaddress": None, "new_emailaddress": None}
    return "account/email_change.html", {**OWNER, **nothing, "form": form}


def password() -> State:
    return "account/password_set.html", {**OWNER, "form": Password()}


def confirm() -> State:
    ways = [Thing(id="mfa_reauthenticate", url="#"), Thing(id="mfa_webauthn", url="#")]
    form = faulty(Confirm({"password": "x"}), password="That is not your password.")
    return "account/reauthenticate.html", {
        **OWNER,
        "form": form,
        "reauthentication_alternatives": ways,
    }


def confirm_code() -> State:
    return "mfa/reauthenticate.html", {**OWNER, "form": Code()}


def confirm_passkey() -> State:
    ways = [Thing(id="reauthenticate", url="#")]
    return "mfa/webauthn/reauthenticate.html", {
        **OWNER,
        "js_data": {"request_options": CHALLENGE},
        "reauthentication_alternatives": ways,
    }


def sessions() -> State:
    rows = [
        Thing(
            number=at,
            device=device,
            address=address,
            since=ago(days=at),
            is_this=at == 0,
            is_program=at == 2,
        )
        for at, (device, address) in enumerate(
            [
                ("Firefox on Linux", "192.0.2.7"),
                ("Samsung Internet on Android", "2001:db8:1234:5678:90ab:cdef:1234:5678"),
                ("nexus-notes on Linux", "198.51.100.23"),
            ]
        )
    ]
    return "usersessions/usersession_list.html", {**OWNER, "sessions": rows}


def elsewhere() -> State:
    github = Thing(
        pk=1,
        get_provider=Thing(name="GitHub"),
        get_provider_account="wolfeschlegelsteinhausenbergerdorff",
        date_joined=ago(days=20),
    )
    fault = "Set a password first: nothing else opens your account."
    form = Thing(accounts=[github], account=Thing(errors=[]), non_field_errors=[fault])
    return "socialaccount/connections.html", {**OWNER, "form": form}


def elsewhere_none() -> State:
    form = Thing(accounts=[], account=Thing(errors=[]), non_field_errors=[])
    return "socialaccount/connections.html", {**OWNER, "form": form}


def authenticator() -> State:
    form = faulty(Code({"code": "1"}), code="That code is not right.")
    form.secret = "NOTASECRETBUTLONGENOUGHTOLOOKLIKEONE"  # type: ignore[attr-defined]
    shown = {"form": form, "totp_svg": QR, "totp_url": "#"}
    return "mfa/totp/activate_form.html", {**OWNER, **shown}


def authenticator_remove() -> State:
    return "mfa/totp/deactivate_form.html", {**OWNER, "form": forms.Form()}


def codes() -> State:
    unused = [f"{at:08d}" for at in range(3, 11)]
    return "mfa/recovery_codes/index.html", {**OWNER, "unused_codes": unused, "total_count": 10}


def codes_none() -> State:
    return "mfa/recovery_codes/index.html", {**OWNER, "unused_codes": [], "total_count": 10}


def codes_new() -> State:
    return "mfa/recovery_codes/generate.html", {
        **OWNER,
        "form": forms.Form(),
        "unused_code_count": 8,
    }


def passkeys() -> State:
    return "mfa/webauthn/authenticator_list.html", {**OWNER, "authenticators": PASSKEYS}


def passkeys_none() -> State:
    return "mfa/webauthn/authenticator_list.html", {**OWNER, "authenticators": []}


def passkey_add() -> State:
    form = faulty(Passkey({"credential": "x"}), credential="It could not be read.")
    shown = {"form": form, "options": CHALLENGE, "host_has_name": True}
    return "mfa/webauthn/add_form.html", {**OWNER, **shown}


def passkey_nameless() -> State:
    return "mfa/webauthn/add_form.html", {**OWNER, "form": Passkey(), "host_has_name": False}


def passkey_rename() -> State:
    form = Passkey({"name": PASSKEYS[1].wrap.name})
    del form.fields["credential"]
    return "mfa/webauthn/edit_form.html", {**OWNER, "form": form}


def passkey_remove() -> State:
    return "mfa/webauthn/authenticator_confirm_delete.html", {**OWNER, "object": PASSKEYS[1]}


def mails() -> State:
    body = (
        f"Hello hubert,\n\nopen this link:\n\nhttps://nexus.example/accounts/verify/{'Mg' * 40}\n"
    )
    rows = [
        Thing(
            to=LONG_ADDRESS,
            subject="Verify your e-mail address",
            body=body,
            written_at=ago(hours=1),
            sent_at=None,
            fault="Connection refused",
        ),
        Thing(
            to="ada@example.org",
            subject="Your password was changed",
            body="",
            written_at=ago(hours=9),
            sent_at=ago(hours=9),
            fault="",
        ),
    ]
    return "account/mails.html", {**OWNER, "mails": rows, "has_server": True}


def mails_none() -> State:
    return "account/mails.html", {**OWNER, "mails": [], "has_server": False}


STATES = {
    "sign-in": sign_in,
    "sign-in-faults": sign_in_faults,
    "sign-up": sign_up,
    "sign-up-faults": sign_up_faults,
    "sign-up-invited": sign_up_invited,
    "sign-up-closed": sign_up_closed,
    "sign-up-elsewhere": sign_up_elsewhere,
    "elsewhere-refused": elsewhere_refused,
    "second-step": second_step,
    "verification-sent": verification_sent,
    "verify": verify,
    "verify-used": verify_used,
    "reset": reset,
    "reset-sent": reset_sent,
    "reset-new": reset_new,
    "reset-used": reset_used,
    "reset-done": reset_done,
    "inactive": inactive,
    "account": account,
    "account-bare": account_bare,
    "email": email,
    "email-none": email_none,
    "password": password,
    "confirm": confirm,
    "confirm-code": confirm_code,
    "confirm-passkey": confirm_passkey,
    "sessions": sessions,
    "elsewhere": elsewhere,
    "elsewhere-none": elsewhere_none,
    "authenticator": authenticator,
    "authenticator-remove": authenticator_remove,
    "codes": codes,
    "codes-none": codes_none,
    "codes-new": codes_new,
    "passkeys": passkeys,
    "passkeys-none": passkeys_none,
    "passkey-add": passkey_add,
    "passkey-nameless": passkey_nameless,
    "passkey-rename": passkey_rename,
    "passkey-remove": passkey_remove,
    "mails": mails,
    "mails-none": mails_none,
}

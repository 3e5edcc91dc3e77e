"""What oauthlib asks at each step, answered: who an app is, and what it holds.

django-allauth answers the same questions, but keeps codes where one may be used twice at the same
time, forgets what was used, follows addresses loosely, and lets an app in unasked when another app
was let in before. Decision 0027 has the list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.internal.tokens import decode_jwt_token
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError, InvalidRequestError
from oauthlib.openid.connect.core.exceptions import (
    RegistrationNotSupported,
    RequestNotSupported,
    RequestURINotSupported,
)

from nexus.credentials.audit import APP_SECRET_REFUSED, APP_UNKNOWN
from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider import lifetimes
from nexus.credentials.provider.redirects import is_registered
from nexus.credentials.provider.selectors import app_by_id, scopes_of_code
from nexus.credentials.provider.services import devices, granting, handing
from nexus.credentials.provider.ways import Kind, Way
from nexus.credentials.scopes import OWN_SCOPES
from nexus.credentials.tokens import is_same
from nexus.kernel.audit import record_refusal

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client
    from oauthlib.common import Request

#: The only transformation of a verifier that keeps it secret, and its form (RFC 7636, 4.2).
PKCE_METHOD = "S256"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST_NONCE = 500
_MAX_AGE = re.compile(r"[0-9]{1,9}")
#: Other ways to put the question, which an app is told of (OpenID Connect Core 1.0, 3.1.2.6).
_OTHER_WAYS = {
    "request": RequestNotSupported,
    "request_uri": RequestURINotSupported,
    "registration": RegistrationNotSupported,
}


def refuse_weak_request(request: Request) -> dict[str, Any]:
    """Refuse an authorisation request without a proof that keeps its secret, or unusually led back.

    Raises an ``OAuth2Error``, with which the person is sent back to the app.
    """
    for name, error in _OTHER_WAYS.items():
        if getattr(request, name, None):
            raise error(request=request)
    if request.code_challenge_method != PKCE_METHOD or not _CHALLENGE.fullmatch(
        request.code_challenge or ""
    ):
        raise InvalidRequestError(
            description="A code_challenge with code_challenge_method=S256 is wanted.",
            request=request,
        )
    if request.response_mode not in (None, "query"):
        raise InvalidRequestError(description="Only response_mode=query is known.", request=request)
    if not _is_nonce(request.nonce or ""):
        raise InvalidRequestError(
            description="The nonce is too long, or not text.", request=request
        )
    if not _MAX_AGE.fullmatch(getattr(request, "max_age", None) or "0"):
        raise InvalidRequestError(description="max_age is a number of seconds.", request=request)
    return {}


def _is_nonce(text: str) -> bool:
    return len(text) <= _LONGEST_NONCE and text.isprintable()


def _wrong_secret(app: Client, secret: str | None, *, said: str | None) -> str:
    """What is wrong with the secret that is shown as ``app``'s; empty when nothing is.

    ``said`` is the app that the form names.
    """
    if said not in (None, app.pk):
        return "shown with the name of another app"
    if app.type != Kind.CONFIDENTIAL:
        return "it has none"
    if not secret:
        return "not shown"
    return "" if is_same(secret, app.secret) else "wrong"


class Validator(OAuthLibRequestValidator):
    """Answers for one request; what was shown in it is remembered between the questions."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: AppToken | None = None
        self.grant: AppGrant | None = None

    # --- who the app is ---------------------------------------------------------------------

    def _lookup_client(self, request: Request, client_id: str) -> Client | None:
        """The app with this id."""
        return app_by_id(client_id)

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Whether a confidential app showed its secret, by HTTP Basic or in the form.

        Whatever is wrong stands in the audit log, with the app that it was to be and no secret.
        """
        name, secret = extract_basic_auth(request.headers)
        said = request.client_id  # in the form, where it may stand beside the header
        if name is None:
            name, secret = said, request.client_secret
        app = app_by_id(name)
        if app is None:
            if name:  # not what it is: somebody may have put a secret there
                record_refusal(APP_UNKNOWN, by=None)
            return False
        if wrong := _wrong_secret(app, secret, said=said):
            details = {"app": app.name, "id": app.pk, "why": wrong}
            record_refusal(APP_SECRET_REFUSED, by=None, subject=app.owner, details=details)
            return False
        self._use_client(request, app)
        return True

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Every app but a public one shows a secret; a public one that shows one is mistaken."""
        app = app_by_id(request.client_id)
        return app is None or app.type != Kind.PUBLIC or bool(request.client_secret)

    # --- what it asks for -------------------------------------------------------------------

    def validate_redirect_uri(
        self, client_id: str, redirect_uri: str, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether the app registered this very address."""
        return is_registered(redirect_uri, request.client.get_redirect_uris())

    def validate_scopes(
        self,
        client_id: str,
        scopes: list[str],
        client: Client,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Whether the app may ask for these; for nothing it need not ask."""
        allowed = set(client.get_scopes())
        if request.grant_type == Way.OWN:
            allowed &= OWN_SCOPES
        return bool(scopes) and set(scopes) <= allowed

    def get_default_scopes(
        self, client_id: str, request: Request, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What is meant by no scope: nothing, but for an app on its own all that it may have."""
        return sorted(OWN_SCOPES) if request.grant_type == Way.OWN else []

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        """Of every app, as a code may be put into the hands of another (RFC 9700, 2.1.1)."""
        return True

    def validate_silent_login(self, request: Request) -> bool:
        """Only who is signed in comes so far."""
        return True

    def validate_silent_authorization(self, request: Request) -> bool:
        """Nobody is let in without being asked."""
        return False

    def validate_user_match(
        self, id_token_hint: str | None, scopes: list[str], claims: object, request: Request
    ) -> bool:
        """Whether the app expects whoever is signed in, by an identity that it was handed before.

        That one may have expired long ago: it opens nothing.
        """
        reader = context.request.user
        if not id_token_hint or not reader.is_authenticated:
            return True
        hint = decode_jwt_token(
            id_token_hint, client_id=request.client.pk, verify_exp=False, verify_iss=True
        )
        return hint is not None and hint.get("sub") == str(reader.pk)

    # --- codes ------------------------------------------------------------------------------

    def save_authorization_code(
        self, client_id: str, code: dict[str, str], request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """The person said yes: keep that, and the code with what it is bound to."""
        how = AppGrant.How.CODE
        grant = granting.let_in(by=request.user, app=request.client, scopes=request.scopes, how=how)
        asked = {
            "redirect_uri": request.redirect_uri,
            "code_challenge": request.code_challenge,
            "nonce": request.nonce,
            "auth_time": request.auth_time,
        }
        handing.hand_out(
            grant=grant,
            kind=AppToken.Kind.CODE,
            text=code["code"],
            scopes=grant.scopes,
            lasts=lifetimes.CODE,
            asked=asked,
        )

    def get_authorization_code_scopes(
        self, client_id: str, code: str, redirect_uri: str, request: Request
    ) -> list[str]:
        """What was asked for with the code, to choose between OAuth and OpenID Connect."""
        return scopes_of_code(code)

    def validate_code(
        self, client_id: str, code: str, client: Client, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether the code was handed to this app, just now, and is shown for the first time."""
        return self._take(AppToken.Kind.CODE, code, request)

    def _take(self, kind: AppToken.Kind, text: str, request: Request) -> bool:
        self.shown = handing.taken(app=request.client, kind=kind, text=text)
        if self.shown is None:
            return False
        self.grant = self.shown.grant
        request.user, request.scopes = self.grant.person, list(self.shown.scopes)
        return True

    def _asked(self, name: str) -> Any:
        return self.shown.asked.get(name) if self.shown else None

    def confirm_redirect_uri(
        self,
        client_id: str,
        code: str,
        redirect_uri: str,
        client: Client,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Whether the person was sent back to the same address.

        Raises ``InvalidGrantError`` when it was another (RFC 6749, section 5.2).
        """
        if redirect_uri != self._asked("redirect_uri"):
            raise InvalidGrantError(request=request)
        return True

    def get_code_challenge(self, code: str, request: Request) -> str | None:
        """The challenge that the verifier must answer."""
        return str(self._asked("code_challenge"))

    def get_code_challenge_method(self, code: str, request: Request) -> str:
        """How it answers."""
        return PKCE_METHOD

    def get_authorization_code_nonce(
        self, client_id: str, code: str, redirect_uri: str, request: Request
    ) -> str | None:
        """What the app wants to read again in the identity."""
        nonce: str | None = self._asked("nonce")
        return nonce

    def finalize_id_token(
        self, id_token: dict[str, Any], token: dict[str, Any], token_handler: Any, request: Request
    ) -> str:
        """An identity; of a code it says when its person showed who they are (section 3.1.2.1)."""
        if (shown_at := self._asked("auth_time")) is not None:
            id_token["auth_time"] = shown_at
        return str(super().finalize_id_token(id_token, token, token_handler, request))

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """It was spent when the tokens were handed out."""

    # --- refresh tokens, devices ------------------------------------------------------------

    def validate_refresh_token(
        self, refresh_token: str, client: Client, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Whether it was handed to this app, has not ended, and is shown for the first time."""
        return self._take(AppToken.Kind.REFRESH, refresh_token, request)

    def get_original_scopes(
        self, refresh_token: str, request: Request, *args: Any, **kwargs: Any
    ) -> list[str]:
        """More than these it does not bring."""
        return list(self.shown.scopes) if self.shown else []

    def rotate_refresh_token(self, request: Request) -> bool:
        """A refresh token is good once."""
        return True

    def validate_device_code(
        self, client_id: str, device_code: str, request: Request, *args: Any, **kwargs: Any
    ) -> str | None:
        """Where the device's waiting stands."""
        answer, self.grant = devices.polled(app=request.client, device_code=device_code)
        if self.grant is not None:
            request.user, request.scopes = self.grant.person, list(self.grant.scopes)
        return answer

    # --- tokens -----------------------------------------------------------------------------

    def save_bearer_token(
        self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """Keep what is handed out, and spend what it was handed out for."""
        if self.shown is not None:
            handing.spend(token=self.shown)
        grant = self.grant or granting.own_grant(app=request.client, scopes=request.scopes)
        handing.hand_out(
            grant=grant,
            kind=AppToken.Kind.ACCESS,
            text=token["access_token"],
            scopes=request.scopes,
            lasts=lifetimes.ACCESS,
        )
        if "refresh_token" in token:
            handing.hand_out(
                grant=grant,
                kind=AppToken.Kind.REFRESH,
                text=token["refresh_token"],
                scopes=grant.scopes,
                lasts=lifetimes.REFRESH,
            )

    def validate_bearer_token(self, token: str, scopes: list[str], request: Request) -> bool:
        """No door asks here: ``identifying.identify`` is the one place for that."""
        return False

    def validate_jwt_bearer_token(self, token: str, scopes: list[str], request: Request) -> bool:
        """Who somebody is opens nothing."""
        return False

    def revoke_token(
        self, token: str, token_type_hint: str, request: Request, *args: Any, **kwargs: Any
    ) -> None:
        """The app needs it no more."""
        handing.revoke(app=request.client, text=token)

"""The steps of an app and of a person's browser, as the requests that they send."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from allauth.idp.oidc.models import Client as App
from django.test import Client

from nexus.credentials.provider.tests.factories import BACK
from nexus.people.models import Person

VERIFIER = "a-verifier-that-nobody-else-knows-of-its-43-letters"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def basic(name: str, secret: str) -> dict[str, str]:
    text = base64.b64encode(f"{name}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {text}"}


def browser_of(person: Person) -> Client:
    """A browser in which ``person`` is signed in; forms need their token, as outside of tests."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


def submit(browser: Client, page, *, at: str, **fields):
    """Send the form of ``page`` back with its token."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert token
    return browser.post(at, {"csrfmiddlewaretoken": token[1], **fields})


def params(address: str) -> dict[str, str]:
    """What an app reads in the address to which a person is sent back."""
    return dict(parse_qsl(urlsplit(address).query))


@dataclass
class Program:
    """An app at work: what it sends to the hub, and nothing that a real one would not know."""

    app: App
    secret: str = ""
    http: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def address(self, **changes: Any) -> str:
        """Where it sends a person, to be let in."""
        asked = {
            "response_type": "code",
            "client_id": self.app.pk,
            "redirect_uri": BACK,
            "scope": "openid profile read",
            "state": "a state",
            "nonce": "a nonce",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
        } | changes
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"/oauth/authorize?{query}"

    def code_of(self, person: Person, **changes: Any) -> str:
        """The code that it reads after ``person`` let it in."""
        address, browser = self.address(**changes), browser_of(person)
        back = submit(browser, browser.get(address), at=address, answer="yes")
        assert back.status_code == 303, html.unescape(back.content.decode())
        return params(back["Location"])["code"]

    def post(self, path: str, secret: str | None = None, **fields: Any):
        """One of its requests, with its secret when it has one."""
        shown = self.secret if secret is None else secret
        headers = basic(self.app.pk, shown) if shown else {}
        sent = fields if headers else {"client_id": self.app.pk, **fields}
        body = urlencode(sent)
        form = "application/x-www-form-urlencoded"
        return self.http.post(path, body, content_type=form, headers=headers)

    def redeem(self, code: str, **changes: Any):
        """Tokens for a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        } | changes
        return self.post("/oauth/token", **asked)

    def tokens_of(self, person: Person, **changes: Any) -> dict[str, Any]:
        """What it holds after ``person`` let it in."""
        answer = self.redeem(self.code_of(person, **changes))
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def refresh(self, refresh_token: str, **more: Any):
        """Other tokens for a refresh token."""
        return self.post(
            "/oauth/token", grant_type="refresh_token", refresh_token=refresh_token, **more
        )


def me(access_token: str):
    """Whom a program acts for, by the hub's own interface."""
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {access_token}"})

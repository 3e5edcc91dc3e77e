"""A program that signs in, for tests."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from nexus.people.models import Person
from nexus.people.secrets_kept import sealed
from nexus.people.tests.flows import PASSWORD

AUTH = "/api/v1/auth"
AGENT = "nexus-notes/1.2 (Linux)"


class Program:
    """What a client of the hub does: it posts JSON, and keeps what it is given."""

    def __init__(self, address: str = "192.0.2.1", agent: str = AGENT) -> None:
        self.client = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
        self.access = self.refresh = self.session_token = ""

    def post(self, path: str, told: object, **headers: str):
        answer = self.client.post(
            f"{AUTH}/{path}", told, content_type="application/json", headers=headers
        )
        self._keep(answer.json())
        return answer

    def _keep(self, told: dict[str, Any]) -> None:
        found = {**told.get("data", {}), **told.get("meta", {})}
        self.access = found.get("access_token", self.access)
        self.refresh = found.get("refresh_token", self.refresh)
        self.session_token = found.get("session_token", self.session_token)

    def sign_in(self, name: str = "ada", password: str = PASSWORD):
        return self.post("login", {"username": name, "password": password})

    def give_code(self, code: str):
        return self.post("2fa/authenticate", {"code": code}, X_Session_Token=self.session_token)

    def renew(self, token: str = ""):
        return self.post("tokens/refresh", {"refresh_token": token or self.refresh})

    def ask(self, path: str = "/api/v1/me", method: str = "get", token: str = ""):
        headers = {"Authorization": f"Bearer {token or self.access}"}
        return getattr(self.client, method)(path, headers=headers)

    def works(self) -> bool:
        return bool(self.ask().status_code == 200)


def signed_in(name: str = "ada") -> Program:
    program = Program()
    assert program.sign_in(name).status_code == 200
    return program


def with_app(person: Person) -> str:
    """Give ``person`` an authenticator app and recovery codes; returns a recovery code."""
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": sealed(secret)}
    )
    return str(RecoveryCodes.activate(person).get_unused_codes()[0])

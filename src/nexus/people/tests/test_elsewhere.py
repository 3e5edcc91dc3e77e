"""Signing in with an account elsewhere, against a provider of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from django.test import Client

from nexus.config.environment import Environment
from nexus.config.identity import configured_providers, provider_apps, provider_settings
from nexus.kernel import audit
from nexus.kernel.models import AuditRecord
from nexus.people.models import Person
from nexus.people.selectors import proven_addresses
from nexus.people.tests import elsewhere_urls
from nexus.people.tests.flows import confirm, events, is_signed_in, newest_mail, settled, sign_in

pytestmark = pytest.mark.django_db

ADA = {"id": 815, "login": "ada-l", "name": "Ada Lovelace"}


class Provider(BaseHTTPRequestHandler):
    """As much of GitHub as signing in with it needs."""

    email = "ada@example.org"
    verified = True
    codes: list[str] = []

    def answer(self, found: object) -> None:
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.codes.append(given["code"][0])
        if given["code"] != ["good"]:
            self.answer({"error": "bad_verification_code"})
        else:
            self.answer({"access_token": "token", "token_type": "bearer"})

    def do_GET(self) -> None:
        emails = [{"email": self.email, "verified": self.verified, "primary": True}]
        self.answer(emails if self.path.endswith("/emails") else ADA)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def github(settings, monkeypatch) -> Iterator[None]:
    """A hub that is configured for GitHub, and a GitHub that answers."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "github": {"APPS": [{"client_id": "id", "secret": "secret"}], "SCOPE": ["user:email"]}
    }
    settings.ROOT_URLCONF = elsewhere_urls.__name__
    monkeypatch.setitem(registry.provider_map, "github", GitHubProvider)
    monkeypatch.setattr(Provider, "email", "ada@example.org")
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        monkeypatch.setattr(GitHubOAuth2Adapter, "access_token_url", f"{base}/token")
        monkeypatch.setattr(GitHubOAuth2Adapter, "profile_url", f"{base}/user")
        monkeypatch.setattr(GitHubOAuth2Adapter, "emails_url", f"{base}/user/emails")
        yield
        server.shutdown()


def go(client: Client, *, code: str = "good", state: str = "", **given: str):
    """Go to the provider and come back."""
    there = client.post("/accounts/elsewhere/github", given)
    asked = parse_qs(urlsplit(there["Location"]).query)
    answer = {"code": code, "state": state or asked["state"][0]}
    return client.get("/accounts/elsewhere/github/back", answer)


def choose(client: Client, **given: str):
    form = {"name": "Ada Lovelace", "username": "ada", "email": "ada@example.org", **given}
    return client.post("/accounts/elsewhere/sign-up", form)


def test_whoever_comes_first_chooses_a_handle(client, github):
    assert go(client)["Location"] == "/accounts/elsewhere/sign-up"
    page = client.get("/accounts/elsewhere/sign-up").content.decode()
    assert "Ada Lovelace" in page
    assert not Person.objects.exists()

    choose(client)

    ada = Person.objects.get()
    assert (ada.handle, ada.has_usable_password()) == ("ada", False)
    assert EmailAddress.objects.get().verified, "the provider has verified it"
    assert is_signed_in(client)
    assert events("factor_added") == [{"person": ada.pk, "factor": "github"}]
    assert not SocialToken.objects.exists()


def test_the_second_time_it_signs_in(client, github):
    go(client)
    choose(client)
    fresh = Client()

    assert go(fresh)["Location"] == "/"
    assert is_signed_in(fresh)
    assert events("signed_in")[-1]["how"] == ["github"]


def test_where_one_came_from_is_not_forgotten_on_the_way(client, github):
    go(client, next="/i/lusab-babad-gutih")

    assert choose(client)["Location"] == "/i/lusab-babad-gutih"
    assert go(Client(), next="/i/lusab-babad-gutih")["Location"] == "/i/lusab-babad-gutih"
    assert go(Client(), next="//evil.example")["Location"] == "/"


def test_nor_is_it_where_the_address_is_yet_to_be_verified(client, github, monkeypatch):
    monkeypatch.setattr(Provider, "verified", False)
    go(client, next="/i/lusab-babad-gutih")
    form = client.get("/accounts/elsewhere/sign-up").content.decode()
    assert 'name="next" value="/i/lusab-babad-gutih"' in form

    choose(client, next="/i/lusab-babad-gutih")

    assert "?next=%2Fi%2Flusab-babad-gutih" in newest_mail().body


def test_an_address_that_the_provider_knows_nothing_of_is_not_taken_for_ones_own(client, github):
    go(client)
    choose(client, email="grace@example.org")

    ada = Person.objects.get()
    assert ada.email == "ada@example.org"
    assert proven_addresses(ada) == {"ada@example.org"}


def test_an_account_is_not_opened_for_having_the_same_address(client, github):
    settled()
    go(client)

    answer = choose(client, username="ada-2")

    assert answer["Location"] == "/accounts/verify"
    assert not is_signed_in(client)
    assert Person.objects.count() == 1
    assert newest_mail().subject == "You have an account already"


def state_of(client: Client) -> str:
    """The state of a sign-in that was begun in this browser."""
    there = client.post("/accounts/elsewhere/github")
    return parse_qs(urlsplit(there["Location"]).query)["state"][0]


def told() -> list[tuple[str, dict[str, str]]]:
    """What the audit log tells of those who came back from elsewhere."""
    rows = AuditRecord.objects.filter(is_refusal=True).order_by("pk")
    return [(row.action, row.details) for row in rows]


MIXED_UP = ("sign-in.mixed-up", {"provider": "github"})


@pytest.mark.parametrize(
    ("code", "state", "action"),
    [("bad", "", "sign-in.elsewhere-refused"), ("good", "made-up", "sign-in.mixed-up")],
)
def test_what_was_made_up_signs_nobody_in(client, github, code, state, action):
    page = go(client, code=code, state=state)

    assert not is_signed_in(client)
    assert page.status_code == 401
    assert not SocialAccount.objects.exists()
    assert told() == [(action, {"provider": "github"})]


def test_another_browsers_state_is_not_taken(client, github):
    go(client, state=state_of(Client()))

    assert not SocialAccount.objects.exists()
    assert not is_signed_in(client)
    assert told() == [MIXED_UP]


def test_a_state_is_good_once_and_never_left_out(client, github):
    answer = {"code": "good", "state": state_of(client)}
    assert client.get("/accounts/elsewhere/github/back", answer).status_code == 302
    assert told() == []

    for again in (answer, {"code": "good"}):
        assert Client().get("/accounts/elsewhere/github/back", again).status_code == 401
        assert client.get("/accounts/elsewhere/github/back", again).status_code == 401

    assert told() == [MIXED_UP] * 4
    assert not Person.objects.exists()


def test_mixed_up_states_fill_no_disk(client, github, monkeypatch):
    monkeypatch.setattr(audit, "MOST_REFUSALS", 2)

    for _ in range(4):
        client.get("/accounts/elsewhere/github/back", {"code": "good", "state": "made-up"})

    assert told() == [MIXED_UP] * 2


def test_an_account_is_connected_and_taken_away(client, github):
    settled()
    sign_in(client)
    confirm(client)

    go(client, process="connect")

    assert [one["factor"] for one in events("factor_added")] == ["github"]
    assert newest_mail().subject == "Another way to sign in was added"
    number = str(SocialAccount.objects.get().pk)
    client.post("/accounts/elsewhere", {"account": number})
    assert not SocialAccount.objects.exists()
    assert [one["factor"] for one in events("factor_removed")] == ["github"]


def test_the_account_of_another_is_not_taken_away(client, github):
    settled("eve")
    eve = Client()
    sign_in(eve, "eve")
    confirm(eve)
    go(client)
    choose(client)

    eve.post("/accounts/elsewhere", {"account": str(SocialAccount.objects.get().pk)})

    assert SocialAccount.objects.exists()


def test_a_hub_that_is_closed_takes_nobody_from_elsewhere(client, github, settings):
    settings.SIGN_UP = "closed"

    assert "takes no new" in go(client).content.decode()
    choose(client)
    assert not Person.objects.exists()


def test_a_refusal_elsewhere_is_told(client, github):
    given_up = {"error": "access_denied", "state": state_of(client)}

    answer = client.get("/accounts/elsewhere/github/back", given_up, follow=True)

    assert "You are not signed in" in answer.content.decode()
    assert told() == [], "who gives up has tried nothing"


def test_buttons_are_there_where_it_is_configured(client, github):
    assert "Sign in with GitHub" in client.get("/accounts/sign-in").content.decode()


# --- and where it is not ---


def test_without_a_configuration_nothing_of_it_is_seen(client):
    assert "GitHub" not in client.get("/accounts/sign-in").content.decode()
    assert client.post("/accounts/elsewhere/github").status_code == 404


def test_an_id_without_a_secret_configures_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    monkeypatch.setenv("NEXUS_GITHUB_CLIENT_ID", "id")
    assert configured_providers(Environment()) == {}

    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("NEXUS_GITHUB_CLIENT_SECRET_FILE", str(tmp_path / "secret"))

    assert configured_providers(Environment()) == {"github": ("id", "s3cret")}
    assert provider_apps(Environment()) == ["allauth.socialaccount.providers.github"]
    assert provider_settings(Environment())["github"]["APPS"][0]["secret"] == "s3cret"

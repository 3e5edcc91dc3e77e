"""A real OAuth client walks every way in to a real hub, and a person's browser answers it."""

import re
import time
from collections.abc import Iterator

import pytest
import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6749.errors import MismatchingStateException
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.browser.hubs import PATIENCE_SECONDS, Hub, migrated, serving

pytestmark = pytest.mark.usefixtures("no_cover")

BACK = "http://127.0.0.1:1/back"
VERIFIER = "a-verifier-that-nobody-else-knows-of-its-43-letters"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture(autouse=True)
def over_http(monkeypatch):
    """The hub of a test speaks http, on this machine."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def hub(tmp_path_factory) -> Iterator[Hub]:
    with serving(migrated(tmp_path_factory.mktemp("apps"))) as served:
        yield served


@pytest.fixture(scope="module")
def owner(hub) -> requests.Session:
    """The browser of the hub's owner, signed in by their link."""
    browser = requests.Session()
    submit(browser, hub.owner_link)
    return browser


@pytest.fixture(scope="module")
def described(hub) -> dict[str, str]:
    return dict(requests.get(f"{hub.address}/.well-known/openid-configuration", timeout=60).json())


def submit(browser, address, **fields):
    """Fill in and send the form of a page; where it leads is not followed."""
    page = browser.get(address, timeout=PATIENCE_SECONDS)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token, page.text
    sent = {"csrfmiddlewaretoken": token[1], **fields}
    return browser.post(address, sent, timeout=PATIENCE_SECONDS, allow_redirects=False)


def register(hub, owner, *ways, kind="public", redirects=""):
    """(id, secret) of a new app, as its page shows them."""
    scopes = ["openid", "profile", "read", "git"]
    asked = {"name": "Notes", "kind": kind, "ways": ways, "redirects": redirects, "scopes": scopes}
    page = submit(owner, f"{hub.address}/accounts/apps", **asked).text
    name = re.search(r"/accounts/apps/([0-9a-f]{32})/delete", page)
    secret = re.search(r"nxc_\w{46}", page)
    assert name, page
    return name[1], secret[0] if secret else ""


def me(hub, token):
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{hub.address}/api/v1/me", headers=headers, timeout=PATIENCE_SECONDS)


def test_a_browser_app_comes_in_renews_and_leaves(hub, owner, described):
    name, secret = register(hub, owner, "authorization_code", kind="confidential", redirects=BACK)
    app = OAuth2Session(
        name, secret, scope="openid profile read", redirect_uri=BACK, code_challenge_method="S256"
    )
    address, state = app.create_authorization_url(
        described["authorization_endpoint"], code_verifier=VERIFIER, nonce="n-1"
    )
    back = submit(owner, address, answer="yes").headers["Location"]
    with pytest.raises(MismatchingStateException):
        app.fetch_token(described["token_endpoint"], authorization_response=back, state="mixed up")
    shown = {"authorization_response": back, "state": state, "code_verifier": VERIFIER}
    first = dict(app.fetch_token(described["token_endpoint"], **shown))

    keys = KeySet.import_key_set(requests.get(described["jwks_uri"], timeout=60).json())
    claims = jwt.decode(first["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (described["issuer"], name, "n-1")
    assert app.get(described["userinfo_endpoint"]).json()["sub"] == claims["sub"]
    assert me(hub, first["access_token"]).json()["scopes"] == ["openid", "profile", "read"]

    second = dict(app.refresh_token(described["token_endpoint"], first["refresh_token"]))
    assert me(hub, second["access_token"]).status_code == 200
    with pytest.raises(OAuthError):
        app.refresh_token(described["token_endpoint"], first["refresh_token"])
    assert me(hub, second["access_token"]).status_code == 401


def test_what_an_app_revokes_ends_at_once(hub, owner, described):
    name, _ = register(hub, owner, "authorization_code", redirects=BACK)
    app = OAuth2Session(
        name,
        scope="read",
        redirect_uri=BACK,
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
        revocation_endpoint_auth_method="none",
    )
    address, state = app.create_authorization_url(
        described["authorization_endpoint"], code_verifier=VERIFIER
    )
    back = submit(owner, address, answer="yes").headers["Location"]
    shown = {"authorization_response": back, "state": state, "code_verifier": VERIFIER}
    tokens = app.fetch_token(described["token_endpoint"], **shown)
    app.revoke_token(described["revocation_endpoint"], tokens["refresh_token"])
    assert me(hub, tokens["access_token"]).status_code == 401


def test_an_app_on_its_own_reads_as_its_owner(hub, owner, described):
    name, secret = register(hub, owner, "client_credentials", kind="confidential")
    app = OAuth2Session(name, secret)
    tokens = app.fetch_token(described["token_endpoint"], grant_type="client_credentials")
    assert me(hub, tokens["access_token"]).json()["scopes"] == ["read"]
    with pytest.raises(OAuthError):
        app.fetch_token(described["token_endpoint"], grant_type="client_credentials", scope="git")


def test_a_device_waits_until_its_person_has_typed_its_code(hub, owner, described):
    name, _ = register(hub, owner, DEVICE)
    asked = {"client_id": name, "scope": "git"}
    begun = requests.post(described["device_authorization_endpoint"], asked, timeout=60).json()
    app = OAuth2Session(name, token_endpoint_auth_method="none")
    ask = {"grant_type": DEVICE, "device_code": begun["device_code"]}
    with pytest.raises(OAuthError, match="authorization_pending"):
        app.fetch_token(described["token_endpoint"], **ask)
    submit(owner, begun["verification_uri"], code=begun["user_code"], answer="yes")
    time.sleep(begun["interval"])
    tokens = app.fetch_token(described["token_endpoint"], **ask)
    assert me(hub, tokens["access_token"]).json()["scopes"] == ["git"]
    repository = f"{hub.address}/git/commons/nexus.git/info/refs?service=git-upload-pack"
    hub.wait_for("/c/commons/nexus/")
    shown = ("app", tokens["access_token"])
    assert requests.get(repository, auth=shown, timeout=PATIENCE_SECONDS).status_code == 200
    assert requests.get(repository, auth=("app", "nxa_x"), timeout=60).status_code == 401

"""A hub behind a gateway that speaks https: who is led, what is told, which cookies are set."""

import http.client
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser.hubs import PATIENCE_SECONDS, Hub, migrated, serving

pytestmark = pytest.mark.usefixtures("no_cover")

NAME = "hub.example.org"
SIGN_IN = "/accounts/sign-in"


@pytest.fixture(scope="module")
def behind(tmp_path_factory) -> Iterator[Hub]:
    """A hub that trusts the gateway on its own machine: this test."""
    variables = {"NEXUS_PUBLIC_URL": f"https://{NAME}", "NEXUS_TRUSTED_PROXIES": "127.0.0.1"}
    with serving(migrated(tmp_path_factory.mktemp("https")), environment=variables) as hub:
        yield hub


def ask(hub: Hub, path: str, *, by: str = "", method: str = "GET", body: str = "", **headers: str):
    """(response, body), as the gateway asks for somebody who came ``by`` http or https."""
    line = http.client.HTTPConnection(urlsplit(hub.address).netloc, timeout=PATIENCE_SECONDS)
    said = {"X-Forwarded-Proto": by, "X-Forwarded-For": "192.0.2.9"} if by else {}
    line.request(method, path, body or None, {"Host": NAME, **said, **headers})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer, text


def test_who_came_by_http_is_led_to_https(behind):
    answer, _ = ask(behind, "/search?q=x", by="http")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/search?q=x")
    assert ask(behind, SIGN_IN, by="http", method="POST")[0].status == 403


def test_what_looks_for_life_is_answered_by_http(behind):
    assert ask(behind, "/health/live", by="http")[0].status == 200
    assert ask(behind, "/health/ready")[0].status == 200


def test_browsers_are_told_to_stay_with_https(behind):
    told = ask(behind, "/", by="https")[0].headers["Strict-Transport-Security"]
    assert told == "max-age=31536000"
    assert "Strict-Transport-Security" not in ask(behind, "/")[0].headers


def test_nobody_plants_a_cookie_from_a_neighbouring_host(behind):
    page, _ = ask(behind, SIGN_IN, by="https")
    planted = page.headers["Set-Cookie"]
    assert re.match(r"__Host-nexus_csrf=\w+;", planted)
    assert all(word in planted for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in planted


def signed_in_by_link(hub: Hub, **headers: str):
    """What answers the form behind the owner's link, sent with these headers."""
    path = urlsplit(hub.owner_link).path
    page, text = ask(hub, path, by="https")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert token, text
    return ask(
        hub,
        path,
        by="https",
        method="POST",
        body=urlencode({"csrfmiddlewaretoken": token[1]}),
        **{
            "Cookie": page.headers["Set-Cookie"].partition(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
            **headers,
        },
    )[0]


def test_a_form_is_taken_from_the_hubs_own_address_only(behind):
    assert signed_in_by_link(behind, Origin="https://evil.example.org").status == 403
    assert signed_in_by_link(behind, Origin=f"http://{NAME}").status == 403

    taken = signed_in_by_link(behind, Origin=f"https://{NAME}")
    assert taken.status == 302
    cookies = "\n".join(taken.headers.get_all("Set-Cookie"))
    session = re.search(r"^__Host-nexus_session=.*$", cookies, re.MULTILINE)
    assert session
    assert "Secure" in session[0]
    assert "HttpOnly" in session[0]

"""Who comes by http to a hub of https is led there, or told no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.http.asgi import Receive, Scope, Send, respond
from nexus.kernel.http.https import HttpsOnly
from nexus.kernel.http.tests.client import Response, ask, run

PLAINLY = ("X-Forwarded-Proto", "http")


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind."""
    await respond(send, status=200, headers=[], body=b"a page")


def get(path: str = "/", **request: object) -> Response:
    hub = HttpsOnly(page, public_url="https://hub.example.org/", spared=("/health/",))
    return run(ask(hub, path, **request))  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_moves_to_the_same_address_by_https(method):
    told = get("/search", query="q=a%20b", method=method, headers=[PLAINLY])
    assert told.status == 301
    assert told.header("location") == "https://hub.example.org/search?q=a%20b"
    assert told.header("cache-control") == "no-store"


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_nobody_is_led_anywhere_else(rest):
    told = get(f"/{rest}", headers=[PLAINLY, ("Host", "evil.example.org")])
    assert told.header("location") == f"https://hub.example.org/{rest}"


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST", "headers": [PLAINLY]},
        {"method": "GET", "headers": [PLAINLY, ("Authorization", "Bearer x")]},
    ],
)
def test_what_should_not_have_been_sent_is_refused_and_not_led(request_):
    told = get("/git/a/b/git-receive-pack", **request_)
    assert told.status == 403
    assert b"https only" in told.body
    assert told.header("location") is None


@pytest.mark.parametrize(
    "request_",
    [
        {"headers": []},
        {"headers": [("X-Forwarded-Proto", "https")]},
        {"headers": [PLAINLY], "scheme": "https"},
        {"path": "/health/live", "headers": [PLAINLY]},
    ],
)
def test_everything_else_is_served(request_):
    assert get(**request_).body == b"a page"

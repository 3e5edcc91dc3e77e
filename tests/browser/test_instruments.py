"""What the browser tests look with sees what it should."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.fixtures import open_page
from tests.browser.hubs import Hub, HubFailed, serving

HEAD = '<!doctype html><html lang="en"><head><title>T</title></head><body><main><h1>H</h1>'
GOOD = f"{HEAD}<p>Words.</p></main></body></html>"


class _Answer(BaseHTTPRequestHandler):
    """One page for every address, under a policy as strict as the hub's."""

    def __init__(self, *arguments, page: str) -> None:
        self.page = page.encode()
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@contextmanager
def stand_in(page: str) -> Iterator[Hub]:
    """A server in place of a hub, that answers with ``page``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answer, page=page)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Hub(f"http://127.0.0.1:{server.server_port}", "", Path(), 0)
        server.shutdown()


def test_a_good_page_passes(browser):
    with stand_in(GOOD) as hub, open_page(browser, hub) as page:
        page.goto("/")
        assert_accessible(page)


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<img src="/x.png">', "image-alt"),
        ('<p style="color:#999;background:#aaa">Grey.</p>', "color-contrast"),
        ("<h4>Skipped</h4>", "heading-order"),
    ],
)
def test_what_shuts_people_out_is_found(browser, fault, rule):
    page = browser.new_page()
    page.set_content(f"{HEAD}{fault}</main></body></html>")

    with pytest.raises(AssertionError, match=rule):
        assert_accessible(page)

    page.close()


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("<script>alert(1)</script>", "Content Security Policy"),
        ('<img alt="" src="http://127.0.0.1:9/pixel.png">', "asked elsewhere|Content Security"),
    ],
)
def test_a_page_that_complains_fails_its_test(browser, fault, complaint):
    with (
        stand_in(f"{GOOD}{fault}") as hub,
        pytest.raises(AssertionError, match=complaint),
        open_page(browser, hub) as page,
    ):
        page.goto("/", wait_until="networkidle")


def test_a_hub_that_does_not_start_says_why(tmp_path):

    with pytest.raises(HubFailed, match="did not start"), serving(tmp_path, "--no-such-option"):
        pass

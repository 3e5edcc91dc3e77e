"""Signing in and out in a real browser: cookies, the origin and the policy included."""

import json

from playwright.sync_api import Page, expect

from tests.browser.fixtures import sign_in
from tests.browser.hubs import Hub


def link_of(hub: Hub, handle: str) -> str:
    """A new link for a person, at the address where the hub serves."""
    made: str = json.loads(hub.run("person", "link", handle, "--json").stdout)["link"]
    return hub.address + made[made.index("/accounts/") :]


def open_menu(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()


def test_the_link_that_serve_prints_signs_the_owner_in(owner_page):
    owner_page.goto("/")

    open_menu(owner_page)

    expect(owner_page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_link_works_once(owner_page, page, hub):
    owner_page.goto("/")  # it has used the link up

    assert not page.request.get(hub.owner_link).ok


def test_signing_out_ends_it(page, hub):
    sign_in(page, link_of(hub, "owner"))
    open_menu(page)

    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in")).to_be_visible()

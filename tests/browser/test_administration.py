"""The administration in a real browser: under the hub's policy, for everybody's eyes and hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.fixtures import NARROW, open_page, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.hubs import Hub

DESKS = ("people", "cohorts", "runs", "events")


def test_every_desk_is_for_everybodys_eyes_and_needs_no_weaker_policy(owner_page: Page) -> None:
    owner_page.goto("/admin/")
    expect(owner_page.get_by_role("heading", name="How the hub does")).to_be_visible()
    assert_accessible(owner_page)
    for desk in DESKS:
        owner_page.goto(f"/admin/{desk}")
        owner_page.locator(".desk-filter > summary").first.click()
        assert_accessible(owner_page)
    owner_page.goto("/admin/people")
    owner_page.locator("tbody th a").first.click()
    owner_page.get_by_role("button", name="Sign out everywhere").wait_for()
    assert_accessible(owner_page)


def test_somebody_is_suspended_and_restored_without_javascript(browser: Browser, hub: Hub) -> None:
    hub.run("person", "add", "gustav", "--email", "gustav@example.org")
    link = hub.run("person", "link", "owner").stdout
    address = next(word for word in link.split() if "/accounts/link/" in word)
    with open_page(browser, hub, **NARROW, java_script_enabled=False) as page:
        sign_in(page, address)
        page.goto("/admin/people?q=gustav")
        page.get_by_role("link", name="gustav", exact=True).click()
        page.get_by_role("button", name="Suspend").click()
        page.get_by_role("heading", name="Suspend?").wait_for()
        page.get_by_role("button", name="Suspend").click()
        expect(page.get_by_text("The account opens nothing until it is restored.")).to_be_visible()
        page.get_by_role("button", name="Restore").click()
        expect(page.get_by_text("opens again what it opened before")).to_be_visible()

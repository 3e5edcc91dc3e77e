"""Proposing a change and accepting it, in a real browser that runs no script."""

from playwright.sync_api import expect

from tests.browser.fixtures import open_page, sign_in
from tests.browser.test_inviting import PLAIN, invite, link_of


def test_a_change_is_proposed_and_accepted_with_one_click(browser, hub):
    fern = link_of(hub, "fern-sorrel", "--name", "Fern Sorrel")
    moss = link_of(hub, "moss-sorrel", "--name", "Moss Sorrel")
    hub.run("cohort", "create", "sorrel-growers", "--owner", "fern-sorrel")

    with open_page(browser, hub, **PLAIN) as owner, open_page(browser, hub, **PLAIN) as reader:
        sign_in(owner, fern)
        owner.goto("/c/sorrel-growers/-/write/document")
        owner.get_by_label("Title").fill("How to sow")
        owner.get_by_label("Text").fill("Sow it in March.\n\nWater it.\n")
        owner.get_by_role("button", name="Publish").click()
        expect(owner.get_by_role("heading", name="How to sow", level=1)).to_be_visible()
        address = owner.url

        code = invite(owner, "guest", cohort="sorrel-growers")
        sign_in(reader, moss)
        reader.goto(f"/i/{code}")
        reader.get_by_role("button", name="Accept as Moss Sorrel").click()
        expect(reader.get_by_role("heading", name="Sorrel growers", level=1)).to_be_visible()
        reader.goto(address)
        reader.get_by_role("link", name="Propose a change").click()
        text = reader.get_by_label("Text").input_value()
        reader.get_by_label("Text").fill(text.replace("March", "April"))
        reader.get_by_label("What did you change?").fill("March is too cold")
        reader.get_by_role("button", name="Propose it").click()
        expect(reader.get_by_role("heading", name="March is too cold")).to_be_visible()
        proposal = reader.url

        owner.goto(address)
        owner.get_by_role("link", name="Look").click()
        owner.get_by_role("link", name="March is too cold").click()
        owner.get_by_role("button", name="Accept").click()
        expect(owner.get_by_text("Sow it in April.")).to_be_visible()

        reader.goto(proposal)
        expect(reader.get_by_text("by Fern Sorrel")).to_be_visible()
        reader.get_by_role("link", name="See what it became").click()
        expect(reader.get_by_text("Sow it in April.")).to_be_visible()

"""What the islands add to pages that read without them."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from nexus.web.tests.gallery.server import Gallery
from nexus.web.tests.gallery.window import window_on
from tests.browser.accessibility import assert_accessible
from tests.browser.fixtures import stop_clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Position

pytestmark = pytest.mark.browser

NARROW = {"width": 390, "height": 844}


def background(page: "Page") -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_a_block_of_code_is_copied_as_it_was_written(window: "Page") -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stop_clock(window)
    window.goto("/entry-document")
    window.get_by_role("button", name="Copy").first.click()
    window.get_by_role("button", name="Copied").wait_for()
    copied = str(window.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith("class JobList(ListAPIView):\n")
    assert copied.endswith("[:200]")


def test_of_a_session_at_the_console_the_commands_are_copied(window: "Page") -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stop_clock(window)
    window.goto("/entry-document")
    session = window.locator("figure.code", has_text="manage.py test")
    session.get_by_role("button", name="Copy").click()
    session.get_by_role("button", name="Copied").wait_for()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert copied == "python manage.py test jobs --parallel"


def test_a_clone_address_is_copied(window: "Page") -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stop_clock(window)
    window.goto("/entry-project")
    window.locator("[data-copy]").click()
    window.get_by_text("Copied").wait_for()
    copied = str(window.evaluate("navigator.clipboard.readText()"))
    assert copied == "https://nexus.example/git/prodev/lewis-nexus.git"


# The second answer is worded as the first: only the count tells that it was given.
COUNT_ANSWERS = """button => {
  let answers = 0;
  new MutationObserver(() => { button.dataset.answers = String(++answers); })
    .observe(button, { childList: true, subtree: true });
}"""


@pytest.mark.parametrize(
    ("page", "which"), [("/entry-document", ".copy"), ("/entry-project", "[data-copy]")]
)
def test_a_button_pressed_twice_says_what_it_does_again(
    window: "Page", page: str, which: str
) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stop_clock(window)
    window.goto(page)
    button = window.locator(which).first
    button.evaluate(COUNT_ANSWERS)
    for press in (1, 2):
        button.click()
        expect(button).to_have_attribute("data-answers", str(press))
        expect(button).to_have_text("Copied")
        window.clock.run_for(1500)
    expect(button).to_have_text("Copied")  # from the second press on, the time is whole
    window.clock.run_for(600)
    expect(button).to_have_text("Copy")


def test_suggestions_are_reached_and_taken_by_keyboard(window: "Page") -> None:
    window.goto("/entry-document")
    box = window.get_by_role("combobox", name="Search")
    box.fill("quer")  # at once: it is asked for once
    window.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert_accessible(window)
    box.press("ArrowDown")
    chosen = window.get_by_role("option", selected=True)
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    box.press("Enter")
    window.wait_for_url("**/entry-snippet")


def test_escape_closes_the_suggestions_and_keeps_the_words(window: "Page") -> None:
    window.goto("/entry-document")
    box = window.get_by_role("combobox", name="Search")
    box.fill("quer")  # at once: it is asked for once
    window.get_by_role("option").first.wait_for()
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "quer"


def test_one_letter_asks_for_nothing(window: "Page") -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    stop_clock(window)
    window.goto("/entry-document")
    box = window.get_by_role("combobox", name="Search")
    for words in ("q", "qu"):
        box.fill(words)
        window.clock.run_for(1_000)
    window.get_by_role("option").first.wait_for()
    suggested = [address for address in asked if "/search/suggest" in address]
    assert [address.rpartition("?")[2] for address in suggested] == ["q=qu"]


def test_a_chosen_theme_is_there_before_the_first_paint(window: "Page") -> None:
    window.emulate_media(color_scheme="light")
    window.goto("/entry-project")
    by_day = background(window)
    window.get_by_role("button", name="Dark").click()
    by_night = background(window)
    assert by_night != by_day
    window.goto("/home", wait_until="commit")
    window.wait_for_selector("header.top")
    assert background(window) == by_night
    window.get_by_role("button", name="Device").click()
    assert background(window) == by_day


def test_a_light_page_on_a_dark_device(window: "Page") -> None:
    window.emulate_media(color_scheme="dark")
    window.goto("/entry-project")
    by_night = background(window)
    window.get_by_role("button", name="Light").click()
    assert background(window) != by_night


def test_dates_are_words_where_the_reader_is(browser: "Browser", gallery: Gallery) -> None:
    with window_on(browser, gallery.address, timezone_id="Africa/Kigali") as page:
        page.clock.install(time="2026-11-20T14:03:00Z")
        page.goto("/entry-document")
        first = page.locator(".head time")
        expect(first).to_have_text("3 days ago")
        assert re.search(r"17 November 2026.*16:03.*GMT\+2", first.get_attribute("title") or "")


def test_a_slash_goes_to_the_search_box(window: "Page") -> None:
    window.goto("/entry-project")
    window.keyboard.press("/")
    assert window.evaluate("document.activeElement.type") == "search"


def test_the_shortcuts_are_listed_and_can_be_turned_off(window: "Page") -> None:
    window.goto("/entry-project")
    window.keyboard.press("?")
    dialog = window.get_by_role("dialog", name="Keyboard shortcuts")
    dialog.wait_for()
    assert_accessible(window)
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    window.keyboard.press("/")
    assert window.evaluate("document.activeElement.type") != "search"


def test_keys_typed_into_a_field_are_letters(window: "Page") -> None:
    window.goto("/repository-add")
    window.get_by_label("Address").press_sequentially("a/b?")
    assert window.get_by_label("Address").input_value() == "a/b?"


def test_a_diagram_is_drawn_and_its_source_stays_at_hand(window: "Page") -> None:
    window.goto("/entry-document")
    figure = window.locator("figure.diagram").first
    figure.scroll_into_view_if_needed()
    drawing = figure.get_by_role("img")
    drawing.wait_for()
    width = "async picture => { await picture.decode(); return picture.naturalWidth; }"
    assert int(drawing.evaluate(width)) > 100
    assert not figure.locator("pre").is_visible()
    figure.get_by_role("button", name="Show source").click()
    assert "participant B as Browser" in figure.locator("pre").inner_text()
    assert_accessible(window)


def test_the_frame_that_draws_has_no_power_over_the_page(window: "Page") -> None:
    window.goto("/entry-document")
    window.locator("figure.diagram").first.scroll_into_view_if_needed()
    window.locator("figure.diagram").first.get_by_role("img").wait_for()
    frame = window.locator("iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts"
    assert frame.evaluate("one => one.contentDocument") is None


def test_a_diagram_that_cannot_be_drawn_stays_readable(window: "Page") -> None:
    window.goto("/entry-document")
    source = window.locator("figure.diagram pre").first
    source.evaluate("one => { one.textContent = 'graph TD\\n  A --> ] nonsense'; }")
    source.scroll_into_view_if_needed()
    window.locator("figure.diagram-failed").wait_for()
    assert source.is_visible()


def test_a_range_of_lines_is_chosen_with_shift_and_kept_in_the_address(window: "Page") -> None:
    chosen = window.locator(".chosen")
    window.goto("/file-source#L1")
    expect(chosen).to_have_count(1)  # the island is there
    number: Position = {"x": 20, "y": 8}
    window.locator("#L12").click(position=number)
    window.locator("#L9").click(position=number, modifiers=["Shift"])
    assert window.evaluate("location.hash") == "#L9-L12"
    expect(chosen).to_have_count(4)
    window.goto("/file-source#L20-L18")
    window.reload()
    expect(chosen).to_have_count(3)


def test_the_contents_mark_the_section_that_is_read(window: "Page") -> None:
    window.goto("/entry-document")
    window.locator(".toc a", has_text="How the page is built").click()
    expect(window.locator(".toc [aria-current]")).to_have_text("How the page is built")


def test_the_bar_moves_while_a_repository_is_read(window: "Page") -> None:
    window.goto("/repository-running")
    window.get_by_text("Making pages").wait_for()
    expect(window.get_by_role("progressbar")).to_have_attribute("value", "700")
    expect(window.locator("[data-count]")).to_have_text("700 of 1210")


def test_two_equal_versions_are_not_compared(window: "Page") -> None:
    window.goto("/history")
    compare = window.get_by_role("button", name="Compare")
    expect(compare).to_be_enabled()
    window.locator("input[name=to]").nth(1).check()
    expect(compare).to_be_disabled()


def test_a_link_to_what_is_folded_opens_it(window: "Page") -> None:
    window.goto("/entry-contract#operation-postJob")
    operation = window.locator("#operation-postJob")
    expect(operation).to_have_attribute("open", "")
    expect(operation).to_be_in_viewport()
    schema = window.locator("#schema-Person")
    expect(schema).not_to_have_attribute("open", "")
    window.evaluate("location.hash = 'schema-Person'")
    expect(schema).to_have_attribute("open", "")
    expect(schema).to_be_in_viewport()


def test_a_link_into_what_is_folded_opens_all_around_it(window: "Page") -> None:
    window.goto("/entry-contract")
    inner = "document.querySelector('#operation-listJobs .example')"
    window.evaluate(f"{inner}.closest('#operation-listJobs').open = false")
    window.evaluate(f"{inner}.open = false; {inner}.querySelector('code').id = 'here'")
    window.evaluate("location.hash = 'here'")
    expect(window.locator("#here")).to_be_in_viewport()
    assert window.evaluate(f"{inner}.open")


def test_an_operation_is_reached_without_a_script(browser: "Browser", gallery: Gallery) -> None:
    with window_on(browser, gallery.address, java_script_enabled=False) as page:
        page.goto("/entry-contract#operation-dropDocument")
        expect(page.locator("#operation-dropDocument > summary")).to_be_in_viewport()


def test_on_a_phone_the_name_of_a_parameter_stays_in_one_piece(
    browser: "Browser", gallery: Gallery
) -> None:
    with window_on(browser, gallery.address, viewport=NARROW) as page:
        page.goto("/entry-contract#operation-listJobs")
        name = page.locator("#operation-listJobs .property-name").first
        name.evaluate("name => (name.textContent = 'include_withdrawn_companies')")
        lines = name.evaluate("name => name.getClientRects().length")
        frame = page.locator("#operation-listJobs .table").first
        assert lines == 1
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_the_rest_of_a_page_opens_within_reach_of_the_thumb(
    browser: "Browser", gallery: Gallery, with_script: bool
) -> None:
    options = {"viewport": NARROW, "java_script_enabled": with_script}
    with window_on(browser, gallery.address, **options) as page:
        page.goto("/entry-document")
        page.get_by_role("link", name="Contents").click()
        rooms = page.get_by_role("link", name="Repositories")
        box = rooms.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        expect(page.locator("#rest")).to_have_css("position", "fixed")
        page.get_by_role("link", name="Close").click()
        expect(page.locator("#rest")).not_to_have_css("position", "fixed")


def test_escape_closes_the_sheet_and_the_menu(browser: "Browser", gallery: Gallery) -> None:
    with window_on(browser, gallery.address, viewport=NARROW) as page:
        page.goto("/entry-removed-rtl#rest")
        page.keyboard.press("Escape")
        expect(page.locator("#rest")).not_to_have_css("position", "fixed")
        page.locator("details.menu summary").click()
        expect(page.get_by_role("link", name="Your page")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Your page")).to_be_hidden()


def test_pages_read_and_lead_on_without_a_script(browser: "Browser", gallery: Gallery) -> None:
    with window_on(browser, gallery.address, java_script_enabled=False) as page:
        page.goto("/entry-document")
        assert page.locator("figure.diagram pre").first.is_visible()
        assert page.locator("time").first.inner_text() == "17 Nov 2026"
        assert page.locator("[data-island=theme]").is_hidden()
        page.goto("/home")
        page.get_by_role("searchbox").fill("queries")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search?q=queries")


def test_nobody_is_offered_a_passkey_where_none_can_be_used(
    browser: "Browser", gallery: Gallery
) -> None:
    with window_on(browser, gallery.address) as page:
        page.add_init_script("delete window.PublicKeyCredential")
        page.goto("/passkey-add")
        expect(page.get_by_text("This browser offers no passkeys here.")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
    with window_on(browser, gallery.address, java_script_enabled=False) as page:
        page.goto("/passkey-add")
        expect(page.locator("noscript .notice")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        page.goto("/sign-in")
        expect(page.locator("noscript p")).to_be_visible()

"""What axe finds on a page: WCAG 2.2 A and AA, and axe's own good practices."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.services.requirements import require

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: To carry over what was in order as well would take a quarter of the time.
_LOOK = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations;
}"""


def bring_axe(context: BrowserContext) -> None:
    """Have axe in every page that ``context`` opens from now on: it is sent once, not to each."""
    context.add_init_script(_axe())


def assert_accessible(page: Page) -> None:
    """Fail with every rule that ``page`` breaks as it is now, and where."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_LOOK, RULES)
    faults = [_sentence(fault) for fault in found]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def _axe() -> str:
    require(AXE.exists(), "axe is not here: run `make test` once, or `npm ci` in frontend.")
    return AXE.read_text()


def _sentence(fault: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in fault["nodes"][:5])
    return f"{fault['id']} ({fault['impact']}): {fault['help']}: {places}"

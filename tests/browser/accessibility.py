"""What axe finds on a page: WCAG 2.2 A and AA, and axe's own good practices."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.services.requirements import require

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page) -> None:
    """Fail with every rule that ``page`` breaks as it is now, and where."""
    require(AXE.exists(), "axe is not here: run `make test` once, or `npm ci` in frontend.")
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    faults = [_sentence(fault) for fault in found["violations"]]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def _sentence(fault: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in fault["nodes"][:5])
    return f"{fault['id']} ({fault['impact']}): {fault['help']}: {places}"

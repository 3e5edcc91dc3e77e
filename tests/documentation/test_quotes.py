"""What the write-ups quote stands in the source, on the lines that they name."""

import re

import pytest

from scripts.hub_files import HUB, ROOT, stale
from scripts.refresh_quotes import QuoteLost, quotes_in, wanted

REFERENCE = re.compile(r"(?P<path>[\w./-]+\.\w+|\.ci/run)#L(?P<first>\d+)(?:-L(?P<last>\d+))?")


def test_the_quotes_are_up_to_date():
    """If this fails: python -m scripts.refresh_quotes"""
    assert [str(path.relative_to(ROOT)) for path in stale(wanted())] == []


def test_no_file_is_left_of_a_quote_that_is_gone():
    files = {path for path in wanted() if path.suffix != ".md"}
    snippets = (HUB / "code-snippets").glob("*/*")

    assert [path.name for path in snippets if path not in files] == []


def test_every_write_up_shows_code():
    write_ups = [p for p in (HUB / "code-snippets").glob("*.md") if p.name != "README.md"]

    assert len(write_ups) > 20
    assert [page.name for page in write_ups if not list(quotes_in(page.read_text()))] == []


def test_the_lines_that_are_named_are_the_lines_that_are_quoted():
    """Looked up anew from the page's own words, not by the script that wrote them."""
    shown = re.compile(r"From \[`([^`]+)`\][^\n]*\n\n```\w*\n(.*?)\n```", re.DOTALL)
    quotes = [found for page in HUB.rglob("*.md") for found in shown.findall(page.read_text())]

    assert len(quotes) > 40
    for reference, code in quotes:
        place = REFERENCE.fullmatch(reference)
        assert place, reference
        lines = (ROOT / place["path"]).read_text().splitlines()
        named = lines[int(place["first"]) - 1 : int(place["last"] or place["first"])]
        assert code.splitlines()[0].strip() == named[0].strip(), reference
        assert code.splitlines()[-1].strip() == named[-1].strip(), reference


def asked(what, name="x.py"):
    """The quote that a page asks for so."""
    (quote,) = quotes_in(f"<!-- quote: {what} as {name} | What it shows. -->\n<!-- /quote -->")
    return quote


def test_a_function_is_quoted_whole_with_its_decorators():
    quote = asked("src/nexus/kernel/events.py:event")

    assert quote.code.startswith("def event(name: str)")
    assert quote.code.endswith("return register")


def test_a_method_is_quoted_without_its_indentation():
    quote = asked("src/nexus/kernel/watcher.py:Watcher.look")

    assert quote.code.startswith("def look(self)")


def test_a_name_is_quoted_with_the_comment_above_it():
    quote = asked("src/nexus/cohorts/roles.py:ROLE_TABLE")

    assert quote.code.startswith("#: What can be done")
    assert quote.code.endswith("}")


def test_lines_of_other_files_are_found_by_their_beginning_and_end():
    quote = asked(".ci/run:/^missing=/../^have chromium|have_browser/", "x.sh")

    assert quote.code.startswith("missing=()")
    assert quote.as_file().startswith("# What it shows.\n# Quoted from .ci/run#L")


@pytest.mark.parametrize("what", ["src/nexus/kernel/events.py:gone", ".ci/run:/^no such/../^line/"])
def test_what_is_gone_from_the_source_is_an_error(what):
    with pytest.raises(QuoteLost):
        asked(what)


def test_a_page_shows_the_quote_and_leads_to_its_file():
    quote = asked("src/nexus/kernel/events.py:last_number", "last-number.py")
    shown = quote.on_page(HUB / "code-snippets" / "events.md")

    assert shown.startswith(f"From [`{quote.reference}`](events/last-number.py):\n\n```python\n")
    assert quote.code in shown

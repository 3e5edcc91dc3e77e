"""Finding challenges in any text: never a surprise, never too much, never too slow."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.challenges import FoundChallenge, find_challenges
from nexus.library.extraction.challenges.finding import MAX_FOUND
from nexus.library.extraction.challenges.model import MAX_PASSAGE, MAX_TITLE
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.extraction.tests.splices import spliced

pytestmark = pytest.mark.usefixtures("no_cover")

_FRAGMENTS = (
    "## Challenges & Solutions\n", "### Challenge 1: tokens\n", "## Défis\n", "## Solutions\n",
    "## Lessons\n", "## Setup\n", "**Challenges:**\n", "# Problem\n", "#### Solution\n", "## FAQ\n",
    "**Problem:** tokens expired", "**Solution:**", " Solution: I refreshed it", "**Result:** fine",
    "- **Title**: Fixed it with care", "- a slow page → an index", "- ", "  - ", "1. ", "> ",
    "| Challenge | Solution | Impact |\n|---|---|---|\n", "| a | b | c |\n", "|", "```\n", "\n\n",
    "\n", "Cause : l’horloge", "I used a queue. ", "It was slow; ", "–", " - ", "✅ ", "**", "`",
    "<!--", "-->", "[describe it]", "word ", "\u2028", "\0", "    ", "\t",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=4), max_size=60).map("".join)
_WHOLE = (
    "## Challenges & Solutions\n\n" + "- **Tokens**: They expired. I refreshed them.\n" * 5,
    "## Défis\n\n### Défi 1 : jetons\n**Problème :** expirés\n\n**Solution :**\n- renouvelés\n" * 5,
    "| Problem | Solution |\n|---|---|\n" + "| slow | added an index |\n" * 9,
    "## Challenges\n- a\n- b\n## Solutions\n- c\n- d\n",
)


def _check(found: tuple[FoundChallenge, ...], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert len(found) <= MAX_FOUND
    assert list(found) == sorted(found, key=lambda each: (each.line, each.end_line))
    for each in found:
        assert 0 < len(each.title) <= MAX_TITLE
        assert "\n" not in each.title
        assert each.problem.strip()
        assert max(map(len, (each.problem, each.action, each.result))) <= MAX_PASSAGE
        assert 1 <= each.line <= each.end_line <= lines


@given(_TEXTS)
def test_any_text_is_read_without_surprise(text: str) -> None:
    _check(find_challenges(outline(text)), text)


@given(_TEXTS)
def test_what_is_found_does_not_depend_on_where_the_text_begins(text: str) -> None:
    first = find_challenges(outline(text))
    later = find_challenges(outline(text, first_line=101))
    assert [each.line + 100 for each in first] == [each.line for each in later]
    assert [each.action for each in first] == [each.action for each in later]


@given(seed=st.integers(0, 2**32), own=st.sampled_from(_WHOLE))
def test_the_examples_cut_and_spliced_are_read_without_surprise(
    examples: Path, seed: int, own: str
) -> None:
    text = f"{spliced(examples, seed=seed)}{own}{spliced(examples, seed=seed + 1)}"
    _check(find_challenges(outline(text)), text)


def test_only_the_learner_who_tells_of_challenges_has_some(examples: Path) -> None:
    found: list[FoundChallenge] = []
    for path in sorted(examples.rglob("*.md")):
        text = decode(path.read_bytes(), path=path.name).text
        found += find_challenges(outline(text))
    assert [each.title for each in found] == [
        "Complex Data Relationships",
        "Frontend-Backend Mismatches",
        "Authentication Edge Cases",
        "Deployment Issues",
    ]
    assert found[0].section == "Challenges Faced & Solutions Implemented"
    assert found[1].action == "Resolved CORS, API contract issues, and state sync problems."


def test_no_more_are_found_than_can_be_shown() -> None:
    items = "".join(
        f"- trouble {number} → key {number} of many\n" for number in range(MAX_FOUND + 50)
    )
    rows = "".join(f"| word {number} a | b word |\n" for number in range(MAX_FOUND + 50))
    assert len(find_challenges(outline(f"## Challenges\n{items}"))) == MAX_FOUND
    assert len(find_challenges(outline(f"|Challenge|Solution|\n|-|-|\n{rows}"))) == MAX_FOUND


@pytest.mark.parametrize("before", ["", "## Challenges & Solutions\n", "## Lessons\n### Topic\n"])
@pytest.mark.parametrize(
    "part", [*_WHOLE, *_FRAGMENTS[:19], "Problem: a\n\n", "- a: b\n", "a. b. "]
)
def test_work_is_in_proportion_to_the_length(before: str, part: str) -> None:
    def find(text: str) -> object:
        return find_challenges(outline(text))

    assert is_proportional(find, lambda count: before + part * count, size=8_000 // len(part))

"""A comparison tells truly what changed, line by line and word by word."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering.diffing import (
    MAX_SHOWN,
    Diff,
    DiffLine,
    LineKind,
    Segment,
    diff_html,
)

_TEXT = st.lists(st.sampled_from(["a", "b", "the old word", "the new word", "", "é"])).map(
    "\n".join
)


def lines_of(diff: Diff) -> list[DiffLine]:
    """The lines of all hunks."""
    return [line for hunk in diff.hunks for line in hunk.lines]


@given(_TEXT, _TEXT)
def test_both_versions_can_be_read_from_a_whole_comparison(old: str, new: str) -> None:
    lines = lines_of(diff_html(old, new, context=1_000))
    if old == new:
        assert lines == []
        return
    for kind, version in ((LineKind.ADDED, old), (LineKind.REMOVED, new)):
        kept = [line.text for line in lines if line.kind is not kind]
        assert kept == version.removesuffix("\n").split("\n") or (kept == [] and version == "")


@given(_TEXT, _TEXT)
def test_counts_and_numbers_agree_with_the_lines(old: str, new: str) -> None:
    diff = diff_html(old, new)
    lines = lines_of(diff)
    assert diff.added == sum(line.kind is LineKind.ADDED for line in lines)
    assert diff.removed == sum(line.kind is LineKind.REMOVED for line in lines)
    for line in lines:
        assert (line.old_number is None) is (line.kind is LineKind.ADDED)
        assert (line.new_number is None) is (line.kind is LineKind.REMOVED)
        if line.old_number is not None:
            assert old.split("\n")[line.old_number - 1] == line.text
        if line.new_number is not None:
            assert new.split("\n")[line.new_number - 1] == line.text


def test_words_that_changed_are_marked() -> None:
    removed, added = lines_of(diff_html("one old word\n", "one new word\n"))
    assert removed.segments == (Segment("one "), Segment("old", changed=True), Segment(" word"))
    assert added.segments == (Segment("one "), Segment("new", changed=True), Segment(" word"))
    assert (removed.old_number, added.new_number) == (1, 1)


def test_lines_that_share_nothing_are_not_marked() -> None:
    lines = lines_of(diff_html("completely different\n", "42\n"))
    assert [segment.changed for line in lines for segment in line.segments] == [False, False]


def test_lines_replaced_by_more_lines_are_not_paired() -> None:
    lines = lines_of(diff_html("one old word\n", "one new word\nand more\n"))
    assert all(len(line.segments) == 1 for line in lines)


def test_lines_that_repeat_themselves_are_compared_at_their_ends() -> None:
    removed, added = lines_of(diff_html("x " + "a " * 60 + "y\n", "x " + "b " * 60 + "y\n"))
    assert [segment.changed for segment in removed.segments] == [False, True, False]
    assert added.text == "x " + "b " * 60 + "y"
    longer = lines_of(diff_html("a " * 50 + "\n", "a " * 60 + "\n"))
    assert [line.text for line in longer] == ["a " * 50, "a " * 60]


def test_long_lines_are_not_marked() -> None:
    lines = lines_of(diff_html("a-" * 400 + "x\n", "a-" * 400 + "y\n"))
    assert all(len(line.segments) == 1 for line in lines)


def test_only_the_lines_around_changes_are_shown() -> None:
    old = "".join(f"{number}\n" for number in range(100))
    diff = diff_html(old, old.replace("10\n", "ten\n").replace("90\n", "ninety\n"), context=1)
    assert [len(hunk.lines) for hunk in diff.hunks] == [4, 4]
    assert diff_html(old, old) == Diff()


def test_new_and_emptied_files() -> None:
    assert [line.kind for line in lines_of(diff_html("", "a\n"))] == [LineKind.ADDED]
    assert [line.kind for line in lines_of(diff_html("a", ""))] == [LineKind.REMOVED]
    assert diff_html("", "").hunks == ()


def test_odd_characters_do_not_end_the_comparison() -> None:
    (line,) = (
        line for line in lines_of(diff_html("a\0b\n", "a\0b\nc\u2028d\n")) if line.new_number == 2
    )
    assert line.text == "c\u2028d"


def test_a_large_comparison_is_cut_and_quick() -> None:
    shuffled = random.Random(1)
    old, new = (
        "".join(f"{shuffled.choice('ab')} {'a ' * 100}\n" for _ in range(20_000)) for _ in "on"
    )
    started = time.process_time()
    diff = diff_html(old, new)
    assert time.process_time() - started < 60
    assert diff.is_cut
    assert len(lines_of(diff)) == MAX_SHOWN
    assert diff.added > 0

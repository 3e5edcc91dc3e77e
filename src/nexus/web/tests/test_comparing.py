"""A comparison laid side by side."""

import re

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering.diffing import Diff, LineKind, diff_html
from nexus.web.templatetags import comparing

TEXTS = st.lists(st.sampled_from(["a", "b", "<i>&", "def f(x):", ""]), max_size=20).map("\n".join)


def sides(diff: Diff) -> tuple[list[str], list[str]]:
    """The lines shown on the left and on the right."""
    facing = [pair for hunk in diff.hunks for pair in comparing.pairs(hunk)]
    return [old.text for old, _ in facing if old], [new.text for _, new in facing if new]


@given(TEXTS, TEXTS)
def test_each_side_shows_its_version_whole(old: str, new: str) -> None:
    shown = sides(diff_html(old, new, context=100))
    if old != new:
        assert shown == (old.splitlines(), new.splitlines())


@given(TEXTS, TEXTS)
def test_lines_that_face_each_other_are_of_the_right_side(old: str, new: str) -> None:
    for hunk in diff_html(old, new).hunks:
        for before, after in comparing.pairs(hunk):
            assert before is None or before.kind is not LineKind.ADDED
            assert after is None or after.kind is not LineKind.REMOVED
            assert before is not None or after is not None


@given(TEXTS, TEXTS)
def test_nothing_of_a_line_is_markup(old: str, new: str) -> None:
    html = "".join(comparing.rows(hunk) for hunk in diff_html(old, new).hunks)
    assert "<i>" not in html


def test_a_changed_line_faces_what_it_became_with_its_words_marked() -> None:
    [hunk] = diff_html("keep\ngrowing pauses here\n", "keep\nlonger pauses here\n").hunks
    html = comparing.rows(hunk)
    assert html.count("<tr") == 2
    assert "<del>growing</del> pauses here" in html
    assert "<ins>longer</ins> pauses here" in html
    assert re.search(r'data-line="2".*Removed:.*data-line="2".*Added:', html)


def test_what_was_added_alone_faces_nothing() -> None:
    [hunk] = diff_html("one\n", "one\ntwo\n").hunks
    assert '<td class="at none"></td><td class="old none"></td>' in comparing.rows(hunk)


def test_an_unchanged_line_is_not_said_to_have_changed() -> None:
    [hunk] = diff_html("same\nx\n", "same\ny\n").hunks
    same = comparing.rows(hunk).splitlines()[0]
    assert '<tr class="same">' in same
    assert "hidden-visually" not in same

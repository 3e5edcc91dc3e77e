"""Two changes of one text in one: as Git joins them, and never with a line less."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.repositories.git.merging import Names, has_marks, merge
from nexus.repositories.git.troubles import GitProgramError

NAMES = Names(ours="now", theirs="wanted")
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "dé", ""]), max_size=6).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
SOME = settings(max_examples=40)


def joined(base, ours, theirs):
    return merge(base=base, ours=ours, theirs=theirs, names=NAMES)


@SOME
@given(base=TEXTS, ours=TEXTS, theirs=TEXTS)
def test_it_is_what_git_makes_of_it_and_a_clash_has_all_lines_of_both(
    tmp_path_factory, base, ours, theirs
):
    folder = tmp_path_factory.mktemp("texts")
    for name, text in {"now": ours, "before": base, "wanted": theirs}.items():
        (folder / name).write_text(text)
    asked = ["git", "merge-file", "-p", "-q", "now", "before", "wanted"]
    told = subprocess.run(asked, cwd=folder, capture_output=True, check=False)
    merged = joined(base, ours, theirs)
    assert (merged.text, merged.is_clean) == (told.stdout.decode(), told.returncode == 0)
    assert has_marks(merged.text, NAMES) is not merged.is_clean
    if not merged.is_clean:
        assert {*ours.split("\n"), *theirs.split("\n")} - {*base.split("\n")} <= {
            *merged.text.split("\n")
        }


@SOME
@given(base=TEXTS, text=TEXTS)
def test_one_change_alone_is_taken_as_it_is(base, text):
    assert joined(base, text, base).text == joined(base, base, text).text == text
    assert joined(base, text, text).text == text


def test_more_clashes_than_git_can_count_are_a_clash():
    base = "".join(f"{n}\nkept\nkept too\nand this\n" for n in range(400))
    merged = joined(base, base.replace("kept\n", "mine\n"), base.replace("kept\n", "yours\n"))
    assert not merged.is_clean


def test_what_is_no_text_is_refused():
    with pytest.raises(GitProgramError):
        joined("a\n", "b\0\n", "c\n")

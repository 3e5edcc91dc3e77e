"""The tree that is worked on, its lines, and the pieces that are set aside."""

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.rendering.slots import Slots, without_marks
from nexus.library.rendering.tests.support import PLACE
from nexus.library.rendering.workpiece import (
    Lines,
    Workpiece,
    ancestor,
    has_ancestor,
    set_attributes,
    words_of,
)


@given(st.lists(st.text(st.characters(exclude_characters="\ufdd0\ufdd1"))))
def test_what_is_set_aside_comes_back_where_its_mark_stands(pieces: list[str]) -> None:
    slots = Slots()
    marked = "-".join(slots.put(piece) for piece in pieces)
    assert slots.fill(marked) == "-".join(pieces)


@given(st.text(st.sampled_from("\ufdd0\ufdd10ab")))
def test_text_from_outside_holds_no_mark(text: str) -> None:
    assert Slots().fill(without_marks(text)) == text.replace("\ufdd0", "").replace("\ufdd1", "")


@given(st.lists(st.from_regex(r"w[a-z]{3,8}", fullmatch=True), min_size=1, unique=True))
def test_every_word_is_found_on_its_line_in_any_order(words: list[str]) -> None:
    framed = [f"<{word}>" for word in words]
    lines = Lines("\n".join(framed))
    for number, word in [*enumerate(framed, 1), *reversed(list(enumerate(framed, 1)))]:
        assert lines.of(word) == number


def test_words_that_stand_twice_are_found_one_after_the_other() -> None:
    lines = Lines("a\nb\nc\nb")
    assert (lines.of("a"), lines.of("c"), lines.of("b"), lines.of("a")) == (1, 3, 4, 1)


def test_words_that_are_nowhere_have_no_line() -> None:
    lines = Lines("a")
    assert lines.of("z") == lines.of("") == 0
    for number in range(Lines.MAX_MISSES + 1):
        lines.of(f"z{number}")
    assert lines.of("a") == 0


def test_problems_are_told_once_and_at_their_line() -> None:
    work = Workpiece("<p>x</p>", PLACE, source="one\ntwo", first_line=7)
    for _ in range(3):
        work.report("link-unsafe", "The link.", near="two")
    work.report("link-unsafe", "The link.", near="three")
    assert [(problem.path, problem.line) for problem in work.problems] == [
        (PLACE.path, 8),
        (PLACE.path, 0),
    ]


def test_ancestors() -> None:
    work = Workpiece("<ul><li><p>a  b\n c</p></li></ul>", PLACE)
    (paragraph,) = work.body.css("p")
    assert has_ancestor(paragraph, "ul")
    assert not has_ancestor(paragraph, "p")
    item = ancestor(paragraph, frozenset({"ul", "li"}))
    assert item is not None
    assert item.tag == "li"
    assert words_of(paragraph) == "a b c"


def test_attributes_are_exactly_those_given_in_their_order() -> None:
    work = Workpiece('<a title="t" href="x" id="i">a</a>', PLACE)
    (link,) = work.body.css("a")
    set_attributes(link, {"class": "email", "href": "y"})
    assert link.html == '<a class="email" href="y">a</a>'


def test_tables_stay_outside_paragraphs_as_in_browsers() -> None:
    work = Workpiece("<p>a<table><tr><td>b</td></tr></table>", PLACE)
    assert work.body.css("p table") == []

"""What is remembered is what would be worked out, and there is never too much of it."""

from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.remembering import Remembered


@given(st.lists(st.text("abc", max_size=4)))
def test_what_is_remembered_is_what_would_be_worked_out(texts: list[str]) -> None:
    remembered = Remembered(str.upper, most=3, longest=2)
    assert list(map(remembered.__getitem__, texts)) == [text.upper() for text in texts]
    assert len(remembered) <= 3
    assert all(len(text) <= 2 for text in remembered)


def test_a_text_that_comes_again_is_not_worked_out_again() -> None:
    asked: list[str] = []

    def work(text: str) -> str:
        asked.append(text)
        return text

    remembered = Remembered(work, most=10, longest=5)
    texts = ["one", "two", "one", "longer", "longer"]
    assert [remembered[text] for text in texts] == texts
    assert asked == ["one", "two", "longer", "longer"]

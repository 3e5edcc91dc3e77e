"""Questions that are asked once while a page is made, and anew everywhere else."""

import pytest

from nexus.kernel.once import once, remembering, rows


def counter():
    """A question that counts how often it was asked."""
    asked = []

    @once
    def ask(*args, **kwargs):
        asked.append((args, kwargs))
        return len(asked)

    return ask


def test_outside_of_a_page_each_question_is_asked_anew() -> None:
    ask = counter()
    assert [ask(1), ask(1)] == [1, 2]


def test_while_a_page_is_made_it_is_asked_once() -> None:
    ask = counter()
    with remembering():
        assert [ask(1), ask(1), ask(2), ask(1, by="name"), ask(1, by="name")] == [1, 1, 2, 3, 3]


def test_the_next_page_asks_again() -> None:
    ask = counter()
    for answer in (1, 2):
        with remembering():
            assert ask() == answer


def test_two_questions_have_answers_of_their_own() -> None:
    one, other = counter(), counter()
    with remembering():
        one()
        assert (one(), other()) == (1, 1)


def test_what_went_wrong_is_asked_again() -> None:
    @once
    def ask(answers):
        return answers.pop()

    with remembering():
        with pytest.raises(TypeError):  # a list is no key
            ask([1])
        with pytest.raises(AttributeError):
            ask(())
        with pytest.raises(AttributeError):
            ask(())


@pytest.mark.django_db
def test_a_short_question_is_written_out() -> None:
    assert rows("SELECT %s", ["'; --"]) == [("'; --",)]

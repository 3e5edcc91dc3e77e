"""Which handles and names can be taken for each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.errors import Invalid
from nexus.people.handles import handle_from, is_handle, is_reserved, skeleton_of
from nexus.people.names import clean_name, name_skeleton, same_letters

handles = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lan", "Ian"),
        ("lan", "1an"),
        ("bob", "b0b"),
        ("mary", "rnary"),
        ("Mary-Ann", "maryann"),
        ("vvill", "will"),
        ("corn-er", "com-er"),
    ],
)
def test_handles_that_look_alike_have_one_skeleton(one, other):
    assert skeleton_of(one) == skeleton_of(other)


@pytest.mark.parametrize(("one", "other"), [("ada", "eda"), ("ann", "anna"), ("m", "n")])
def test_handles_that_do_not_have_two(one, other):
    assert skeleton_of(one) != skeleton_of(other)


@given(handles)
def test_a_skeleton_is_there_for_every_case_and_fits_its_column(handle):
    skeleton = skeleton_of(handle)

    assert 0 < len(skeleton) <= 40
    assert skeleton_of(handle.upper()) == skeleton_of(handle.lower()) == skeleton


@pytest.mark.parametrize("handle", ["admin", "ADMIN", "r00t", "no-reply", "noreply", "sign-in"])
def test_words_of_the_hub_are_kept_for_it(handle):
    assert is_reserved(handle)


@given(st.text(min_size=1, max_size=60))
def test_a_name_that_is_clean_stays_as_it_is(text):
    try:
        name = clean_name(text)
    except Invalid:
        return
    assert clean_name(name) == name
    assert "\n" not in name
    assert len(name_skeleton(name)) <= 360


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grace Hopper", "Gr\u0430ce Hopper"),
        ("Peter", "\u0420\u0435ter"),
        ("Ada", "\u0391d\u03b1"),
        ("Ada", "A\u200dda"),
        ("Ada", "\uff21\uff44\uff41"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one, other):
    assert name_skeleton(one) == name_skeleton(other)


def test_names_of_other_scripts_are_names():
    for name in ["Ада Лавлейс", "阿达", "आदा", "Ἄδα", "علی\u200cرضا", "O’Brien"]:
        assert clean_name(name)


def test_the_same_letters_are_the_same_in_any_case():
    assert same_letters("ADA", "ada")
    assert not same_letters("Ada", "\u0410da")


@given(st.text())
def test_a_handle_made_of_a_name_is_one(name):
    assert is_handle(handle_from(name))

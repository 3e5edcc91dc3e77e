"""What stands around the content of a page: words that cannot be markup, ways that lead there."""

import re
from collections.abc import Callable
from inspect import signature
from types import SimpleNamespace as Thing

import pytest
from django.test import RequestFactory
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.presenting import Link
from nexus.web.pages.cohorts import Publisher
from nexus.web.templatetags import frames


def repository(text: str = "notes", **more: object) -> Thing:
    plain = {"name": text, "address": text, "state": "new", "state_word": text, "apart": text}
    return Thing(**{**plain, "count": text, **more})


def way(text: str = "/c/x/-/projects") -> Thing:
    return Thing(previous=text, next=text, words=text)


#: All of them, with the same text wherever it may be somebody else's.
FRAMES: dict[str, Callable[[str], str]] = {
    "search_box": lambda text: frames.search_box(
        text, large=True, kept=[{"name": text, "value": text}]
    ),
    "way_in": lambda text: frames.way_in(RequestFactory().get("/c/x/", {"q": text})),
    "foot": lambda text: frames.foot(Thing(version=text, revision=text), text),
    "pager": lambda text: frames.pager(way(text)),
    "active_filters": lambda text: frames.active_filters([Link(text, text)]),
    "section_head": lambda text: frames.section_head(text, text, 3, text),
    "topic_chips": lambda text: frames.topic_chips(text, [Link(text, text)]),
    "topic_items": lambda text: frames.topic_items([Link(text, text)]),
    "people_items": lambda text: frames.people_items([Publisher(1, text, "ada", 3)]),
    "repository_items": lambda text: frames.repository_items([repository(text)]),
}


def test_every_part_is_known() -> None:
    made = {
        name
        for name, one in vars(frames).items()
        if getattr(one, "__module__", "") == frames.__name__
        and name[0] != "_"
        and signature(one).return_annotation in {SafeString, "SafeString"}
    }
    assert made == set(FRAMES)


@pytest.mark.parametrize("name", FRAMES)
@given(text=st.text("<>&\"'ab ;", min_size=1, max_size=7))
def test_nothing_that_somebody_wrote_is_markup(name: str, text: str) -> None:
    html, plain = FRAMES[name](text), FRAMES[name]("a")
    signs = "<>\"'"
    assert [html.count(sign) for sign in signs] == [plain.count(sign) for sign in signs]
    assert not re.search("&(?!(?:amp|lt|gt|quot|#x27);)", html)


def test_a_guest_is_led_back_to_where_they_came_from() -> None:
    html = frames.way_in(RequestFactory().get("/c/x/?sort=title&page=2"))
    assert 'href="/accounts/sign-in?next=/c/x/%3Fsort%3Dtitle%26page%3D2"' in html


@pytest.mark.parametrize("request_", [None, RequestFactory().get("/accounts/sign-up?next=/c/x/")])
def test_whoever_is_at_the_door_is_not_led_back_to_it(request_: object) -> None:
    html = frames.way_in(request_)  # type: ignore[arg-type]
    assert 'href="/accounts/sign-in"' in html


def test_the_search_box_keeps_what_was_typed_and_the_filters() -> None:
    small = frames.search_box()
    assert 'name="q" value=""' in small
    assert "<kbd" in small
    assert "hidden" not in small.replace('aria-hidden="true"', "")
    large = frames.search_box("C & D", large=True, kept=[{"name": "kind", "value": "snippet"}])
    assert 'value="C &amp; D"' in large
    assert '<input type="hidden" name="kind" value="snippet">' in large
    assert '<button class="button button-main" type="submit">Search</button>' in large


def test_the_foot_says_which_software_this_is_if_it_is_known() -> None:
    html = frames.foot(Thing(version="1.2", revision="9f2c41d7ab03"), "/c/commons/nexus/")
    assert 'href="/c/commons/nexus/">Documentation</a>' in html
    assert 'Nexus 1.2 <span class="sha">9f2c41d</span>' in html
    assert "sha" not in frames.foot(Thing(version="1.2", revision=""), "/")
    assert frames.foot(None, "").count("data-theme-choice") == 3


def test_one_leafs_only_where_there_is_a_page() -> None:
    first = frames.pager(Thing(previous="", next="/c/x/?page=2", words="1 to 24 of 30"))
    assert 'href="/c/x/?page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    last = frames.pager(Thing(previous="/c/x/", next="", words="25 to 30 of 30"))
    assert 'href="/c/x/" rel="prev"' in last
    assert 'rel="next"' not in last
    assert frames.pager(Thing(previous="", next="", words="1 to 3 of 3")) == ""
    assert frames.pager(None) == ""


def test_a_filter_that_is_set_is_taken_away_by_a_button() -> None:
    html = frames.active_filters([Link("Django", "/c/x/-/projects")])
    assert '<a class="button chip" href="/c/x/-/projects">Django <svg' in html
    assert 'aria-label="Remove"' in html
    assert frames.active_filters([]) == ""


def test_topics_have_a_title_over_them_if_there_are_any() -> None:
    html = frames.topic_chips("Part of", [Link("Caching", "/t/caching"), Link("Web", "/t/web")])
    assert "<h2>Part of</h2>" in html
    assert html.count('<li><a class="topic" href="/t/') == 2
    assert frames.topic_chips("Part of", []) == ""


def test_all_of_a_part_is_linked_if_it_is_elsewhere() -> None:
    assert '<a class="small" href="/all">All 31</a>' in frames.section_head("r", "R", 31, "/all")
    assert "href" not in frames.section_head("r", "R", 31)


def test_people_lead_to_their_pages_with_how_much_is_theirs() -> None:
    html = frames.people_items([Publisher(1, "Ada", "ada", 12)])
    assert '<li><a href="/p/ada"><span class="avatar' in html
    assert '<span>Ada</span><span class="count">12</span>' in html


@pytest.mark.parametrize(
    ("state", "drawing"), [("trouble", "care"), ("running", "sync"), ("ready", "repository")]
)
def test_a_repository_says_what_is_wrong_with_it(state: str, drawing: str) -> None:
    html = frames.repository_items([repository(state=state, state_word="being read", apart="")])
    assert f"#{drawing}" in html
    assert ("Being read" in html) is (state != "ready")

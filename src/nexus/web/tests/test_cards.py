"""What the cards of lists promise: words that cannot be markup, links that lead there, marks."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from inspect import signature

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.cards import ChallengeCard, Place, ProjectCard, ResourceCard
from nexus.library.presenting import Card, Link, Named, Share
from nexus.people.profile.given import Link as Elsewhere
from nexus.web.pages.asking import Askable
from nexus.web.pages.meeting import Meeting
from nexus.web.templatetags import cards

AT = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
WHEN = '<time datetime="2026-11-20T14:03:00Z"'


def card(text: str = "Notes", **more: object) -> Card:
    made = Card(
        kind=text,
        title=text,
        summary=text,
        address=f"/c/x/y/{text}",
        person=Named(text, "ada"),
        repository=Link(text, f"/c/x/{text}/"),
        updated_at=AT,
        languages=[Share(text, 0.7), Share(text, 0.3)],
        also=2,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def challenge(text: str = "Twice", **more: object) -> ChallengeCard:
    made = ChallengeCard(
        title=text,
        address=f"/c/x/y/-/part/1/{text}",
        person=Named(text),  # type: ignore[arg-type]
        repository=Link(text, f"/c/x/{text}/"),
        updated_at=AT,
        problem=text,
        action=text,
        result=text,
        summary=text,
        topics=[Link(text, f"/t/{text}")],
        also=1,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def resource(text: str = "A book", **more: object) -> ResourceCard:
    made = ResourceCard(
        title=text,
        address=f"https://book.example/{text}",
        host=text,
        words=text,
        recommended=3,
        places=[Place(Named(text, "ada"), text, f"/c/x/y/{text}", 12, f"/c/x/y/{text}#L12")],
        more=2,
        tone="care",
        state=text,
        moved_to=f"https://new.example/{text}",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def project(text: str = "Jobs", **more: object) -> ProjectCard:
    made = ProjectCard(
        card=card(text, apart=text),
        track=text,
        technologies=[text, text],
        more_technologies=3,
        sought=[text, text],
        live_address=f"https://jobs.example/{text}",
        live_host=text,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def somebody(text: str = "Ada", **more: object) -> Askable:
    meeting = Meeting(place=text, apart=text, clock=text, open_to=text)
    made = Askable(text, "ada", 9, text, meeting, [Elsewhere(text, f"https://ada.example/{text}")])
    return replace(made, **more)  # type: ignore[arg-type]


#: All cards, with the same text wherever it may be somebody else's.
CARDS: dict[str, Callable[[str], str]] = {
    "entry_cards": lambda text: cards.entry_cards([card(text), card(text, apart=text)], level=3),
    "challenge_cards": lambda text: cards.challenge_cards(
        [challenge(text), challenge(text, problem="", action="", result="")], level=3
    ),
    "resource_cards": lambda text: cards.resource_cards([resource(text)], level=2),
    "project_cards": lambda text: cards.project_cards([card(text, apart=text)]),
    "gallery_cards": lambda text: cards.gallery_cards([project(text)]),
    "gallery_card": lambda text: cards.gallery_card(
        project(text), level=3, fit=text, meeting=Meeting(place=text)
    ),
    "askable": lambda text: cards.askable(
        [
            somebody(text),
            somebody(text, meeting=Meeting(open_to=text, answers=True)),
            somebody(text, meeting=Meeting(place=text, is_away=True)),
        ]
    ),
}


def test_every_card_is_known() -> None:
    made = {
        name
        for name, one in vars(cards).items()
        if getattr(one, "__module__", "") == cards.__name__
        and name[0] != "_"
        and signature(one).return_annotation in {SafeString, "SafeString"}
    }
    assert made == set(CARDS)


@pytest.mark.parametrize("name", CARDS)
@given(text=st.text("<>&\"'ab ;", min_size=1, max_size=12).filter(str.strip))
def test_nothing_that_somebody_wrote_is_markup(name: str, text: str) -> None:
    html, plain = CARDS[name](text), CARDS[name]("a")
    signs = "<>\"'"
    assert [html.count(sign) for sign in signs] == [plain.count(sign) for sign in signs]
    assert not re.search("&(?!(?:amp|lt|gt|quot|#x27);)", html)


@pytest.mark.parametrize("name", CARDS)
def test_the_tags_of_a_card_are_closed(name: str) -> None:
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)", CARDS[name]("Notes")):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert not open_tags


def test_no_card_leaves_no_trace() -> None:
    assert cards.entry_cards([], level=2) == ""
    assert cards.askable([]) == ""


def test_an_entry_says_what_it_is_whose_and_how_old() -> None:
    html = cards.entry_cards([card(kind="snippet")], level=3)
    assert '<h3 class="entry-name" dir="auto"><a href="/c/x/y/Notes">Notes</a></h3>' in html
    assert '<span class="kind kind-snippet">Snippet</span>' in html
    assert '<a class="person" href="/p/ada">' in html
    assert '<a class="wide-only" href="/c/x/Notes/">Notes</a>' in html
    assert "<span>also in 2 repositories</span>" in html
    assert WHEN in html


def test_an_entry_that_looks_like_another_says_where_it_is() -> None:
    html = cards.entry_cards([card(apart="notes/b.md", summary="", also=0)], level=2)
    assert '<span class="mono apart">notes/b.md</span>' in html
    assert "wide-only" not in html
    assert "entry-line" not in html
    assert "also in" not in html


def test_a_challenge_is_told_as_far_as_it_is_known() -> None:
    told = cards.challenge_cards([challenge(problem="")], level=2)
    assert [part in told for part in ("Problem", "Solution", "Result")] == [False, True, True]
    assert "entry-line" not in told, "the line is for those of which nothing is told"
    assert "<span>also in 1 repository</span>" in told
    line = cards.challenge_cards([challenge(problem="", action="", result="")], level=2)
    assert '<p class="entry-line" dir="auto">Twice</p>' in line
    assert "<dl" not in line


def test_a_challenge_names_its_topics_but_on_the_page_of_one() -> None:
    assert '<a class="topic" href="/t/Twice">' in cards.challenge_cards([challenge()], level=2)
    assert "topic" not in cards.challenge_cards([challenge()], level=2, topics=False)
    assert "topic" not in cards.challenge_cards([challenge(topics=[])], level=2)


def test_a_resource_leads_elsewhere_without_a_word_for_it() -> None:
    html = cards.resource_cards([resource()], level=2)
    assert '<a href="https://book.example/A book" rel="noopener nofollow">A book</a>' in html
    assert '<a class="underlined" href="/c/x/y/A book#L12">line 12</a>' in html
    assert '<li class="meta">and 2 more repositories</li>' in html


def test_of_a_resource_that_moved_the_new_place_is_linked() -> None:
    moved = cards.resource_cards([resource(state="has moved")], level=2)
    assert '<span class="state state-care">' in moved
    assert "Has moved</span>" in moved
    assert 'href="https://new.example/A book" rel="noopener nofollow">Where it is now' in moved
    plain = cards.resource_cards([resource(state="", moved_to="", more=1)], level=2)
    assert "state" not in plain
    assert "Where it is now" not in plain
    assert "and 1 more repository" in plain


def test_a_project_names_three_languages_and_shows_their_shares() -> None:
    languages = [Share(name, 0.25) for name in ("Python", "HTML", "CSS", "Shell")]
    html = cards.project_cards([card(languages=languages)])
    names = "<span>Python</span><span>HTML</span><span>CSS</span></p>"
    assert f'<p class="languages">{names}' in html
    assert html.count("<rect") == 4
    assert "<svg" not in cards.project_cards([card(languages=languages[:1])]).split("</div>")[1]
    assert "languages" not in cards.project_cards([card(languages=[])])


def test_a_project_of_the_gallery_has_its_marks() -> None:
    html = cards.gallery_cards([project(sought=["a frontend", "reviews"])])
    assert '<h2 class="gallery-name"' in html
    assert '<span class="mark-track">Jobs</span>' in html
    assert "Looks for a frontend, reviews</span>" in html
    assert "<span>and 3 more</span>" in html
    assert '<a href="https://jobs.example/Jobs" rel="noopener nofollow">' in html
    nothing = project(track="", sought=(), technologies=(), live_address="")
    bare = cards.gallery_cards([nothing], level=3)
    assert "<h3" in bare
    for absent in ("gallery-marks", "languages", "gallery-live", "fit", "more"):
        assert absent not in bare


def test_a_counterpart_says_why_it_fits_and_whether_its_owner_has_time() -> None:
    html = cards.gallery_card(project(), fit="same idea", meeting=Meeting(place="Nairobi"))
    assert '<p class="fit">Same idea</p>' in html
    assert '<p class="small quiet">Nairobi</p>' in html
    away = cards.gallery_card(project(), meeting=Meeting(place="Nairobi", is_away=True))
    assert "no time for a while" in away
    assert "Nairobi" not in away


def test_whom_to_ask_says_how_they_know_it_and_whether_they_can_be_asked() -> None:
    html = cards.askable([somebody(words="wrote much about it")])
    assert '<a class="askable-name" href="/p/ada">' in html
    assert "Wrote much about it (9)." in html
    assert "Would Ada." in html
    assert "Ada, Ada; Ada there, day" in html
    assert 'rel="nofollow ugc noopener noreferrer">Ada</a> <span class="quiet fine">ada.ex' in html
    answers = cards.askable([somebody(meeting=Meeting(answers=True), links=[])])
    assert "Answers questions." in answers
    assert "</span></a> <p> Ada (9). Answers questions. </p> </li>" in answers


def test_who_is_away_is_marked_and_who_learns_is_not_counted() -> None:
    html = cards.askable([somebody(count=0, meeting=Meeting(is_away=True, open_to="meet"))])
    assert html.startswith('<li class="askable-away">')
    assert "Not now." in html
    assert "Would" not in html
    assert "(0)" not in html


def test_a_link_that_is_called_by_its_host_does_not_say_it_twice() -> None:
    html = cards.askable([somebody(links=[Elsewhere("ada.example", "https://ada.example/")])])
    assert html.count("ada.example") == 2
    assert "quiet fine" not in html

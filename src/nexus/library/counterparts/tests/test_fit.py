"""How well two projects fit: the same from both sides, between 0 and 1, said in words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.counterparts.fit import Project, fit
from nexus.library.counterparts.ideas import idea_words, shared_idea
from nexus.people.profile.clocks import Rhythm

AT = datetime(2026, 1, 15, tzinfo=UTC)
NAMES = {"graphql": "GraphQL", "docker": "Docker", "jwt": "JWT", "redis": "Redis", "rest": "REST"}
BACKEND = Project(1, 1, "Job Board API", "backend", frozenset({"frontend"}), frozenset({"graphql"}))
FRONTEND = Project(2, 2, "Job board", "frontend", frozenset({"backend"}), frozenset({"graphql"}))

ideas = st.lists(st.sampled_from(["job", "board", "movie", "poll", "shop"]), unique=True).map(tuple)
projects = st.builds(
    Project,
    st.integers(1, 9),
    st.integers(1, 9),
    st.text(max_size=5),
    st.sampled_from(["", "backend", "frontend", "both"]),
    st.frozensets(st.sampled_from(["backend", "frontend", "mobile"])),
    st.frozensets(st.sampled_from([*NAMES, "unknown"])),
    ideas,
)
rhythms = st.builds(
    Rhythm,
    st.sampled_from(["", "UTC", "Africa/Nairobi", "America/Lima", "Asia/Kathmandu"]),
    st.sampled_from([(), ("mornings",), ("evenings", "afternoons")]),
)


@given(projects, projects, rhythms, rhythms)
def test_a_fit_is_the_same_from_both_sides_and_bounded(one, other, first, second):
    there = fit(one, other, rhythms=(first, second), at=AT, names=NAMES)
    back = fit(other, one, rhythms=(second, first), at=AT, names=NAMES)

    assert there == back
    assert 0 <= there.score <= 1


@given(projects, projects, rhythms)
def test_another_shared_topic_never_makes_a_fit_worse(one, other, rhythm):
    def with_topic(project):
        return Project(
            **{
                name: getattr(project, name)
                for name in ("key", "owner", "title", "track", "sought", "idea")
            },
            topics=project.topics | {"rest"},
        )

    before = fit(one, other, rhythms=(rhythm, rhythm), at=AT, names=NAMES)
    after = fit(with_topic(one), with_topic(other), rhythms=(rhythm, rhythm), at=AT, names=NAMES)
    assert after.score >= before.score


def with_idea(project):
    fields = ("key", "owner", "title", "track", "sought", "topics")
    return Project(*(getattr(project, name) for name in fields), idea_words(project.title))


def test_a_fit_is_said_in_words():
    found = fit(
        with_idea(BACKEND),
        with_idea(FRONTEND),
        rhythms=(Rhythm("Africa/Accra"), Rhythm("Africa/Kigali")),
        at=AT,
        names=NAMES,
    )
    assert found.words == (
        "same idea: job board; each looks for the other; both use GraphQL; 2 hours apart"
    )


def test_what_fits_better_scores_higher():
    plain = Project(3, 3, track="frontend", sought=frozenset({"backend"}))
    same = fit(with_idea(BACKEND), with_idea(FRONTEND), at=AT, names=NAMES)
    assert same.score > fit(BACKEND, plain, at=AT, names=NAMES).score > 0


@pytest.mark.parametrize(
    ("title", "idea", "words"),
    [
        ("Job Board Backend", "", ("job", "board")),
        ("ALX Project Nexus", "This is a movie recommendation app.", ("movie", "recommendation")),
        ("ALX Project Nexus", "", ()),
        ("Project 2 for the ALX programme", "", ()),
    ],
)
def test_an_idea_is_what_is_left_of_a_title(title, idea, words):
    assert idea_words(title, idea) == words


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (("job", "board"), ("board", "job", "platform"), ("board", "job")),
        (("job", "board"), ("board", "games"), ()),
        (("polls",), ("polls", "live"), ("polls",)),
        ((), ("polls",), ()),
    ],
)
def test_two_ideas_are_one_when_most_of_the_shorter_is_shared(one, other, shared):
    assert shared_idea(one, other) == shared
    assert shared_idea(other, one) == shared

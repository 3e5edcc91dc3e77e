"""Promises of telling what a text is about."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.extraction.decoding import decode
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.topics.catalogue import catalogue
from nexus.library.topics.matching import (
    MAX_MENTIONS,
    MAX_TOPICS,
    mentions,
    topic_named,
    topics_named_in,
    topics_of,
)
from nexus.library.topics.words import words_of

_NAMES = [topic.name for topic in catalogue().topics.values()]
_FILLER = "The weather was fine and the road was long, so we walked on. "


def _slugs(text, **more):
    return [match.slug for match in topics_of(text, **more)]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("We keep answers in Redis.", "redis"),
        ("Use `select_related` for the N+1 problem.", "n-plus-one"),
        ("Les requêtes N+1 sont évitées.", "n-plus-one"),
        ("La mise en cache des pages.", "caching"),
        ("A REST API for polls.", "rest"),
        ("Routes follow REST.", "rest"),
        ("Written in Go, with Docker.", "go"),
        ("Written in golang.", "go"),
        ("Node.js and Express serve it.", "express"),
        ("Built with React.", "react"),
        ("Add `react` to the page.", "react"),
        ("Run `make` first.", "make"),
        ("Examples in C and Python.", "c-language"),
        ("It is C++ code.", "cpp"),
        ("It is C# code.", "csharp"),
        ("A service in .NET here.", "csharp"),
        ("Deployed on Render with PostgreSQL.", "render"),
        ("Le site est construit avec Vite.", "vite"),
        ("Run `vite` to see it.", "vite"),
        ("Tokens are JWTs.", "jwt"),
        ("Install `djangorestframework-simplejwt`.", "jwt"),
        ("| Database | PostgreSQL |\n|---|---|\n| Cache | Redis |", "redis"),
        ("Wrapped in Django\nREST Framework here.", "django-rest-framework"),
    ],
)
def test_a_short_text_is_about_what_it_names(text, slug):
    assert slug in _slugs(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Go to the Docker dashboard.", "go"),
        ("Where to go from Docker.", "go"),
        ("The rest of the Python code.", "rest"),
        ("We react to events from Docker.", "react"),
        ("An express train in spring.", "express"),
        ("In spring we use Docker.", "spring-boot"),
        ("Express your wishes to Django.", "express"),
        ("We make Docker images.", "make"),
        ("Make sure that Docker runs.", "make"),
        ("Answer A, B or C.", "c-language"),
        ("Write Go on a wall.", "go"),
        ("The rust on a car.", "rust"),
        ("The net income rose.", "csharp"),
        ("A celery salad.", "go"),
        ("See https://www.docker.com/ for that.", "docker"),
        ("Render the page with Django.", "render"),
        ("Machine. Learning is hard.", "machine-learning"),
        ("Les jetons JWT expiraient trop vite.", "vite"),
        ("On trie les produits avec PostgreSQL.", "data-structures"),
    ],
)
def test_words_that_only_look_like_a_topic_are_none(text, slug):
    assert slug not in _slugs(text)


def test_only_so_many_mentions_are_read():
    assert len(mentions(words_of(["Django, " * (MAX_MENTIONS + 1)]))) == MAX_MENTIONS
    assert topics_named_in("Django, " * (MAX_MENTIONS - 1) + "Redis, Kafka") == ("django", "redis")


def test_a_passing_mention_in_a_long_page_is_no_topic():
    assert _slugs(_FILLER * 40 + "Somebody spoke of Kafka. " + _FILLER * 40) == []


def test_a_long_page_is_about_what_it_speaks_of_again_and_again():
    page = f"{_FILLER * 10}\n\n".join(f"We used Kafka, part {n}." for n in range(8))
    assert _slugs(page)[:1] == ["kafka"]


def test_a_heading_says_more_than_a_paragraph():
    text = f"# Docker\n\n{_FILLER * 20}\n\nNginx was there.\n"
    assert _slugs(text) == ["docker"]


def test_the_title_says_more_than_anything_else():
    text = f"## Redis\n\n{_FILLER * 20}"
    assert _slugs(text, title="Caching with Celery")[:2] == ["caching", "celery"]


def test_a_part_speaks_a_little_of_the_whole():
    weights = {match.slug: match.weight for match in topics_of("# Django ORM\n\nDjango ORM tips.")}
    assert 0 < weights["django"] < weights["django-orm"]


def test_one_paragraph_full_of_a_name_counts_as_two_mentions():
    text = f"{'Kafka ' * 50}\n\n{_FILLER * 60}"
    assert "kafka" not in _slugs(text)


def test_code_alone_makes_no_topic_of_a_long_page():
    code = "```python\n" + "import redis\n" * 100 + "```\n"
    assert _slugs(f"{code}\n{_FILLER * 60}") == []


def test_the_author_is_believed():
    found = topics_of(_FILLER, front_matter_topics=["k8s", "Jazz", "Docker", "docker"])
    assert [(match.slug, match.weight) for match in found] == [("kubernetes", 1.0), ("docker", 1.0)]


def test_an_outline_at_hand_gives_the_same():
    text = "# Docker\n\nWith Compose files and Nginx."
    assert topics_of(outline(text)) == topics_of(text)


def test_a_text_without_words_is_about_nothing():
    assert topics_of("") == ()
    assert topics_of("***\n\n---\n") == ()


def test_there_are_never_too_many_topics():
    everything = "\n\n".join(
        f"# {topic.name} {topic.name}" for topic in catalogue().topics.values()
    )
    assert len(topics_of(everything)) == MAX_TOPICS


def test_everything_named_is_told_in_order():
    assert topics_named_in("Redis, then `Docker`, Redis") == ("redis", "docker")


@pytest.mark.parametrize(
    ("words", "slug"), [("Postgres", "postgresql"), ("django-orm", "django-orm"), ("jazz", None)]
)
def test_a_topic_is_found_by_what_people_type(words, slug):
    assert topic_named(words) == slug


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_any_text_has_well_formed_topics(text: str, title: str, said: list[str]) -> None:
    found = topics_of(text, title=title, front_matter_topics=said)
    assert len(found) <= MAX_TOPICS
    assert all(0 < match.weight <= 1 and match.slug in catalogue().topics for match in found)
    assert len({match.slug for match in found}) == len(found)


@given(
    st.lists(
        st.sampled_from([*_NAMES, "and", "we", ",", ".", "\n\n", "# ", "`", "- "]), max_size=60
    )
)
def test_topics_come_weightiest_first(words: list[str]) -> None:
    found = topics_of(" ".join(words))
    assert all(one.weight >= next_.weight for one, next_ in pairwise(found))


@pytest.mark.parametrize(
    "part",
    [
        "Django ORM, Redis and Go with Docker. ",
        "django rest django rest ",
        "`" * 3,
        "n+1+1+1+",
        "[a](b",
        "https://",
        "é" * 50 + " ",
        "# Go\n",
        "Go ",
    ],
)
def test_the_time_is_in_proportion_to_the_length(part):
    assert is_proportional(topics_of, lambda size: part * (size // len(part)), size=20_000)


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        (
            "baydre+alx-project-nexus/README.md",
            {"django", "docker", "authentication", "jwt", "caching", "openapi", "redis"},
        ),
        ("LewisMagangi+alx-project-nexus/README.md", {"django", "deployment", "database-design"}),
        ("LewisMagangi+alx-project-nexus/frontend/README.md", {"nextjs", "react", "vercel"}),
        (
            "ShemaM+alx-project-nexus/byn-k-platform/docs/DEPLOYMENT.md",
            {"deployment", "cors", "vercel", "render", "supabase"},
        ),
        ("trekhleb+javascript-algorithms/README.md", {"algorithms", "data-structures"}),
        ("prometheus+docs/docs/guides/tls-encryption.md", {"prometheus", "https"}),
    ],
)
def test_real_texts_are_about_what_a_reader_would_say(examples, name, slugs):
    path = examples / name
    assert slugs <= set(_slugs(decode(path.read_bytes(), path=name).text))


@settings(max_examples=20)
@given(seed=st.integers())
def test_real_texts_cut_and_spliced_have_topics_too(examples, seed):
    chance = random.Random(seed)
    texts = [
        path.read_text("utf-8", "replace") for path in sorted(examples.glob("*nexus*/**/*.md"))
    ]
    cut = "".join(
        text[(at := chance.randrange(len(text))) : at + chance.randrange(4_000)] for text in texts
    )
    assert len(topics_of(cut)) <= MAX_TOPICS

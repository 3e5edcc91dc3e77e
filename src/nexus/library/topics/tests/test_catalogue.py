"""Promises of the catalogue of topics, and of the data file itself."""

import re

import pytest

from nexus.library.topics.catalogue import CatalogueError, TopicKind, catalogue, read_catalogue

#: What the programme teaches: the hub must know it, in the words of its curriculum.
_TAUGHT = """
    Python, Django, Django ORM, REST APIs, GraphQL, Docker, CI/CD, database design, indexing,
    normalisation, normalization, migrations, N+1 queries, asynchronous programming, Celery,
    WebSocket, caching, caching strategies, cache invalidation, authentication, JWT, OAuth 2.0,
    RBAC, input validation, microservices, API gateway, message queues, real-time synchronisation,
    testing,
    coverage report, monitoring, Kubernetes, service mesh, RabbitMQ, Redis, PostgreSQL, Next.js,
    TailwindCSS, TypeScript, PWA, React Native, system design, API integration, GitHub Actions
"""


@pytest.mark.parametrize("name", [name.strip() for name in _TAUGHT.split(",")])
def test_what_is_taught_is_known(name):
    assert catalogue().named(name) is not None


def test_every_topic_is_described_in_one_plain_sentence():
    for topic in catalogue().topics.values():
        words = topic.description
        assert words.endswith("."), topic.slug
        assert not re.search(r"\. |!", words), topic.slug
        assert 20 <= len(words) <= 140, topic.slug


def test_every_topic_is_well_formed():
    for topic in catalogue().topics.values():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", topic.slug)
        assert set(topic.tracks) <= {"backend", "frontend"}, topic.slug
        assert len(set(topic.related)) == len(topic.related) > 0, topic.slug


def test_every_topic_is_found_by_its_slug_and_its_name():
    for topic in catalogue().topics.values():
        assert catalogue().named(topic.slug) is topic
        assert catalogue().named(topic.name) is topic


def test_both_kinds_are_there():
    kinds = [topic.kind for topic in catalogue().topics.values()]
    assert min(kinds.count(kind) for kind in TopicKind) > 50


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("k8s", "kubernetes"),
        ("JSON Web Tokens", "jwt"),
        ("golang", "go"),
        ("go", "go"),
        ("rest", "rest"),
        ("mise en cache", "caching"),
        ("base de données", None),
        ("intégration continue", "ci-cd"),
        ("#Docker", None),
        ("", None),
        ("psycopg2", "postgresql"),
        ("djangorestframework-simplejwt", "jwt"),
    ],
)
def test_topics_are_found_by_other_names(words, slug):
    topic = catalogue().named(words)
    assert (topic.slug if topic else None) == slug


@pytest.mark.parametrize(
    ("ecosystem", "package", "slug"),
    [
        ("pypi", "django", "django"),
        ("npm", "@mui/material", "component-libraries"),
        ("npm", "@mui", None),
        ("docker", "postgres", "postgresql"),
        ("maven", "org.springframework.boot:spring-boot-starter-web", "spring-boot"),
        ("npm", "django", None),
        ("github", "actions/checkout", "github-actions"),
        ("pypi", "left-pad", None),
    ],
)
def test_topics_are_found_by_packages(ecosystem, package, slug):
    topic = catalogue().of_package(ecosystem, package)
    assert (topic.slug if topic else None) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("manage.py", "django"),
        ("Dockerfile", "docker"),
        ("docker-compose.prod.yml", "docker-compose"),
        ("main.tf", "terraform"),
        ("notes.md", None),
    ],
)
def test_topics_are_found_by_files(name, slug):
    topic = catalogue().of_file(name)
    assert (topic.slug if topic else None) == slug


def test_a_topic_knows_what_it_is_a_part_of():
    assert catalogue().broader("django-orm") == ["django", "python"]
    assert catalogue().broader("python") == []


def _topic(**fields: object) -> str:
    given = {"slug": "a", "name": "A", "kind": "concept", "description": "It is."} | fields
    lines = (f"{name} = {value!r}" for name, value in given.items() if value is not None)
    return "[[topic]]\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        _topic() + _topic(name="B"),
        _topic() + _topic(slug="b", aliases=["a"]),
        _topic(aliases=["same"]) + _topic(slug="b", name="B", aliases=["Sames"]),
        _topic(aliases=["--"]),
        _topic(related=["nowhere"]),
        _topic(related=["a"]),
        _topic(broader="a"),
        _topic(broader="nowhere"),
        _topic(kind="thing"),
        _topic(kind=None),
        _topic(description=None),
        _topic(colour="red"),
        _topic(packages=["pypi:x"]) + _topic(slug="b", name="B", packages=["pypi:X"]),
        _topic(files=["x"]) + _topic(slug="b", name="B", files=["x"]),
    ],
)
def test_a_data_file_that_contradicts_itself_is_refused(text):
    with pytest.raises(CatalogueError):
        read_catalogue(text)


def test_the_longest_name_that_begins_at_a_word_comes_first():
    known = read_catalogue(
        _topic(slug="data", name="Data")
        + _topic(slug="design", name="Data model design")
        + _topic(slug="other", name="Data warehouse")
    )
    keys = ["a", "data", "model", "design", "data", "model"]
    assert [(end, name.slug) for end, name in known.names_at(keys, 1)] == [
        (4, "design"),
        (2, "data"),
    ]
    assert [(end, name.slug) for end, name in known.names_at(keys, 4)] == [(5, "data")]
    assert known.names_at(keys, 0) == []


def test_topics_that_are_part_of_each_other_do_not_go_round_for_ever():
    known = read_catalogue(_topic(broader="b") + _topic(slug="b", name="B", broader="a"))
    assert known.broader("a") == ["b", "a"]


def test_the_smallest_file_is_read():
    known = read_catalogue(_topic(aliases=["alpha"], packages=["npm:@a/*"]))
    assert known.topics["a"].aliases == ("alpha",)
    assert known.of_package("npm", "@a/one") is known.topics["a"]
    assert read_catalogue("").topics == {}

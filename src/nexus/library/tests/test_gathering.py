"""What is read out of texts and joined: parts, copies, resources, topics, and finding them."""

import contextlib
import threading

import pytest
from django.db import connection

from nexus.cohorts.selectors import audiences
from nexus.cohorts.tests.factories import CohortFactory
from nexus.library.models import Entry, EntryTopic, Recommendation, Resource
from nexus.search.results import SearchRequest

pytestmark = pytest.mark.django_db

CODE = """```python
def cached(key, make):
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, 60)
    return value
```
"""
README = f"""# Shop

A shop built with Django.

## Challenges & Solutions

- **Slow lists**: Solved with select_related and an index.
- **Lost sessions**: Solved by keeping them in Redis.

## Cache aside

Ask the cache first:

{CODE}

## Resources

- [Django documentation](https://docs.djangoproject.com/en/5.2/) explains the ORM well
"""
LINK_LINE = README.split("\n").index(README.strip().split("\n")[-1]) + 1


def parts(mirror, **only):
    """{part: title} of what lives."""
    found = Entry.objects.filter(repository=mirror.repository, withdrawn_at=None, **only).exclude(
        part=""
    )
    return dict(found.values_list("part", "title"))


def find(engine, words, **options):
    """(kind, title) of the hits."""
    engine.catch_up(60)
    request = SearchRequest(words=words, audiences=audiences(None), **options)
    answer = engine.search(request)
    return [(hit.kind, hit.title) for hit in answer.hits]


def test_a_readme_yields_its_challenges_and_snippets(mirror):
    mirror.publish({"README.md": README})
    assert parts(mirror, kind="challenge") == {
        "challenge-slow-lists": "Slow lists",
        "challenge-lost-sessions": "Lost sessions",
    }
    assert list(parts(mirror, kind="snippet")) == ["snippet-ask-the-cache-first"]


def test_a_part_that_is_gone_from_the_text_is_withdrawn_and_stays_readable(mirror, client):
    mirror.publish({"README.md": README})
    mirror.publish({"README.md": README.replace("- **Lost sessions**", "- Also **Lost**")})
    gone = Entry.objects.get(repository=mirror.repository, part="challenge-lost-sessions")
    assert gone.withdrawn_at is not None
    base = "/c/cohort-of-nexus/nexus/-/part"
    assert client.get(f"{base}/challenge-lost-sessions/").status_code == 410
    assert client.get(f"{base}/challenge-slow-lists/").status_code == 200
    assert client.get(f"{base}/challenge-never-there/").status_code == 404


def test_a_part_says_where_it_stands(mirror, client):
    mirror.publish({"README.md": README, "docs/caching.md": f"# Caching\n\n{CODE}"})
    page = client.get("/c/cohort-of-nexus/nexus/-/part/challenge-slow-lists/").content.decode()
    assert "/-/source/README.md#L7" in page
    assert "select_related" in page


def test_the_same_snippet_in_several_repositories_is_one(add_mirror):
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    first.publish({"docs/a.md": f"# A\n\nAsk the cache first:\n\n{CODE}"})
    second.publish({"docs/b.md": f"# B\n\nLater:\n\n{CODE}"})
    original = Entry.objects.get(repository=first.repository, kind="snippet")
    copy = Entry.objects.get(repository=second.repository, kind="snippet")
    assert (original.original_id, copy.original_id) == (None, original.pk)


@pytest.mark.parametrize("name", ["waiting.py", "waiting.md"])
def test_the_same_file_kept_as_a_snippet_in_several_repositories_is_one(add_mirror, name):
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    first.publish({f"code-snippets/{name}": "# Wait\n\nwait(seconds=3)\n"})
    second.publish({f"code-snippets/of-ada/{name}": "# Wait  \n\nwait(seconds=3)\n"})
    original = Entry.objects.get(repository=first.repository, kind="snippet")
    copy = Entry.objects.get(repository=second.repository, kind="snippet")
    assert (original.original_id, copy.original_id) == (None, original.pk)


def test_when_the_original_goes_the_next_takes_its_place(add_mirror):
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    text = f"# A\n\nAsk the cache first:\n\n{CODE}"
    first.publish({"docs/a.md": text})
    second.publish({"docs/b.md": text})
    first.publish({"docs/a.md": "# A\n"})
    copy = Entry.objects.get(repository=second.repository, kind="snippet", withdrawn_at=None)
    assert copy.original_id is None


def test_another_cohort_has_its_own(add_mirror):
    first, second = add_mirror("first"), add_mirror("second")
    for mirror in (first, second):
        mirror.publish({"docs/a.md": f"# A\n\nAsk the cache first:\n\n{CODE}"})
    assert not Entry.objects.exclude(original=None).exists()


def test_an_address_that_several_recommend_is_one_resource(add_mirror):
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    first.publish({"README.md": README})
    second.publish(
        {
            "resources/web.md": "# Web\n\n- [Docs](http://docs.djangoproject.com/en/5.2?utm_source=x)\n"
        }
    )
    resource = Resource.objects.get(cohort=cohort)
    assert resource.recommended == 2
    assert Recommendation.objects.get(entry__repository=first.repository).line == LINK_LINE
    first.publish({"README.md": "# Shop\n"})
    resource.refresh_from_db()
    assert resource.recommended == 1
    second.publish({"resources/web.md": None})
    resource.refresh_from_db()
    assert resource.recommended == 0


def test_of_a_resource_only_what_is_still_said_of_it_stands(add_mirror):
    """What somebody took back is neither its title nor its topic, whoever else recommends it."""
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    read = "https://use-the-index-luke.com/"
    first.publish({"resources/a.md": f"# A\n\n- [Ada's Redis notes]({read}) with Celery\n"})
    second.publish({"resources/b.md": f"# B\n\n- [A guide]({read}) to Redis\n"})

    def told():
        resource = Resource.objects.get(cohort=cohort)
        return resource.title, set(resource.topics.values_list("topic", flat=True))

    assert told() == ("Ada's Redis notes", {"redis", "celery"})
    first.publish(
        {"resources/a.md": f"# A\n\nMore.\n\n- [Ada's Redis notes]({read}) with Docker\n"}
    )
    assert told() == ("Ada's Redis notes", {"redis", "docker"})
    first.publish({"resources/a.md": None})
    assert told() == ("A guide", {"redis"})
    second.publish({"resources/b.md": None})
    assert told() == (read, set())
    second.publish({"resources/c.md": f"# Web\n\n- [Ada's guide]({read}) to Celery\n"})
    assert told() == ("Ada's guide", {"celery"}), "until somebody says a word for it again"


@pytest.mark.django_db(transaction=True)
def test_two_who_name_an_address_at_once_are_both_counted(add_mirror):
    """Neither sees what the other writes before it is committed."""
    cohort = CohortFactory()
    mirrors = [add_mirror(name, cohort=cohort) for name in ("first", "second", "third")]
    text = "# Links\n\n- [A guide](https://use-the-index-luke.com/) to indexes\n"
    mirrors[0].publish({"resources/a.md": text})

    def publish(mirror):
        with contextlib.closing(connection):
            for number in range(4):
                mirror.publish({"resources/a.md": f"{text}\n{number}\n", "b.md": f"{number}\n"})
                mirror.publish({"resources/a.md": None})
            mirror.publish({"resources/a.md": text})

    threads = [threading.Thread(target=publish, args=[mirror]) for mirror in mirrors[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Resource.objects.get(cohort=cohort).recommended == 3


def test_topics_come_from_the_front_matter_and_from_the_text(mirror):
    mirror.publish(
        {"docs/a.md": "---\ntopics: [Celery]\n---\n# Caching with Redis\n\nRedis is a cache.\n"}
    )
    topics = EntryTopic.objects.filter(entry__path="docs/a.md").values_list("topic", "weight")
    assert dict(topics)["celery"] == 100
    assert {"redis", "caching"} <= {topic for topic, _ in topics}


@pytest.mark.django_db(transaction=True)
def test_what_was_gathered_is_found_and_filtered(mirror, engine):
    mirror.publish({"README.md": README})
    assert ("challenge", "Slow lists") in find(engine, "select_related")
    assert ("resource", "Django documentation") in find(engine, "docs.djangoproject.com")
    assert find(engine, "sessions topic:Redis")[0] == ("challenge", "Lost sessions")
    assert find(engine, "sessions topic:GraphQL") == []


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_not_found_twice(add_mirror, engine):
    cohort = CohortFactory()
    text = f"# A\n\nAsk the cache first:\n\n{CODE}"
    for name in ("first", "second"):
        add_mirror(name, cohort=cohort).publish({"docs/a.md": text})
    found = find(engine, "cached", kinds=("snippet",))
    assert len(found) == 1


def test_endpoints_become_the_outline_of_a_contract(mirror, client):
    table = "| Method | Endpoint | Description |\n|---|---|---|\n" + "".join(
        f"| {method} | /api/things/{{id}}/ | {method.title()} a thing |\n"
        for method in ("GET", "PUT", "DELETE")
    )
    mirror.publish({"docs/api.md": f"# Things API\n\n{table}"})
    outline = Entry.objects.get(repository=mirror.repository, part="contract-outline")
    assert (outline.kind, outline.title) == ("contract", "Endpoints of Things API")
    page = client.get("/c/cohort-of-nexus/nexus/-/part/contract-outline/docs/api.md")
    assert "Delete a thing" in page.content.decode()
    assert "Not yet a contract" in outline.summary


@pytest.mark.parametrize(
    "text", ["# A\n\nNothing of the kind.\n", "# A\n\n```sh\nmake test\n```\n", "Hi\n", ""]
)
def test_a_text_with_nothing_of_the_kind_yields_nothing(mirror, text):
    mirror.publish({"README.md": text, "docs/a.md": text})
    assert parts(mirror) == {}
    assert not Resource.objects.exists()


ONE = """## Problem

A list took 400 queries.

## Solution

We added a prefetch.

## Result

It takes 80 ms.
"""


def test_a_page_that_is_one_challenge_is_told_in_lists_like_one_of_a_text(mirror, client):
    mirror.publish({"challenges/slow.md": f"# Slow lists\n\n{ONE}"})
    entry = mirror.entry("challenges/slow.md")
    assert entry.facts["solved"] is True
    page = client.get(f"/c/{mirror.repository.cohort.slug}/-/challenges").content.decode()
    told = page.partition('class="told"')[2].partition("</dl>")[0]
    for words in ("A list took 400 queries.", "We added a prefetch.", "It takes 80 ms."):
        assert words in told


@pytest.mark.parametrize(
    "text",
    ["# Slow\n\nIt was slow, and then it was not.\n", ONE + ONE.replace("queries", "seconds")],
)
def test_a_page_of_challenges_that_is_none_or_several_has_its_summary(mirror, text):
    mirror.publish({"challenges/slow.md": text})
    assert "problem" not in mirror.entry("challenges/slow.md").facts

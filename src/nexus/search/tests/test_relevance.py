"""The right document comes first: twenty questions as people ask them.

The documents are written as learners write theirs; each question names the one that must
come first, and where it matters the one that must come next.
"""

from datetime import timedelta

import pytest

from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import MOMENT, SmallHub, ask, document, keys

FILE = 0.6
FILLER = "This page is part of my backend notes and links to the other pages of the programme. "

SHELF = [
    document(
        "nexus", kind="project", title="ALX Project Nexus", quality=1.2, person="lewis",
        summary="What I learnt in the ProDev backend programme",
        headings=("Key technologies", "Challenges faced", "Best practices"),
        body="Python, Django, REST APIs, GraphQL, Docker and CI/CD. " + FILLER * 3,
    ),
    document(
        "django", title="Django", path="documentation/django.md", person="lewis",
        summary="The web framework for perfectionists",
        body="Django has models, views, templates and migrations. Django REST framework too. "
        + FILLER,
    ),
    document(
        "n1", kind="challenge", title="Solving the N+1 query problem in Django",
        headings=("select_related", "prefetch_related"), person="shema",
        body="The list of orders ran one query for each customer. We used select_related for "
        "foreign keys and prefetch_related for many-to-many. " + FILLER,
    ),
    document(
        "caching", title="Caching strategies", summary="Cache-aside, write-through, write-behind",
        body="A cache in front of the database. Redis keeps the cached pages. Invalidation. "
        + FILLER,
    ),
    document(
        "redis", kind="snippet", title="redis_cache.py", code_language="Python",
        path="code-snippets/redis_cache.py",
        body="import redis\\n\\nclass RedisCache:\\n    def get_or_set(self, key): ...",
    ),
    document(
        "celery", title="Background jobs with Celery and RabbitMQ",
        body="Celery workers take tasks from RabbitMQ. Retry with exponential backoff. " + FILLER,
    ),
    document(
        "jwt", title="Authentication", headings=("Sessions", "JSON Web Tokens (JWT)", "OAuth 2"),
        body="A JWT is signed. Refresh tokens rotate. Never store passwords in plain text. "
        + FILLER,
    ),
    document(
        "graphql", title="GraphQL with Graphene", body="Schemas, resolvers, mutations. " + FILLER,
    ),
    document(
        "contract", kind="contract", title="E-commerce API", person="shema",
        summary="Products, carts and orders", path="collaboration/openapi.yaml",
        body="paths /products /orders /cart get post schema Product price currency",
    ),
    document(
        "docker", title="Containers: Docker and Compose",
        body="A Dockerfile in two stages. docker compose up starts Postgres and Redis. " + FILLER,
    ),
    document(
        "cicd", title="Continuous integration", headings=("GitHub Actions", "CI/CD pipeline"),
        body="Every push runs the tests. A pipeline deploys the main branch. " + FILLER,
    ),
    document(
        "js", title="JavaScript closures", body="A closure keeps its scope alive. " + FILLER,
    ),
    document(
        "java", title="Java streams", body="Java has lambdas since version 8. " + FILLER,
    ),
    document(
        "sql", title="Database indexes", path="documentation/postgres/indexes.md",
        body="An index in PostgreSQL is a B-tree. EXPLAIN ANALYZE shows the plan of a query. "
        "Indexing slows writes down. " + FILLER,
    ),
    document(
        "models", kind="file", title="models.py", path="shop/models.py", quality=FILE,
        code_language="Python",
        body="from django.db import models\\n\\nclass Order(models.Model):\\n"
        "    customer = models.ForeignKey(Customer)\\n" + "    # django model field\\n" * 20,
    ),
    document(
        "settings", kind="file", title="settings.py", path="shop/settings.py", quality=FILE,
        code_language="Python",
        body="INSTALLED_APPS = ['django.contrib.admin']\\nCACHES = {'default': {}}\\n" * 10,
    ),
    document(
        "old", title="Unit testing with pytest", updated_at=MOMENT - timedelta(days=5 * 365),
        body="Fixtures and parametrize. " + FILLER,
    ),
    document(
        "new", title="Unit testing with pytest", body="Fixtures and parametrize. " + FILLER,
    ),
    document(
        "regex", title="Validating e-mail addresses", body="Use a library, not a regex. " + FILLER,
    ),
    document(
        "alg", title="Dijkstra's algorithm", body="Shortest paths in a weighted graph. " + FILLER,
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine that has indexed the shelf; it is only asked."""
    hub = SmallHub()
    hub.put(*SHELF)
    engine = hub.engine(tmp_path_factory.mktemp("relevance"))
    engine.catch_up()
    engine.stop()
    return engine


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("django", ["django", "n1"]),
        ("nexus", ["nexus"]),
        ("n+1", ["n1"]),
        ("n+1 django", ["n1"]),
        ("select_related", ["n1"]),
        ("prefetchRelated", ["n1"]),
        ("caching", ["caching"]),
        ("cache", ["redis", "caching"]),
        ("cache redis", ["redis", "caching"]),
        ("write-behind", ["caching"]),
        ("redis_cache.py", ["redis"]),
        ("jwt", ["jwt"]),
        ("json web token", ["jwt"]),
        ("how do I sign a jwt", ["jwt"]),
        ("graphql", ["graphql", "nexus"]),
        ("java", ["java", "js"]),
        ("javascript", ["js"]),
        ("ci/cd", ["cicd", "nexus"]),
        ("index", ["sql"]),
        ("postgres", ["docker", "sql"]),
        ("docker compose", ["docker"]),
        ("openapi", ["contract"]),
        ("orders", ["contract"]),
        ("models.Model", ["models"]),
        ("pytest", ["new", "old"]),
        ("pyt", ["new", "old"]),
        ("dijkstra algoritm", ["alg"]),
        ("celry", ["celery"]),
        ("email validation", ["regex"]),
        ("background job", ["celery"]),
        ("exponential backoff", ["celery"]),
        ("shema order", ["contract"]),
    ],
)
def test_the_right_document_comes_first(
    library: SearchEngine, words: str, first: list[str]
) -> None:
    assert keys(ask(library, words))[: len(first)] == first


def test_an_exact_word_outranks_its_family_and_its_beginnings(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(*_titled("caches", "caching", "cachexia"))
    engine.catch_up()
    assert set(keys(ask(engine, "cach"))) == {"caches", "caching", "cachexia"}
    assert keys(ask(engine, "caches")) == ["caches", "caching"]
    assert keys(ask(engine, "cachexi")) == ["cachexia"]


def test_quality_and_age_only_tip_the_balance(hub: SmallHub, engine: SearchEngine) -> None:
    year = timedelta(days=365)
    hub.put(
        document("good", title="Caching", quality=1.1),
        document("plain", title="Caching"),
        document("older", title="Caching", updated_at=MOMENT - year),
        document("best word", title="Other", body="caching", quality=1.5),
    )
    engine.catch_up()
    results = ask(engine, "caching ")
    assert keys(results) == ["good", "plain", "older", "best word"]
    scores = {hit.key: hit.score for hit in results.hits}
    assert scores["good"] / scores["plain"] == pytest.approx(1.1, rel=0.001)
    assert scores["older"] / scores["plain"] == pytest.approx(0.951, rel=0.002)


def _titled(*titles: str) -> list[SearchDocument]:
    return [document(title, title=title) for title in titles]

"""Promises of finding endpoints: each way of listing them, and what only looks like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.decoding import decode
from nexus.library.extraction.endpoints import FoundEndpoint, find_endpoints
from nexus.library.extraction.endpoints.authentication import said_in_words
from nexus.library.extraction.endpoints.finding import MAX_FOUND
from nexus.library.extraction.endpoints.model import MAX_SUMMARY
from nexus.library.extraction.endpoints.paths import (
    MAX_PATH,
    METHODS,
    Parameter,
    address_of,
    methods_of,
    neutral,
    parameters_of,
)
from nexus.library.extraction.outline import outline
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.extraction.tests.splices import spliced


def _found(text: str) -> tuple[FoundEndpoint, ...]:
    return find_endpoints(outline(text))


def _listed(text: str) -> list[tuple[str, str, str]]:
    return [(each.method, each.path, each.summary) for each in _found(text)]


_SHOP = [
    ("GET", "/shop/", "List goods"),
    ("POST", "/shop/", "Add goods"),
    ("DELETE", "/shop/{id}/", "Remove goods"),
]
_LISTED = {
    "table": (
        "| Method | Endpoint | Description |\n|---|---|---|\n| GET | `/shop/` | List goods |\n"
        "| POST | `/shop/` | Add goods |\n| DELETE | `/shop/{id}/` | Remove goods |"
    ),
    "table in another order and language": (
        "| Chemin | Rôle | Méthode |\n|---|---|---|\n| **/shop/** | List goods | `GET` |\n"
        "| /shop/ | Add goods | post |\n| /shop/{id}/ | Remove goods | 🗑 Delete |"
    ),
    "table with both in one cell": (
        "| Request | What it does |\n|---|---|\n| `GET /shop/` | List goods |\n"
        "| **POST** /shop/ | Add goods |\n| DELETE `/shop/{id}/` | **Remove** goods |"
    ),
    "table with names before": (
        "| Action | Call | Verb | Path |\n|---|---|---|---|\n"
        "| List goods | `list()` | GET | /shop/ |\n"
        "| Add goods | `add()` | POST | /shop/ |\n"
        "| Remove goods | `drop()` | DELETE | /shop/{id}/ |"
    ),
    "table without first slashes": (
        "| Verb | Route | Purpose |\n|---|---|---|\n| GET | shop/ | List goods |\n"
        "| POST | shop/ | Add goods |\n| DELETE | shop/{id}/ | Remove goods |"
    ),
    "table pasted from a page": (
        "API Endpoints\nRoute\tMethod\tDescription\n/shop/\tGET\tList goods\n"
        "/shop/\tPOST\tAdd goods\n/shop/\tCRUD\tGoods\n/shop/{id}/\tDELETE\tRemove goods\nEnd"
    ),
    "list": (
        "- `GET /shop/` - List goods\n- `POST /shop/` — Add goods\n"
        "* DELETE /shop/{id}/: Remove goods"
    ),
    "list of bold methods": (
        "- **GET** `/shop/` → List goods\n- **POST** `/shop/` (Add goods)\n"
        "- [DELETE] /shop/{id}/ | Remove goods"
    ),
    "list with words first": (
        "- **List goods**: `GET /shop/`\n- Add goods – `POST /shop/`\n"
        "- Remove goods: `DELETE /shop/{id}/`"
    ),
    "list with paths first": (
        "- `/shop/` (GET) List goods\n- `/shop/` (POST) – Add goods\n"
        "- /shop/{id}/ [DELETE] Remove goods"
    ),
    "paragraph": (
        "**GET** `/shop/` - List goods\n**POST** `/shop/` - Add goods\n"
        "**DELETE** `/shop/{id}/` - Remove goods"
    ),
    "paragraph with words below": (
        "`GET /shop/`\nList goods\n\nPOST: /shop/\n\nAdd goods\n\nDELETE /shop/{id}/\nRemove goods"
    ),
    "headings": (
        "### GET /shop/\nList goods\n### `POST /shop/` – Add goods\n"
        "#### Remove goods (DELETE /shop/{id}/)"
    ),
    "headings of labels": (
        "### 1. List goods\n**Endpoint:** `GET /shop/`\n### 🔹 Add goods\nURL: POST /shop/\n"
        "### Remove goods\n- Request: `DELETE /shop/{id}/`"
    ),
    "code": (
        "```http\nGET    /shop/      # List goods\nPOST   /shop/      // Add goods\n"
        "DELETE /shop/{id}/ - Remove goods\n```"
    ),
    "whole addresses": (
        "- GET http://localhost:8000/shop/ - List goods\n- POST {{base_url}}/shop/ - Add goods\n"
        "- DELETE ${HOST}/shop/{id}/ - Remove goods"
    ),
    "requests with their version": (
        "```\nGET /shop/ HTTP/1.1\n```\n- GET /shop/ – List goods\n"
        "- POST /shop/ HTTP/2 – Add goods\n"
        "- DELETE /shop/17/ – Remove goods"
    ),
}


@pytest.mark.parametrize("text", _LISTED.values(), ids=_LISTED.keys())
def test_endpoints_are_found_in_the_way_they_are_listed(text: str) -> None:
    assert _listed(text) == _SHOP


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- GET /a\n- POST /a",
        "- `/a` – users\n- `/b` – goods\n- `/c` – carts",
        "| Route | Component | Login |\n|---|---|---|\n| /a | A | Yes |\n| /b | B | No |\n"
        "| /c | C | No |",
        "| Command | Description |\n|---|---|\n| GET | gets |\n| POST | posts |\n| PUT | puts |",
        "| Verb | Meaning |\n|-|-|\n| GET | see /a |\n| POST | see /b |\n| PUT | see /c |",
        "GET requests read, POST requests write, DELETE requests remove /everything",
        "```\nGET /a 200 12ms\nGET /b 404 3ms\nPOST /c 500\n```",
        "<!--\n- GET /a\n- GET /b\n- GET /c\n-->",
    ],
)
def test_what_lists_no_endpoints_gives_nothing(text: str) -> None:
    assert _listed(text) == []


def test_it_is_known_where_an_endpoint_is_listed() -> None:
    text = (
        "# API\n## Shop\n- GET /a\n\n| Verb | URL |\n|-|-|\n| PUT | /b |\n\n```\n\nGET /c\n"
        "```\n### POST /d\n"
    )
    assert [(each.line, each.section) for each in _found(text)] == [
        (3, "Shop"),
        (7, "Shop"),
        (11, "Shop"),
        (13, "Shop"),
    ]


def test_several_methods_of_one_row_are_several_endpoints() -> None:
    text = (
        "| Endpoint | Method | Description | Auth |\n|-|-|-|-|\n"
        "| /a | GET, POST | all | GET: ❌, POST: ✅ |\n"
        "| /a/{id} | GET/PUT or DELETE | one | GET: No, others: Yes |"
    )
    assert [(each.method, each.path, each.needs_authentication) for each in _found(text)] == [
        ("GET", "/a", False),
        ("POST", "/a", True),
        ("GET", "/a/{id}", False),
        ("PUT", "/a/{id}", True),
        ("DELETE", "/a/{id}", True),
    ]


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        ("Yes", True),
        ("✅ (Admin)", True),
        ("JWT", True),
        ("Admin only", True),
        ("Oui", True),
        ("🔒", True),
        ("No", False),
        ("❌", False),
        ("Public", False),
        ("AllowAny", False),
        ("Aucune", False),
        ("", None),
        ("-", None),
        ("Optional", None),
        ("N/A", None),
    ],
)
def test_a_column_says_who_may_come_in(cell: str, needed: bool | None) -> None:
    rows = "".join(f"| GET | /{name} | {cell} | words |\n" for name in "abc")
    found = _found(f"| Method | Path | Auth required | Description |\n|-|-|-|-|\n{rows}")
    assert [each.needs_authentication for each in found] == [needed] * 3
    assert [each.summary for each in found] == ["words"] * 3


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("Get users (requires Bearer token)", True),
        ("Create a job (admin only)", True),
        ("Profile (auth)", True),
        ("🔒 Profile", True),
        ("Protected endpoints", True),
        ("Authentification requise", True),
        ("Public endpoints (no authentication required)", False),
        ("Public API", False),
        ("Jobs (public)", False),
        ("🔓 Jobs", False),
        ("List public jobs", None),
        ("Authentication endpoints", None),
        ("Update admin", None),
        ("", None),
    ],
)
def test_words_say_who_may_come_in(words: str, needed: bool | None) -> None:
    assert said_in_words(words) is needed


def test_a_heading_speaks_for_those_below_it_that_say_nothing() -> None:
    text = "## Users (admin only)\n- GET /a – all\n- GET /b – some (public)\n- PUT /c – one"
    assert [each.needs_authentication for each in _found(text)] == [True, False, True]


def test_a_path_in_a_heading_stands_before_those_below_it() -> None:
    text = (
        "## Users (`/api/users/`)\n- GET /\n- GET /{id}\n## Jobs: /api/jobs\n"
        "- GET /api/jobs\n- PUT /api/jobs/x"
    )
    assert [each.path for each in _found(text)] == [
        "/api/users/",
        "/api/users/{id}",
        "/api/jobs",
        "/api/jobs/x",
    ]


def test_a_row_alone_parts_a_table_into_sections() -> None:
    text = (
        "# API\n| Verb | Path |\n|-|-|\n| **Users** |\n| GET | /a |\n| GET | /b |\n"
        "| *Jobs* | |\n| GET | /c |"
    )
    assert [each.section for each in _found(text)] == ["Users", "Users", "Jobs"]


def test_an_endpoint_listed_twice_is_one_that_knows_both() -> None:
    text = (
        "- GET /a/:id?page=1\n- POST /b – makes\n- PUT /c\n\n"
        "| Verb | Path | Auth | Description |\n|-|-|-|-|\n| GET | /a/{pk}/ | Yes | Reads one |"
    )
    assert _found(text)[0] == FoundEndpoint(
        "GET", "/a/:id", "Reads one", 1, needs_authentication=True, query=("page",)
    )
    assert len(_found(text)) == 3


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/api/x", "/api/x"),
        ("`/api/x/`.", "/api/x/"),
        ("**/api/x**", "/api/x"),
        ("[/api/x](#x)", "/api/x"),
        ("https://a.org/api/x", "/api/x"),
        ("{{url}}/api//x", "/api/x"),
        ("{baseUrl}/x", "/x"),
        ("$HOST/x", "/x"),
        ("/x/<int:pk>/", "/x/<int:pk>/"),
        ("/x/42/y", "/x/{id}/y"),
        ("/x/69a423e11e2cf742889c1de0", "/x/{id}"),
        ("/v2/x", "/v2/x"),
        ("/x/\\_all", "/x/_all"),
        ("/", "/"),
        ("/x (old)", "/x"),
    ],
)
def test_a_path_is_read_without_what_is_around_it(text: str, path: str) -> None:
    address = address_of(text)
    assert address is not None
    assert address.path == path


@pytest.mark.parametrize("text", ["", "users", "see /x", "a/b", "https://a.org", "- text"])
def test_what_does_not_begin_with_a_path_is_none(text: str) -> None:
    assert address_of(text) is None


def test_names_behind_a_question_mark_are_kept() -> None:
    address = address_of("/x?page=1&sort[]=a&page=2")
    assert address is not None
    assert (address.path, address.query) == ("/x", ("page", "sort"))


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("GET", ("GET",)),
        ("`get` / **Post**", ("GET", "POST")),
        ("GET, GET and PUT", ("GET", "PUT")),
        ("Get users", ()),
        ("", ()),
        ("ANY", ()),
    ],
)
def test_methods_are_read_when_nothing_else_is_said(text: str, methods: tuple[str, ...]) -> None:
    assert methods_of(text) == methods


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/a/{id}", Parameter("id")),
        ("/a/{{id}}", Parameter("id")),
        ("/a/${id}", Parameter("id")),
        ("/a/{id:int}", Parameter("id", "int")),
        ("/a/<id>", Parameter("id")),
        ("/a/<uuid:user_id>", Parameter("user_id", "uuid")),
        ("/a/:id", Parameter("id")),
        ("/a/[id]", Parameter("id")),
        ("/a/[...slug]", Parameter("slug")),
        ("/a/{user name}", Parameter("user_name")),
        ("/a/*", Parameter("value")),
        ("/a/{ }", Parameter("value")),
    ],
)
def test_parameters_are_known_in_every_way_of_writing_them(path: str, parameter: Parameter) -> None:
    assert list(parameters_of(path))[1] == parameter
    assert neutral(path) == neutral("/a/{x}/")


def test_the_learners_lists_are_found_whole(examples: Path) -> None:
    backend = examples / "LewisMagangi+alx-project-nexus" / "backend"
    found = _found((backend / "README.md").read_text())
    assert len(found) == 28
    assert found[0] == FoundEndpoint(
        "POST", "/api/auth/register/", "Register new user", 162, "Authentication"
    )
    assert len(_found((backend / "docs" / "api" / "README.md").read_text())) == 16


def test_no_other_example_lists_endpoints(examples: Path) -> None:
    listing: set[str] = set()
    for path in examples.rglob("*.md"):
        if _found(decode(path.read_bytes(), path=path.name).text):
            listing.add(path.relative_to(examples).parts[0])
    assert listing == {"LewisMagangi+alx-project-nexus"}


_FRAGMENTS = (
    "| Method | Endpoint | Description |\n|---|---|---|\n", "| GET | /a | b |\n"
    "", "| `/a` | PUT |\n",
    "- `GET /shop/` - goods\n", "**POST** `/b`", "### DELETE /c/{id}\n", "## Users (/api)\n"
    "", "GET ",
    "/a/<int:pk>/", "/:id", "{{url}}", "https://a.org", "?page=1", "```\n", "\n", "\n\n"
    "", "(POST)", "|",
    "`", "**", "/", "{", "<", ">", "Endpoint: ", "🔒", "word ", "(admin only)", "é", "\0", "\\",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=4), max_size=60).map("".join)


def _check(found: tuple[FoundEndpoint, ...], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert len(found) == 0 or 3 <= len(found) <= MAX_FOUND
    assert len({(each.method, neutral(each.path)) for each in found}) == len(found)
    assert [each.line for each in found] == sorted(each.line for each in found)
    for each in found:
        assert each.method in METHODS
        assert each.path.startswith("/")
        assert len(each.path) <= 2 * MAX_PATH
        assert " " not in each.path
        assert len(each.summary) <= MAX_SUMMARY
        assert 1 <= each.line <= lines


@given(_TEXTS)
def test_any_text_is_read_without_surprise(text: str) -> None:
    _check(_found(text), text)


@given(seed=st.integers(0, 2**32), own=st.sampled_from(list(_LISTED.values())))
def test_the_examples_cut_and_spliced_are_read_without_surprise(
    examples: Path, seed: int, own: str
) -> None:
    text = f"{spliced(examples, seed=seed)}{own}{spliced(examples, seed=seed + 1)}"
    _check(_found(text), text)


def test_no_more_are_found_than_can_be_shown() -> None:
    items = "".join(f"- GET /a{number}/b\n" for number in range(MAX_FOUND + 50))
    assert len(_found(items)) == MAX_FOUND


@pytest.mark.parametrize("before", ["", "| Method | Endpoint |\n|---|---|\n", "```\n", "- GET /"])
@pytest.mark.parametrize("part", [*_FRAGMENTS[:20], "GET /a/{b}/c?d=e ", "{{a", "<a", "[/a](GET"])
def test_work_is_in_proportion_to_the_length(before: str, part: str) -> None:
    assert is_proportional(_found, lambda count: before + part * count, size=8_000 // len(part))

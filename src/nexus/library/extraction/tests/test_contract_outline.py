"""Promises of the outline of a contract: a valid document that says no more than the list."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.endpoints import FoundEndpoint, contract_outline, find_endpoints
from nexus.library.extraction.endpoints.paths import METHODS
from nexus.library.extraction.outline import outline
from nexus.library.reference import ContractReading, read_contract
from nexus.library.rendering.page import Place


def _outline(*paths: str) -> dict[str, Any]:
    return contract_outline([FoundEndpoint("GET", path, "", 1) for path in paths], title="Shop")


def _read(document: dict[str, Any]) -> ContractReading:
    place = Place("/c/commons/shop", "openapi.json")
    reading = read_contract("openapi.json", json.dumps(document), place)
    assert reading is not None
    return reading


def test_it_says_what_the_list_says() -> None:
    endpoints = [
        FoundEndpoint(
            "GET", "/shop/<int:pk>/", "One of the goods", 1, "🛒 Goods:", False, ("page",)
        ),
        FoundEndpoint("DELETE", "/shop/{id}/", "", 2, "🛒 Goods:", True),
        FoundEndpoint("POST", "/login", "Sign in", 3, "", None),
    ]
    assert contract_outline(endpoints, title="Shop") == {
        "openapi": "3.1.0",
        "info": {
            "title": "Shop",
            "version": "0",
            "description": "Drawn up from a list of endpoints. What they take and what they answer "
            "is not written there.",
        },
        "x-outline": True,
        "paths": {
            "/shop/{pk}/": {
                "parameters": [
                    {"name": "pk", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "get": {
                    "summary": "One of the goods",
                    "tags": ["Goods"],
                    "parameters": [{"name": "page", "in": "query", "schema": {"type": "string"}}],
                    "security": [],
                    "responses": {
                        "default": {"description": "Not described in the list of endpoints."}
                    },
                },
                "delete": {
                    "tags": ["Goods"],
                    "security": [{"signIn": []}],
                    "responses": {
                        "default": {"description": "Not described in the list of endpoints."}
                    },
                },
            },
            "/login": {
                "post": {
                    "summary": "Sign in",
                    "responses": {
                        "default": {"description": "Not described in the list of endpoints."}
                    },
                },
            },
        },
        "tags": [{"name": "Goods"}],
        "components": {"securitySchemes": {"signIn": {"type": "http", "scheme": "bearer"}}},
    }


def test_parameters_are_typed_as_far_as_the_path_says() -> None:
    path = "/a/<uuid:id>/{n:float}/:slug/<date:day>/[id]/*"
    (template,) = _outline(path)["paths"]
    assert template == "/a/{id}/{n}/{slug}/{day}/{id2}/{value}"
    parameters = _outline(path)["paths"][template]["parameters"]
    assert [(each["name"], each["schema"]) for each in parameters] == [
        ("id", {"type": "string", "format": "uuid"}),
        ("n", {"type": "number"}),
        ("slug", {"type": "string"}),
        ("day", {"type": "string", "format": "date"}),
        ("id2", {"type": "string"}),
        ("value", {"type": "string"}),
    ]


def test_what_cannot_stand_in_a_path_is_left_out() -> None:
    assert list(_outline("/a{b/c>`|d", "x")["paths"]) == ["/ab/cd", "/x"]


def test_a_list_without_a_name_is_still_a_contract() -> None:
    assert contract_outline([], title="")["info"]["title"] == "API"


def test_it_can_be_read_as_a_reference() -> None:
    text = (
        "## Goods (admin only)\n- `GET /shop/{id}/` – One\n- `PUT /shop/{id}/` – Change one\n"
        "- `GET /shop/?page=1` – All"
    )
    reading = _read(contract_outline(find_endpoints(outline(text)), title="Shop"))
    assert reading.rendered.problems == ()
    assert reading.rendered.title == "Shop"
    assert (reading.facts["operations"], reading.facts["paths"]) == (3, 2)


_PATHS = st.lists(
    st.sampled_from(
        ("/", "a", "{id}", "<int:pk>", ":id", "[x]", "{", "}", "<", "*", "é", " ", "{}")
    ),
    max_size=8,
).map(lambda parts: "/" + "".join(parts))
_ENDPOINTS = st.builds(
    FoundEndpoint,
    method=st.sampled_from(METHODS),
    path=_PATHS,
    summary=st.text(max_size=20),
    line=st.just(1),
    section=st.text(max_size=10),
    needs_authentication=st.sampled_from((None, True, False)),
    query=st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), max_size=2).map(tuple),
)


@given(st.lists(_ENDPOINTS, max_size=12))
def test_any_list_gives_a_valid_contract(endpoints: list[FoundEndpoint]) -> None:
    document = contract_outline(endpoints, title="Shop")
    assert json.loads(json.dumps(document)) == document
    for template, item in document["paths"].items():
        assert template.startswith("/")
        names = [each["name"] for each in item.get("parameters", ())]
        assert len(set(names)) == len(names)
        assert [f"{{{name}}}" for name in names] == [
            "{" + part.partition("}")[0] + "}" for part in template.split("{")[1:]
        ]
        assert any(method.lower() in item for method in METHODS)
    assert not [
        problem.code
        for problem in _read(document).rendered.problems
        if problem.code != "contract-shortened"
    ]

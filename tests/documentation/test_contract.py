"""The hub answers as its own contract says."""

import json
import re
from functools import cache

import pytest
import yaml

from nexus.config.urls import urlpatterns
from nexus.credentials.clients.tests.programs import Program, with_app
from nexus.people.tests.factories import OwnerFactory
from nexus.people.tests.flows import settled
from scripts.hub_files import HUB
from tests.documentation.schemas import faults

CONTRACT = HUB / "collaboration" / "openapi.yaml"
#: Where each path of the contract is asked, in a hub that holds one small repository.
ASKED = {
    "/api/v1/me": "/api/v1/me",
    "/api/v1/auth/config": "/api/v1/auth/config",
    "/search/suggest": "/search/suggest?q=cach",
    "/c/{cohort}/{repository}/-/status.json": "/c/cohort-of-nexus/nexus/-/status.json",
    "/health/live": "/health/live",
    "/health/ready": "/health/ready",
}


AUTH = "/api/v1/auth"
#: What a client asks from signing in to signing out.
SIGNING_IN = {
    (f"{AUTH}/login", "post"),
    (f"{AUTH}/2fa/authenticate", "post"),
    (f"{AUTH}/session", "get"),
    (f"{AUTH}/tokens/refresh", "post"),
    (f"{AUTH}/session", "delete"),
}


@pytest.fixture
def published(transactional_db, mirror, engine):
    """A repository with two pages, which can be found."""
    mirror.publish({"README.md": "# Notes\n", "docs/caching.md": "# Caching\n\nKept close.\n"})
    engine.catch_up()


@cache
def contract():
    return yaml.safe_load(CONTRACT.read_text())


def operations():
    return {
        (path, method): operation
        for path, methods in contract()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_operation_is_asked():
    assert set(operations()) == {(path, "get") for path in ASKED} | SIGNING_IN


@pytest.mark.parametrize("path", ASKED)
def test_the_answer_is_as_the_contract_says(client, published, path):
    client.force_login(OwnerFactory())
    response = client.get(ASKED[path])
    (kind, media), *others = operations()[path, "get"]["responses"]["200"]["content"].items()

    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert not others
    assert faults(response.json(), media["schema"], contract()) == []


def test_signing_in_is_as_the_contract_says(db):
    code, program = with_app(settled()), Program()
    asked = [
        ("login", "post", program.sign_in(password="not this one")),  # nexus:allow
        ("login", "post", program.sign_in()),
        ("2fa/authenticate", "post", program.give_code("000000")),
        ("2fa/authenticate", "post", program.give_code(code)),
        ("session", "get", program.ask(f"{AUTH}/session")),
        ("tokens/refresh", "post", program.renew()),
        ("tokens/refresh", "post", program.renew("no token")),
        ("session", "delete", program.ask(f"{AUTH}/session", "delete")),
        ("session", "get", program.ask(f"{AUTH}/session")),
    ]
    assert {(f"{AUTH}/{path}", method) for path, method, _ in asked} == SIGNING_IN
    assert [answer.status_code for *_, answer in asked] == [
        *(400, 401, 400, 200),
        *(200, 200, 401, 200, 401),
    ]
    for path, method, answer in asked:
        said = operations()[f"{AUTH}/{path}", method]["responses"][str(answer.status_code)]
        schema = said["content"][answer.headers["Content-Type"]]["schema"]
        assert faults(answer.json(), schema, contract()) == [], (path, method)


def test_a_problem_is_as_the_contract_says(client, db):
    said = operations()["/api/v1/me", "get"]["responses"]["401"]["content"]
    response = client.get("/api/v1/me")
    media = said[response.headers["Content-Type"]]

    assert faults(response.json(), media["schema"], contract()) == []


def test_what_is_not_there_answers_as_said(client, published):
    said = operations()["/c/{cohort}/{repository}/-/status.json", "get"]["responses"]["404"]
    response = client.get("/c/commons/nothing/-/status.json")

    assert response.status_code == 404
    assert response.headers["Content-Type"].partition(";")[0] in said["content"]


@pytest.mark.parametrize(("path", "operation"), [(p, o) for (p, _), o in operations().items()])
def test_the_examples_of_the_contract_keep_it(path, operation):
    media = operation["responses"]["200"]["content"]["application/json"]

    assert "example" not in media or faults(media["example"], media["schema"], contract()) == []


def test_suggestions_lead_to_pages(client, published):
    suggestions = client.get("/search/suggest?q=cach").json()["suggestions"]

    assert suggestions
    for suggestion in suggestions:
        assert client.get(suggestion["address"]).status_code == 200


def test_every_json_address_is_in_the_contract():
    """An address whose name says JSON, or that programs ask, does not stay unwritten."""
    routes = [f"/{p.pattern}" for p in urlpatterns if re.search("health|json|^api-", str(p.name))]
    told = {re.sub("{[^}]*}", "<>", path) for path in contract()["paths"]}
    unwritten = {re.sub("<[^>]*>", "<>", route) for route in routes} - told

    assert unwritten == set()


READY = {"status": "ready", "events": 1, "search": "ready", "behind": 0, "left_out": 0}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (READY, ""),
        (READY | {"events": -1}, "answer.events is below 0"),
        (READY | {"events": True}, "of type integer"),
        (READY | {"search": "lost"}, "answer.search is none of"),
        (READY | {"status": "no"}, "answer.status is not 'ready'"),
        ({name: value for name, value in READY.items() if name != "behind"}, "lacks behind"),
        (READY | {"x": 1}, "nobody knows"),
    ],
)
def test_an_answer_that_breaks_the_contract_is_noticed(value, fault):
    found = faults(value, {"$ref": "#/components/schemas/Ready"}, contract())

    assert fault in "; ".join(found)
    assert bool(fault) == bool(found)


def test_the_examples_in_the_documentation_are_json():
    text = (HUB / "documentation" / "reference" / "commands.md").read_text()
    blocks = [part.split("```", 1)[0] for part in text.split("```json\n")[1:]]

    assert len(blocks) == 3
    assert all(json.loads(block) for block in blocks)

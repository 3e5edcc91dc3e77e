"""Real documents that nobody on this project wrote."""

from pathlib import Path

import pytest

from nexus.library.reference import ADVICE_REFERENCE, ContractReading, read_contract
from nexus.library.reference.tests.made import check_markup, codes, page, words
from nexus.library.rendering.page import Place

DATA = frozenset({".json", ".yaml", ".yml"})
NOT_CONTRACTS = frozenset(
    {"Pet", "NewPet", "Error", "parameters", "museum-api.arazzo", "museum-tickets.arazzo"}
)
LEWIS = "LewisMagangi+alx-project-nexus/backend/docs/api/schema.yaml"
MUSEUM = "Redocly+museum-openapi-example/openapi.yaml"
OAI = "OAI+learn.openapis.org/examples"
README = "readmeio+oas-examples"


def reading_of(examples: Path, path: str) -> ContractReading:
    reading = read_contract(path, (examples / path).read_text(), Place("/c/commons/nexus", path))
    assert reading is not None
    return reading


@pytest.mark.usefixtures("no_cover")
def test_every_contract_is_recognised_and_read(examples: Path) -> None:
    for file in sorted(file for file in examples.rglob("*") if file.suffix in DATA):
        path = file.relative_to(examples).as_posix()
        reading = read_contract(path, file.read_text(), Place("/c/commons/nexus", path))
        assert (reading is None) == (file.stem in NOT_CONTRACTS), path
        if reading:
            check_markup(reading.rendered.html)
            assert set(codes(reading)) <= {"contract-incomplete"}, path


@pytest.mark.parametrize(
    ("path", "format_", "paths", "operations", "schemas"),
    [
        (LEWIS, "OpenAPI 3.0", 57, 82, 58),
        (MUSEUM, "OpenAPI 3.1", 5, 8, 22),
        (f"{OAI}/v2.0/json/uber.json", "Swagger 2.0", 5, 5, 6),
        (f"{OAI}/v2.0/yaml/petstore-expanded.yaml", "Swagger 2.0", 2, 4, 3),
        (f"{OAI}/v3.1/tictactoe.yaml", "OpenAPI 3.1", 2, 3, 6),
        (f"{OAI}/v3.2/3.2-tags-example.yaml", "OpenAPI 3.2", 4, 4, 0),
        (f"{README}/3.0/yaml/star-trek.yaml", "OpenAPI 3.0", 80, 120, 222),
        (f"{README}/3.1/yaml/webhooks.yaml", "OpenAPI 3.1", 0, 0, 1),
    ],
)
def test_counts_that_were_checked_by_hand(
    examples: Path, path: str, format_: str, paths: int, operations: int, schemas: int
) -> None:
    facts = reading_of(examples, path).facts
    assert facts["format"] == format_
    assert (facts["paths"], facts["operations"], facts["schemas"]) == (paths, operations, schemas)


def test_the_same_document_in_json_and_yaml_gives_the_same_page(examples: Path) -> None:
    for name in ("petstore", "link-example", "callback-example", "api-with-examples"):
        one = reading_of(examples, f"{OAI}/v3.0/{name}.json").rendered.html
        other = reading_of(examples, f"{OAI}/v3.0/{name}.yaml").rendered.html
        assert one.replace(".json", "") == other.replace(".yaml", "")


def test_a_contract_in_several_files_leads_to_them(examples: Path) -> None:
    path = f"{OAI}/v2.0/yaml/petstore-separate/spec/swagger.yaml"
    links = {
        link.attributes["href"] for link in page(reading_of(examples, path)).css("a.type-link")
    }
    folder = "/c/commons/nexus/OAI%2Blearn.openapis.org/examples/v2.0/yaml/petstore-separate"
    assert links == {
        f"{folder}/spec/Pet.yaml",
        f"{folder}/spec/NewPet.yaml",
        f"{folder}/spec/parameters.yaml",
        f"{folder}/common/Error.yaml",
    }


def test_a_learners_contract_without_a_title(examples: Path) -> None:
    reading = reading_of(examples, LEWIS)
    assert reading.rendered.title == ""
    (problem,) = reading.rendered.problems
    assert (problem.line, problem.code) == (2, "contract-incomplete")
    assert reading.facts["authentication"] == ["A bearer token (JWT) in the header Authorization"]
    body = page(reading)
    # Three media types that say the same are shown once.
    account = body.css_first("#operation-account_password_create")
    assert "application/json, application/x-www-form-urlencoded" in words(account)
    assert len(reading.rendered.headings) == 82 + 58 + len(body.css("h2"))


def test_every_code_has_its_words() -> None:
    folder = Path(__file__).resolve().parents[1]
    sources = "".join(
        path.read_text() for path in folder.rglob("*.py") if "tests" not in path.parts
    )
    for code, advice in ADVICE_REFERENCE.items():
        assert sources.count(f'"{code}"') >= 2, f"{code} is never reported"
        assert advice.title.endswith(".")
        assert advice.remedy.endswith(".")

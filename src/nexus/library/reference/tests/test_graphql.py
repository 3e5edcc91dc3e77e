"""GraphQL schemas: read from their syntax tree, shown as a reference."""

import pytest

from nexus.library.reference import ContractReading, graphql_sdl
from nexus.library.reference.findings import Findings
from nexus.library.reference.graphql_page import MAX_FIELDS
from nexus.library.reference.graphql_sdl import (
    DefinitionKind,
    Field,
    SdlContract,
    read_sdl,
)
from nexus.library.reference.page import MAX_NAMED
from nexus.library.reference.tests.made import check_markup, codes, one, page, read, words

SHOP = '''
"""The pet shop. It sells pets."""
schema { query: Query mutation: Till }

type Query {
  "Every pet, newest first. All of them."
  pets("How many." first: Int = 10, kind: Kind): [Pet!]! @deprecated(reason: "use `animals`")
  me: User @deprecated
}
type Till { buy(input: Purchase!): Pet @auth(role: "buyer") }
interface Node { id: ID! }
type Pet implements Node @key(fields: "id") { id: ID! owner(at: Date): User }
extend type Pet @shareable { kind: Kind }
type User { pets: [Pet!]! }
enum Kind { CAT "A good one" DOG @deprecated }
union Found = Pet | User
input Purchase { pet: ID!, price: Float = 2.5 }
scalar Date @specifiedBy(url: "https://scalars.example/date")
directive @auth(role: String = "any") repeatable on FIELD_DEFINITION | OBJECT
directive @shareable on OBJECT
directive @key(fields: String!) on OBJECT
'''


def sdl(text: str) -> SdlContract:
    contract = read_sdl(text, Findings("a.graphql"))
    assert contract is not None
    return contract


def shop() -> ContractReading:
    return read(SHOP, "api/shop.graphql")


def test_what_clients_can_ask_for() -> None:
    contract = sdl(SHOP)
    assert contract.roots == (("query", "Query"), ("mutation", "Till"))
    pets, me = contract.root_fields("query")
    assert pets.type == "[Pet!]!"
    assert pets.deprecated == "use `animals`"
    assert pets.arguments[0] == Field("first", "Int", "How many.", default="10")
    assert me.deprecated == ""
    assert contract.root_fields("subscription") == ()


def test_types_of_every_kind() -> None:
    contract = sdl(SHOP)
    kinds = {each.name: each.kind for each in contract.definitions}
    assert kinds["Node"] is DefinitionKind.INTERFACE
    assert kinds["Kind"] is DefinitionKind.ENUM
    assert kinds["Date"] is DefinitionKind.SCALAR
    found = contract.find("Found")
    assert found is not None
    assert found.members == ("Pet", "User")
    date = contract.find("Date")
    assert date is not None
    assert date.specified_by == "https://scalars.example/date"


def test_an_extension_adds_to_what_it_extends() -> None:
    pet = sdl(SHOP).find("Pet")
    assert pet is not None
    assert [each.name for each in pet.fields] == ["id", "owner", "kind"]
    assert pet.directives == ('@key(fields: "id")', "@shareable")
    assert not pet.extension


def test_an_extension_of_something_elsewhere_stands_for_itself() -> None:
    contract = sdl("extend type Query { a: Int }")
    assert contract.roots == (("query", "Query"),)
    assert contract.definitions[0].extension


def test_the_usual_names_are_the_roots_when_none_are_named() -> None:
    contract = sdl("type Subscription { a: Int } type Query { a: Int } scalar Mutation")
    assert contract.roots == (("query", "Query"), ("subscription", "Subscription"))


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("type A {\n  b: C\n", 3, "graphql-syntax"),
        ("type A {\n  b C\n}", 2, "graphql-syntax"),
        ("type A { a: " + "[" * 5_000 + "Int" + "]" * 5_000 + "}", 1, "graphql-refused"),
        ("input A { a: Int = " + "[" * 5_000 + "]" * 5_000 + "}", 1, "graphql-refused"),
        ("scalar A\n" * 300, 251, "graphql-refused"),
    ],
    ids=["unclosed", "no colon", "deep type", "deep value", "too long"],
)
def test_what_cannot_be_read_is_reported_with_its_line(
    text: str, line: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphql_sdl, "MAX_TOKENS", 500)
    reading = read(text, "a.graphql")
    (problem,) = reading.rendered.problems
    assert (problem.code, problem.line) == (code, line)
    assert reading.facts == {"format": "GraphQL"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type A {\n  a: B\n}", "There is no type B."),
        ("type A {\n  a(b: [C!]): Int\n}", "There is no type C."),
        ("union A =\n  B", "There is no type B."),
        ("type A implements\n  B { a: Int }", "There is no type B."),
        ("schema {\n  query: Q\n}", "There is no type Q."),
        ("type A { a: Int }\ntype A { b: Int }", "A stands twice."),
        ("type A { a: Int\n a: Int }", "a stands twice in A."),
        ("enum A { B\n B }", "B stands twice in A."),
    ],
)
def test_a_broken_rule_is_reported_with_its_line(text: str, message: str) -> None:
    (problem,) = read(text, "a.graphql").rendered.problems
    assert (problem.code, problem.line, problem.message) == ("graphql-rule", 2, message)


@pytest.mark.parametrize(
    "text",
    [
        SHOP,
        # The rest of this schema is in other files.
        "extend type Query { a: Elsewhere }",
        "directive @A on OBJECT\ntype A { a: Int }",
        "type Query { a: Int } query Q { a }",
    ],
)
def test_a_schema_without_a_mistake_has_no_problems(text: str) -> None:
    assert read(text, "a.graphql").rendered.problems == ()


def test_the_page_leads_from_queries_to_types() -> None:
    reading = shop()
    check_markup(reading.rendered.html)
    body = page(reading)
    pets = one(body, "#operation-pets")
    assert words(one(pets, "summary")) == "QUERY pets Every pet, newest first. deprecated"
    assert "deprecated: use `animals`" in words(pets)
    links = [each.attributes["href"] for each in pets.css("a.type-link")]
    assert links == ["#schema-Kind", "#schema-Pet"]
    assert body.css_first("#schema-Kind") is not None
    assert "data-deprecated" in pets.attributes


def test_every_kind_of_definition_is_shown() -> None:
    body = page(shop())
    assert [words(each) for each in body.css("h2")] == [
        "Queries",
        "Mutations",
        "Types",
        "Interfaces",
        "Inputs",
        "Enums",
        "Unions",
        "Scalars",
        "Directives",
    ]
    assert "Implements Node" in words(body.css_first("#schema-Pet"))
    assert "default 2.5" in words(body.css_first("#schema-Purchase"))
    assert "One of Pet, User" in words(body.css_first("#schema-Found"))
    assert "https://scalars.example/date" in words(body.css_first("#schema-Date"))
    auth = words(body.css_first("#directive-auth"))
    assert "@auth repeatable directive" in auth
    assert "Stands on FIELD_DEFINITION, OBJECT" in auth


def test_facts_and_words_to_find_it_by() -> None:
    reading = shop()
    assert reading.facts == {
        "format": "GraphQL",
        "operations": 3,
        "queries": 2,
        "mutations": 1,
        "schemas": 9,
    }
    assert reading.rendered.summary == "The pet shop."
    found = reading.rendered.text.split("\n")
    assert {"pets", "first", "Pet", "owner", "at", "DOG", "auth"} <= set(found)


def test_an_extension_of_a_root_elsewhere_is_shown() -> None:
    body = page(read("extend type Pet { a: Int }", "a.graphql"))
    assert "extension of a type" in words(body.css_first("#schema-Pet"))


def test_long_schemas_are_shortened_with_a_word() -> None:
    fields = " ".join(f"f{number}: Int" for number in range(MAX_NAMED + 5))
    reading = read(f"type Query {{ {fields} }} type A {{ {fields} }}", "a.graphql")
    assert codes(reading) == ["contract-shortened"]
    assert "5 more are in the raw file" in words(page(reading))


def test_long_types_are_shortened_with_a_word() -> None:
    fields = " ".join(f"f{number}: Int" for number in range(MAX_FIELDS + 5))
    reading = read(f"type A {{ {fields} }}", "a.graphql")
    assert codes(reading) == ["contract-shortened"]
    assert "5 more in the raw file" in words(page(reading))


def test_a_schema_may_stand_where_nothing_is_asked_for() -> None:
    reading = read("schema { query: Missing } extend type Missing2 { a: Int }", "a.graphql")
    assert reading.facts["operations"] == 0


def test_a_long_value_is_cut() -> None:
    text = 'input A { a: String = "%s" }' % ("x" * 999)
    assert sdl(text).definitions[0].fields[0].default.endswith("…")

"""The reference is complete, and as the code is."""

import json
from dataclasses import fields

import click
import pytest

from nexus.cohorts.roles import ROLE_TABLE
from nexus.config.cli.main import COMMANDS, EXIT_CODES, cli
from nexus.config.environment import Environment
from nexus.config.urls import urlpatterns
from nexus.credentials.scopes import SCOPE_TABLE, Scope
from nexus.kernel.events import Event
from nexus.library.advice import ADVICE
from nexus.library.kinds.registry import KINDS
from nexus.library.triage import REASONS
from nexus.repositories.git.troubles import WORDS
from scripts.hub_files import HUB, ROOT, stale
from scripts.reference_tables import table
from scripts.write_reference import EVENTS, REFERENCE, refreshed, wanted


def test_the_generated_parts_are_up_to_date():
    """If this fails: python -m scripts.write_reference"""
    assert [str(path.relative_to(ROOT)) for path in stale(wanted())] == []


def commands():
    """Every command with the words that call it."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        group = getattr(command, "commands", None) or {"": command}
        for below, one in group.items():
            yield f"nexus {name} {below}".strip(), one


DOCUMENTED = {
    "settings.md": [field.alias for field in Environment.model_fields.values()],
    "kinds.md": list(KINDS),
    "problems.md": [*ADVICE, *WORDS],
    "left-out.md": list(REASONS),
    "roles.md": list(ROLE_TABLE),
    "scopes.md": [*SCOPE_TABLE, *Scope],
    "events.md": [
        name for name, kind in Event.registry.items() if ".tests." not in kind.__module__
    ],
    "addresses.md": [str(pattern.name) for pattern in urlpatterns],
    "commands.md": [
        *(words for words, _ in commands()),
        *(
            o
            for _, c in commands()
            for p in c.params
            if isinstance(p, click.Option)
            for o in p.opts
        ),
        *(str(code) for code in EXIT_CODES.values()),
    ],
}


@pytest.mark.parametrize("page", DOCUMENTED)
def test_everything_there_is_stands_in_its_page(page):
    text = (REFERENCE / page).read_text()

    assert DOCUMENTED[page], "there is something to look for"
    assert [
        name for name in DOCUMENTED[page] if f"`{name}" not in text and f"# {name}" not in text
    ] == []


def test_the_events_are_a_contract():
    schemas = json.loads(EVENTS.read_text())["$defs"]

    for name, schema in schemas.items():
        assert set(schema["properties"]) == {field.name for field in fields(Event.registry[name])}
        assert schema["description"]
    assert "library.entries_changed" in schemas


def test_a_page_keeps_what_people_wrote_around_its_generated_parts():
    page = "Before.\n<!-- generated: facts -->\nold\n<!-- /generated -->\nAfter.\n"
    new = refreshed(page, {"facts": lambda: "new"})

    assert new == "Before.\n<!-- generated: facts -->\n\nnew\n\n<!-- /generated -->\nAfter.\n"
    assert refreshed(new, {"facts": lambda: "new"}) == new


def test_a_part_without_its_marks_is_an_error():
    with pytest.raises(ValueError, match="marks for"):
        refreshed("No marks.", {"facts": lambda: "new"})


def test_tables_survive_what_stands_in_their_cells():
    assert table(("a", "b"), [("x|y", "two\nlines")]).splitlines() == [
        "| a | b |",
        "| --- | --- |",
        "| x\\|y | two lines |",
    ]


def test_every_reference_page_is_introduced():
    introduced = (REFERENCE / "README.md").read_text()

    assert [p.name for p in REFERENCE.glob("*.md") if p.name not in introduced] == ["README.md"]
    assert (HUB / "collaboration" / "events.json").exists()

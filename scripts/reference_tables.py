"""The tables of the reference pages, made from the code that they describe."""

import inspect
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

import click

Rows = Iterable[Sequence[str]]
_ADDRESS = re.compile(r"(?<![`(\w])(?:https?://|\w+@\w+:)[\w/:-]*(?:\.[\w/:-]+)*")


def table(heads: Sequence[str], rows: Rows) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    """The text of a cell; addresses become code, or they would become links."""
    return _ADDRESS.sub(r"`\g<0>`", " ".join(text.split())).replace("|", "\\|")


def _code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def _first_sentence(thing: object) -> str:
    words = inspect.getdoc(thing) or ""
    return _plain(words.split("\n\n")[0])


def _plain(docstring: str) -> str:
    """A docstring's words in Markdown."""
    return " ".join(docstring.replace("``", "`").split())


# --- settings ------------------------------------------------------------------------------


def settings() -> str:
    """Every environment variable, from the class that reads them."""
    from nexus.config.environment import Environment

    rows = [
        (_code(field.alias), _kind(field.annotation), _default(field), field.description or "")
        for field in Environment.model_fields.values()
    ]
    return table(("variable", "kind", "default", "what it does"), rows)


_KINDS = {Path: "a folder", str: "text", bool: "`true` or `false`", int: "a whole number"}
_KINDS |= {float: "a number"}


def _kind(annotation: Any) -> str:
    if typing.get_origin(annotation) is typing.Literal:
        return " or ".join(map(_code, typing.get_args(annotation)))
    if isinstance(annotation, types.UnionType):
        return "a path" if Path in annotation.__args__ else "an address"
    return _KINDS.get(annotation, "a list, with commas")


def _default(field: Any) -> str:
    if field.default_factory is not None:
        return "`var` beside the code; in an installed package `~/.local/share/nexus`"
    if field.default in (None, "", ()):
        return "none"
    if isinstance(field.default, bool):
        return _code(str(field.default).lower())
    return _code(f"{field.default:g}" if isinstance(field.default, float) else field.default)


# --- commands ------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options, from the command line itself."""
    from nexus.config.cli.main import cli

    return "\n\n".join(_command(["nexus"], name, cli) for name in cli.list_commands(_context(cli)))


def _context(command: click.Command) -> click.Context:
    return click.Context(command)


def _command(above: list[str], name: str, group: click.Group) -> str:
    command = group.get_command(_context(group), name)
    assert command is not None, name
    words = [*above, name]
    if isinstance(command, click.Group):
        return "\n\n".join(
            _command(words, each, command) for each in command.list_commands(_context(command))
        )
    usage = " ".join([*words, *command.collect_usage_pieces(_context(command))])
    parts = [
        f"## {' '.join(words)}",
        f"```console\n$ {usage}\n```",
        _paragraphs(command.help or ""),
    ]
    options = [_option(o) for o in command.params if isinstance(o, click.Option)]
    if options:
        parts.append(table(("option", "default", "what it does"), options))
    return "\n\n".join(parts)


def _paragraphs(text: str) -> str:
    return "\n\n".join(_plain(part) for part in inspect.cleandoc(text).split("\n\n"))


def _option(option: click.Option) -> tuple[str, str, str]:
    value = "" if option.is_flag else f" {_value(option.type)}"
    names = ", ".join(_code(f"{name}{value}") for name in option.opts)
    has_default = not option.is_flag and not option.multiple
    where = f" Also by `{option.envvar}`." if option.envvar else ""
    words = option.help or _OPTION_WORDS[option.name or ""]
    return names, _code(option.default or "") if has_default else "", words + where


def _value(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.Choice):
        return "|".join(map(str, kind.choices))
    return "NUMBER" if isinstance(kind, click.IntRange) else "TEXT"


_OPTION_WORDS = {
    "host": "The address of this machine to listen on.",
    "port": "The port to listen on; 0 takes a free one.",
    "limit": "The most hits to print.",
}


def exit_codes() -> str:
    """What ``nexus`` exits with, and for which errors."""
    from nexus.config.cli.main import EXIT_CODES, UNEXPECTED

    rows = [
        (_code(0), "done", ""),
        (_code(UNEXPECTED), "an unexpected failure", "the log says more"),
    ]
    rows.append((_code(2), "a wrong option or argument", "`--help` shows the right ones"))
    rows += [
        (_code(code), _first_sentence(kind), _code(kind.__name__))
        for kind, code in EXIT_CODES.items()
    ]
    rows.append((_code(130), "stopped by the person", "Ctrl-C"))
    return table(("code", "meaning", "note"), rows)


# --- the library -----------------------------------------------------------------------------


def kinds() -> str:
    """The kinds of entries, in the order of the registry."""
    from nexus.library.kinds.registry import KINDS

    rows = [
        (_code(name), kind.plural, _first_sentence(type(kind)), _first_sentence(type(kind).claims))
        for name, kind in KINDS.items()
    ]
    return table(("kind", "plural", "what it is", "which files"), rows)


def problems() -> str:
    """Every problem that is reported about a file."""
    from nexus.library.advice import ADVICE

    rows = [(_code(code), advice.title, advice.remedy) for code, advice in sorted(ADVICE.items())]
    return table(("code", "what is wrong", "what to do"), rows)


def troubles() -> str:
    """Everything that can go wrong with a repository as a whole."""
    from nexus.repositories.git.troubles import WORDS

    rows = [(_code(code), title, remedy) for code, (title, remedy) in WORDS.items()]
    return table(("code", "what is wrong", "what to do"), rows)


def left_out() -> str:
    """Every reason why a file is not read."""
    from nexus.library.triage import REASONS

    rows = [(_code(reason), words) for reason, words in sorted(REASONS.items())]
    return table(("reason", "in words"), rows)


def secrets() -> str:
    """The rules by which a file's name says that it holds a secret."""
    from nexus.library import secret_files

    pattern = inspect.cleandoc(secret_files._SECRET.pattern)
    folders = ", ".join(_code(name) for name in sorted(secret_files._SECRET_FOLDERS))
    return f"```text\n{pattern}\n```\n\nand every file below a folder called {folders}."


def roles() -> str:
    """Who may do what in a cohort."""
    from nexus.cohorts.models import Role
    from nexus.cohorts.roles import ACTION_WORDS, OPEN_TO_PEOPLE, ROLE_TABLE

    rows = [
        (
            _code(action),
            ACTION_WORDS[action],
            *("yes" if role in may else "" for role in Role),
            _where(OPEN_TO_PEOPLE.get(action, ())),
        )
        for action, may in ROLE_TABLE.items()
    ]
    return table(("action", "what it is", *Role, "everyone signed in"), rows)


def _where(visibilities: Iterable[str]) -> str:
    """In cohorts of which visibility."""
    found = sorted(map(str, visibilities), reverse=True)
    return f"where it is {' or '.join(map(_code, found))}" if found else ""


def roles_given() -> str:
    """With which roles a role lets people in."""
    from nexus.cohorts.models import Role
    from nexus.cohorts.roles import MAY_GIVE

    rows = [
        (role, ", ".join(str(one) for one in Role if one in MAY_GIVE[role]) or "nobody")
        for role in Role
    ]
    return table(("who invites", "lets people in as"), rows)


def roles_in_archive() -> str:
    """What is left to do in an archived cohort."""
    from nexus.cohorts.roles import LEFT_IN_ARCHIVE, ROLE_TABLE

    return ", ".join(_code(action) for action in ROLE_TABLE if action in LEFT_IN_ARCHIVE) + "."


def scopes() -> str:
    """What a credential of each scope is good for."""
    from nexus.credentials.scopes import SCOPE_TABLE, SCOPE_WORDS, Scope

    rows = [
        (
            _code(scope),
            SCOPE_WORDS[scope],
            ", ".join(_code(action) for action, enough in SCOPE_TABLE.items() if scope in enough),
        )
        for scope in Scope
    ]
    return table(("scope", "in words", "allows"), rows)


def claims() -> str:
    """What an app may learn of a person."""
    from nexus.credentials.scopes import CLAIM_WORDS

    return table(("scope", "in words"), [(_code(one), words) for one, words in CLAIM_WORDS.items()])


def search_filters() -> str:
    """The filters of the query language, and the field behind each."""
    from nexus.search.filters import FILTERS

    words = {"language": "programming language"}
    rows = [
        (", ".join(_code(f"{word}:") for word in each.words), words.get(name, name))
        for name, each in FILTERS.items()
    ]
    return table(("filter", "looks at"), [*rows, (_code("path:"), "path")])


def stemmed_languages() -> str:
    """The languages whose words are brought to their stems."""
    from nexus.search.stemming import STEMMERS

    return ", ".join(sorted({name.capitalize() for name in STEMMERS.values()})) + "."


# --- addresses -------------------------------------------------------------------------------


def addresses() -> str:
    """Every address of the hub, from its table of routes."""
    from nexus.config.urls import urlpatterns

    rows = [
        (
            _code(f"/{_route(str(route.pattern))}"),
            _code(route.name),
            _what_is_at(route.callback),
        )
        for route in urlpatterns
    ]
    return table(("address", "name", "what is there"), rows)


def _what_is_at(view: Callable[..., Any]) -> str:
    target = getattr(view, "view_initkwargs", {}).get("pattern_name")
    return f"Leads to {_code(target)}." if target else _first_sentence(view)


def _route(pattern: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", pattern)


# --- events ----------------------------------------------------------------------------------


def events() -> str:
    """Every type of event with its fields."""
    return "\n\n".join(_event(name, kind) for name, kind in sorted(_registered().items()))


def _event(name: str, kind: type[Any]) -> str:
    rows = [(_code(f.name), _in_words(_json_kind(f))) for f in fields(kind)]
    words = _paragraphs(inspect.getdoc(kind) or "")
    return f"## {name}\n\n{words}\n\n{table(('field', 'type'), rows)}"


def _registered() -> dict[str, type[Any]]:
    from nexus.cohorts import events as _cohorts  # noqa: F401 - registers its events
    from nexus.credentials import events as _credentials  # noqa: F401
    from nexus.departing import events as _departing  # noqa: F401
    from nexus.kernel.events import Event
    from nexus.library import events as _library  # noqa: F401
    from nexus.people import events as _people  # noqa: F401
    from nexus.people.administering import events as _administering  # noqa: F401
    from nexus.repositories import events as _repositories  # noqa: F401

    return {
        name: kind
        for name, kind in Event.registry.items()
        if kind.__module__.startswith("nexus.") and ".tests." not in kind.__module__
    }


def events_contract() -> str:
    """The events as a JSON document: for each type a JSON Schema of its payload."""
    schemas = {
        name: {
            "description": _plain(inspect.getdoc(kind) or ""),
            "type": "object",
            "properties": {field.name: _json_kind(field) for field in fields(kind)},
            "required": [field.name for field in fields(kind)],
            "additionalProperties": False,
        }
        for name, kind in sorted(_registered().items())
    }
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of the hub",
        "description": "What happened: the payload of each type of event. Generated from the code.",
        "$defs": schemas,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _in_words(schema: dict[str, Any]) -> str:
    items = schema.get("items")
    return f"list of {items['type']}s" if items else str(schema["type"])


def _json_kind(field: Field[Any]) -> dict[str, Any]:
    kind = field.type
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _JSON[typing.get_args(kind)[0]]}
    return dict(_JSON[kind])


_JSON: dict[Any, dict[str, str]] = {
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
}


# --- limits ----------------------------------------------------------------------------------


def limits() -> str:
    """The bounds that are written in the code, with their comments."""
    from nexus.kernel.http.bodies import BodyLimits
    from nexus.kernel.http.limits import ConnectionLimits
    from nexus.library.triage import Limits as Reading
    from nexus.repositories.git.limits import Limits as Git

    titled = {
        "What is read of one repository": Reading,
        "Fetching, importing and serving one repository": Git,
        "One connection": ConnectionLimits,
        "One request": BodyLimits,
    }
    return "\n\n".join(f"## {title}\n\n{_limits(kind)}" for title, kind in titled.items())


#: Limits that the environment decides.
_SET_BY = {
    "max_bytes": "NEXUS_REPOSITORY_LIMIT_BYTES",
    "total_seconds": "NEXUS_FETCH_TIMEOUT_SECONDS",
}


def _limits(kind: type[Any]) -> str:
    notes = _notes(inspect.getsource(kind))
    rows = [(_code(f.name), _amount(f), notes.get(f.name, "")) for f in fields(kind)]
    shown = [row for row in rows if row[1]]
    return f"{_first_sentence(kind)}\n\n{table(('limit', 'amount', 'note'), shown)}"


def _notes(source: str) -> dict[str, str]:
    """The comment above each field; it goes for the fields right below as well."""
    notes, comment = {}, ""
    for line in map(str.strip, source.splitlines()):
        if line.startswith("#:"):
            comment = _plain(line.removeprefix("#:"))
        elif found := re.match(r"(\w+): .* = ", line):
            notes[found[1]] = comment
        elif not line:
            comment = ""
    return notes


def _amount(field: Field[Any]) -> str:
    value = field.default
    if field.name in _SET_BY:
        return f"[{_code(_SET_BY[field.name])}](settings.md)"
    if value is MISSING or value is None or isinstance(value, bool):
        return ""
    if field.name.endswith(("bytes", "memory", "size", "head")) and value >= 1024:
        return _bytes(int(value))
    if "second" in field.name or isinstance(value, float):
        return f"{value:g} s"
    return f"{value:,}"


def _bytes(amount: int) -> str:
    for unit, name in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if amount % unit == 0:
            return f"{amount // unit:,} {name}"
    return f"{amount:,} bytes"


def belongings() -> str:
    """All that the hub knows of a person, from the table that exports and erases it."""
    from nexus.departing.table import BELONGINGS

    rows = [
        (_code(one.what), _code(one.section) or one.kept_back, one.fate, one.becomes)
        for one in BELONGINGS
    ]
    return table(("what", "in the archive", "when the account is deleted", "in words"), rows)


#: Page under ``hub/documentation/reference`` → its generated parts, by the name of their marks.
PAGES: dict[str, dict[str, Callable[[], str]]] = {
    "settings.md": {"settings": settings},
    "commands.md": {"commands": commands, "exit-codes": exit_codes},
    "kinds.md": {"kinds": kinds},
    "problems.md": {"problems": problems, "troubles": troubles},
    "left-out.md": {"left-out": left_out, "secrets": secrets},
    "events.md": {"events": events},
    "addresses.md": {"addresses": addresses},
    "roles.md": {"roles": roles, "given": roles_given, "archive": roles_in_archive},
    "limits.md": {"limits": limits},
    "scopes.md": {"scopes": scopes, "claims": claims},
    "personal-data.md": {"belongings": belongings},
    "search-language.md": {"filters": search_filters, "stemmed": stemmed_languages},
}

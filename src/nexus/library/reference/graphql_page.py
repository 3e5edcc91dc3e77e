"""The page of a GraphQL schema: queries, mutations, subscriptions, then every type."""

import re
from collections.abc import Iterable, Mapping

from nexus.library.reference.graphql_sdl import Definition, DefinitionKind, Field, SdlContract
from nexus.library.reference.markup import (
    NOTHING,
    Html,
    joined,
    listed,
    markup,
    quoted,
    without_links,
)
from nexus.library.reference.page import MAX_NAMED, Page, part, web_link
from nexus.library.reference.wording import counted, first_sentence

_NAME = re.compile(r"([A-Za-z_]\w*)")
_ROOT_TITLES = {"query": "Queries", "mutation": "Mutations", "subscription": "Subscriptions"}
_KIND_TITLES = {
    DefinitionKind.OBJECT: "Types",
    DefinitionKind.INTERFACE: "Interfaces",
    DefinitionKind.INPUT: "Inputs",
    DefinitionKind.ENUM: "Enums",
    DefinitionKind.UNION: "Unions",
    DefinitionKind.SCALAR: "Scalars",
    DefinitionKind.DIRECTIVE: "Directives",
}
_MEMBERS = {
    DefinitionKind.UNION: "One of",
    DefinitionKind.DIRECTIVE: "Stands on",
}
#: Fields of one type, and arguments of one field, that are shown.
MAX_FIELDS = 500


def graphql_page(contract: SdlContract, page: Page) -> Html:
    """The whole reference; ``page`` learns its headings and the words to find it by."""
    roots = dict(contract.roots)
    rest = [each for each in contract.definitions if each.name not in roots.values()]
    anchors = {
        each.name: page.ids.give("schema", each.name)
        for each in rest[:MAX_NAMED]
        if each.kind is not DefinitionKind.DIRECTIVE
    }
    fields = FieldList(page, anchors)
    pieces = [
        page.prose.block(contract.description, below=1),
        _facts(contract),
        *(_root(contract, name, type_name, fields) for name, type_name in roots.items()),
        *(_definitions(kind, rest, fields) for kind in _KIND_TITLES),
    ]
    return markup('<div class="reference" data-format="graphql">{}</div>', joined(pieces))


def _facts(contract: SdlContract) -> Html:
    counts = [
        counted(len(contract.root_fields(name)), name, _ROOT_TITLES[name].lower())
        for name, _ in contract.roots
        if name in _ROOT_TITLES
    ]
    rows = joined(
        markup("<div><dt>{}</dt><dd>{}</dd></div>", name, value)
        for name, value in (("Format", "GraphQL"), ("Holds", ", ".join(counts)))
        if value
    )
    return markup('<dl class="reference-facts">{}</dl>', rows)


def _root(contract: SdlContract, name: str, type_name: str, fields: "FieldList") -> Html:
    found = contract.root_fields(name)
    if not found:
        return NOTHING
    title = fields.page.title(_ROOT_TITLES.get(name, name), "operations")
    root = contract.find(type_name)
    about = fields.page.prose.block(root.description) if root else NOTHING
    rows = fields.page.bounded(found, RootFieldView(name, fields))
    return part(title, about, markup('<div class="operations">{}</div>', rows))


def _definitions(
    kind: DefinitionKind, definitions: Iterable[Definition], fields: "FieldList"
) -> Html:
    found = [each for each in definitions if each.kind is kind]
    if not found:
        return NOTHING
    title = fields.page.title(_KIND_TITLES[kind], "schemas")
    rows = fields.page.bounded(found, DefinitionView(fields))
    return part(title, markup('<div class="schemas">{}</div>', rows))


class FieldList:
    """Shows fields, arguments and values. ``anchors`` are the ids of types by their names."""

    def __init__(self, page: Page, anchors: Mapping[str, str]) -> None:
        self.page = page
        self.anchors = anchors

    def type(self, written: str) -> Html:
        """A type as it is written, ``[Pet!]!``, with a link to its definition."""
        return joined(
            self.link(piece) if index % 2 else markup("{}", piece)
            for index, piece in enumerate(_NAME.split(written))
        )

    def link(self, name: str) -> Html:
        """The name of a type, leading to it where it is defined on the page."""
        if anchor := self.anchors.get(name):
            return markup('<a class="type-link" href="#{}">{}</a>', quoted(anchor), name)
        return markup("{}", name)

    def rows(self, fields: tuple[Field, ...]) -> Html:
        """Fields with everything about each."""
        shown = [self._row(each) for each in fields[:MAX_FIELDS]]
        if more := len(fields) - len(shown):
            self.page.shortened = True
            shown.append(markup('<li class="note">{} more in {}.</li>', more, self.page.raw_link))
        return markup('<ul class="properties">{}</ul>', joined(shown)) if shown else NOTHING

    def _row(self, field: Field) -> Html:
        arguments = self.rows(field.arguments)
        return markup(
            '<li class="property"><p class="property-head"><code class="property-name">{}</code>'
            ' <span class="type">{}</span>{}</p>{}{}{}</li>',
            field.name,
            self.type(field.type),
            deprecated_mark(field),
            self.page.prose.block(field.description),
            self.facts(field),
            markup('<p class="label">Arguments</p>{}', arguments) if arguments else NOTHING,
        )

    def facts(self, field: Field) -> Html:
        """Why it is deprecated, its default, what directives stand on it."""
        facts = [markup("deprecated: {}", field.deprecated)] if field.deprecated else []
        facts += [markup("default <code>{}</code>", field.default)] if field.default else []
        facts += [listed(field.directives)] if field.directives else []
        line = joined(facts, '<span class="separator">; </span>')
        return markup('<p class="limits">{}</p>', line) if line else NOTHING


class RootFieldView:
    """Shows the fields of a root type: what clients can ask for."""

    def __init__(self, method: str, fields: FieldList) -> None:
        self._method = method
        self._fields = fields
        self._page = fields.page

    def note(self, thing: Field) -> str:
        """Give the field its id, and note the words to find it by."""
        anchor = self._page.ids.give("operation", thing.name)
        self._page.heading(3, thing.name, anchor)
        self._page.say(thing.name, thing.description, *(each.name for each in thing.arguments))
        return anchor

    def full(self, thing: Field, anchor: str) -> Html:
        """The field with its arguments and what it gives."""
        arguments = self._fields.rows(thing.arguments)
        return markup(
            '<details class="operation" id="{}"{}><summary>{}</summary>'
            '<div class="operation-body">{}{}{}{}</div></details>',
            quoted(anchor),
            Html(" data-deprecated") if thing.deprecated is not None else NOTHING,
            without_links(self._head(thing)),
            self._page.prose.block(thing.description),
            self._fields.facts(thing),
            markup("<h4>Arguments</h4>{}", arguments) if arguments else NOTHING,
            markup('<h4>Gives</h4><p class="type">{}</p>', self._fields.type(thing.type)),
        )

    def brief(self, thing: Field, anchor: str) -> Html:
        """The field in one row."""
        return markup(
            '<div class="operation-brief" id="{}">{}</div>', quoted(anchor), self._head(thing)
        )

    def _head(self, thing: Field) -> Html:
        return markup(
            '<h3 class="operation-title"><span class="method" data-method="{}">{}</span>'
            ' <code class="path">{}</code></h3> <span class="operation-summary">{}</span>{}',
            quoted(self._method),
            self._method.upper(),
            thing.name,
            first_sentence(thing.description),
            deprecated_mark(thing),
        )


class DefinitionView:
    """Shows types and directives."""

    def __init__(self, fields: FieldList) -> None:
        self._fields = fields
        self._page = fields.page

    def note(self, thing: Definition) -> str:
        """Give the definition its id, and note the words to find it by."""
        known = self._fields.anchors.get(thing.name)
        is_directive = thing.kind is DefinitionKind.DIRECTIVE
        anchor = (
            known if known and not is_directive else self._page.ids.give("directive", thing.name)
        )
        self._page.heading(3, thing.name, anchor)
        self._page.say(thing.name, thing.description)
        for field in thing.fields:
            self._page.say(field.name, *(each.name for each in field.arguments))
        return anchor

    def full(self, thing: Definition, anchor: str) -> Html:
        """The definition with its fields, values or members."""
        return markup(
            '<details class="schema" id="{}"><summary>{}</summary>{}{}{}{}</details>',
            quoted(anchor),
            without_links(self._head(thing)),
            self._page.prose.block(thing.description),
            self._facts(thing),
            self._members(thing),
            self._fields.rows(thing.fields),
        )

    def brief(self, thing: Definition, anchor: str) -> Html:
        """The definition in one row."""
        return markup(
            '<div class="operation-brief" id="{}">{}</div>', quoted(anchor), self._head(thing)
        )

    def _head(self, thing: Definition) -> Html:
        kind = f"extension of a {thing.kind}" if thing.extension else str(thing.kind)
        return markup(
            '<h3 class="schema-name"><code>{}</code></h3> <span class="type">{}</span>',
            f"@{thing.name}" if thing.kind is DefinitionKind.DIRECTIVE else thing.name,
            f"repeatable {kind}" if thing.repeatable else kind,
        )

    def _members(self, thing: Definition) -> Html:
        names = joined((self._fields.link(name) for name in thing.members), ", ")
        words = _MEMBERS.get(thing.kind, "Implements")
        return markup('<p class="includes">{} {}</p>', words, names) if names else NOTHING

    def _facts(self, thing: Definition) -> Html:
        facts = [listed(thing.directives)] if thing.directives else []
        if thing.specified_by:
            facts.append(markup("specified at {}", web_link(thing.specified_by)))
        return markup('<p class="limits">{}</p>', joined(facts, "; ")) if facts else NOTHING


def deprecated_mark(field: Field) -> Html:
    """The word that stands behind a deprecated field."""
    if field.deprecated is None:
        return NOTHING
    return Html(' <span class="mark" data-mark="deprecated">deprecated</span>')

"""Schemas as nested lists of properties that read from top to bottom."""

from collections.abc import Iterable, Iterator

from nexus.library.reference.labels import MAX_NAMED_CHOICES, MAX_NESTING, Labels
from nexus.library.reference.markup import (
    NOTHING,
    Html,
    joined,
    listed,
    markup,
    quoted,
    unlinked,
)
from nexus.library.reference.openapi.model import Discriminator, Property, Reference, Schema
from nexus.library.reference.places import Pointer
from nexus.library.reference.prose import Prose
from nexus.library.reference.wording import limit_words

#: Properties, members of an enum and alternatives that are shown of one schema.
MAX_PROPERTIES = 200
MAX_CHOICES = 50
#: A schema that takes more than this is linked to, not repeated, in characters of HTML.
MAX_REPEATED = 20_000


class SchemaView:
    """Shows the schemas of one contract."""

    def __init__(self, labels: Labels, prose: Prose) -> None:
        self._labels = labels
        self._prose = prose
        self._known: dict[tuple[Pointer, int], Html] = {}

    def description(self, schema: Schema) -> Html:
        """What is said of a value, here or where a plain value is defined."""
        value = None if schema.description else self._labels.value(schema)
        return self._prose.block(value.description if value else schema.description)

    def body(self, schema: Schema, *, opened: int) -> Html:
        """A schema that stands by itself: what is in it, with other schemas in place.

        ``opened`` is how many schemas may be laid into one another before a link must do.
        """
        only = schema.sole_reference
        if only and opened:
            return joined([self._definition(only, opened - 1), self.details(schema, opened=0)])
        return self.details(schema, opened=opened)

    def details(self, schema: Schema, *, opened: int, depth: int = 0) -> Html:
        """Everything about a value but its label and description."""
        if depth > MAX_NESTING:
            return markup('<p class="note">{}</p>', "Deeper levels are in the raw file.")
        return joined(
            [
                self._facts(schema),
                self._referred(schema, opened),
                self._properties(schema, opened, depth),
                self._inside(schema, opened, depth),
                self._compositions(schema, opened, depth),
            ]
        )

    def _facts(self, schema: Schema) -> Html:
        """Limits, choices, default and examples, in one line."""
        facts = [markup("{}", words) for words in limit_words(schema)]
        limits = dict(schema.limits)
        if "const" in limits:
            facts.insert(0, markup("always <code>{}</code>", limits["const"]))
        if "pattern" in limits:
            facts.append(markup("matching <code>{}</code>", limits["pattern"]))
        if schema.enum:
            facts.append(markup("one of {}", _choices(schema.enum)))
        if schema.default is not None:
            facts.append(markup("default <code>{}</code>", schema.default))
        if schema.examples:
            facts.append(markup("for example {}", _choices(schema.examples[:3])))
        line = joined(facts, '<span class="separator">; </span>')
        return markup('<p class="limits">{}</p>', line) if line else NOTHING

    def _referred(self, schema: Schema, opened: int) -> Html:
        """What the schema named in the label holds, folded away when it is long."""
        only = schema.sole_reference
        if not only or not opened:
            return NOTHING
        inside = self._definition(only, opened - 1)
        if "<ul" not in inside:
            return inside
        return _folded("What is in", only.name, inside)

    def _definition(self, reference: Reference, opened: int) -> Html:
        schema = self._labels.definitions.get(reference.pointer) if reference.pointer else None
        if schema is None:
            return NOTHING
        key = (reference.pointer, opened)
        if key not in self._known:
            self._known[key] = self._repeatable(schema, reference, opened)
        return self._known[key]

    def _repeatable(self, schema: Schema, reference: Reference, opened: int) -> Html:
        html = self.details(schema, opened=opened)
        if len(html) <= MAX_REPEATED:
            return html
        return markup('<p class="note">It is long: see {}.</p>', self._labels.place(reference))

    def _properties(self, schema: Schema, opened: int, depth: int) -> Html:
        if not schema.properties and not schema.patterns:
            return NOTHING
        shown = schema.properties[:MAX_PROPERTIES]
        rows = [self._property(each, opened, depth) for each in shown]
        rows += [
            self._property(each, opened, depth, matching=True)
            for each in schema.patterns[:MAX_PROPERTIES]
        ]
        if more := len(schema.properties) + len(schema.patterns) - len(rows):
            rows.append(markup('<li class="note">{} more in the raw file.</li>', more))
        return markup('<ul class="properties">{}</ul>', joined(rows))

    def _property(self, item: Property, opened: int, depth: int, *, matching: bool = False) -> Html:
        schema = item.schema
        prefix = Html("names matching ") if matching else NOTHING
        return markup(
            '<li class="property"><p class="property-head">{}<code class="property-name">{}</code>'
            ' <span class="type">{}</span>{}</p>{}{}</li>',
            prefix,
            item.name,
            self._labels.of(schema),
            marks(schema, required=item.required),
            self.description(schema),
            self.details(schema, opened=opened, depth=depth + 1),
        )

    def _inside(self, schema: Schema, opened: int, depth: int) -> Html:
        """The items of a list, and the values of a map."""
        parts = [
            self._described(each, opened, depth) for each in (schema.items, schema.extra) if each
        ]
        if schema.leading:
            rows = (
                self._choice(each, self._described(each, opened, depth))
                for each in schema.leading[:MAX_CHOICES]
            )
            parts.insert(0, markup('<ol class="choices">{}</ol>', joined(rows)))
        return joined(parts)

    def _described(self, schema: Schema, opened: int, depth: int) -> Html:
        details = self.details(schema, opened=opened, depth=depth + 1)
        return joined([self.description(schema), details])

    def _compositions(self, schema: Schema, opened: int, depth: int) -> Html:
        parts = [] if schema.sole_reference else self._everything_of(schema, opened, depth)
        for words, choices in (("One of", schema.one_of), ("One or more of", schema.any_of)):
            if choices:
                parts.append(self._choices_of(words, choices, opened, depth))
        if schema.none_of:
            parts.append(markup('<p class="limits">not {}</p>', self._labels.of(schema.none_of)))
        if schema.discriminator and schema.discriminator.name:
            parts.append(self._discriminator(schema.discriminator))
        return joined(parts)

    def _everything_of(self, schema: Schema, opened: int, depth: int) -> list[Html]:
        """The parts of ``allOf``: those written in place read as if they were not parted."""
        return [
            self._included(each, each.reference, opened)
            if each.reference
            else self._described(each, opened, depth)
            for each in schema.all_of[:MAX_CHOICES]
        ]

    def _included(self, schema: Schema, reference: Reference, opened: int) -> Html:
        inside = self._definition(reference, opened - 1) if opened else NOTHING
        if inside:
            return _folded("Everything in", reference.name, inside)
        link = self._labels.link(reference)
        return markup('<p class="includes">everything in {}</p>', link)

    def _choices_of(self, words: str, choices: tuple[Schema, ...], opened: int, depth: int) -> Html:
        inside = [self._described(each, opened, depth) for each in choices[:MAX_CHOICES]]
        if len(choices) <= MAX_NAMED_CHOICES and not any(inside):
            return NOTHING  # the label names them all
        rows = [self._choice(each, details) for each, details in zip(choices, inside, strict=False)]
        if more := len(choices) - len(rows):
            rows.append(markup('<li class="note">{} more in the raw file.</li>', more))
        return markup(
            '<p class="choices-head">{}:</p><ul class="choices">{}</ul>', words, joined(rows)
        )

    def _choice(self, schema: Schema, inside: Html) -> Html:
        title = markup("<strong>{}</strong> ", schema.title) if schema.title else NOTHING
        return markup(
            '<li class="choice">{}<span class="type">{}</span>{}</li>',
            title,
            self._labels.of(schema),
            inside,
        )

    def _discriminator(self, found: Discriminator) -> Html:
        pairs = joined(
            (
                markup("<code>{}</code> is {}", value, self._labels.link(target))
                for value, target in found.mapping[:MAX_CHOICES]
            ),
            ", ",
        )
        tells = markup("<code>{}</code> tells which", found.name)
        return markup('<p class="limits">{}</p>', joined([tells, pairs], ": "))


def marks(schema: Schema | None, *, required: bool = False, deprecated: bool = False) -> Html:
    """The words that stand behind a name: required, deprecated, read-only, write-only."""
    words = ["required"] if required else []
    words += ["deprecated"] if deprecated or (schema and schema.deprecated) else []
    words += ["read-only"] if schema and schema.read_only else []
    words += ["write-only"] if schema and schema.write_only else []
    return joined(
        markup(' <span class="mark" data-mark="{}">{}</span>', quoted(word), word) for word in words
    )


def _folded(words: str, name: str, inside: Html) -> Html:
    return markup(
        '<details class="fold"><summary>{} {}</summary>{}</details>', words, unlinked(name), inside
    )


def _choices(values: Iterable[str]) -> Html:
    values = list(values)
    shown = listed(values[:MAX_CHOICES])
    more = len(values) - MAX_CHOICES
    return markup("{} and {} more in the raw file", shown, more) if more > 0 else shown


def field_names(schemas: Iterable[Schema]) -> Iterator[str]:
    """The names of all properties, however deep they lie: what a search may ask for."""
    waiting = list(schemas)
    while waiting:
        schema = waiting.pop()
        for item in schema.properties:
            yield item.name
            waiting.append(item.schema)
        waiting += [each for each in (schema.items, schema.extra) if each]
        waiting += [*schema.leading, *schema.all_of, *schema.one_of, *schema.any_of]

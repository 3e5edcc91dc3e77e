"""The schemas that have names, each in a place of its own."""

from collections.abc import Mapping

from nexus.library.reference.body_view import BodyView
from nexus.library.reference.markup import NOTHING, Html, joined, markup, quoted, without_links
from nexus.library.reference.openapi.model import Schema
from nexus.library.reference.page import Page, docs_link
from nexus.library.reference.places import Pointer
from nexus.library.reference.schema_view import field_names, marks

#: A schema with its name and the place where it is defined.
Named = tuple[str, Pointer]


class NamedSchemaView:
    """Shows the named schemas of one contract. ``anchors`` are their ids."""

    def __init__(
        self,
        page: Page,
        bodies: BodyView,
        anchors: Mapping[Pointer, str],
    ) -> None:
        self._page = page
        self._bodies = bodies
        self._anchors = anchors

    def note(self, thing: Named) -> str:
        """Note the words to find the schema by."""
        name, pointer = thing
        self._page.heading(3, name, self._anchors[pointer])
        self._page.say(name, *field_names([self._bodies.labels.definitions[pointer]]))
        return self._anchors[pointer]

    def full(self, thing: Named, anchor: str) -> Html:
        """The schema with its properties, folded under its name."""
        schema = self._bodies.labels.definitions[thing[1]]
        return markup(
            '<details class="schema" id="{}"><summary>{}</summary>{}</details>',
            quoted(anchor),
            without_links(self._head(thing[0], schema)),
            joined(
                [
                    self._kind(schema),
                    self._page.prose.block(schema.description),
                    docs_link(schema.docs),
                    self._bodies.schemas.details(schema, opened=0),
                ]
            ),
        )

    def brief(self, thing: Named, anchor: str) -> Html:
        """The schema's name and kind."""
        head = self._head(thing[0], self._bodies.labels.definitions[thing[1]])
        return markup('<div class="operation-brief" id="{}">{}</div>', quoted(anchor), head)

    def _kind(self, schema: Schema) -> Html:
        """The kind of value once more when it has links: they cannot stand in the summary."""
        label = self._bodies.labels.of(schema)
        linked = markup('<p class="schema-head"><span class="type">{}</span></p>', label)
        return linked if "<a " in label else NOTHING

    def _head(self, name: str, schema: Schema) -> Html:
        label = self._bodies.labels.of(schema)
        return markup(
            '<h3 class="schema-name"><code>{}</code></h3> <span class="type">{}</span>{}',
            name,
            label,
            marks(schema),
        )

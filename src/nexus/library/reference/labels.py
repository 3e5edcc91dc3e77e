"""What kind of value a schema describes, in a few words with links."""

from collections.abc import Mapping

from nexus.library.reference.markup import NOTHING, Html, joined, markup, quoted, unlinked
from nexus.library.reference.openapi.model import Reference, Schema, Target
from nexus.library.reference.places import Pointer
from nexus.library.reference.wording import counted
from nexus.library.rendering.page import Place

#: Inline schemas that lie deeper are left to the raw file.
MAX_NESTING = 10
#: More alternatives are counted, not named.
MAX_NAMED_CHOICES = 4


class Labels:
    """Names the kinds of values of one contract.

    ``definitions`` are the schemas that references lead to; ``anchors`` are the ids of those
    that have a place of their own on the page.
    """

    def __init__(
        self, definitions: Mapping[Pointer, Schema], anchors: Mapping[Pointer, str], place: Place
    ) -> None:
        self.definitions = definitions
        self._anchors = anchors
        self._place = place

    def of(self, schema: Schema, depth: int = 0) -> Html:
        """The type of a value: ``list of Pet or null``."""
        words = self._kind(schema, depth)
        return markup("{} or null", words) if schema.nullable else words

    def _kind(self, schema: Schema, depth: int) -> Html:
        if only := schema.sole_reference:
            # The name of an object says enough; that of a plain value hides what it is.
            target = self.value(schema) if depth == 0 else None
            kind = self._kind(target, depth + 1) if target else NOTHING
            return markup("{}, {}", self.link(only), kind) if kind else self.link(only)
        if depth > MAX_NESTING:
            return Html("more")
        if schema.types and schema.types not in (("array",), ("object",)):
            return self._plain_kind(schema)
        if schema.items:
            return markup("list of {}", self.of(schema.items, depth + 1))
        return self._composed_kind(schema, depth)

    def _plain_kind(self, schema: Schema) -> Html:
        words = " or ".join(schema.types)
        return markup("{} ({})", words, schema.format) if schema.format else markup("{}", words)

    def _composed_kind(self, schema: Schema, depth: int) -> Html:
        for choices in (schema.one_of, schema.any_of):
            if 0 < len(choices) <= MAX_NAMED_CHOICES and not schema.properties:
                return joined((self.of(each, depth + 1) for each in choices), " or ")
        if schema.one_of or schema.any_of:
            return markup("one of {}", counted(len(schema.one_of or schema.any_of), "kind"))
        if schema.extra and not schema.properties:
            return markup("map of {}", self.of(schema.extra, depth + 1))
        if schema.types or schema.properties or schema.all_of:
            return Html("list" if schema.types == ("array",) else "object")
        return Html("any value")

    def value(self, schema: Schema) -> Schema | None:
        """What the schema's reference leads to, when that is neither an object nor a choice."""
        only = schema.sole_reference
        target = self.definitions.get(only.pointer) if only and only.pointer else None
        if target and target.types and "object" not in target.types:
            return target
        return None

    def link(self, reference: Reference) -> Html:
        """The name of another schema, leading to it where it can be reached."""
        if anchor := self._anchors.get(reference.pointer):
            return markup(
                '<a class="type-link" href="#{}">{}</a>', quoted(anchor), unlinked(reference.name)
            )
        if reference.target is Target.FILE:
            return self._file_link(reference)
        return markup("<span>{}</span>", reference.name)

    def _file_link(self, reference: Reference) -> Html:
        path = self._place.resolve(reference.written.partition("#")[0])
        if path is None:
            return markup("<span>{}</span>", reference.name)
        address = quoted(self._place.page(path))
        return markup('<a class="type-link" href="{}">{}</a>', address, unlinked(reference.name))

    def place(self, reference: Reference) -> Html:
        """Where a schema that is not repeated can be read."""
        known = reference.pointer in self._anchors
        return self.link(reference) if known else Html("the raw file")

"""What is carried: bodies in their media types, with examples."""

from collections.abc import Iterable

from nexus.library.reference.labels import Labels
from nexus.library.reference.markup import NOTHING, Html, joined, listed, markup, without_links
from nexus.library.reference.openapi.model import Example, MediaType, Schema
from nexus.library.reference.page import web_link
from nexus.library.reference.prose import Prose
from nexus.library.reference.schema_view import SchemaView
from nexus.library.rendering.codeblocks import code_html

#: Schemas laid into one another in place, before a link must do.
OPENED = 2
MAX_EXAMPLES = 10
#: Examples up to this many lines are open from the start.
SHORT_EXAMPLE = 12


class BodyView:
    """Shows the bodies of requests and responses of one contract."""

    def __init__(self, schemas: SchemaView, labels: Labels, prose: Prose) -> None:
        self.schemas = schemas
        self.labels = labels
        self.prose = prose

    def content(self, media: Iterable[MediaType]) -> Html:
        """A body in all its media types; those that say the same are shown once."""
        return joined(self._media(names, each) for names, each in _merged(media))

    def _media(self, names: list[str], media: MediaType) -> Html:
        head = markup('<p class="media-types">{}</p>', listed(names))
        forms = [self.form(media.schema)] if media.schema else []
        if media.stream:
            forms.append(self.form(media.stream, lead=Html("a stream, each item: ")))
        encodings = joined(
            markup("<li><code>{}</code> as {}</li>", name, said) for name, said in media.encodings
        )
        return markup(
            '<div class="media">{}{}{}{}</div>',
            head,
            joined(forms),
            markup('<ul class="encodings">{}</ul>', encodings) if encodings else NOTHING,
            self.examples(media.examples),
        )

    def form(self, schema: Schema, *, lead: Html = NOTHING) -> Html:
        """A schema that stands by itself."""
        return markup(
            '<div class="schema"><p class="schema-head">{}<span class="type">{}</span></p>'
            "{}{}</div>",
            lead,
            self.labels.of(schema),
            self.schemas.description(schema),
            self.schemas.body(schema, opened=OPENED),
        )

    def examples(self, examples: tuple[Example, ...]) -> Html:
        """Examples as code, each folded unless it is short."""
        rows = [self._example(each) for each in examples[:MAX_EXAMPLES]]
        if more := len(examples) - len(rows):
            rows.append(markup('<p class="note">{} more examples are in the raw file.</p>', more))
        return joined(rows)

    def _example(self, example: Example) -> Html:
        words = example.summary or example.name
        title = markup("Example: {}", words) if words else Html("Example")
        if example.external:
            link = web_link(example.external)
            return markup('<p class="example-link">{} at {}</p>', title, link)
        is_short = example.value.count("\n") < SHORT_EXAMPLE
        return markup(
            '<details class="example"{}><summary>{}</summary>{}{}</details>',
            Html(" open") if is_short else NOTHING,
            without_links(title),
            self.prose.block(example.description),
            Html(code_html(example.value, example.language)),
        )


def _merged(media: Iterable[MediaType]) -> list[tuple[list[str], MediaType]]:
    groups: list[tuple[list[str], MediaType]] = []
    for each in media:
        same = next((names for names, known in groups if known.says_the_same(each)), None)
        if same is None:
            groups.append(([each.name], each))
        else:
            same.append(each.name)
    return groups

"""The page of an OpenAPI document: overview, operations by tag, webhooks, schemas."""

from nexus.library.reference.body_view import BodyView
from nexus.library.reference.grouping import Group, badges, groups
from nexus.library.reference.labels import Labels
from nexus.library.reference.markup import NOTHING, Html, joined, markup
from nexus.library.reference.named_schema_view import NamedSchemaView
from nexus.library.reference.openapi.model import Contract, Elsewhere
from nexus.library.reference.operation_view import OperationView, path_html
from nexus.library.reference.overview import overview, schemes_part, servers_part
from nexus.library.reference.page import MAX_NAMED, Page, docs_link, part
from nexus.library.reference.places import Pointer
from nexus.library.reference.schema_view import SchemaView


def openapi_page(contract: Contract, page: Page) -> Html:
    """The whole reference; ``page`` learns its headings and the words to find it by."""
    page.shortened = contract.shortened
    anchors: dict[Pointer, str] = {
        pointer: page.ids.give("schema", name) for name, pointer in contract.schemas[:MAX_NAMED]
    }
    labels = Labels(contract.definitions, anchors, page.place)
    schemas = SchemaView(labels, page.prose)
    bodies = BodyView(schemas, labels, page.prose)
    schemes, scheme_anchors = schemes_part(contract.security_schemes, page)
    view = OperationView(page, bodies, schemes=scheme_anchors, badges=badges(contract))
    pieces = [
        overview(contract, page),
        servers_part(contract.servers, page),
        schemes,
        *(_group(group, view, page) for group in groups(contract)),
        _webhooks(contract, view, page),
        _elsewhere(contract.elsewhere, labels, page),
        _schemas(contract, NamedSchemaView(page, bodies, anchors), page),
    ]
    return markup('<div class="reference" data-format="openapi">{}</div>', joined(pieces))


def _group(group: Group, view: OperationView, page: Page) -> Html:
    if not group.operations:
        return NOTHING
    title = page.title(group.title, "tag")
    about = page.prose.block(group.tag.description) if group.tag else NOTHING
    docs = docs_link(group.tag.docs) if group.tag else NOTHING
    rows = page.bounded(group.operations, view)
    return part(title, about, docs, markup('<div class="operations">{}</div>', rows))


def _webhooks(contract: Contract, view: OperationView, page: Page) -> Html:
    if not contract.webhooks:
        return NOTHING
    title = page.title("Webhooks", "Webhooks")
    about = Html("<p>Requests that the server makes, for you to answer.</p>")
    rows = page.bounded(contract.webhooks, view)
    return part(title, about, markup('<div class="operations">{}</div>', rows))


def _elsewhere(paths: tuple[Elsewhere, ...], labels: Labels, page: Page) -> Html:
    """Paths whose operations stand in files that this one only points at."""
    if not paths:
        return NOTHING
    title = page.title("Paths in other files", "Paths in other files")
    rows = joined(
        markup(
            '<li><code class="path">{}</code>: {}</li>',
            path_html(each.path),
            labels.link(each.reference),
        )
        for each in paths[:MAX_NAMED]
    )
    return part(title, markup('<ul class="elsewhere">{}</ul>', rows))


def _schemas(contract: Contract, view: NamedSchemaView, page: Page) -> Html:
    if not contract.schemas:
        return NOTHING
    title = page.title("Schemas", "Schemas")
    rows = page.bounded(contract.schemas, view)
    return part(title, markup('<div class="schemas">{}</div>', rows))

"""Parameters and headers as a table."""

from nexus.library.reference.body_view import OPENED, BodyView
from nexus.library.reference.markup import NOTHING, Html, joined, markup, quoted
from nexus.library.reference.openapi.model import Parameter
from nexus.library.reference.schema_view import marks

_PLACES = {"querystring": "whole query"}


def parameter_table(
    parameters: tuple[Parameter, ...], bodies: BodyView, *, name: str = "Parameters"
) -> Html:
    """The parameters of a request (in four columns), or the headers of a response (in three)."""
    if not parameters:
        return NOTHING
    with_place = name == "Parameters"
    title = Html("<h4>Parameters</h4>") if with_place else Html('<p class="label">Headers</p>')
    place = Html('<th scope="col">In</th>') if with_place else NOTHING
    rows = joined(_row(each, bodies, with_place=with_place) for each in parameters)
    return markup(
        '{}<div class="table" tabindex="0" role="group" aria-label="{}">'
        '<table class="parameters"><thead><tr><th scope="col">Name</th>{}'
        '<th scope="col">Type</th><th scope="col">About</th></tr></thead>'
        "<tbody>{}</tbody></table></div>",
        title,
        quoted(name),
        place,
        rows,
    )


def _row(parameter: Parameter, bodies: BodyView, *, with_place: bool) -> Html:
    where = _PLACES.get(parameter.where, parameter.where)
    return markup(
        '<tr><th scope="row"><code class="property-name">{}</code>{}</th>{}'
        '<td><span class="type">{}</span></td><td>{}</td></tr>',
        parameter.name,
        marks(parameter.schema, required=parameter.required, deprecated=parameter.deprecated),
        markup("<td>{}</td>", where) if with_place else NOTHING,
        _type(parameter, bodies),
        _about(parameter, bodies),
    )


def _type(parameter: Parameter, bodies: BodyView) -> Html:
    if parameter.reference:
        return bodies.labels.link(parameter.reference)
    return bodies.labels.of(parameter.schema) if parameter.schema else Html("any value")


def _about(parameter: Parameter, bodies: BodyView) -> Html:
    schema = parameter.schema
    described = parameter.description or (schema.description if schema else "")
    return joined(
        [
            bodies.prose.block(described),
            markup('<p class="limits">written as {}</p>', parameter.style)
            if parameter.style
            else NOTHING,
            bodies.schemas.details(schema, opened=OPENED - 1) if schema else NOTHING,
            bodies.content(parameter.content),
            bodies.examples(parameter.examples),
        ]
    )

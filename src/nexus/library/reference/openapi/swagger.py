"""Where Swagger 2.0 says things in another way than OpenAPI 3."""

from collections.abc import Iterator

from nexus.library.reference.openapi.header import read_flow
from nexus.library.reference.openapi.model import (
    Body,
    MediaType,
    Parameter,
    Property,
    Schema,
    SecurityScheme,
    Server,
)
from nexus.library.reference.openapi.parts import Parts, example, overridden
from nexus.library.reference.tree import Node

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_JSON = ("application/json",)
#: Swagger's names for what OpenAPI 3 calls ``style`` and ``explode``.
_LISTS = {
    "csv": "separated by commas",
    "ssv": "separated by spaces",
    "tsv": "separated by tabs",
    "pipes": "separated by |",
    "multi": "one for each value",
}


class SwaggerParts(Parts):
    """Reads the parts of operations of a document of Swagger 2.0."""

    consumes: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()

    def request(
        self, path_item: Node, operation: Node
    ) -> tuple[tuple[Parameter, ...], Body | None]:
        """The body is one of the parameters here, and so are the fields of a form."""
        self.consumes = self._media_types(operation, "consumes")
        self.produces = self._media_types(operation, "produces")
        shared = self.parameters(path_item.at("parameters"))
        own = self.parameters(operation.at("parameters"))
        everything = overridden(shared, own)
        rest = tuple(each for each in everything if each.where not in ("body", "formData"))
        return rest, self._body(everything)

    def _media_types(self, operation: Node, key: str) -> tuple[str, ...]:
        return operation.texts(key) or self.references.root.texts(key)

    def _body(self, parameters: tuple[Parameter, ...]) -> Body | None:
        for each in parameters:
            if each.where == "body":
                return self._content_body(each)
        fields = [each for each in parameters if each.where == "formData"]
        return self._form_body(fields) if fields else None

    def _content_body(self, parameter: Parameter) -> Body:
        content = tuple(
            MediaType(name, parameter.schema, examples=parameter.examples)
            for name in self.consumes or _JSON
        )
        return Body(parameter.description, required=parameter.required, content=content)

    def _form_body(self, fields: list[Parameter]) -> Body:
        form = Schema(types=("object",), properties=tuple(_field(each) for each in fields))
        names = [name for name in self.consumes if name in _FORMS]
        has_file = any(each.schema and "file" in each.schema.types for each in fields)
        names = names or [_FORMS[1] if has_file else _FORMS[0]]
        content = tuple(MediaType(name, form) for name in names)
        return Body(required=any(each.required for each in fields), content=content)

    def form(self, node: Node) -> Schema | None:
        """Only a body has a schema; other parameters are schemas themselves."""
        if node.has("schema"):
            return self.schemas.read(node.at("schema"))
        return self.schemas.read(node) if node.text("in") != "body" else None

    def style(self, node: Node, where: str) -> str:
        """How lists are written."""
        said = [_LISTS.get(node.text("collectionFormat"), "")]
        said += ["may be empty"] if node.flag("allowEmptyValue") else []
        return ", ".join(filter(None, said))

    def answer_content(self, node: Node) -> Iterator[MediaType]:
        """One schema for all the media types that the operation produces."""
        schema = self.schemas.optional(node.at("schema"))
        examples = dict(node.at("examples").entries())
        names = dict.fromkeys([*self.produces, *examples])
        if not schema and not examples:
            return
        for name in names or _JSON:
            given = (example(examples[name].value, name),) if name in examples else ()
            yield MediaType(name, schema, examples=given)


def _field(parameter: Parameter) -> Property:
    schema = parameter.schema or Schema()
    return Property(parameter.name, schema, required=parameter.required)


def read_host(root: Node) -> Iterator[Server]:
    """The address of the API, which Swagger 2.0 gives in three pieces."""
    host, base = root.text("host"), root.text("basePath")
    schemes = root.texts("schemes") or ("",)
    if not host and not base:
        return
    for scheme in schemes if host else ("",):
        start = f"{scheme}://" if scheme else "//" if host else ""
        yield Server(f"{start}{host}{base}")


def read_scheme(name: str, node: Node) -> SecurityScheme:
    """A way to sign in. ``basic`` was a type of its own, and OAuth had one flow."""
    kind = node.text("type")
    flow = node.text("flow")
    return SecurityScheme(
        name,
        "http" if kind == "basic" else kind,
        description=node.text("description"),
        place=node.text("in"),
        key=node.text("name"),
        scheme="basic" if kind == "basic" else "",
        flows=(read_flow(flow, node),) if flow else (),
    )

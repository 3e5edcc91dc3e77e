"""Reading what operations are made of: parameters, bodies, responses, examples."""

import json
from collections.abc import Iterable, Iterator

from nexus.library.reference.openapi.budget import Budget
from nexus.library.reference.openapi.model import (
    Body,
    Example,
    MediaType,
    Onward,
    Parameter,
    Response,
    Schema,
)
from nexus.library.reference.openapi.references import References
from nexus.library.reference.openapi.schemas import Schemas
from nexus.library.reference.tree import Json, Node

#: Longer examples are cut, in characters.
MAX_EXAMPLE = 20_000
#: How values are written when nothing is said, by where the parameter stands.
_USUAL_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class Parts:
    """Reads the parts of operations of one document of OpenAPI 3."""

    def __init__(self, references: References, schemas: Schemas, budget: Budget) -> None:
        self.references = references
        self.schemas = schemas
        self.budget = budget

    def request(
        self, path_item: Node, operation: Node
    ) -> tuple[tuple[Parameter, ...], Body | None]:
        """The parameters of an operation, with those of its path, and its body."""
        shared = self.parameters(path_item.at("parameters"))
        own = self.parameters(operation.at("parameters"))
        return overridden(shared, own), self.body(operation.at("requestBody"))

    def parameters(self, node: Node) -> Iterator[Parameter]:
        """The parameters of a list of them."""
        for item in node.items():
            if self.budget.spend():
                yield self._parameter(item)

    def _parameter(self, node: Node) -> Parameter:
        found, unread = self.references.follow(node)
        if unread:
            return Parameter(unread.name, "", reference=unread)
        return self.parameter(found, name=found.text("name"), where=found.text("in"))

    def parameter(self, node: Node, *, name: str, where: str) -> Parameter:
        """A parameter or a header: both say their form in the same words."""
        return Parameter(
            name,
            where,
            description=node.text("description"),
            required=node.flag("required") or where == "path",
            deprecated=node.flag("deprecated"),
            schema=self.form(node),
            content=tuple(self.content(node.at("content"))),
            examples=tuple(self.examples(node)),
            style=self.style(node, where),
        )

    def form(self, node: Node) -> Schema | None:
        """The schema of a parameter."""
        return self.schemas.optional(node.at("schema"))

    def style(self, node: Node, where: str) -> str:
        """How lists and objects are written, when it is not the usual way."""
        usual = _USUAL_STYLE.get(where, "")
        style = node.text("style") or usual
        said = [style] if style != usual else []
        if node.has("explode") and node.flag("explode") != (style in ("form", "cookie")):
            said.append("exploded" if node.flag("explode") else "not exploded")
        said += ["reserved characters allowed"] if node.flag("allowReserved") else []
        said += ["may be empty"] if node.flag("allowEmptyValue") else []
        return ", ".join(said)

    def headers(self, node: Node) -> Iterator[Parameter]:
        """The headers of a response, by their names."""
        for name, item in node.entries():
            if self.budget.spend():
                found, unread = self.references.follow(item)
                if unread:
                    yield Parameter(name, "header", reference=unread)
                else:
                    yield self.parameter(found, name=name, where="header")

    def content(self, node: Node) -> Iterator[MediaType]:
        """The media types in which a body may be written."""
        for name, item in node.entries():
            if not self.budget.spend():
                return
            # OpenAPI 3.2 allows references here.
            found, _ = self.references.follow(item)
            yield MediaType(
                name,
                schema=self.schemas.optional(found.at("schema")),
                stream=self.schemas.optional(found.at("itemSchema")),
                examples=tuple(self.examples(found, media_type=name)),
                encodings=tuple(self._encodings(found.at("encoding"))),
            )

    def _encodings(self, node: Node) -> Iterator[tuple[str, str]]:
        for name, item in node.entries():
            said = [item.text("contentType"), self.style(item, "query")]
            if any(said):
                yield name, ", ".join(filter(None, said))

    def examples(self, node: Node, *, media_type: str = "application/json") -> Iterator[Example]:
        """The examples of a parameter or media type."""
        if "example" in node.keys:
            yield example(node.peek("example"), media_type)
        if isinstance(node.peek("examples"), list):  # a mapping is meant; a list is often written
            for item in node.at("examples").items():
                yield example(item.value, media_type)
            return
        for name, item in node.at("examples").entries():
            if self.budget.spend():
                yield self._named_example(name, item, media_type)

    def _named_example(self, name: str, node: Node, media_type: str) -> Example:
        found, unread = self.references.follow(node)
        if unread:
            return Example("", name=name, external=unread.written)
        value = next((found.peek(key) for key in ("value", "dataValue") if found.has(key)), None)
        if value is None and found.has("serializedValue"):
            value, media_type = found.text("serializedValue"), "text/plain"
        plain = example(value, media_type)
        return Example(
            "" if found.has("externalValue") else plain.value,
            plain.language,
            name,
            found.text("summary"),
            found.text("description"),
            found.text("externalValue"),
        )

    def body(self, node: Node) -> Body | None:
        """What a request carries, if it carries anything."""
        if node.value is None:
            return None
        found, unread = self.references.follow(node)
        if unread:
            return Body(reference=unread)
        return Body(
            found.text("description"),
            required=found.flag("required"),
            content=tuple(self.content(found.at("content"))),
        )

    def responses(self, node: Node) -> Iterator[Response]:
        """The answers of an operation, by their status."""
        for status, item in node.entries():
            if not status.startswith("x-") and self.budget.spend():
                yield self._response(status, item)

    def _response(self, status: str, node: Node) -> Response:
        found, unread = self.references.follow(node)
        if unread:
            return Response(status, reference=unread)
        return Response(
            status,
            summary=found.text("summary"),
            description=found.text("description"),
            headers=tuple(self.headers(found.at("headers"))),
            content=tuple(self.answer_content(found)),
            onward=tuple(self._onward(found.at("links"))),
        )

    def answer_content(self, node: Node) -> Iterator[MediaType]:
        """The media types of a response."""
        return self.content(node.at("content"))

    def _onward(self, node: Node) -> Iterator[Onward]:
        for name, item in node.entries():
            found, unread = self.references.follow(item)
            if unread:
                yield Onward(name, unread.name)
            else:
                operation = found.text("operationId") or found.text("operationRef")
                yield Onward(name, operation, found.text("description"))


def overridden(shared: Iterable[Parameter], own: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """The parameters of a path and of an operation: the operation's win, by name and place."""
    merged = {(each.name, each.where): each for each in shared}
    merged.update({(each.name, each.where): each for each in own})
    return tuple(merged.values())


def example(value: Json, media_type: str) -> Example:
    """``value`` as text, in the language that goes with the media type."""
    # Under JSON a string is often the JSON itself, as text.
    if isinstance(value, str) and ("json" not in media_type or value.lstrip()[:1] in ("{", "[")):
        languages = (name for name in ("json", "xml") if name in media_type)
        return Example(_cut(value), next(languages, "text"))
    return Example(_cut(json.dumps(value, ensure_ascii=False, indent=2)))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_EXAMPLE else f"{text[:MAX_EXAMPLE]}\n…"

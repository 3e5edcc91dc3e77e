"""Reading what stands around the operations: info, servers, tags, ways to sign in."""

from collections.abc import Iterator

from nexus.library.reference.openapi.model import (
    Flow,
    Info,
    Requirement,
    SecurityScheme,
    Server,
    Tag,
)
from nexus.library.reference.openapi.schemas import read_docs
from nexus.library.reference.tree import Node, literal

_ADDRESSES = ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl")


def read_info(root: Node) -> Info:
    """What the document says of itself; what is missing is noted."""
    info = root.at("info")
    for key in ("title", "version"):
        if info.value is not None and not info.text(key).strip():
            info.report("contract-incomplete", f"info.{key} is missing or empty.")
    contact, licence = info.at("contact"), info.at("license")
    return Info(
        title=" ".join(info.text("title").split()),
        version=info.text("version"),
        summary=info.text("summary"),
        description=info.text("description"),
        terms=info.text("termsOfService"),
        contact_name=contact.text("name"),
        contact_url=contact.text("url"),
        licence=licence.text("name") or licence.text("identifier"),
        licence_url=licence.text("url"),
    )


def read_servers(node: Node) -> Iterator[Server]:
    """The addresses at which the API can be reached."""
    for server in node.items():
        variables = tuple(
            (name, literal(item.peek("default")), item.texts("enum"), item.text("description"))
            for name, item in server.at("variables").entries()
        )
        yield Server(server.text("url"), server.text("name"), server.text("description"), variables)


def read_tags(node: Node) -> Iterator[Tag]:
    """The groups of operations; OpenAPI 3.2 lets them have parents."""
    for tag in node.items():
        if name := tag.text("name"):
            yield Tag(
                name,
                tag.text("summary"),
                tag.text("description"),
                tag.text("parent"),
                tag.text("kind"),
                read_docs(tag),
            )


def read_scheme(name: str, node: Node) -> SecurityScheme:
    """A way to sign in."""
    return SecurityScheme(
        name,
        node.text("type"),
        description=node.text("description"),
        place=node.text("in"),
        key=node.text("name"),
        scheme=node.text("scheme").lower(),
        token_format=node.text("bearerFormat"),
        address=node.text("openIdConnectUrl") or node.text("oauth2MetadataUrl"),
        flows=tuple(read_flow(kind, flow) for kind, flow in node.at("flows").entries()),
        deprecated=node.flag("deprecated"),
    )


def read_flow(kind: str, node: Node) -> Flow:
    """A way to get an OAuth 2 token."""
    addresses = [(key, node.text(key)) for key in _ADDRESSES if node.has(key)]
    scopes = [(name, literal(scope.value)) for name, scope in node.at("scopes").entries()]
    return Flow(kind, tuple(addresses), tuple(scopes))


def read_security(node: Node) -> tuple[Requirement, ...]:
    """The alternatives under ``security``; an empty list means that nothing is needed."""
    alternatives = tuple(
        tuple((name, _texts(scopes)) for name, scopes in item.entries()) for item in node.items()
    )
    return alternatives or (((),) if node.value == [] else ())


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(literal(item.value) for item in node.items())

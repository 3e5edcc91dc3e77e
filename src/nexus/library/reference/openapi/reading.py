"""Reading a whole OpenAPI document, of any version."""

from nexus.library.reference.openapi import swagger
from nexus.library.reference.openapi.budget import MAX_PARTS, Budget
from nexus.library.reference.openapi.header import (
    read_info,
    read_scheme,
    read_security,
    read_servers,
    read_tags,
)
from nexus.library.reference.openapi.model import Contract, SecurityScheme, Server
from nexus.library.reference.openapi.operations import (
    METHODS,
    METHODS_3_2,
    SWAGGER_METHODS,
    Operations,
)
from nexus.library.reference.openapi.parts import Parts
from nexus.library.reference.openapi.references import References
from nexus.library.reference.openapi.schemas import Schemas, read_docs
from nexus.library.reference.places import Pointer
from nexus.library.reference.recognise import Family, Format
from nexus.library.reference.tree import Node

KNOWN = frozenset(
    {
        Format(Family.SWAGGER, "2.0"),
        Format(Family.OPENAPI, "3.0"),
        Format(Family.OPENAPI, "3.1"),
        Format(Family.OPENAPI, "3.2"),
    }
)


def read_openapi(root: Node, form: Format) -> Contract:
    """What the document says. What is wrong with it is noted in ``root.findings``."""
    _check(root, form)
    old = _is_swagger(form)
    references, budget = References(root), Budget(MAX_PARTS)
    schemas = Schemas(references, budget)
    parts = (swagger.SwaggerParts if old else Parts)(references, schemas, budget)
    operations = Operations(parts, _methods(form), read_security(root.at("security")))
    on_paths = tuple(operations.on_paths(root.at("paths")))
    webhooks = tuple(operations.on_paths(root.at("webhooks")))
    named = _read_named(root, schemas, old=old)
    schemas.settle()
    return Contract(
        format=form,
        info=read_info(root),
        servers=_servers(root, old=old),
        tags=tuple(read_tags(root.at("tags"))),
        paths=sum(not path.startswith("x-") for path, _ in root.at("paths").entries()),
        operations=on_paths,
        webhooks=webhooks,
        elsewhere=tuple(operations.elsewhere),
        schemas=named,
        definitions=schemas.definitions,
        security_schemes=_security_schemes(root, references, old=old),
        docs=read_docs(root),
        shortened=budget.spent,
    )


def _check(root: Node, form: Format) -> None:
    if form not in KNOWN:
        key = form.family.lower()
        root.at(key).report("contract-version", f"It says {key}: {root.text(key)}.")
    if not root.has("info"):
        root.report("contract-incomplete", "It has no info.")
    newer = ("webhooks", "components") if form.version not in ("2.0", "3.0") else ()
    if not any(root.has(key) for key in ("paths", *newer)):
        root.report("contract-incomplete", "It has no paths.")


def _is_swagger(form: Format) -> bool:
    return form.version.startswith("2.")


def _methods(form: Format) -> tuple[str, ...]:
    if _is_swagger(form):
        return SWAGGER_METHODS
    return METHODS if form.version in ("3.0", "3.1") else METHODS_3_2


def _read_named(root: Node, schemas: Schemas, *, old: bool) -> tuple[tuple[str, Pointer], ...]:
    place = root.at("definitions") if old else root.at("components").at("schemas")
    return tuple((name, schemas.define(schema)) for name, schema in place.entries())


def _servers(root: Node, *, old: bool) -> tuple[Server, ...]:
    return tuple(swagger.read_host(root) if old else read_servers(root.at("servers")))


def _security_schemes(
    root: Node, references: References, *, old: bool
) -> tuple[SecurityScheme, ...]:
    place = root.at("securityDefinitions") if old else root.at("components").at("securitySchemes")
    read = swagger.read_scheme if old else read_scheme
    return tuple(read(name, references.follow(node)[0]) for name, node in place.entries())

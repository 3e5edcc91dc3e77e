"""What an OpenAPI document says, whatever its version: the same words for 2.0 to 3.2.

Everything is frozen and finite. A ``$ref`` stays a ``Reference``; what it stands for is
looked up in ``Contract.definitions``, so schemas that contain themselves are no trouble.
Values that an author gave (defaults, examples, members of an enum) are kept as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nexus.library.reference.places import Pointer
from nexus.library.reference.recognise import Format


class Target(StrEnum):
    """Where a reference leads."""

    HERE = "here"
    FILE = "file"
    REMOTE = "remote"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``$ref``: what was written, the name to show for it, and where it leads.

    ``pointer`` is the place in this document; only references that lead ``HERE`` have one.
    """

    written: str
    name: str
    target: Target
    pointer: Pointer = ()


@dataclass(frozen=True, slots=True)
class ExternalDocs:
    """A link to more documentation elsewhere."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A value as it may be sent. ``value`` is text in ``language`` (``json``, ``xml``, …)."""

    value: str
    language: str = "json"
    name: str = ""
    summary: str = ""
    description: str = ""
    external: str = ""


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property whose value tells which of several schemas is meant."""

    name: str
    mapping: tuple[tuple[str, Reference], ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The form of a value.

    ``limits`` are the keywords that restrict it (``maxLength``, ``pattern``, …) with their
    values as text. ``extra`` is the schema of properties that are not named; ``closed``
    says that there are none.
    """

    reference: Reference | None = None
    title: str = ""
    description: str = ""
    types: tuple[str, ...] = ()
    format: str = ""
    nullable: bool = False
    properties: "tuple[Property, ...]" = ()
    patterns: "tuple[Property, ...]" = ()
    extra: "Schema | None" = None
    closed: bool = False
    items: "Schema | None" = None
    leading: "tuple[Schema, ...]" = ()
    all_of: "tuple[Schema, ...]" = ()
    any_of: "tuple[Schema, ...]" = ()
    one_of: "tuple[Schema, ...]" = ()
    none_of: "Schema | None" = None
    discriminator: Discriminator | None = None
    enum: tuple[str, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    default: str | None = None
    examples: tuple[str, ...] = ()
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    docs: ExternalDocs | None = None

    @property
    def sole_reference(self) -> Reference | None:
        """The one schema that this is, under another description: ``allOf`` of one $ref."""
        if self.reference:
            return self.reference
        only = self.all_of[0] if len(self.all_of) == 1 and not self.properties else None
        return only.reference if only else None


@dataclass(frozen=True, slots=True)
class Property:
    """A named value of an object; of ``Schema.patterns`` the name is a regular expression."""

    name: str
    schema: Schema
    required: bool = False


@dataclass(frozen=True, slots=True)
class MediaType:
    """The content of a body in one media type; ``stream`` is the form of each item of it."""

    name: str
    schema: Schema | None = None
    stream: Schema | None = None
    examples: tuple[Example, ...] = ()
    encodings: tuple[tuple[str, str], ...] = ()

    def says_the_same(self, other: "MediaType") -> bool:
        """Whether two media types differ in nothing but their names."""
        mine = (self.schema, self.stream, self.examples, self.encodings)
        return mine == (other.schema, other.stream, other.examples, other.encodings)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a request, or a header of a response.

    ``where`` is ``query``, ``header``, ``path``, ``cookie`` or ``querystring``; ``style``
    says in OpenAPI's words how lists and objects are written, when it is not the usual way.
    """

    name: str
    where: str
    description: str = ""
    required: bool = False
    deprecated: bool = False
    schema: Schema | None = None
    content: tuple[MediaType, ...] = ()
    examples: tuple[Example, ...] = ()
    style: str = ""
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries."""

    description: str = ""
    required: bool = False
    content: tuple[MediaType, ...] = ()
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """An operation that can follow a response (OpenAPI's Link)."""

    name: str
    operation: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: ``status`` is a code, a range such as ``4XX``, or ``default``."""

    status: str
    summary: str = ""
    description: str = ""
    headers: tuple[Parameter, ...] = ()
    content: tuple[MediaType, ...] = ()
    onward: tuple[Onward, ...] = ()
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """Where the API can be reached; ``variables`` are name, default, choices, description."""

    url: str
    name: str = ""
    description: str = ""
    variables: tuple[tuple[str, str, tuple[str, ...], str], ...] = ()


#: Schemes that are needed together, each with its scopes. Empty: nothing is needed.
Requirement = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path.

    ``security`` are the alternatives, of which one suffices; an empty one means that nothing
    is needed, and no alternatives that the contract does not say.
    """

    method: str
    path: str
    identifier: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[Requirement, ...] = ()
    servers: tuple[Server, ...] = ()
    callbacks: "tuple[Callback, ...]" = ()
    deprecated: bool = False
    docs: ExternalDocs | None = None


@dataclass(frozen=True, slots=True)
class Callback:
    """Requests that the server makes later, to an address taken from the first request."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A path whose operations are written in another file."""

    path: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Flow:
    """A way to get an OAuth 2 token: its addresses by name, and the scopes with their meaning."""

    kind: str
    addresses: tuple[tuple[str, str], ...] = ()
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A way to sign in.

    ``kind`` is OpenAPI's ``type``. An API key is called ``key`` and stands in ``place``;
    HTTP authentication has a ``scheme`` and may have a ``token_format``; OpenID Connect is
    discovered at ``address``.
    """

    name: str
    kind: str
    description: str = ""
    place: str = ""
    key: str = ""
    scheme: str = ""
    token_format: str = ""
    address: str = ""
    flows: tuple[Flow, ...] = ()
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A group of operations."""

    name: str
    summary: str = ""
    description: str = ""
    parent: str = ""
    kind: str = ""
    docs: ExternalDocs | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """What the document says of itself."""

    title: str = ""
    version: str = ""
    summary: str = ""
    description: str = ""
    terms: str = ""
    contact_name: str = ""
    contact_url: str = ""
    licence: str = ""
    licence_url: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole document.

    ``paths`` is the number of paths. ``schemas`` are the named ones, by their place;
    ``definitions`` has these and whatever else a $ref points at.
    """

    format: Format
    info: Info = Info()
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    paths: int = 0
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    schemas: tuple[tuple[str, Pointer], ...] = ()
    definitions: Mapping[Pointer, Schema] = field(default_factory=dict)
    security_schemes: tuple[SecurityScheme, ...] = ()
    docs: ExternalDocs | None = None
    shortened: bool = False

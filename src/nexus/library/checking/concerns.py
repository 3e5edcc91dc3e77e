"""Problems by what they mean to readers: what to mend first, and why it matters."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is. An error misleads readers or harms the owner; a warning can wait."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Concern:
    """A kind of problem: which codes belong to it, how bad they are, and why they matter.

    ``codes`` may end in ``*`` for all that begin so.
    """

    name: str
    title: str
    why: str
    severity: Severity
    codes: tuple[str, ...] = ()


#: What an owner mends first stands first.
CONCERNS: tuple[Concern, ...] = (
    Concern(
        "secrets",
        "Secrets",
        "Whoever has read it can use it, and programs look for secrets all day. Until it is gone "
        "nobody but you can clone the repository here.",
        Severity.ERROR,
        ("secret-*",),
    ),
    Concern(
        "links",
        "Links and pictures that lead nowhere",
        "Readers follow a link once. When it fails, they doubt the rest.",
        Severity.ERROR,
        ("link-missing", "link-outside", "picture-missing", "anchor-missing*"),
    ),
    Concern(
        "hidden",
        "Text that is not shown as it was meant",
        "What you wrote is there, but readers see it as code, as plain text, or not at all.",
        Severity.WARNING,
        ("fence-unclosed", "heading-unspaced", "document-*", "front-matter-*", "binary-content"),
    ),
    Concern(
        "placeholders",
        "Gaps that were never filled in",
        "They tell readers that nobody has read this page since it was copied.",
        Severity.WARNING,
        ("placeholder",),
    ),
    Concern(
        "foreign",
        "Addresses of somebody else's repository",
        "Whoever follows them clones, stars or reports to somebody else.",
        Severity.WARNING,
        ("address-foreign",),
    ),
    Concern(
        "readme",
        "The README",
        "It is what most people read of a project, and often all of it.",
        Severity.WARNING,
        ("readme-*",),
    ),
    Concern(
        "licence",
        "No licence",
        "Without one nobody may use what you made, though they may read it.",
        Severity.WARNING,
        ("licence-missing",),
    ),
    Concern(
        "encodings",
        "Encodings",
        "Accented letters and signs turn into others, or into nothing, in some programs.",
        Severity.WARNING,
        ("encoding-*",),
    ),
    Concern(
        "contracts",
        "Contracts",
        "Clients, mocks and readers take a contract by its word.",
        Severity.WARNING,
        ("contract-*", "graphql-*"),
    ),
    Concern(
        "markup",
        "Markup that was left out",
        "The page is shown without it, here and on most other sites.",
        Severity.WARNING,
        (
            "link-unsafe",
            "picture-unsafe",
            "markup-*",
            "maths-*",
            "output-*",
        ),
    ),
)
OTHER = Concern("other", "Others", "The file may not say what you think.", Severity.WARNING)
_EXACT = {code: one for one in CONCERNS for code in one.codes if not code.endswith("*")}
_BEGINNINGS = [(code[:-1], one) for one in CONCERNS for code in one.codes if code.endswith("*")]


def concern_of(code: str) -> Concern:
    """The kind of problem that ``code`` is; ``OTHER`` for a code of an older indexer."""
    if code in _EXACT:
        return _EXACT[code]
    return next((one for beginning, one in _BEGINNINGS if code.startswith(beginning)), OTHER)

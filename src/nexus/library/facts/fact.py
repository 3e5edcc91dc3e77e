"""The facts that the hub looks for, and what they are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: Where a fact is from when no file says it.
FROM_GIT = "git"


class FactName(StrEnum):
    """Every fact, in the order in which people read of them. ``MEANINGS`` explains each."""

    TITLE = "title"
    SUMMARY = "summary"
    IDEA = "idea"
    TRACK = "track"
    LOOKING_FOR = "looking_for"
    TECHNOLOGY = "technology"
    LIVE_ADDRESS = "live_address"
    API_ADDRESS = "api_address"
    REPOSITORY_ADDRESS = "repository_address"
    LICENCE = "licence"
    HAS_TESTS = "has_tests"
    HAS_CI = "has_ci"
    README_STATE = "readme_state"
    FOREIGN_ADDRESS = "foreign_address"


MEANINGS: Mapping[FactName, str] = {
    FactName.TITLE: "What the project is called.",
    FactName.SUMMARY: "The first paragraph that says what it is, at most 280 characters.",
    FactName.IDEA: "The sentence that says what is being built.",
    FactName.TRACK: "`backend`, `frontend` or `both`.",
    FactName.LOOKING_FOR: "Whom it looks for: `frontend`, `backend`, `mobile`, `design`, `review`,"
    " `mentor` or `anyone`.",
    FactName.TECHNOLOGY: "The slug of a topic that it is built with.",
    FactName.LIVE_ADDRESS: "Where it runs.",
    FactName.API_ADDRESS: "Where its interface is described.",
    FactName.REPOSITORY_ADDRESS: "Where its repository is on the web.",
    FactName.LICENCE: "The SPDX identifier of its licence.",
    FactName.HAS_TESTS: "`yes`; the source is a file with tests.",
    FactName.HAS_CI: "The service that builds it, such as `GitHub Actions`.",
    FactName.README_STATE: "`missing`, `empty`, `stub`, `template`, `short` or `good`.",
    FactName.FOREIGN_ADDRESS: "An address that stands as if it were the project's own, but"
    " belongs to somebody else.",
}
#: The facts of which a project may have several; of the others it has one at most.
REPEATED = frozenset(
    {
        FactName.LOOKING_FOR,
        FactName.TECHNOLOGY,
        FactName.LIVE_ADDRESS,
        FactName.API_ADDRESS,
        FactName.HAS_CI,
        FactName.FOREIGN_ADDRESS,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a project.

    ``source`` is the path of the file that says it, or ``FROM_GIT``; ``line`` counts from 1, 0
    means the file as a whole. ``is_guess`` marks what was read out of prose: it may be wrong.
    """

    name: FactName
    value: str
    source: str
    line: int = 0
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class ReadmeText:
    """A README, decoded. ``text`` is what follows the front matter, from line ``first_line``."""

    path: str
    text: str
    first_line: int = 1
    front_matter: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GitFacts:
    """What Git says: the address of the origin (empty for a folder), who wrote commits."""

    origin: str = ""
    contributors: tuple[str, ...] = ()

"""Whether a project is tested, and built by a machine."""

import re
from collections.abc import Iterator, Sequence

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.manifests.registry import MAX_MANIFEST, ReadText, depth_first

#: So many of the files that may be empty frames are looked into.
MAX_LOOKED_INTO = 5

_TEST_FILE = re.compile(
    r"(?:.*/)?(?:test_[^/]+\.py|[^/]+_test\.(?:py|go|rb|exs|dart)|[^/]+[._-](?:test|spec)\.[cm]?[jt]sx?"
    r"|[^/]+_spec\.rb|[^/]+(?:Test|Tests|IT)\.(?:java|kt|cs|php)|[^/]+\.cy\.[jt]sx?|[^/]+\.feature)"
)
#: ``startapp`` of Django writes this file with nothing in it but a comment.
_FRAME = re.compile(r"(?:.*/)?tests\.py")
_HAS_TEST = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+test", re.MULTILINE)

_SERVICES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\.github/workflows/[^/]+\.ya?ml", "GitHub Actions"),
        (r"\.gitlab-ci\.ya?ml", "GitLab CI"),
        (r"(?:.*/)?Jenkinsfile", "Jenkins"),
        (r"\.circleci/config\.ya?ml", "CircleCI"),
        (r"\.travis\.ya?ml", "Travis CI"),
        (r"azure-pipelines\.ya?ml", "Azure Pipelines"),
        (r"bitbucket-pipelines\.ya?ml", "Bitbucket Pipelines"),
        (r"\.woodpecker(?:/[^/]+)?\.ya?ml", "Woodpecker"),
        (r"\.drone\.ya?ml", "Drone"),
        (r"appveyor\.ya?ml", "AppVeyor"),
        (r"\.forgejo/workflows/[^/]+\.ya?ml", "Forgejo Actions"),
    )
)


def is_sign(path: str) -> bool:
    """Whether the file at ``path`` has a part in these facts: tests, or orders for a service."""
    patterns = (_TEST_FILE, _FRAME, *(pattern for pattern, _ in _SERVICES))
    return any(pattern.fullmatch(path) for pattern in patterns)


def tests_fact(files: Sequence[str], read: ReadText) -> Fact | None:
    """A file with tests, the nearest to the root; frames without tests do not count."""
    found = sorted((path for path in files if _TEST_FILE.fullmatch(path)), key=depth_first)
    if found:
        return Fact(FactName.HAS_TESTS, "yes", found[0])
    frames = sorted((path for path in files if _FRAME.fullmatch(path)), key=depth_first)
    for path in frames[:MAX_LOOKED_INTO]:
        if _HAS_TEST.search((read(path) or "")[:MAX_MANIFEST]):
            return Fact(FactName.HAS_TESTS, "yes", path)
    return None


def ci_facts(files: Sequence[str]) -> Iterator[Fact]:
    """Each service that builds the project, with the file that tells it how."""
    for pattern, service in _SERVICES:
        path = next((path for path in files if pattern.fullmatch(path)), None)
        if path:
            yield Fact(FactName.HAS_CI, service, path)

"""READMEs and projects made for tests."""

from collections.abc import Mapping

from nexus.library.facts.fact import Fact, FactName, GitFacts, ReadmeText
from nexus.library.facts.page import Page, page_of
from nexus.library.facts.project import project_facts

ORIGIN = "https://github.com/ada/alx-project-nexus.git"
README = "README.md"


def page(text: str, **front_matter: object) -> Page:
    """The README with this text, at the root."""
    return page_of(ReadmeText(README, text, front_matter=front_matter))


def facts(
    files: Mapping[str, str], *, origin: str = ORIGIN, contributors: tuple[str, ...] = ()
) -> tuple[Fact, ...]:
    """The facts of a project with these files."""
    text = files.get(README)
    return project_facts(
        tree=list(files),
        read=files.get,
        readme=None if text is None else ReadmeText(README, text),
        git=GitFacts(origin, contributors),
    )


def values(found: tuple[Fact, ...], name: FactName) -> list[str]:
    """The values of the facts of one name."""
    return [fact.value for fact in found if fact.name is name]

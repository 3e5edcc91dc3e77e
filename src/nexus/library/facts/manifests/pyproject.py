"""``pyproject.toml``: PEP 621, PEP 735 dependency groups, Poetry, uv and PDM."""

from collections.abc import Iterator, Mapping
from typing import Any

from nexus.library.facts.manifests.base import (
    ManifestReading,
    at,
    mapping,
    packages_named,
    sequence,
    text_at,
    toml_of,
)
from nexus.library.facts.manifests.python_names import required_name

_HOMEPAGES = ("Homepage", "homepage", "Website", "Demo", "demo")


def read_pyproject(text: str) -> ManifestReading:
    """The packages of a Python project and what it says of itself."""
    table = toml_of(text)
    project = mapping(table.get("project"))
    poetry = mapping(at(table, "tool", "poetry"))
    names = (required_name(item) for item in _requirements(table))
    return ManifestReading(
        packages=packages_named("pypi", (name for name in names if name != "python")),
        name=text_at(project, "name") or text_at(poetry, "name"),
        description=text_at(project, "description") or text_at(poetry, "description"),
        homepage=_homepage(project) or text_at(poetry, "homepage"),
        licence=_licence(project) or text_at(poetry, "license"),
    )


def _requirements(table: Mapping[str, Any]) -> Iterator[object]:
    project = table.get("project")
    yield from sequence(at(project, "dependencies"))
    groups = (
        at(project, "optional-dependencies"),
        table.get("dependency-groups"),
        at(table, "tool", "pdm", "dev-dependencies"),
    )
    for group in groups:
        for items in mapping(group).values():
            yield from sequence(items)
    yield from sequence(at(table, "tool", "uv", "dev-dependencies"))
    poetry = mapping(at(table, "tool", "poetry"))
    yield from mapping(poetry.get("dependencies"))
    yield from mapping(poetry.get("dev-dependencies"))
    for group in mapping(poetry.get("group")).values():
        yield from mapping(at(group, "dependencies"))


def _homepage(project: Mapping[str, Any]) -> str:
    urls = project.get("urls")
    return next((found for name in _HOMEPAGES if (found := text_at(urls, name))), "")


def _licence(project: Mapping[str, Any]) -> str:
    return text_at(project, "license") or text_at(project, "license", "text")

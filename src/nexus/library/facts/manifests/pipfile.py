"""``Pipfile`` of Pipenv."""

from nexus.library.facts.manifests.base import ManifestReading, mapping, packages_named, toml_of
from nexus.library.facts.manifests.python_names import required_name


def read_pipfile(text: str) -> ManifestReading:
    """The packages of a Pipfile, those for development included."""
    table = toml_of(text)
    names = (*mapping(table.get("packages")), *mapping(table.get("dev-packages")))
    return ManifestReading(packages=packages_named("pypi", map(required_name, names)))

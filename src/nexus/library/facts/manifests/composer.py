"""``composer.json`` of PHP. See https://getcomposer.org/doc/04-schema.md."""

from nexus.library.facts.manifests.base import (
    ManifestReading,
    json_of,
    mapping,
    packages_named,
    text_at,
)


def read_composer(text: str) -> ManifestReading:
    """The packages of a PHP project and what it says of itself."""
    manifest = json_of(text)
    names = (*mapping(manifest.get("require")), *mapping(manifest.get("require-dev")))
    return ManifestReading(
        packages=packages_named("composer", (name.lower() for name in names if "/" in name)),
        name=text_at(manifest, "name").rpartition("/")[2],
        description=text_at(manifest, "description"),
        homepage=text_at(manifest, "homepage"),
        licence=text_at(manifest, "license"),
    )

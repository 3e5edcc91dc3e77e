"""``package.json`` of npm. See https://docs.npmjs.com/cli/configuring-npm/package-json."""

from nexus.library.facts.manifests.base import (
    ManifestReading,
    json_of,
    mapping,
    packages_named,
    text_at,
)

_TABLES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
#: What ``npm init`` writes unasked says nothing.
_DEFAULT_LICENCE = "ISC"


def read_package_json(text: str) -> ManifestReading:
    """The packages of a JavaScript project and what it says of itself."""
    manifest = json_of(text)
    names = [name.lower() for table in _TABLES for name in mapping(manifest.get(table))]
    licence = text_at(manifest, "license") or text_at(manifest, "license", "type")
    return ManifestReading(
        packages=packages_named("npm", names),
        name=text_at(manifest, "name"),
        description=text_at(manifest, "description"),
        homepage=text_at(manifest, "homepage"),
        licence="" if licence in (_DEFAULT_LICENCE, "UNLICENSED") else licence,
    )

"""``go.mod``. See https://go.dev/ref/mod#go-mod-file-require."""

import re

from nexus.library.facts.manifests.base import MAX_PACKAGES, ManifestReading, Package, numbered

_MODULE = re.compile(r"(?:require[ \t]+)?([\w.~/-]{3,200})[ \t]+v\d")
_NAME = re.compile(r"module[ \t]+\"?([\w.~/-]{1,200})")


def read_go_mod(text: str) -> ManifestReading:
    """The modules that a Go module requires."""
    packages: list[Package] = []
    name = ""
    for number, line in numbered(text):
        if match := _NAME.match(line):
            name = match[1].rpartition("/")[2]
        elif (match := _MODULE.match(line)) and "=>" not in line:
            packages.append(Package("golang", match[1].lower(), number))
    return ManifestReading(packages=tuple(packages[:MAX_PACKAGES]), name=name)

"""``requirements.txt`` of pip.

See https://pip.pypa.io/en/stable/reference/requirements-file-format/.
"""

import re

from nexus.library.facts.manifests.base import ManifestReading, Package, numbered
from nexus.library.facts.manifests.python_names import required_name

_INCLUDE = re.compile(r"(?:-r|--requirement)[ \t=]*([^\s#]{1,300})")
_EDITABLE = re.compile(r"(?:-e|--editable)[ \t=]*(\S{1,500})")


def read_requirements(text: str) -> ManifestReading:
    """The packages of a requirements file, and the files that it includes."""
    packages: dict[str, Package] = {}
    includes: list[str] = []
    for number, line in numbered(text):
        if match := _INCLUDE.match(line):
            includes.append(match[1])
            continue
        editable = _EDITABLE.match(line)
        requirement = editable[1] if editable else line
        if requirement.startswith(("#", "-", ".", "/")):
            continue
        if name := required_name(requirement):
            packages.setdefault(name, Package("pypi", name, number))
    return ManifestReading(packages=tuple(packages.values()), includes=tuple(includes[:20]))

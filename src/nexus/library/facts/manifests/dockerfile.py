"""``Dockerfile``. See https://docs.docker.com/reference/dockerfile/#from."""

import re

from nexus.library.facts.manifests.base import MAX_PACKAGES, ManifestReading, Package, numbered
from nexus.library.facts.manifests.images import image_name

_FROM = re.compile(
    r"FROM[ \t]+(?:--platform=\S{1,100}[ \t]+)?(\S{1,300})(?:[ \t]+AS[ \t]+(\S{1,100}))?",
    re.IGNORECASE,
)


def read_dockerfile(text: str) -> ManifestReading:
    """The images that a Dockerfile builds upon; its own stages are none."""
    stages: set[str] = {"scratch"}
    packages: list[Package] = []
    for number, line in numbered(text):
        match = _FROM.match(line)
        if match is None:
            continue
        name = image_name(match[1])
        if name and name not in stages:
            packages.append(Package("docker", name, number))
        stages.add((match[2] or "").lower())
    return ManifestReading(packages=tuple(packages[:MAX_PACKAGES]))

"""``pom.xml`` of Maven and build files of Gradle, by their form.

A parser of XML would have to be guarded against entities, and Gradle's files are programs; the
coordinates of packages can be told without either.
"""

import re

from nexus.library.facts.manifests.base import ManifestReading, packages_named

_POM = re.compile(
    r"<groupId>\s{0,50}([\w.-]{1,100})\s{0,50}</groupId>"
    r"\s{0,50}<artifactId>\s{0,50}([\w.-]{1,100})\s{0,50}</artifactId>"
)
_COORDINATES = re.compile(r"[\"']([\w.-]{1,100}):([\w.-]{1,100})(?::[^\"'\s]{0,100})?[\"']")
_PLUGIN = re.compile(r"\bid[ \t(]{1,4}[\"']([\w.-]{1,100})[\"']")


def read_pom(text: str) -> ManifestReading:
    """The parent, the dependencies and the plugins of a Maven project."""
    names = (f"{group}:{artifact}".lower() for group, artifact in _POM.findall(text))
    return ManifestReading(packages=packages_named("maven", names))


def read_gradle(text: str) -> ManifestReading:
    """The dependencies and the plugins of a Gradle project.

    A plugin has the coordinates of its marker, ``id:id.gradle.plugin``.
    """
    names = [f"{group}:{artifact}" for group, artifact in _COORDINATES.findall(text)]
    names += [f"{plugin}:{plugin}.gradle.plugin" for plugin in _PLUGIN.findall(text)]
    return ManifestReading(packages=packages_named("maven", map(str.lower, names)))

"""``Gemfile`` of Bundler. Read by its form; nothing of it is run."""

import re

from nexus.library.facts.manifests.base import MAX_PACKAGES, ManifestReading, Package, numbered

_GEM = re.compile(r"gem[ \t(]+[\"']([\w.-]{1,100})[\"']")


def read_gemfile(text: str) -> ManifestReading:
    """The gems of a Gemfile."""
    found = ((number, _GEM.match(line)) for number, line in numbered(text))
    packages = [Package("gem", match[1].lower(), number) for number, match in found if match]
    return ManifestReading(packages=tuple(packages[:MAX_PACKAGES]))

"""Workflows of GitHub Actions.

See https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax.
"""

from collections.abc import Iterator

from nexus.library.facts.manifests.base import (
    ManifestReading,
    at,
    mapping,
    packages_named,
    sequence,
    yaml_of,
)
from nexus.library.facts.manifests.images import image_name


def read_workflow(text: str) -> ManifestReading:
    """The actions that a workflow uses, and the images of its services."""
    jobs = list(mapping(yaml_of(text).get("jobs")).values())
    actions = [name for job in jobs for name in _actions(job)]
    images = [name for job in jobs for name in _images(job)]
    return ManifestReading(
        packages=(*packages_named("github", actions), *packages_named("docker", images))
    )


def _actions(job: object) -> Iterator[str]:
    for step in sequence(at(job, "steps")):
        used = at(step, "uses")
        if isinstance(used, str) and not used.startswith((".", "docker:")):
            yield used.partition("@")[0].lower()


def _images(job: object) -> Iterator[str]:
    for service in mapping(at(job, "services")).values():
        yield image_name(at(service, "image"))
    container = at(job, "container")
    yield image_name(at(container, "image") or container)

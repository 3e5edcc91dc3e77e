"""Compose files. See https://docs.docker.com/reference/compose-file/services/."""

from nexus.library.facts.manifests.base import ManifestReading, at, mapping, packages_named, yaml_of
from nexus.library.facts.manifests.images import image_name


def read_compose(text: str) -> ManifestReading:
    """The images that the services of a Compose file run."""
    services = mapping(yaml_of(text).get("services"))
    images = (image_name(at(service, "image")) for service in services.values())
    return ManifestReading(packages=packages_named("docker", images))

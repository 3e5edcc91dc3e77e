"""The limits that the environment sets for everything that touches Git."""

from pathlib import Path

from django.conf import settings

from nexus.repositories.git.limits import Limits


def git_limits() -> Limits:
    """How large, how long and from where, as this hub's settings say."""
    return Limits(
        max_bytes=settings.REPOSITORY_LIMIT_BYTES,
        total_seconds=settings.FETCH_TIMEOUT_SECONDS,
        allow_http=settings.ALLOW_PRIVATE_NETWORKS,
        allow_private=settings.ALLOW_PRIVATE_NETWORKS,
        known_hosts=Path(settings.NEXUS_HOME) / "known_hosts",
        ssh_key=settings.SSH_KEY,
    )


def store_of(repository: int) -> Path:
    """The bare repository in which the objects of a repository lie, by its key."""
    return Path(settings.REPOSITORIES_FOLDER) / f"{repository}.git"

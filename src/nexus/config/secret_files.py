"""Secrets from files: ``NEXUS_SECRET_KEY_FILE`` names a file that holds ``NEXUS_SECRET_KEY``.

That is how Docker and Kubernetes hand them out; a process's environment is easily shown.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from nexus.kernel.errors import Invalid

#: What may come from a file.
SECRETS = frozenset(
    {
        "DATABASE_URL",
        "REDIS_URL",
        "NEXUS_SECRET_KEY",
        "NEXUS_SECRET_KEY_FALLBACKS",
        "NEXUS_IDENTITY_KEYS",
        "NEXUS_MAIL_URL",
        "NEXUS_GITHUB_CLIENT_SECRET",
        "NEXUS_DISCORD_CLIENT_SECRET",
        "NEXUS_GOOGLE_CLIENT_SECRET",
    }
)


def secret_files(variables: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """The secrets that stand in files, by their names, with the files."""
    for name in sorted(SECRETS):
        if place := variables.get(f"{name}_FILE"):
            yield name, Path(place)


def _read(name: str, place: Path) -> str:
    """The secret in a file. Raises ``Invalid`` when the file cannot be read as text."""
    try:
        return place.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise Invalid(
            "secret-unreadable",
            f"{name}_FILE names {place}, which cannot be read: {why}.",
            remedy="Check that the file is there, and that the user who runs the hub may read it.",
        ) from error


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that the variable of its name with ``_FILE`` names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The secret, or None; the name under which it is given."""
        name = field.alias or field_name
        place = dict(secret_files(os.environ)).get(name)
        return (_read(name, place) if place else None), name, False

    def __call__(self) -> dict[str, Any]:
        """Every secret that is in a file."""
        found = {}
        for field_name, field in self.settings_cls.model_fields.items():
            value, name, _ = self.get_field_value(field, field_name)
            if value is not None:
                found[name] = value
        return found

"""Secrets from files: ``NEXUS_SECRET_KEY_FILE`` names a file that holds ``NEXUS_SECRET_KEY``.

That is how Docker and Kubernetes hand them out; a process's environment is easily shown.
"""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

#: What may come from a file.
SECRETS = frozenset(
    {
        "DATABASE_URL",
        "REDIS_URL",
        "NEXUS_SECRET_KEY",
        "NEXUS_MAIL_URL",
        "NEXUS_GITHUB_CLIENT_SECRET",
        "NEXUS_DISCORD_CLIENT_SECRET",
        "NEXUS_GOOGLE_CLIENT_SECRET",
    }
)


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that the variable of its name with ``_FILE`` names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The secret, or None; the name under which it is given."""
        name = field.alias or field_name
        place = os.environ.get(f"{name}_FILE") if name in SECRETS else None
        return (Path(place).read_text().strip() if place else None), name, False

    def __call__(self) -> dict[str, Any]:
        """Every secret that is in a file."""
        found = {}
        for field_name, field in self.settings_cls.model_fields.items():
            value, name, _ = self.get_field_value(field, field_name)
            if value is not None:
                found[name] = value
        return found

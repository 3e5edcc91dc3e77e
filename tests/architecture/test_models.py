"""Every table can be made in a test, and every change of a table has its migration."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model
from factory.base import Factory


def our_models() -> list[type[Model]]:
    ours = (config for config in apps.get_app_configs() if config.name.startswith("nexus."))
    return [model for config in ours for model in config.get_models()]


def factories_of(app: str) -> set[type[Model]]:
    """The models that the factories of ``app`` make."""
    name = f"{app}.tests.factories"
    if find_spec(f"{app}.tests") is None or find_spec(name) is None:
        return set()
    things = vars(import_module(name)).values()
    factories = [one for one in things if isinstance(one, type) and issubclass(one, Factory)]
    return {one._meta.model for one in factories if not one._meta.abstract}


def without_factory(models: Iterable[type[Model]]) -> list[str]:
    return [
        one._meta.label
        for one in models
        if one not in factories_of(apps.get_app_config(one._meta.app_label).name)
    ]


def test_every_model_has_a_factory():
    assert our_models()
    assert not without_factory(our_models())


def test_a_model_without_a_factory_is_found():
    from django.contrib.sessions.models import Session

    assert without_factory([Session]) == ["sessions.Session"]


@pytest.mark.django_db
def test_migrations_are_complete():
    said = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=said, verbosity=1)

    assert "No changes detected" in said.getvalue()

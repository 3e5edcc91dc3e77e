"""A write says whose hand and what, by name: ``publish(by=…, draft=…)``."""

import pytest

from tests.architecture.services_style import in_room, positional_services
from tests.architecture.sources import Source, sources

pytestmark = pytest.mark.usefixtures("no_cover")


def test_services_take_their_arguments_by_keyword():
    services = [file for file in sources() if in_room(file, "services")]

    assert services
    assert not list(positional_services(services))


def test_a_room_is_a_module_or_a_package():
    paths = {
        "src/nexus/people/services.py": True,
        "src/nexus/library/services/indexing.py": True,
        "src/nexus/library/selectors.py": False,
        "src/nexus/services.py": False,
        "scripts/services.py": False,
    }

    assert {path: in_room(Source.of(path, ""), "services") for path in paths} == paths


def test_an_order_that_can_be_mixed_up_is_found():
    source = Source.of(
        "services.py",
        "def good(*, by, draft): ...\n"
        "def one(draft): ...\n"
        "def bad(by, draft): ...\n"
        "def _private(by, draft): ...\n",
    )

    assert list(positional_services([source])) == ["services.py:3 bad"]


def test_a_package_answers_for_what_it_offers():
    offer = Source.of("services/__init__.py", '__all__ = ["publish"]')
    parts = Source.of("services/parts.py", "def publish(by, draft): ...\ndef helper(a, b): ...\n")

    assert list(positional_services([offer, parts])) == ["services/parts.py:1 publish"]

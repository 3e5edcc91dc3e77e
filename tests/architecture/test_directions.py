"""The import contracts of pyproject.toml hold, and ours can tell."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.contracts import PrivateRooms
from tests.architecture.sources import ROOT

OPTIONS = {
    "root": "shop",
    "rooms": ["models", "pages"],
    "shared": ["shop.kernel"],
    "joiners": ["shop.config"],
}


def test_every_contract_is_kept():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("shop.orders.services", "shop.people.models", False),
        ("shop.orders.services", "shop.people.models.person", False),
        ("shop.web.home", "shop.people.pages", False),
        ("shop.people.services", "shop.people.models", True),
        ("shop.orders.services", "shop.people.selectors", True),
        ("shop.orders.tests.test_services", "shop.people.models", True),
        ("shop.config.urls", "shop.people.pages", True),
        ("shop.people.models", "shop.kernel.models", True),
        ("shop.peopleware.services", "shop.people.models", False),
    ],
)
def test_another_apps_private_rooms_are_closed(importer, imported, kept):
    graph = grimp.ImportGraph()
    for module in (
        "shop",
        "shop.people",
        "shop.people.models",
        "shop.kernel",
        "shop.kernel.models",
    ):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    contract = PrivateRooms(
        name="private",
        session_options={"root_packages": ["shop"]},
        contract_options={"name": "private", "type": "private_rooms", **OPTIONS},
    )

    check = contract.check(graph, verbose=False)

    assert check.kept is kept
    assert check.metadata["trespasses"] == ([] if kept else [(importer, imported)])

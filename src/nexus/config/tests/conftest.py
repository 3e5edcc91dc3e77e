"""The command line, run in this process against the test database."""

import json
from dataclasses import dataclass

import pytest

from nexus.config import searching
from nexus.config.cli import main
from nexus.library.tests.mirrors import add_mirror, home, mirror
from nexus.search.registry import registry

__all__ = ["add_mirror", "home", "mirror"]


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """Its standard output as JSON: one object and nothing else."""
        return json.loads(self.out)


@pytest.fixture
def nexus(transactional_db, home, settings, capsys):
    """Run ``nexus`` with these arguments."""
    settings.SEARCH_FOLDER = home / "search"
    before = dict(registry._sources)
    registry._sources.clear()
    searching.engine.cache_clear()

    def run(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    yield run
    searching.engine().stop()
    searching.engine.cache_clear()
    registry._sources.clear()
    registry._sources.update(before)

"""Getting uv where there is no pip: the right file, or nothing at all."""

import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT

SCRIPT = ROOT / "scripts" / "bootstrap.py"


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheel(bootstrap, tmp_path):
    """A wheel in the form of uv's, with a program that says hello."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        name = f"uv-{bootstrap.VERSION}.data/scripts/uv"
        archive.writestr(name, "#!/bin/sh\necho hello\n")
    path = tmp_path / "uv.whl"
    path.write_bytes(content.getvalue())
    return path


def test_the_program_is_taken_out_of_the_wheel(bootstrap, wheel, tmp_path):
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()

    bootstrap.by_address(tmp_path / "uv", bootstrap.Wheel(wheel.as_uri(), sha256))

    said = subprocess.run([tmp_path / "uv/bin/uv"], check=True, capture_output=True, text=True)
    assert said.stdout == "hello\n"


def test_another_file_is_refused(bootstrap, wheel, tmp_path):
    with pytest.raises(bootstrap.NotFetched, match="nothing was kept"):
        bootstrap.by_address(tmp_path / "uv", bootstrap.Wheel(wheel.as_uri(), "0" * 64))

    assert not (tmp_path / "uv").exists()


def test_a_machine_that_is_offline_is_told_so(bootstrap, tmp_path):
    missing = bootstrap.Wheel((tmp_path / "missing.whl").as_uri(), "0" * 64)

    with pytest.raises(bootstrap.NotFetched, match="online"):
        bootstrap.by_address(tmp_path / "uv", missing)


def test_a_machine_without_a_wheel_is_told_what_to_install(bootstrap, tmp_path):
    with pytest.raises(bootstrap.NotFetched, match="python3-pip"):
        bootstrap.by_address(tmp_path / "uv", None)


def test_the_wheels_are_those_of_the_version_pip_is_asked_for(bootstrap):
    for machine, wheel in bootstrap.WHEELS.items():
        assert f"/uv-{bootstrap.VERSION}-" in wheel.address
        assert machine in wheel.address
        assert len(wheel.sha256) == 64


def test_pip_that_fails_leaves_it_to_the_address(bootstrap, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)

    assert not bootstrap.by_pip(tmp_path / "uv")


def test_an_old_python_is_told_what_is_needed(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))

    assert bootstrap.main() == 1
    assert "PYTHON=" in capsys.readouterr().err

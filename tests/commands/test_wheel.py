"""The wheel holds all that a hub needs, and serves from wherever it is laid."""

import importlib.util
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from nexus.repositories.git.tests.builders import git
from nexus.web.templatetags.built import manifest
from tests.architecture.sources import ROOT
from tests.browser.hubs import serving

pytestmark = pytest.mark.usefixtures("no_cover")

BUILT = "nexus/web/static/built/"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The part of the build that is ours."""
    spec = importlib.util.spec_from_file_location("wheel", ROOT / "scripts" / "wheel.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build(f"hatchling.build.build_wheel({str(folder)!r})")
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def build(call: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Build as pip and uv do."""
    code = f"import hatchling.build; {call}"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, check=check, capture_output=True, text=True)


def committed(folder: str) -> set[str]:
    """The files that Git knows below a folder, by their path from there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "."],
        cwd=ROOT / folder,
        check=True,
        capture_output=True,
        text=True,
    )
    names = listed.stdout.split("\0")
    return {name for name in names if name and (ROOT / folder / name).exists()}


def test_every_file_of_the_package_is_in_it_but_the_tests(wheel):
    held = set(wheel.namelist())
    wanted = {name for name in committed("src") if "/tests/" not in name}

    assert len(wanted) > 300
    assert wanted - held == set()
    assert [name for name in held if "/tests/" in name or "__pycache__" in name] == []


def test_the_front_end_is_in_it_as_it_was_built(wheel):
    held = set(wheel.namelist())

    for file in ("manifest.json", *manifest().files.values()):
        assert BUILT + file in held
    assert any(name.endswith(".css.br") for name in held), "compressed once, here"


def test_the_bundled_repository_is_in_it(wheel):
    archive = zipfile.ZipFile(io.BytesIO(wheel.read("nexus/_hub/hub.zip")))

    assert committed("hub") - set(archive.namelist()) == set()
    assert archive.read("README.md") == (ROOT / "hub" / "README.md").read_bytes()


def test_the_command_and_what_it_needs_are_named(wheel):
    [command] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    [facts] = [name for name in wheel.namelist() if name.endswith("/METADATA")]

    assert "nexus = nexus.config.cli:main" in wheel.read(command).decode()
    assert "Requires-Dist: django" in wheel.read(facts).decode()


def test_it_serves_with_pages_styles_and_documentation(wheel, tmp_path):
    """Laid in an empty folder that Python looks into before the checkout."""
    wheel.extractall(tmp_path / "laid")

    with serving(tmp_path / "home", environment={"PYTHONPATH": str(tmp_path / "laid")}) as hub:
        hub.wait_for("/c/commons/nexus/documentation/tutorial/first-hub.md")
        assert hub.status("/c/commons/nexus/") == 200
        assert hub.status(f"/static/built/{manifest().files['core.css']}") == 200

    [store] = (tmp_path / "home" / "repositories").iterdir()
    assert "From the archive hub.zip." in git(f"--git-dir={store}", "log", "--format=%B")


def test_an_editable_installation_is_the_way_to_the_checkout_and_no_copy(tmp_path):
    build(f"hatchling.build.build_editable({str(tmp_path)!r})")

    [made] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(made) as wheel:
        [path] = [name for name in wheel.namelist() if ".dist-info/" not in name]
        assert wheel.read(path).decode().split() == [str(ROOT / "src")]


def test_a_front_end_that_is_not_there_is_built(hook, tmp_path):
    builder_of_pages = tmp_path / hook.BUILDER
    builder_of_pages.parent.mkdir()
    manifest = tmp_path / hook.BUILT
    builder_of_pages.write_text(
        "from pathlib import Path\n"
        f"built = Path({str(manifest)!r})\n"
        "built.parent.mkdir(parents=True)\nbuilt.write_text('{}')\n"
    )
    (tmp_path / "hub").mkdir()
    builder = hook.WheelHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")

    data = {"force_include": {}}
    builder.initialize("standard", data)
    builder.finalize("standard", data, "")

    assert manifest.exists()
    assert list(data["force_include"].values()) == [hook.PACKAGED]


def test_without_a_front_end_there_is_no_wheel(hook, tmp_path):
    builder = hook.WheelHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")

    with pytest.raises(hook.FrontEndMissing, match=r"build_frontend\.py"):
        builder.initialize("standard", {"force_include": {}})
    builder.initialize("editable", {})


def test_the_same_files_make_the_same_archive(hook, tmp_path: Path):
    folder = tmp_path / "hub"
    for name in ("README.md", "a/b.py", "a/__pycache__/b.pyc", ".cache/x", "a/é ü.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)

    first = hook.pack(folder, tmp_path / "1.zip").read_bytes()
    (folder / "README.md").touch()
    second = hook.pack(folder, tmp_path / "2.zip").read_bytes()

    assert first == second
    assert zipfile.ZipFile(tmp_path / "1.zip").namelist() == ["README.md", "a/b.py", "a/é ü.md"]

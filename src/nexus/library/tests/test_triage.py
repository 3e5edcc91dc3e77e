"""What is read of a repository and what is left out, decided by names and sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.secret_files import is_secret
from nexus.library.triage import REASONS, Limits, triage
from nexus.repositories.git.reading import TreeFile


def listed(path, size=10, kind="file"):
    """A file as Git lists it."""
    return TreeFile(path=path, oid="a" * 40, size=size, mode=0o100644, kind=kind)


def sort(*paths, **options):
    """(what is read, {what is left: why}) of files with these paths."""
    result = triage([listed(path) for path in paths], **options)
    return [file.path for file in result.read], dict(result.left_out)


@pytest.mark.parametrize(
    ("path", "folder", "reason"),
    [
        ("web/node_modules/left-pad/index.js", "web/node_modules", "vendored"),
        ("venv/lib/python3.11/site.py", "venv", "vendored"),
        ("a/__pycache__/b.py", "a/__pycache__", "generated"),
        ("nexus.egg-info/PKG-INFO", "nexus.egg-info", "generated"),
        ("package-lock.json", "package-lock.json", "generated"),
        ("uv.lock", "uv.lock", "generated"),
        ("static/app.min.js", "static/app.min.js", "generated"),
        ("logo.png", "logo.png", "binary"),
        ("sub/.git/config", "sub/.git", "git"),
        (".env", ".env", "secret"),
        ("keys/server.pem", "keys/server.pem", "secret"),
        ("a/../b.md", "a/../b.md", "unnamed"),
        ("-/raw/x.md", "-/raw/x.md", "unnamed"),
        ("bad\nname.md", "bad\nname.md", "unnamed"),
    ],
)
def test_a_file_is_left_out_for_its_name_or_its_folder(path, folder, reason):
    read, left = sort(path, "README.md")
    assert read == ["README.md"]
    assert left == {(folder, reason): 1}


@pytest.mark.parametrize(
    "path",
    ["README.md", ".env.example", ".github/workflows/ci.yml", "docs/a b & [c].md", "日本/語.md"],
)
def test_ordinary_files_are_read(path):
    assert sort(path) == ([path], {})


def test_a_virtual_environment_is_known_by_what_lies_in_it():
    read, left = sort("my-env/pyvenv.cfg", "my-env/lib/a.py", "my-env/lib/b.py", "app.py")
    assert read == ["app.py"]
    assert left == {("my-env", "vendored"): 3}


def test_a_bare_repository_committed_inside_is_one_thing():
    inside = ["x.git/HEAD", "x.git/config", "x.git/objects/ab/cdef", "x.git/refs/heads/main"]
    read, left = sort(*inside, "README.md")
    assert read == ["README.md"]
    assert left == {("x.git", "git"): 4}


@pytest.mark.parametrize("kind", ["symlink", "submodule"])
def test_links_and_submodules_are_not_followed(kind):
    result = triage([listed("x", kind=kind)])
    assert (result.read, result.by_reason()) == ([], {kind: 1})


def test_large_and_missing_files_are_left_out_and_contracts_may_be_larger():
    limits = Limits(file_bytes=100, contract_bytes=200)
    files = [
        listed("big.md", 150),
        listed("api.yaml", 150),
        listed("huge.yaml", 300),
        listed("gone.md", None),
    ]
    result = triage(files, limits=limits)
    assert [file.path for file in result.read] == ["api.yaml"]
    assert result.by_reason() == {"large": 2, "missing": 1}


def test_past_the_limit_prose_near_the_root_is_kept():
    read, left = sort("a.py", "deep/er/b.md", "README.md", limits=Limits(files=2))
    assert read == ["README.md", "deep/er/b.md"]
    assert left == {("a.py", "limit"): 1}


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=30))
def test_every_file_is_read_or_left_with_a_known_reason(paths):
    result = triage([listed(path) for path in paths])
    assert len(result.read) + sum(result.left_out.values()) == len(paths)
    assert all(reason in REASONS for _, reason in result.left_out)


@pytest.mark.parametrize(
    "path",
    [
        ".env", "app/.env.production", "prod.env", "id_rsa", "id_ed25519", "tls/key.PEM",
        "a.p12", ".netrc", "credentials.json", "client_secret_1.json", "service-account.json",
        ".ssh/config", "terraform.tfvars", "secrets.yaml",
    ],
)  # fmt: skip
def test_names_of_secrets_are_known(path):
    assert is_secret(path)


@pytest.mark.parametrize(
    "path", ["environment.md", ".env.example", ".env.sample", "id_rsa.md", "keys.md", "example.env"]
)
def test_names_that_only_look_so_are_not(path):
    assert not is_secret(path)

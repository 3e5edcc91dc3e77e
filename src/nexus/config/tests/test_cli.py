"""The ``nexus`` command: what it prints, what it exits with."""

import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version

import pytest

from nexus.config.cli.main import COMMANDS
from nexus.people.models import Person
from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.git.tests.builders import git, write_folder
from nexus.repositories.models import Repository

FILES = {
    "README.md": "# Quince\n\nNotes about jelly and quinces.\n",
    "docs/a.md": "# Alpha\n\nMarmalade.\n",
    "docs/open.md": "```\nnever closed\n",
    "src/app.py": "print('marmalade')\n",
    ".env": "KEY=1\n",
}


@pytest.fixture
def upstream(tmp_path):
    """A learner's repository."""
    repository = GitRepository(tmp_path / "notes.git")
    repository.commit(FILES, "Begin")
    return repository


def test_help_names_every_command(nexus):
    ran = nexus("--help")
    assert ran.code == 0
    assert all(command in ran.out for command in COMMANDS)
    for command in COMMANDS:
        assert nexus(command, "--help").code == 0
    assert version("nexus") in nexus("--version").out


def test_a_wrong_word_is_wrong_usage(nexus):
    assert nexus("fly").code == 2
    assert nexus("search").code == 2


def test_adding_ends_with_one_json_object(nexus, upstream):
    ran = nexus("add", upstream.path, "--json", "--cohort", "makers", "--name", "Quinces")
    assert ran.code == 0, ran.err
    report = ran.json
    assert (report["name"], report["cohort"]) == ("quinces", "makers")
    assert report["revision"] == upstream.git("rev-parse", "main")
    assert report["entries"] == {"document": 2, "project": 1}
    assert report["left_out"] == {"secret": 1}
    found = {(one["file"], one["line"], one["code"]) for one in report["problems"]}
    assert {("docs/open.md", 1, "fence-unclosed"), (".env", 0, "secret-file")} <= found
    assert all(problem["message"] for problem in report["problems"])


def test_adding_again_updates(nexus, upstream):
    nexus("add", upstream.path)
    upstream.commit({"docs/b.md": "# Beta\n"})
    ran = nexus("add", upstream.path)
    assert "3 document" in ran.out
    assert "docs/open.md:1" in ran.out


def test_adding_again_keeps_the_name_and_the_owner_and_says_so(nexus, upstream):
    nexus("add", upstream.path, "--name", "Quinces", "--owner", "ada")
    ran = nexus("add", upstream.path, "--name", "Jelly", "--owner", "bob", "--json")

    assert ran.code == 0
    assert (ran.json["name"], ran.json["owner"]) == ("quinces", "ada")
    assert [notice["code"] for notice in ran.json["notices"]] == ["name-kept", "owner-kept"]
    assert "It is here already as “Quinces” (commons/quinces), and keeps that name." in ran.err
    assert not Person.objects.filter(handle="bob").exists()
    same = nexus("add", upstream.path, "--name", "Quinces", "--owner", "Ada", "--json")
    assert (same.json["notices"], same.err) == ([], "")


def test_what_is_left_out_is_named(nexus, tmp_path):
    folder = write_folder(
        tmp_path / "notes",
        {"README.md": "# Notes\n", ".env": "KEY=1\n", **{f"{n}.pem": "key\n" for n in range(120)}},
    )
    report = nexus("add", folder, "--json").json

    assert report["left_out"] == {"secret": 121}
    named = report["left_out_files"]["secret"]
    assert (named["paths"][0], len(named["paths"]), named["more"]) == (".env", 100, 21)


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_where_there_is_nothing_to_read_a_word_says_so(nexus, tmp_path, form):
    (tmp_path / "notes").mkdir()
    source = tmp_path / "notes"
    if form == "zip":
        source = tmp_path / "notes.zip"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("../outside.md", "# Outside\n")
    ran = nexus("add", source, "--json")

    assert (ran.code, ran.json["state"]) == (0, "empty")
    assert [notice["code"] for notice in ran.json["notices"]] == ["nothing-yet"]
    assert "There are no files in this" in ran.err
    refused = ran.json["left_out_files"].get("unsafe-path", {"paths": []})
    assert len(refused["paths"]) == (form == "zip")


@pytest.mark.parametrize("form", ["folder", "tar"])
def test_folders_and_archives_are_added(nexus, tmp_path, form):
    folder = write_folder(tmp_path / "ada+notes", FILES)
    source = folder
    if form == "tar":
        source = tmp_path / "notes.tar.gz"
        with tarfile.open(source, "w:gz") as archive:
            archive.add(folder, "notes")
    report = nexus("add", source, "--json").json
    assert report["entries"] == {"document": 2, "project": 1}
    assert report["left_out"] == {"secret": 1}


def test_the_owner_can_be_named(nexus, upstream):
    assert nexus("add", upstream.path, "--owner", "ada", "--json").json["owner"] == "ada"
    assert not Person.objects.get(handle="ada").is_claimed


def test_what_is_not_there_cannot_be_added(nexus, tmp_path):
    ran = nexus("add", tmp_path / "nothing", "--json")
    assert ran.code == 4
    assert ran.json["error"]["code"] == "origin-missing"
    assert ran.json["error"]["detail"]
    assert "nothing at this path" in ran.err


def test_a_remote_that_is_refused_at_once_leaves_nothing_behind(nexus):
    ran = nexus("add", "https://127.0.0.1/ada/notes", "--json")
    assert ran.code == 5
    assert ran.json["error"]["code"] == "remote-private-address"
    assert not Repository.objects.exists()
    assert not Person.objects.filter(handle="ada").exists()


def test_plain_http_is_taken_where_private_networks_are(nexus, settings):
    assert nexus("add", "http://127.0.0.1:1/ada/notes", "--json").json["error"]["code"] == (
        "origin-transport"
    )
    settings.ALLOW_PRIVATE_NETWORKS = True
    assert nexus("add", "http://127.0.0.1:1/ada/notes", "--json").json["error"]["code"] == (
        "remote-unreachable"
    )


def test_what_was_read_once_is_kept_when_its_origin_goes(nexus, upstream, tmp_path):
    nexus("add", upstream.path)
    upstream.path.rename(tmp_path / "away.git")
    assert nexus("add", upstream.path).code != 0
    assert Repository.objects.get().indexed


def test_a_remote_that_cannot_be_read_is_another_code(nexus, upstream, tmp_path):
    nexus("add", upstream.path)
    upstream.path.rename(tmp_path / "away.git")
    ran = nexus("sync", "--json")
    assert ran.code == 5
    assert ran.json["repositories"][0]["error"]
    assert ran.json["repositories"][0]["revision"]


def test_repositories_are_brought_up_to_date(nexus, upstream):
    nexus("add", upstream.path, "--name", "quinces")
    new = upstream.commit({"docs/b.md": "# Beta\n"})
    assert new[:10] in nexus("sync", "commons/quinces").out
    assert nexus("sync", "commons/unknown").code == 3


def test_search_gives_hits(nexus, upstream):
    nexus("add", upstream.path, "--name", "quinces")
    answer = nexus("search", "marmalade", "--json").json
    assert answer["total"] == 2
    hit = next(hit for hit in answer["hits"] if hit["kind"] == "document")
    assert hit["address"] == "/c/commons/quinces/docs/a.md"
    assert "Marmalade" in hit["extract"]
    assert "<" not in hit["extract"]
    assert hit["score"] > 0
    assert "Alpha" in nexus("search", "marmalade", "--kind", "document").out
    assert "Nothing found" in nexus("search", "zzzzzz").out


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (["--kind", "nonsense"], "There are: project, "),
        (["--kind", "document", "--kind", "documnet"], "no kind “documnet”"),
        (["--language", "Pyhton"], "Did you mean Python?"),
        (["--language", "zzz"], "there is no language “zzz”."),
        (["--person", "nobody"], "there is no person “nobody”."),
        (["--cohort", "comons"], "There are: commons."),
    ],
)
def test_a_filter_that_nothing_can_pass_is_wrong_usage(nexus, upstream, filters, words):
    nexus("add", upstream.path)
    ran = nexus("search", "marmalade", *filters)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_filters_that_something_may_pass_are_taken(nexus, upstream):
    upstream.commit({"docs/own.md": "---\nkind: snippet\nlanguage: Quinceish\n---\nMarmalade.\n"})
    nexus("add", upstream.path, "--owner", "ada")
    for filters in (
        ("--kind", "Document"),
        ("--kind", "file"),
        ("--language", "python"),
        ("--language", "quinceish"),
        ("--person", "Ada"),
        ("--cohort", "commons"),
    ):
        ran = nexus("search", "marmalade", *filters, "--json")
        assert ran.code == 0, ran.err
        assert ran.json["hits"], filters
    assert nexus("search", "marmalade", "--language", "Rust").out.strip() == "Nothing found."


@pytest.mark.parametrize("words", [[], [""], ["  ", ""]])
def test_a_search_for_nothing_is_wrong_usage(nexus, words):
    ran = nexus("search", *words)
    assert ran.code == 2
    assert "Say what to look for" in ran.err


def test_filters_alone_list_the_newest_first(nexus, upstream):
    upstream.commit({"docs/new.md": "# Newest\n"})
    nexus("add", upstream.path)
    for arguments in (["--kind", "document"], ["kind:document"]):
        hits = nexus("search", *arguments, "--json").json["hits"]
        assert len(hits) == 3
        assert hits[0]["title"] == "Newest"


def test_show_gives_one_entry(nexus, upstream):
    nexus("add", upstream.path, "--name", "quinces")
    for address in ("/c/commons/quinces/docs/a.md", "http://h:1/c/commons/quinces/docs/a.md"):
        entry = nexus("show", address, "--json").json
        assert (entry["title"], entry["kind"]) == ("Alpha", "document")
        assert len(entry["versions"]) == 1
    assert "Marmalade" in nexus("show", "commons/quinces/docs/a.md").out
    assert nexus("show", "/c/commons/quinces/none.md").code == 3
    assert nexus("show", "nonsense").code == 3


def test_the_readme_is_shown_as_the_project(nexus, upstream):
    nexus("add", upstream.path, "--name", "quinces")
    assert nexus("show", "/c/commons/quinces/README.md", "--json").json["title"] == "Quince"


def test_a_home_that_cannot_be_used_is_said_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", "from nexus.config.cli import main; main(['person', 'list'])"],
        env={**os.environ, "NEXUS_HOME": str(tmp_path / "file")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert "NEXUS_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_gives_everything_back(nexus, upstream, tmp_path):
    nexus("add", upstream.path, "--name", "quinces")
    copy = tmp_path / "copy.git"
    assert nexus("export", "commons/quinces", copy).code == 0
    assert git(f"--git-dir={copy}", "rev-parse", "main").strip() == upstream.git(
        "rev-parse", "main"
    )
    folder = tmp_path / "folder"
    assert nexus("export", "commons/quinces", folder, "--format", "folder", "--json").code == 0
    assert (folder / "docs" / "a.md").read_text() == FILES["docs/a.md"]
    assert nexus("export", "commons/quinces", folder, "--format", "folder").code == 4


def test_people_are_added_listed_and_get_links(nexus):
    added = nexus("person", "add", "ada", "--name", "Ada", "--json").json
    assert "/accounts/link/" in added["link"]
    assert "/accounts/link/" in nexus("person", "link", "ada").out
    assert "?next=%2Fc%2F" in nexus("person", "link", "ada", "--to", "/c/").out
    assert nexus("person", "link", "ada", "--to", "//evil.example").code == 2
    assert nexus("person", "list", "--json").json["people"][0]["handle"] == "ada"
    assert "Ada" in nexus("person", "list").out
    assert nexus("person", "add", "ada").code == 4
    assert nexus("person", "link", "nobody").code == 3


def test_a_command_that_is_stopped_says_so(nexus, monkeypatch):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr("nexus.config.cli.people.open_hub", stopped)
    ran = nexus("person", "list")
    assert (ran.code, ran.err.strip()) == (130, "Stopped.")


def test_help_loads_next_to_nothing():
    """Start-up time: what ``--help`` does not need it does not import."""
    code = (
        "import sys; from nexus.config.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules, 'celery' in sys.modules, 'tantivy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False False"

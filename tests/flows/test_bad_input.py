"""Bad input, each kind once through the whole hub: the rest is published, the owner gets a word.

The rooms test the same things closer; here it is the promise that counts: one bad file keeps
nothing else from being read, nothing breaks, nothing hostile comes through.
"""

import zipfile
from pathlib import Path

import pytest
from django.test import Client

from nexus.cohorts.tests.factories import CohortFactory
from nexus.kernel.errors import NexusError
from nexus.library import selectors
from nexus.library.models import Entry, FileProblem
from nexus.library.services import sync_now
from nexus.people.tests.factories import OwnerFactory
from nexus.repositories import services as repositories
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.tests.builders import Link, Submodule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_cover")]

GOOD = {"README.md": "# Good\n\nThe rest of the repository.\n", "good.md": "# Good page\n"}
FENCE = "```"


def publish(mirror, files):
    """Publish good files and bad ones; the good ones must be there. Returns {path: kind}."""
    mirror.publish({**GOOD, **files})
    entries = mirror.entries()
    assert entries["good.md"] == "document"
    assert "" in entries
    return entries


def problems(mirror):
    """{(file, code)} that the owner is told."""
    found = FileProblem.objects.filter(repository=mirror.repository)
    return set(found.values_list("path", "code"))


def page(mirror, path=""):
    """The page at a path, for a guest."""
    base = f"/c/{mirror.repository.cohort.slug}/{mirror.repository.slug}"
    response = Client().get(f"{base}/{path}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("encoded", "says"),
    [
        ("# Über uns\n\nWörter und mehr.\n".encode("utf-16"), "encoding-utf16"),
        ("\ufeff# Über uns\n\nWörter und mehr.\n".encode(), None),
        (b"# \xdcber uns\r\n\r\nW\xf6rter und mehr.\r\n", "encoding"),
        ("# Über uns\r\n\r\nWörter und mehr.\r\n".encode(), None),
    ],
    ids=["utf-16", "utf-8 with a mark", "invalid bytes", "crlf"],
)
def test_encodings(mirror, encoded, says):
    publish(mirror, {"bad.md": encoded})
    entry = mirror.entry("bad.md")
    assert entry.title == "Über uns"
    assert "Wörter" in entry.rendering.text
    codes = [code for path, code in problems(mirror) if path == "bad.md"]
    assert all(code.startswith(says) for code in codes) if says else codes == []
    assert bool(codes) == bool(says)


@pytest.mark.parametrize(
    ("readme", "title"),
    [
        ("hi\n", "nexus"),
        ("", "nexus"),
        ("Just a line of words that says what this is.\n", "nexus"),
        ("**My great project**\n\nWords about it, and more words.\n", "My great project"),
        ('<div align="center"><h1>Centred</h1></div>\n\nWords.\n', "Centred"),
        (f"# Open\n\n{FENCE}python\nnever closed\n", "Open"),
        ("---\n: : not [yaml\n---\n# Titled\n", "Titled"),
        ("---\na: &a [*a]\n---\n# Titled\n", "Titled"),
    ],
    ids=["3 bytes", "empty", "no heading", "bold", "div", "fence", "front matter", "recursive"],
)
def test_readmes_as_people_write_them(mirror, readme, title):
    mirror.publish({"README.md": readme, "good.md": "# Good page\n"})
    assert mirror.entry("").title == title
    assert mirror.entries()["good.md"] == "document"


def test_yaml_in_a_file_called_json_is_a_contract(mirror):
    text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\n"
    assert publish(mirror, {"api.json": text})["api.json"] == "contract"


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.0.3\ninfo: &a {title: *a}\npaths: {}\n",
        "openapi: 3.1.0\na: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\npaths: {}\n",
        "openapi: 3.1.0\npaths: " + "{a: " * 5_000 + "1" + "}" * 5_000,
        '{"openapi": "3.1.0", "paths": ' + "[" * 20_000,
    ],
    ids=["recursive alias", "aliases", "deep", "unclosed"],
)
def test_contracts_that_are_traps(mirror, text):
    publish(mirror, {"api.yaml": text})


def test_a_bare_repository_inside_a_repository(mirror):
    inside = {
        "x.git/HEAD": "ref: refs/heads/main\n",
        "x.git/config": "[core]\n",
        "x.git/objects/ab/cd": b"\x78\x01",
        "x.git/hooks/post-update": "#!/bin/sh\ntouch /tmp/owned\n",
    }
    publish(mirror, inside)
    assert selectors.left_out_by_reason(mirror.repository.pk) == {"git": 4}


def test_a_committed_environment_of_10_000_files_costs_one_line(mirror):
    files = {f"venv/lib/module_{n}.py": "x = 1\n" for n in range(10_000)}
    publish(mirror, {**files, "venv/pyvenv.cfg": "home = /usr\n"})
    assert [(row.path, row.files) for row in selectors.left_out(mirror.repository.pk)] == [
        ("venv", 10_001)
    ]


def test_missing_objects(mirror):
    mirror.upstream.commit({**GOOD, "lost.md": "# Lost in a crash\n"})
    mirror.upstream.remove_object(mirror.upstream.git("rev-parse", "main:lost.md"))
    mirror.sync()
    assert mirror.entries()["good.md"] == "document"
    assert selectors.left_out_by_reason(mirror.repository.pk) == {"missing": 1}


def test_submodules_and_links_that_lead_outside(mirror):
    publish(
        mirror,
        {
            "lib": Submodule(),
            "passwd.md": Link("/etc/passwd"),
            "up.md": Link("../../../../etc/passwd"),
        },
    )
    assert selectors.left_out_by_reason(mirror.repository.pk) == {"submodule": 1, "symlink": 2}
    assert "root:" not in page(mirror, "passwd.md")
    assert Client().get("/c/cohort-of-nexus/nexus/-/raw/passwd.md").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "a b/c d.md",
        "you & me.md",
        "[draft] (1).md",
        "日本語/ページ.md",
        "שלום.md",
        "100%.md",
        "a#b?.md",
    ],
)
def test_paths_that_have_to_be_quoted(mirror, path):
    from nexus.library.addresses import entry_address

    publish(mirror, {path: "# Odd name\n\nBut words all the same.\n"})
    address = entry_address("cohort-of-nexus", "nexus", path)
    response = Client().get(address)
    assert response.status_code == 200
    assert "But words all the same." in response.content.decode()


@pytest.mark.one_database
def test_a_file_of_200_mb_is_not_read(mirror):
    mirror.upstream.commit({**GOOD, "huge.md": b"a" * 200_000_000})
    mirror.sync()
    assert mirror.entries() == {"": "project", "good.md": "document"}
    assert selectors.left_out_by_reason(mirror.repository.pk) == {"large": 1}
    assert "Too large to show" in page(mirror, "huge.md")
    assert Client().get("/c/cohort-of-nexus/nexus/-/raw/huge.md").status_code == 404


@pytest.mark.one_database
def test_a_zip_bomb_is_refused_and_nothing_is_published(home, tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(20):
            archive.writestr(f"zeros-{n}.txt", b"\0" * 50_000_000)
    repository = repositories.add_repository(
        by=None,
        cohort=CohortFactory(),
        origin=parse_origin(str(bomb)),
        owner=OwnerFactory(),
    )
    with pytest.raises(NexusError) as refused:
        sync_now(by=None, repository=repository, report=lambda *_: None)
    assert refused.value.code == "archive-bomb"
    assert not Entry.objects.exists()
    repository.refresh_from_db()
    assert repository.trouble


def test_a_branch_that_is_renamed_upstream(mirror):
    mirror.publish(GOOD)
    mirror.upstream.git("branch", "-m", "main", "trunk")
    mirror.upstream.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    mirror.upstream.commit({"more.md": "# More\n"}, branch="trunk")
    mirror.sync()
    assert mirror.repository.branch == "trunk"
    assert mirror.entries()["more.md"] == "document"


def test_branches_that_are_all_deleted_upstream_leave_what_was_published(mirror):
    mirror.publish(GOOD)
    mirror.upstream.git("update-ref", "-d", "refs/heads/main")
    with pytest.raises(NexusError):
        mirror.sync()
    assert mirror.entries()["good.md"] == "document"


HOSTILE = """# Hostile

<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a>
<a href="data:text/html,<script>alert(1)</script>">b</a>
<svg onload=alert(1)><script>1</script></svg>
<div style="position:fixed;top:0;left:0;width:100%;height:100%">over everything</div>
<style>body{display:none}</style><form action="https://evil.example"><input name=q></form>
<iframe src="https://evil.example"></iframe><base href="https://evil.example">
<div class="notice notice-bad" id="content">It is me, the hub</div>

[c](javascript:alert(1)) [d](vbscript:x) ![e](data:image/svg+xml;base64,PHN2Zz4=)
"""


def test_markup_that_wants_to_do_something(mirror):
    publish(mirror, {"hostile.md": HOSTILE})
    html = mirror.entry("hostile.md").rendering.html.lower()
    for trace in (
        "<script", "onerror", "onload", "javascript:", "vbscript:", "data:text", "style=",
        "<style", "<form", "<iframe", "<base", "<svg", "notice-bad", 'id="content"',
    ):  # fmt: skip
        assert trace not in html, trace
    assert problems(mirror)


@pytest.mark.parametrize(
    "text",
    [
        ">" * 50_000,
        "- " * 30_000,
        "[" * 50_000,
        "*a " * 40_000,
        "`" * 50_000 + "a",
        "![" * 30_000,
        "<" * 50_000,
        "[a](" * 20_000,
        "|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n",
        "$" * 30_000,
        "[a]: b\n" * 10_000 + "[a]" * 10_000,
        "<div>" * 20_000,
        "((((" * 10_000,
    ],
    ids=lambda text: text[:6],
)
def test_markdown_that_makes_parsers_slow(mirror, text):
    publish(mirror, {"slow.md": text})


@pytest.mark.django_db(transaction=True)
def test_secrets_by_name_are_nowhere(mirror, engine):
    publish(mirror, {".env": "TOKEN=quincetoken\n", "deploy/id_rsa": "quincekey\n"})
    engine.catch_up()
    for words in ("quincetoken", "quincekey"):
        assert "Nothing has" in Client().get(f"/search?q={words}").content.decode()
    assert "quincetoken" not in page(mirror, ".env")
    assert selectors.left_out_by_reason(mirror.repository.pk) == {"secret": 2}


@pytest.mark.django_db(transaction=True)
def test_addresses_are_on_no_page_for_guests(mirror, engine):
    text = (
        "# Ada\n\nada@example.com <ada@example.com> [write](mailto:ada@example.com)\n\n"
        "    ada@example.com\n"
    )
    publish(mirror, {"contact.md": text, "README.md": text})
    engine.catch_up()
    paths = ("", "contact.md", "-/source/contact.md", "-/raw/contact.md", "-/history/contact.md")
    for path in paths:
        response = Client().get(f"/c/cohort-of-nexus/nexus/{path}")
        assert "ada@example" not in response.content.decode(), path
    for address in ("/", "/search?q=ada", "/c/cohort-of-nexus/"):
        assert "ada@example" not in Client().get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_addresses_in_titles_summaries_comments_and_commits_are_nowhere(mirror, engine):
    mirror.upstream.commit(
        {
            "README.md": "# Hub\n",
            "a.md": "---\ntitle: Ask ada@example.com\nsummary: Or ada@example.com\n---\nText\n",
            "snippets/b.py": "# ada@example.com\nprint(1)\n",
        },
        "Sent by ada@example.com",
        author="ada@example.com <ada@example.com>",
    )
    mirror.sync()
    engine.catch_up()
    base = "/c/cohort-of-nexus/nexus"
    for path in ("", "a.md", "snippets/b.py", "-/files/", "-/history/a.md", "-/status"):
        assert "ada@example" not in Client().get(f"{base}/{path}").content.decode(), path
    for address in ("/", "/search?q=ask", "/search/suggest?q=ask", "/c/cohort-of-nexus/"):
        assert "ada@example" not in Client().get(address).content.decode(), address
    assert mirror.entry("a.md").title == "Ask"


@pytest.mark.slow
def test_a_repository_of_50_000_files(mirror):
    files = {f"data/{n % 200}/{n}.csv": f"{n},1\n" for n in range(50_000)}
    publish(mirror, files)
    assert selectors.left_out_by_reason(mirror.repository.pk)["limit"] >= 30_000


def test_the_utf_16_readme_of_the_examples(mirror, examples: Path):
    folder = examples / "LewisMagangi+alx-project-nexus"
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    mirror.publish(files)
    assert mirror.entry("").title == "Fullstack social media platform"  # not the programme's name
    contract = mirror.entry("backend/docs/api/schema.yaml")
    assert (contract.facts["operations"], contract.facts["paths"]) == (82, 57)

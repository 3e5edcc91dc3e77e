"""A secret that was committed is for its owner: on no page, in no search, in no clone of others."""

import json
import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.library.discretion import discreet_path
from nexus.library.models import FileProblem
from nexus.library.reports import entry_report, repository_report
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.cloning import no_clone
from nexus.repositories.git.tests.builders import git
from nexus.repositories.models import Repository
from nexus.search.results import SearchRequest

# Put together here, so that no scanner takes this file for a leak.
BODY = "q7Zk2" + "vX9mB4" + "tR8wL1" + "nY6cJ3" + "hD5fG0" + "pSaEuT"
TOKEN = "ghp_" + BODY + "Ab"
ASSIGNED = "s3" + BODY[::-1]
KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{BODY}K\n{BODY}K\n-----END RSA PRIVATE KEY-----\n"
IN_FILE = "hunter2-in-a-file"
NEEDLES = (BODY, ASSIGNED, IN_FILE)

FORMS: dict[str, str | bytes] = {
    "docs/prose.md": f"# Prose\n\nI used {TOKEN} for this.\n",
    "docs/fence.md": f"# Fence\n\n```python\nkey = connect('{TOKEN}')\n```\n",
    "docs/matter.md": f"---\ntitle: The token {TOKEN}\nsummary: Or {TOKEN}\n---\n\nText.\n",
    "docs/notes.rst": f"Notes\n=====\n\nThe token is ``{TOKEN}``.\n",
    "docs/book.ipynb": json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "source": [f"JWT_SECRET = '{ASSIGNED}'"],
                    "metadata": {},
                    "outputs": [],
                    "execution_count": 1,
                }
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    ),
    "src/settings.py": f"DEBUG = True\nSECRET_KEY = '{ASSIGNED}'\n",
    "src/page.js": f"fetch(address, {{headers: {{token: '{TOKEN}'}}}})\n",
    "code-snippets/call.py": f"# Call it.\nAPI_KEY = '{ASSIGNED}'\n",
    "collaboration/api.yaml": "openapi: 3.0.3\ninfo:\n  title: Shop\n  version: '1'\n"
    f"  description: Use {TOKEN}.\npaths: {{}}\n",
    "deploy/server.txt": KEY,
    "drawing.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><text>{TOKEN}</text></svg>",
    "text.png": f"{TOKEN}\n",
    "wide.txt": f"JWT_SECRET={ASSIGNED}\n".encode("utf-16"),
    "zero.bin": b"\0\1\2" + TOKEN.encode() + b"\0",
    # Names that hold one.
    f"docs/{TOKEN}.md": "# Named so\n\nQuinces.\n",
    f"docs/only {TOKEN}.md": "Quinces without a heading.\n",
    f"code-snippets/{TOKEN}.py": "print(1)\n",
    f"src/{TOKEN}/main.py": "print(2)\n",
    f"src/{TOKEN}.bin": b"\0\1",
    f"text/{TOKEN}.txt": "Quinces\n",
    f"broken/{TOKEN}.md": "# Broken\n\n[a](nothing.md) [Your Name]\n",
    ".env": f"PASSWORD={IN_FILE}\n",
    "deploy/id_rsa": f"{IN_FILE}\n",
}


@pytest.fixture
def spilled(mirror):
    """A repository of somebody's in which every kind of file holds a secret, also in its past."""
    Repository.objects.update(owner=PersonFactory(handle="ada"))
    mirror.repository.refresh_from_db()
    mirror.publish({"docs/old.md": f"# Old\n\n{TOKEN}\n", "settings/.env": f"A={IN_FILE}\n" * 9})
    mirror.publish(
        {"docs/old.md": "# Old\n\nNothing.\n", "settings/.env": None, "moved.txt": "A=1\n" * 9}
    )
    author = f"{TOKEN} <ada@example.org>"
    mirror.upstream.commit({"a.md": "# A\n"}, f"Try {TOKEN}", branch=f"with/{TOKEN}")
    mirror.publish({"README.md": "# Spilled\n", **FORMS}, f"Use {TOKEN} everywhere", author=author)
    return mirror


@pytest.fixture
def member(spilled):
    """Somebody else of the cohort, signed in."""
    person = MembershipFactory(cohort=spilled.repository.cohort, role=Role.MEMBER).person
    return signed_in(person)


@pytest.fixture
def owner(spilled):
    """The owner of the repository, signed in; no member of the cohort by that."""
    return signed_in(spilled.repository.owner)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


BASE = "/c/cohort-of-nexus/nexus"
_LINK = re.compile(r"(?:href|src|action|data-[a-z-]+)=\"([^\"]+)\"")


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def walk(client, *starts):
    """{address: bytes} of all that can be reached from the repository's pages, within it."""
    waiting, seen = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = body_of(response)
        if "Location" in response:
            waiting.append(response["Location"])
        if "text/html" in response.get("Content-Type", ""):
            found = (unescape(link) for link in _LINK.findall(seen[address].decode()))
            within = (urljoin(address, link).split("#")[0] for link in found)
            waiting += [one for one in within if one.startswith(BASE)]
    return seen


def spilled_on(pages):
    """Where a secret can be read, in any writing."""
    return [
        address
        for address, content in pages.items()
        for text in readings_of(content)
        if any(needle in text for needle in NEEDLES)
    ]


def readings_of(content):
    """As it came and without its NULs, each also as a browser would show it."""
    for data in dict.fromkeys((content, content.replace(b"\0", b""))):
        text = data.decode("latin-1")
        yield text
        yield re.sub(r"<[^>]*>", "", unescape(text))


def around(pages):
    """The same with the words around it, to see which part of a page says it."""
    return [(at, around_needle(pages[at])) for at in dict.fromkeys(spilled_on(pages))]


def around_needle(content):
    text = re.sub(r"<[^>]*>", "", unescape(content.decode("latin-1")))
    at = min((where for needle in NEEDLES if (where := text.find(needle)) >= 0), default=0)
    return text[max(at - 80, 0) : at + 80]


def rooms_of(path):
    return [
        f"{BASE}/{room}{discreet_path(path)}"
        for room in ("", "-/source/", "-/raw/", "-/history/", "-/diff/")
    ]


STARTS = [
    f"{BASE}/",
    f"{BASE}/-/files/",
    f"{BASE}/-/status",
    f"{BASE}/-/status.json",
    *(
        room
        for path in (*FORMS, "docs/old.md", "settings/.env", "moved.txt")
        for room in rooms_of(path)
    ),
]


@pytest.mark.usefixtures("no_cover")
@pytest.mark.one_database
def test_no_page_that_a_guest_or_a_member_can_reach_shows_a_secret(client, member, spilled):
    versions = [
        f"{BASE}/-/at/{sha}/{discreet_path(path)}" for sha in commits(spilled) for path in FORMS
    ]
    for reader in (client, member):
        pages = walk(reader, *STARTS, *versions)
        assert len(pages) > 100
        assert around(pages) == []


def commits(mirror):
    return mirror.upstream.git("rev-list", "main").split()


def test_the_owner_gets_every_byte(owner, spilled):
    given = {path: body_of(owner.get(f"{BASE}/-/raw/{path}", follow=True)) for path in FORMS}
    assert given == {
        path: data.encode() if isinstance(data, str) else data for path, data in FORMS.items()
    }


def test_the_owner_reads_it_and_is_told_that_nobody_else_does(owner, client, spilled):
    for path in ("src/settings.py", ".env", "deploy/server.txt"):
        page = body_of(owner.get(f"{BASE}/-/source/{path}"))
        assert spilled_on({path: page}) != []
        assert "Only you see it." in page.decode()
        assert "Only you see it." not in body_of(client.get(f"{BASE}/-/source/{path}")).decode()


def test_the_owner_of_the_hub_sees_it_as_well(spilled, db):
    hub_owner = signed_in(PersonFactory(is_owner=True))
    assert IN_FILE in hub_owner.get(f"{BASE}/-/raw/.env").content.decode()


def test_a_mask_stands_where_the_secret_was_and_lines_stay(client, spilled):
    assert client.get(f"{BASE}/-/raw/src/settings.py").content.decode() == (
        "DEBUG = True\nSECRET_KEY = '••••••••'\n"
    )
    key = client.get(f"{BASE}/-/raw/deploy/server.txt").content.decode()
    assert key.count("\n") == KEY.count("\n")


def test_a_page_that_was_kept_for_one_reader_is_not_valid_for_another(client, owner, spilled):
    address = f"{BASE}/-/raw/src/settings.py"
    mine = owner.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": mine}).status_code == 200
    assert owner.get(address, headers={"If-None-Match": mine}).status_code == 304


def test_files_without_a_secret_are_given_to_members_byte_for_byte(mirror):
    mirror.publish({"README.md": "# A\r\nB\r\n"})
    person = MembershipFactory(cohort=mirror.repository.cohort, role=Role.MEMBER).person
    assert signed_in(person).get(f"{BASE}/-/raw/README.md").content == b"# A\r\nB\r\n"


def test_a_text_too_long_to_be_looked_through_is_for_its_owner(client, mirror, monkeypatch):
    monkeypatch.setattr("nexus.library.pages.raw.LOOKED_THROUGH_CHARACTERS", 100)
    Repository.objects.update(owner=PersonFactory(handle="ada"))
    mirror.publish({"README.md": "# A\n" * 100})
    mirror.repository.refresh_from_db()
    assert client.get(f"{BASE}/-/raw/README.md").status_code == 404
    owner = signed_in(mirror.repository.owner)
    assert owner.get(f"{BASE}/-/raw/README.md").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_search_and_the_commands_hold_no_secret(spilled, engine):
    engine.catch_up()
    for words in (BODY, TOKEN, ASSIGNED, IN_FILE):
        request = SearchRequest(words=words, audiences=frozenset({"public"}))
        assert NEEDLES[0] not in repr(engine.search(request))
        assert not engine.search(request).hits
    told = [repository_report(spilled.repository.pk)]
    told += [
        entry_report("cohort-of-nexus", "nexus", path)
        for path in ("docs/prose.md", "docs/fence.md", "docs/matter.md", "docs/old.md")
    ]
    assert spilled_on({"told": json.dumps(told, ensure_ascii=False).encode()}) == []


def test_the_owner_is_told_of_each_by_file_and_line(spilled):
    found = set(
        FileProblem.objects.filter(code__startswith="secret-").values_list("path", "line", "code")
    )
    assert {
        (".env", 0, "secret-file"),
        ("deploy/id_rsa", 0, "secret-file"),
        ("src/settings.py", 2, "secret-in-text"),
        ("docs/fence.md", 4, "secret-in-text"),
    } <= found


# Clones


def refused(live_server, tmp_path, name="clone"):
    """What Git says to somebody who clones; empty when they get it."""
    address = f"{live_server.url}/git/cohort-of-nexus/nexus.git"
    said = git("clone", address, tmp_path / name, check=False)
    return "" if (tmp_path / name / ".git").exists() else said


@pytest.mark.django_db(transaction=True)
def test_git_prints_why_there_is_no_clone_until_it_is_mended(mirror, live_server, tmp_path):
    clean = mirror.publish({"README.md": "# A\n"})
    assert refused(live_server, tmp_path, "before") == ""
    mirror.publish({".env": f"A={IN_FILE}\n", "src/settings.py": FORMS["src/settings.py"]})

    said = refused(live_server, tmp_path)
    assert "remote: A secret was committed in this repository" in said
    assert "remote: Its owner gets it on the hub's machine: nexus export" in said
    fetched = git("-C", tmp_path / "before", "fetch", check=False)
    assert "A secret was committed" in fetched

    mirror.publish({".env": None})
    assert "A secret was committed" in refused(live_server, tmp_path)
    mirror.publish({"src/settings.py": "SECRET_KEY = env('SECRET_KEY')\n"})
    assert "also out of its history" in refused(live_server, tmp_path)

    mirror.upstream.git("update-ref", "refs/heads/main", clean)
    mirror.publish({"src/settings.py": "SECRET_KEY = env('SECRET_KEY')\n"})
    assert refused(live_server, tmp_path) == ""


@pytest.mark.parametrize("suffix", ["info/refs?service=git-upload-pack", "git-upload-pack"])
def test_every_address_of_the_protocol_is_closed(client, owner, spilled, suffix):
    address = f"/git/cohort-of-nexus/nexus.git/{suffix}"
    ask = client.get if "?" in suffix else client.post
    answer = ask(address)
    assert answer.status_code == 403
    assert "secret" in body_of(answer).decode()
    ask = owner.get if "?" in suffix else owner.post
    assert ask(address).status_code != 403


def test_what_was_not_looked_through_yet_is_not_given(mirror):
    mirror.publish({"README.md": "# A\n"})
    Repository.objects.update(head="f" * 40)
    mirror.repository.refresh_from_db()
    answer = Client().get("/git/cohort-of-nexus/nexus.git/info/refs?service=git-upload-pack")
    assert answer.status_code == 403
    assert "Try again in a minute." in body_of(answer).decode()


def test_pages_say_why_there_is_no_clone_instead_of_the_address(client, owner, spilled):
    for room in ("", "-/status"):
        page = client.get(f"{BASE}/{room}").content.decode()
        assert "nexus.git" not in page
        assert "No clones for now." in page
        assert "nexus.git" in owner.get(f"{BASE}/{room}").content.decode()


@pytest.mark.parametrize(
    ("origin_kind", "origin", "named"),
    [
        ("remote", "https://git.example.org/ada/notes", True),
        ("remote", "ssh://git@git.example.org/ada/notes", False),
        ("remote", "https://ada@git.example.org/ada/notes", False),
        ("folder", "/srv/notes", False),
    ],
)
def test_the_public_address_of_the_origin_is_named(db, origin_kind, origin, named):
    repository = Repository(
        cohort=CohortFactory(),
        owner=PersonFactory(),
        slug="notes",
        origin_kind=origin_kind,
        origin=origin,
        holds_secret=True,
    )
    why = no_clone(None, repository)
    assert (origin in str(why)) is named
    assert no_clone(repository.owner, repository) is None


def test_a_folder_whose_secrets_never_entered_can_be_cloned(client, mirror):
    mirror.publish({"README.md": "# A\n", ".env.example": "A=\n", "node_modules/a/key.pem": "k\n"})
    answer = client.get("/git/cohort-of-nexus/nexus.git/info/refs?service=git-upload-pack")
    assert answer.status_code == 200


def test_addresses_of_secret_files_lead_nowhere_for_others(client, owner, spilled):
    for room in ("-/raw/", "-/history/", "-/diff/"):
        assert client.get(f"{BASE}/{room}.env").status_code in (403, 404)
        assert owner.get(f"{BASE}/{room}.env").status_code == 200
    assert unquote(urlsplit(f"{BASE}/.env").path) in owner.get(f"{BASE}/-/files/").content.decode()


def test_where_it_is_is_told_to_the_owner_only(owner, member, spilled):
    title = "A secret was committed in this file"
    for room in ("-/report", "docs/fence.md"):
        assert title in owner.get(f"{BASE}/{room}").content.decode()
        assert title not in member.get(f"{BASE}/{room}").content.decode()


def test_what_is_only_named_like_a_secret_keeps_nobody_from_cloning(client, mirror):
    mirror.publish(
        {"README.md": "# A\n", ".env": "SECRET_KEY=\n", ".npmrc": "engine-strict=true\n"}
    )
    answer = client.get("/git/cohort-of-nexus/nexus.git/info/refs?service=git-upload-pack")
    assert answer.status_code == 200
    assert not FileProblem.objects.filter(code="secret-file").exists()
    assert client.get(f"{BASE}/-/raw/.npmrc").status_code == 403

"""Guests see no address, whatever its form and wherever it stands; members see it as ever.

A repository that holds every form in every place is read as repositories are read. Then a guest
asks for every kind of page that any page leads to, and searches.
"""

import re
from collections import Counter
from html import unescape
from urllib.parse import quote, urljoin

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.selectors import audiences
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.library.discretion.tests.forms import forms_of_text, named_by, told_by
from nexus.library.services.facts import correct_fact
from nexus.library.tests import everywhere
from nexus.library.tests.everywhere import NAMES
from nexus.repositories.git.tests.builders import git
from nexus.repositories.limits import store_of
from nexus.search.results import SearchRequest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]

FORMS = forms_of_text()
BASE = "/c/cohort-of-nexus/nexus"
#: So many pages of one kind of room of one folder are looked at.
MOST_OF_A_ROOM = 3
#: Pages that show what an author wrote, letter by letter: with the anchors they wrote themselves.
_SOURCE = re.compile(r"/-/(?:raw|source|diff)/|/src/")
_LINK = re.compile(r'(?:href|src|data-src|action)="([^"]*)"')
#: What stands in an attribute or a target that pages hide from everybody, or do not take over.
HIDDEN_FROM_ALL = {"title", "html title", "html anchor", "html source", "html time", "html cell"}


@pytest.fixture
def publish(mirror, engine):
    """Publish files, and let search take note of them."""

    def published(*commits):
        for files, message, author in commits:
            mirror.upstream.commit(files, message, author=author)
        mirror.sync()
        engine.catch_up()
        return mirror

    return published


@pytest.fixture
def member(mirror):
    """Somebody of the cohort, signed in."""
    person = MembershipFactory(cohort=mirror.repository.cohort, role=Role.MEMBER).person
    client = Client()
    client.force_login(person)
    return client


def text_of(response):
    """What came, and what of its head names a file or a page."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    heads = [response.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    return "\n".join([body.decode("utf-8", "replace"), *heads])


def walked(client, starts):
    """(address, what came) of every page that can be reached, but few of each kind of room."""
    waiting, seen, rooms = list(starts), set(starts), Counter()
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        page = text_of(response)
        yield address, page
        targets = [*map(unescape, _LINK.findall(page)), response.headers.get("Location", address)]
        for target in targets:
            there = urljoin(address, target).partition("#")[0]
            if there not in seen and _is_to_be_seen(there, rooms):
                seen.add(there)
                waiting.append(there)


def _is_to_be_seen(address, rooms):
    if not address.startswith(("/c/", "/p/", "/t/")):
        return False
    room, _, path = address.removeprefix(f"{BASE}/-/").partition("/")
    if "/-/" not in address or not path:
        return True
    rooms[room, path.partition("/")[0]] += 1
    return rooms[room, path.partition("/")[0]] <= MOST_OF_A_ROOM


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.timeout(900)
def test_a_guest_finds_no_address_on_any_page(client, publish):
    publish(*everywhere.commits(FORMS))
    starts = ["/", f"{BASE}/", f"{BASE}/-/files/", f"{BASE}/-/status", f"{BASE}/-/status.json"]

    pages, leaks = 0, {}
    for address, page in walked(client, starts):
        pages += 1
        if told := (told_by if _SOURCE.search(address) else named_by)(page, FORMS):
            leaks[address] = told

    assert leaks == {}
    assert pages > 300, "nearly all were reached"


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.timeout(900)
def test_a_guest_finds_no_address_by_searching(client, publish, engine):
    publish(*everywhere.commits(FORMS))
    words = [
        "jane",
        "doe",
        "quince",
        "example",
        "words",
        "write",
        "пример",
        '"e-mail hidden"',
        "all",
    ]
    asked = [f"/search?q={quote(word)}&page={page}" for word in words for page in range(1, 6)]
    asked += [f"/search?kind={kind}" for kind in ("project", "document", "snippet", "file")]
    asked += [f"/search/suggest?q={quote(word[:n])}" for word in words for n in range(2, 9)]

    answers = {address: text_of(client.get(address)) for address in asked}

    assert hits(engine, "write")
    assert answers["/search?q=words&page=1"].count('class="entry-name"') > 10
    assert {at: told for at, page in answers.items() if (told := named_by(page, FORMS))} == {}
    found = {form.name for form in FORMS if hits(engine, host_of(form))}
    assert found <= {"linked host", "linked user"}, "a link beside the name leads to the host"


def host_of(form):
    """A word that stands in one address only."""
    return (re.findall(r"quince\d+", form.address) or ["nothing"])[0]


def hits(engine, words):
    """What search finds for guests."""
    return engine.search(SearchRequest(words=words, audiences=audiences(None))).hits


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_members_see_every_address(member, publish):
    texts = everywhere.texts(FORMS)
    publish((texts, "Begin", "Ann <ann@example.com>"))
    every = {form.name for form in FORMS} - {"linked user"}  # a link stands in its midst
    for path in ("/-/raw/README.md", "/-/source/README.md", "/src/all.py", "/-/raw/drawing.svg"):
        assert told_by(text_of(member.get(f"{BASE}{path}")), FORMS) == every
    assert told_by(text_of(member.get(f"{BASE}/")), FORMS) >= every
    assert told_by(text_of(member.get(f"{BASE}/docs/once.md")), FORMS) >= every - HIDDEN_FROM_ALL


CHALLENGE = """# Notes

## Challenges

**Problem:** The page was slow because each row asked the database again for its author.

**Solution:** Join the authors in one query with select_related.

**Result:** Two queries instead of two hundred, and the page is there at once.
"""


def test_the_name_of_a_repository_and_what_its_owner_says_show_no_address(
    client, publish, mirror, add_mirror, engine
):
    mirror.repository.name = "Shop of jane.doe@quince.example"
    mirror.repository.save()
    other = add_mirror("other", cohort=mirror.repository.cohort)
    other.repository.name = "Mill of jane.doe@quince.example"
    other.repository.save()
    other.publish({"docs/a.md": CHALLENGE})
    publish(({"docs/b.md": CHALLENGE, "setup.py": "# by jane\n"}, "Begin", "Ann <a@example.com>"))
    for mine, word in ((mirror, "title"), (mirror, "summary"), (other, "live_address")):
        value = "https://x.example.net/?to=jane.doe@quince.example"
        correct_fact(
            by=mine.repository.owner, repository=mine.repository, name=word, values=[value]
        )
    engine.catch_up()
    cohort = mirror.repository.cohort.slug
    rooms = (
        "",
        "-/projects",
        "-/challenges",
        "-/resources",
        "-/people",
        "-/week",
        "-/repositories",
    )
    starts = ["/", *(f"/c/{cohort}/{room}" for room in rooms)]
    starts += [f"{BASE}/-/facts", f"/c/{cohort}/other/-/facts", "/search?q=shop", "/search?q=join"]
    starts += ["/search/suggest?q=shop", "/search/suggest?q=mill", "/search/suggest?q=jane"]

    pages = dict(walked(client, starts))

    assert len(pages) > 30
    assert any("Also in" in page for page in pages.values())
    assert "Mill of" in pages[f"/c/{cohort}/-/projects"]
    assert [at for at, page in pages.items() if "jane.doe@quince" in unescape(page)] == []


def test_a_file_with_an_address_for_a_name_is_reached_by_another(client, member, publish):
    mirror = publish(
        (
            {
                "README.md": "# Hub\n\n[notes](docs/ada@example.org.md)\n",
                "docs/ada@example.org.md": "# Notes\n\nQuinces.\n",
                "docs/old@example.org.md": "# Old\n\nMedlars.\n",
                "docs/of ada@example.org/data.csv": "a,b\n",
            },
            "Begin",
            "Ann <ann@example.com>",
        )
    )
    page = client.get(f"{BASE}/").content.decode()
    discreet = re.search(rf'href="({BASE}/docs/e-mail-hidden-[0-9a-f]{{8}})"', page)[1]
    assert "Quinces." in client.get(discreet).content.decode()
    assert "Quinces." in client.get(discreet.replace("/docs", "/-/raw/docs")).content.decode()
    assert "Quinces." in client.get(discreet.replace("/docs", "/-/source/docs")).content.decode()
    assert "Begin" in client.get(discreet.replace("/docs", "/-/history/docs")).content.decode()

    asked = client.get(f"{BASE}/-/raw/docs/ada@example.org.md?x=1")
    assert (asked.status_code, asked["Location"]) == (
        302,
        discreet.replace("/docs", "/-/raw/docs") + "?x=1",
    )
    assert client.get(f"{BASE}/docs/e-mail-hidden-00000000").status_code == 404
    assert "ada@example.org.md" in member.get(f"{BASE}/-/files/docs").content.decode()

    folder = client.get(f"{BASE}/-/files/docs").content.decode()
    inner = re.search(rf'href="({BASE}/docs/of%20e-mail-hidden-[0-9a-f]{{8}})"', folder)[1]
    assert "data.csv" in client.get(inner).content.decode()
    assert client.get(f"{inner}/data.csv").status_code == 200

    mirror.publish(
        {
            "docs/old@example.org.md": None,
            "docs/ada@example.org.md": None,
            "docs/notes.md": "# Notes\n\nQuinces.\n",
        }
    )
    assert client.get(discreet)["Location"] == f"{BASE}/docs/notes.md"
    old = re.search(rf"{BASE}/docs/e-mail-hidden-[0-9a-f]{{8}}", folder.replace(discreet, ""))[0]
    assert "Medlars." in text_of(client.get(old))
    assert client.get(old).status_code == 410


def test_a_clone_is_given_back_byte_for_byte(publish, tmp_path):
    texts = everywhere.texts(FORMS) | everywhere.named(NAMES)
    mirror = publish((texts, "Begin", "Ann <ann@example.com>"))

    git("clone", "-q", "--bare", store_of(mirror.repository.pk), tmp_path / "clone")

    theirs = git(f"--git-dir={tmp_path / 'clone'}", "rev-parse", "HEAD^{tree}").strip()
    assert theirs == mirror.upstream.git("rev-parse", "main^{tree}")


#: What looks like an address and is none.
OTHERS = (
    "git@github.com:ada/nexus.git",
    "ssh://git@github.com/ada/nexus.git",
    "deploy@host.example.com:/srv/app",
    "ada@host.example.com:~$",
    "ada@laptop:~$",
    "ada-42@github.com:ada/nexus.git",
    "postgres://ada:secret@host.example.com:5432/nexus",
    "mongodb+srv://ada:se@ret@cluster0.abcde.mongodb.net/x",
    "amqp://guest@broker.example.com//",
    "https://ada:token@host.example.com/nexus.git",
    "lodash@4.17.21",
    "@angular/core@12.1.0-next.3",
    "react@18.2.0-beta.next",
    "golang.org/x/tools@v0.1.0-pre.x",
    "https://unpkg.com/lodash@4.17.21/lodash.min.js",
    "https://medium.com/@ada.lovelace/notes",
    "actions/checkout@v4",
    "pip install x@y",
    "@media print",
    "@app.route",
    "@dataclass",
    "@ada:matrix.example.org",
    "@ada@social.example.org",
    "logo@2x.png",
    "icon@1.5x.webp",
    "icon@dark.svg",
    "getty@tty1.service",
    "x@y",
    "100%@",
    "ada [at] example [dot] org",
    "ada (at) example.org",
    "ada at example dot org",
)


def test_what_is_no_address_stays_readable(client, publish, engine):
    texts = {
        "README.md": "# Hub\n\n" + "\n\n".join(f"Mind {other} here." for other in OTHERS),
        "docs/code.md": "# Code\n\n" + "".join(f"```\n{other}\n```\n" for other in OTHERS),
        "src/all.txt": "\n".join(OTHERS),
    }
    publish((texts, "Begin", "Ann <ann@example.com>"))

    for path in ("/", "/docs/code.md", "/src/all.txt", "/-/raw/README.md", "/-/source/README.md"):
        page = re.sub(r"<[^>]*>", "", client.get(f"{BASE}{path}").content.decode())
        assert [other for other in OTHERS if other not in unescape(page)] == []
    assert hits(engine, "lodash@4.17.21")

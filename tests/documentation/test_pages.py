"""Each page of the hub's repository is fit to be read: titled, linked, sound."""

import posixpath
import re
from urllib.parse import unquote, urlsplit

import pytest

from scripts.hub_files import HUB, ROOT
from tests.documentation.pages import pages

PATHS = sorted(pages())
#: Files that a how-to has its reader make.
INVENTED = {"src/nexus/library/kinds/decision.py", "frontend/icons/decision.svg"}
SOURCE = re.compile(r"`(?P<path>(?:src|tests|frontend|scripts|hub)/[\w./-]+)(?:#L(?P<line>\d+))?`")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_what_it_is(path):
    page = pages()[path]

    assert page.matter.problems == ()
    assert page.matter.data["title"] == page.rendered.title, "its heading says the same"
    assert 20 <= len(str(page.matter.data["summary"])) <= 160
    assert len(page.rendered.text.split()) > 40, "worth opening"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_laid_out_without_a_problem(path):
    assert pages()[path].rendered.problems == ()


@pytest.mark.parametrize("path", PATHS)
def test_links_inside_the_repository_lead_somewhere(path):
    astray = [
        link.target for link in pages()[path].rendered.links if not arrives(path, link.target)
    ]

    assert not astray


def arrives(path, target):
    """Whether a link that stands in ``path`` leads to a file and, if it names one, a heading."""
    parts = urlsplit(target)
    if parts.scheme:
        return parts.scheme == "https"
    there = pages()[path].place.resolve(unquote(parts.path)) if parts.path else path
    if there is None or not (HUB / there).exists():
        return False
    return not parts.fragment or unquote(parts.fragment) in pages()[there].anchors


def test_a_link_that_leads_astray_is_noticed():
    path = "documentation/reference/settings.md"

    assert arrives(path, "commands.md#nexus-serve")
    assert arrives(path, "https://example.org/")
    assert not arrives(path, "commands.md#nexus-swerve")
    assert not arrives(path, "comands.md")
    assert not arrives(path, "../../../../README.md")
    assert not arrives(path, "http://example.org/")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_reached_from_the_one_above(path):
    """A page is linked from the README of its folder, that README from the one above it."""
    folder = posixpath.dirname(path)
    above = posixpath.dirname(folder) if posixpath.basename(path) == "README.md" else folder
    introduction = posixpath.join(above, "README.md")
    if path == "README.md":
        return
    start = pages()[introduction]
    reached = {
        start.place.resolve(unquote(urlsplit(link.target).path)) for link in start.rendered.links
    }

    assert {path, folder} & reached or (
        path == "projects/README.md" and f"{folder}/nexus.md" in reached
    )


@pytest.mark.parametrize("path", PATHS)
def test_what_a_page_says_of_the_tree_is_there(path):
    missing = [
        found[0]
        for found in SOURCE.finditer(pages()[path].matter.body)
        if found["path"] not in INVENTED and not (ROOT / found["path"]).exists()
    ]

    assert not missing


@pytest.mark.parametrize("path", PATHS)
def test_the_words_are_calm(path):
    """No exclamation marks, and none of the words that tell a reader nothing."""
    loud = re.findall(
        r"\w+!(?!\[)|\b(?:simply|obviously|blazing\w*|awesome)\b", pages()[path].prose
    )

    assert not loud


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_the_links_of_the_software_itself_lead_somewhere(name):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text())

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_architecture_names_what_is_there():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    packages = {path.parent.name for path in (ROOT / "src" / "nexus").glob("*/__init__.py")}
    named = set(re.findall(r"^  (\w+)/ ", text, re.MULTILINE))

    assert packages == named

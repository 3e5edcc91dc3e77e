"""What manifests say of a project besides its packages: name, description, homepage."""

from collections.abc import Iterator, Sequence

from nexus.library.discretion import without_emails
from nexus.library.facts.fact import Fact, FactName, GitFacts
from nexus.library.facts.manifests.base import ManifestReading
from nexus.library.facts.manifests.registry import ReadText
from nexus.library.facts.ownership import Ownership
from nexus.library.facts.titles import is_generic
from nexus.library.facts.web import never_runs_projects, web_address
from nexus.library.facts.wordlists import listed, set_of, words_of
from nexus.library.rendering.prose import shortened

#: Shorter descriptions say nothing, in words.
_MIN_WORDS = 4
#: Where GitHub Pages keeps the domain of a site.
DOMAIN_FILES = ("CNAME", "docs/CNAME", "public/CNAME")

Manifests = Sequence[tuple[str, str, ManifestReading]]


def name_fact(manifests: Manifests) -> Fact | None:
    """The name of the first manifest that was given one: ``hex-shop`` becomes ``Hex shop``."""
    for path, _, reading in manifests:
        words = reading.name.rpartition("/")[2].replace("-", " ").replace("_", " ").split()
        title = " ".join(words)
        if title and not is_generic(title) and not _is_default(title):
            return Fact(FactName.TITLE, title[:1].upper() + title[1:120], path)
    return None


def description_fact(manifests: Manifests) -> Fact | None:
    """The description of the first manifest that has one of its own."""
    for path, _, reading in manifests:
        words = " ".join(without_emails(reading.description).split())
        is_default = words.casefold().startswith(listed("default_descriptions"))
        if len(words_of(words)) >= _MIN_WORDS and not is_default:
            return Fact(FactName.SUMMARY, shortened(words), path)
    return None


def homepage_facts(
    manifests: Manifests, files: Sequence[str], read: ReadText, git: GitFacts
) -> Iterator[Fact]:
    """The addresses that manifests call the project's own, and its domain on GitHub Pages."""
    owner = Ownership(git)
    for path, _, reading in manifests:
        yield from _homepage(path, reading.homepage, owner)
    for path in DOMAIN_FILES:
        if path in files:
            yield from _homepage(path, f"https://{(read(path) or '').strip()[:300]}", owner)


def _homepage(path: str, address: str, owner: Ownership) -> Iterator[Fact]:
    web = web_address(address)
    if web is None:
        return
    if owner.is_others(web):
        yield Fact(FactName.FOREIGN_ADDRESS, web.address, path)
    elif not web.is_code_host and not never_runs_projects(web.host):
        yield Fact(FactName.LIVE_ADDRESS, web.address, path)


def _is_default(title: str) -> bool:
    known = set_of("default_names") | set_of("generic_words")
    return all(word in known for word in words_of(title))

"""From what somebody fills in on a page to the file that is committed. Pure.

A file is written the way its author could have written it in an editor: Markdown with front
matter in the folder of its kind, so that a clone of the repository is of use without the hub.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import yaml

from nexus.kernel.errors import Invalid
from nexus.library.kinds.base import COLLABORATION, DOCUMENTATION, PROJECTS, RESOURCES, SNIPPETS
from nexus.library.kinds.parts import name_of

#: The folder in which an entry of each kind is kept.
FOLDERS = {
    "project": PROJECTS,
    "document": DOCUMENTATION,
    "challenge": f"{DOCUMENTATION}/challenges",
    "snippet": SNIPPETS,
    "resource": RESOURCES,
    "contract": COLLABORATION,
}
MAX_TEXT = 500_000
MAX_TITLE = 200
_TICKS = re.compile(r"`+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,1990}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What somebody filled in; ``fields`` are the kind's own: ``problem``, ``code``, …"""

    kind: str
    title: str
    topics: Sequence[str] = ()
    fields: dict[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """A field with its line ends evened out and nothing around it; empty when not given."""
        return self.fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip("\n \t")


@dataclass(frozen=True, slots=True)
class File:
    """A file to commit: its path without a number that sets it apart, its ending, its text."""

    stem: str
    suffix: str
    text: str


def compose(entry: NewEntry) -> File:
    """The file for an entry; raises ``Invalid`` when something that it needs is missing."""
    if entry.kind not in FOLDERS:
        raise Invalid("kind-unknown", f"There is no kind of entry called “{entry.kind}”.")
    title = _title(entry)
    if sum(map(len, entry.fields.values())) > MAX_TEXT:
        raise Invalid(
            "text-too-long",
            f"The text is longer than {MAX_TEXT:,} letters.",
            remedy="Split it into several entries.",
        )
    stem = f"{FOLDERS[entry.kind]}/{name_of(title)}"
    if entry.kind == "contract":
        source = _needed(entry, "source", "the OpenAPI or GraphQL document")
        return File(stem, _suffix_of(source), f"{source}\n")
    return File(stem, ".md", _front_matter(entry, title) + _BODIES[entry.kind](entry))


def _title(entry: NewEntry) -> str:
    title = " ".join(entry.title.split())
    if not title or len(title) > MAX_TITLE:
        raise Invalid(
            "title-missing" if not title else "title-too-long",
            "Give it a title." if not title else f"The title is longer than {MAX_TITLE} letters.",
            remedy="A few words that somebody would look for.",
        )
    return title


def _front_matter(entry: NewEntry, title: str) -> str:
    facts: dict[str, object] = {"title": title, "kind": entry.kind}
    if topics := [topic for topic in dict.fromkeys(entry.topics) if topic]:
        facts["topics"] = topics
    if entry.kind == "resource":
        facts["url"] = _address(entry)
    if entry.kind == "snippet" and entry.said("language"):
        facts["language"] = entry.said("language")
    written = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{written}---\n\n"


def _address(entry: NewEntry) -> str:
    address = entry.said("address")
    if not _ADDRESS.fullmatch(address):
        raise Invalid(
            "address-invalid",
            "A resource needs the address of a page on the web.",
            remedy="It begins with https:// or http://.",
        )
    return address


def _needed(entry: NewEntry, name: str, what: str) -> str:
    text = entry.said(name)
    if not text:
        raise Invalid("text-missing", f"Something is missing: {what}.", remedy="Fill it in.")
    return text


def _document(entry: NewEntry) -> str:
    return f"{_needed(entry, 'text', 'the text')}\n"


def _challenge(entry: NewEntry) -> str:
    """Three sections, by the headings under which the hub finds challenges anywhere."""
    sections = [
        ("Problem", _needed(entry, "problem", "what the problem was")),
        ("Solution", entry.said("solution")),
        ("Result", entry.said("result")),
    ]
    return "\n".join(f"## {heading}\n\n{text}\n" for heading, text in sections if text)


def _snippet(entry: NewEntry) -> str:
    code = _needed(entry, "code", "the code")
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    language = re.sub(r"[^\w+#.-]", "", entry.said("language"))
    words = f"{entry.said('text')}\n\n" if entry.said("text") else ""
    return f"{words}{fence}{language}\n{code}\n{fence}\n"


def _resource(entry: NewEntry) -> str:
    words = entry.said("text")
    link = f"<{_address(entry)}>"
    return f"{link}\n\n{words}\n" if words else f"{link}\n"


_BODIES: dict[str, Callable[[NewEntry], str]] = {
    "project": _document,
    "document": _document,
    "challenge": _challenge,
    "snippet": _snippet,
    "resource": _resource,
}


def _suffix_of(source: str) -> str:
    """By how a contract begins: JSON, GraphQL, else YAML."""
    if source.startswith("{"):
        return ".json"
    is_graphql = re.search(
        r"^\s*(?:type|schema|interface|enum|input|scalar)\b[^:]*\{", source, re.MULTILINE
    )
    return ".graphql" if is_graphql else ".yaml"

"""What somebody says of themselves, checked: everything in it is hostile until then."""

import unicodedata
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from nexus.kernel.errors import Invalid
from nexus.people.profile.places import places
from nexus.people.profile.words import OPEN_TO, TIMES, TRACKS, UNSAID

MOST_LINKS = 5
MOST_WISHES = 10
LONGEST_ABOUT = 1000
LONGEST_LABEL = 40
LONGEST_ADDRESS = 300
MOST_HOURS = 60
_SCHEMES = ("http", "https")
#: Signs that end an address where it is written, or hide a part of it.
_NEVER_IN_ADDRESS = frozenset("\"'<>\\^`{|}")


@dataclass(frozen=True, slots=True)
class Link:
    """A place elsewhere: what it is called, and its address on the web."""

    label: str
    address: str

    @property
    def host(self) -> str:
        """Where it leads, for those who read: a label may say anything."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Given:
    """A profile as its person wants it to be."""

    name: str
    about: str = ""
    tracks: Collection[str] = ()
    wishes: Collection[str] = ()
    time_zone: str = UNSAID
    open_to: Collection[str] = ()
    is_away: bool = False
    hours_a_week: int | None = None
    times: Collection[str] = ()
    links: Sequence[Link] = ()
    is_shown_to_everybody: bool = False


def clean_about(text: str) -> str:
    """A text about oneself, with its paragraphs; raises ``Invalid`` when it is too long.

    Plain words: signs that nobody sees are left out, and so is what would only make it long.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = "".join(sign for sign in composed if sign == "\n" or _is_seen(sign))
    lines = [" ".join(line.split()) for line in seen.split("\n")]
    blocks = "\n".join(lines).strip("\n")
    while "\n\n\n" in blocks:
        blocks = blocks.replace("\n\n\n", "\n\n")
    if len(blocks) > LONGEST_ABOUT:
        raise Invalid(
            "about-too-long",
            f"That is longer than {LONGEST_ABOUT} letters.",
            remedy="Say it in fewer words.",
        )
    return blocks


def _is_seen(sign: str) -> bool:
    """Letters, signs and blanks; joiners have their place inside words of some scripts."""
    return sign in "\u200c\u200d\t" or unicodedata.category(sign)[0] != "C"


def clean_link(link: Link) -> Link:
    """A link as it is kept; raises ``Invalid`` when it does not lead to a page on the web.

    The name of its host is kept in the letters that the network knows, so that it shows when one
    host is written to look like another.
    """
    address = link.address.strip(" ")
    host = _host_of(address)
    if not host or len(address) > LONGEST_ADDRESS:
        raise Invalid(
            "link-invalid",
            "That is not the address of a page on the web.",
            remedy="It begins with https:// or http://, and has no spaces.",
        )
    scheme, _, rest = address.partition("://")
    _, slash, path = rest.partition("/")
    label = " ".join("".join(filter(_is_seen, link.label)).split()) or host.partition(":")[
        0
    ].removeprefix("www.")
    return Link(label[:LONGEST_LABEL], f"{scheme.lower()}://{host}{slash}{path}")


def _host_of(address: str) -> str:
    """The host of an address, with its port; empty when the address is none that people open."""
    if any(sign in _NEVER_IN_ADDRESS or not _is_plain(sign) for sign in address):
        return ""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in _SCHEMES and "@" not in parts.netloc
    has_host = "." in name.strip(".") and ":" not in name
    # a query right behind the host would be lost when the address is put together again
    is_split = parts.netloc == address.partition("://")[2].partition("/")[0]
    return f"{name}{port}" if is_web and has_host and is_split else ""


def _is_plain(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign)[0] != "C"


def clean_links(links: Sequence[Link]) -> list[Link]:
    """Links as they are kept, each address once; raises ``Invalid``."""
    cleaned = {link.address: link for link in map(clean_link, links)}
    if len(cleaned) > MOST_LINKS:
        raise Invalid("links-too-many", f"A profile has {MOST_LINKS} links at most.")
    return list(cleaned.values())


def clean_zone(zone: str) -> str:
    """A time zone of the list; raises ``Invalid`` for another word."""
    if zone in ("", UNSAID):
        return UNSAID
    if zone not in places():
        raise Invalid(
            "time-zone-unknown", "There is no such time zone.", remedy="Choose one of the list."
        )
    return zone


def clean_hours(hours: int | None) -> int | None:
    """Hours a week; raises ``Invalid`` for what a week does not have."""
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        raise Invalid("hours-invalid", f"Say how many hours a week: 1 to {MOST_HOURS}.")
    return hours


def clean_wishes(wishes: Collection[str], known: Container[str]) -> list[str]:
    """Topics to learn, each once and known to the hub; raises ``Invalid``."""
    unknown = next((slug for slug in wishes if slug not in known), None)
    if unknown is not None:
        raise Invalid("topic-unknown", f"The hub knows no topic “{unknown[:60]}”.")
    if len(set(wishes)) > MOST_WISHES:
        raise Invalid(
            "wishes-too-many",
            f"Name {MOST_WISHES} topics at most.",
            remedy="Those that you want to begin with.",
        )
    return list(dict.fromkeys(wishes))


def chosen(values: Collection[str], options: Collection[str], field: str) -> list[str]:
    """What was chosen, in the order of the options; raises ``Invalid`` for anything else."""
    if not set(values) <= set(options):
        raise Invalid(f"{field}-unknown", "That cannot be chosen.", remedy="Load the page again.")
    return [option for option in options if option in values]


def clean(given: Given, known_topics: Container[str]) -> dict[str, object]:
    """The fields of a profile but the person's own, as they are kept; raises ``Invalid``."""
    return {
        "about": clean_about(given.about),
        "tracks": chosen(given.tracks, TRACKS, "tracks"),
        "wishes": clean_wishes(given.wishes, known_topics),
        "time_zone": clean_zone(given.time_zone),
        "open_to": chosen(given.open_to, OPEN_TO, "open_to"),
        "is_away": given.is_away,
        "hours_a_week": clean_hours(given.hours_a_week),
        "times": chosen(given.times, TIMES, "times"),
        "links": [
            {"label": link.label, "address": link.address} for link in clean_links(given.links)
        ],
        "shown_to": "everybody" if given.is_shown_to_everybody else "cohorts",
    }

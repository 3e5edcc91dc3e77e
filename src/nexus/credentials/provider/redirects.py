"""Where an app may have people sent back to: addresses compared letter by letter.

After RFC 9700 (best current practice), section 2.1, and RFC 8252 (native apps), section 7.3.
"""

import re
from urllib.parse import SplitResult, urlsplit

from nexus.kernel.errors import Invalid

LONGEST = 500
#: On the machine of the person themselves, where nobody listens in, so http will do.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: Of everything that is printed, what stands in no address, or is read in two ways.
_REFUSED = frozenset(' #*\\"<>^`{|}')
#: A host as a page's policy can name it, and a port (CSP Level 3, section 2.3.1): what else could
#: stand there would end the word, and begin another.
_PLACE = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


def check_redirect(text: str) -> str:
    """``text``, when an app may register it.

    Raises ``Invalid`` when it is no whole address, by neither https nor http to the person's own
    machine, or has in it what makes an address lead elsewhere than it looks.
    """
    if not _is_plain(text):
        raise _refusal(text, "It has signs in it that stand in no such address.")
    try:
        parts = urlsplit(text)
        loopback, _ = _is_loopback(parts), parts.port
    except ValueError:
        raise _refusal(text, "It cannot be read as an address.") from None
    if not parts.hostname or "@" in parts.netloc:
        raise _refusal(text, "It has no host, or a name and a password before it.")
    if not _PLACE.fullmatch(parts.netloc):
        raise _refusal(text, "Its host has signs in it that stand in no name of a host.")
    if parts.scheme != "https" and not loopback:
        raise _refusal(text, "It begins neither with https:// nor with http://127.0.0.1.")
    return text


def is_registered(given: str, registered: list[str]) -> bool:
    """Whether people may be sent to ``given``.

    It is the same text as one that was registered. A program on the person's own machine cannot
    know beforehand which port will be free, so there, and only there, the port may differ.
    """
    if given in registered:
        return True
    loose = _without_port(given)
    return bool(loose) and loose in {_without_port(one) for one in registered}


def origin_of(address: str) -> str:
    """Where a form of the hub may lead to get to ``address``, in the words of a page's policy.

    An IPv6 address is no word of it (CSP Level 3, section 2.3.1), so only its scheme is named.
    """
    parts = urlsplit(address)
    return f"{parts.scheme}:" if "[" in parts.netloc else f"{parts.scheme}://{parts.netloc}"


def _is_plain(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST
        and text.isascii()
        and text.isprintable()
        and _REFUSED.isdisjoint(text)
    )


def _is_loopback(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def _without_port(text: str) -> str:
    """An address of the person's own machine without its port; empty for any other."""
    try:
        parts = urlsplit(check_redirect(text))
    except Invalid:
        return ""
    return parts._replace(netloc=parts.hostname or "").geturl() if _is_loopback(parts) else ""


def _refusal(text: str, why: str) -> Invalid:
    return Invalid(
        "redirect-refused",
        f"People cannot be sent back to “{text[:80]}”. {why}",
        remedy="Give the whole address, with https, as your app shows it to the hub; no part of it "
        "may be left open.",
    )

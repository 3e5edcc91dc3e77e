"""Secrets in texts: keys, tokens and passwords that somebody committed by mistake.

They are told by their form, as their issuers document it, or by the name of what they are
assigned to when the value looks like no placeholder. Every pattern is bounded and runs once over
the text, and only when a word that belongs to it is there.

Whoever knows better says so in the line: see ``ALLOWED``.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from nexus.credentials.tokens import FORM as ACCESS_TOKEN

#: What stands for a secret where it is hidden.
MASK = "••••••••"
#: An author's word, in the line itself, that what looks like a secret there is none: the hub's own
#: mark, and those of gitleaks (https://github.com/gitleaks/gitleaks) and detect-secrets
#: (https://github.com/Yelp/detect-secrets). A private key cannot be excused.
ALLOWED = re.compile(r"\b(?:(?:nexus|gitleaks):allow\b|pragma: ?allowlist secret\b)")
#: A mark speaks for a line that somebody reads, not for a program squeezed into one line.
LONGEST_ALLOWED_LINE = 1_000
_PRIVATE_KEY = "private key"
_LONGEST_LINE = 20_000
#: How mixed the letters of a value must be, in bits for each.
_BITS, _BITS_OF_LONG = 3.3, 2.8

_KEY_MARK = re.compile(
    r"-----(BEGIN|END) (?:[A-Z]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----", re.ASCII
)


def _token(form: str) -> re.Pattern[str]:
    """A token of this form, also where a hyphen joins it to words, as in the name of a branch.

    What may hold hyphens itself is not ended by one: it would be a part of something longer.
    """
    end = r"[\w-]" if r"[\w-]" in form else r"\w"
    return re.compile(rf"(?<!\w)(?:{form})(?!{end})")


#: (what it is, words of which one must be there, its form).
_TOKENS: tuple[tuple[str, tuple[bytes, ...], re.Pattern[str]], ...] = tuple(
    (name, tuple(hints.encode().split()), _token(form))
    for name, hints, form in (
        ("GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36,255}"),
        ("GitHub token", "github_pat_", r"github_pat_\w{40,255}"),
        ("GitLab token", "glpat-", r"glpat-[\w-]{20,64}"),
        ("AWS access key", "AKIA ASIA", r"(?:AKIA|ASIA)[A-Z0-9]{16}"),
        ("Google API key", "AIza", r"AIza[\w-]{35}"),
        ("Google client secret", "GOCSPX-", r"GOCSPX-[\w-]{28}"),
        ("Slack token", "xox", r"xox[abeprs]-[\w-]{10,250}"),
        ("Stripe key", "k_live_ k_test_", r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}"),
        ("OpenAI key", "sk-", r"(?<!-)sk-(?:proj-|svcacct-)?[\w-]{32,250}"),
        ("SendGrid key", "SG.", r"SG\.[\w-]{22}\.[\w-]{43}"),
        ("Mailgun key", "key-", r"(?<!-)key-[0-9a-f]{32}"),
        ("npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
        ("PyPI token", "pypi-", r"pypi-AgE[\w-]{50,500}"),
        ("Telegram bot token", ":AA", r"\d{8,10}:AA[\w-]{33}"),
        ("Hugging Face token", "hf_", r"hf_[A-Za-z0-9]{30,40}"),
        ("Nexus access token", "nxs_ nxa_ nxr_ nxc_", ACCESS_TOKEN),
        ("DigitalOcean token", "dop_v1_", r"dop_v1_[0-9a-f]{64}"),
        ("Flutterwave key", "FLWSECK", r"FLWSECK(?:_TEST)?-[0-9A-Za-z]{32}-X"),
        ("Chapa key", "CHASECK", r"CHASECK(?:_TEST)?-[0-9A-Za-z]{32}"),
    )
)
#: What ``django-admin startproject`` writes: a prefix and 50 of these
#: (``django.core.management.utils.get_random_secret_key``).
_DJANGO_KEY = re.compile(r"django-insecure-([a-z0-9!@#$%^&*(\-_=+)]{50})(?![\w-])")
#: Words of so many letters are less mixed than that, in bits for each.
_BITS_OF_DJANGO_KEY = 4.25
_WEB_HOOK = re.compile(
    r"https://(?:hooks\.slack\.com/services|(?:canary\.|ptb\.)?discord(?:app)?\.com/api/webhooks)"
    r"/([\w/-]{20,200})"
)
_SIGNED = re.compile(r"(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.([\w-]{20,1000})(?![\w-])")
_SCHEME = re.compile(
    r"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|ftps?|smtps?|https?"
    r"|cloudinary)\Z"
)
_LONGEST_SCHEME = 11
_IN_ADDRESS = re.compile(r"://[^\s:@/'\"<>]{0,100}:([^\s:@/'\"<>]{3,200})@([\w.-]{1,253})")
_ASSIGNED = re.compile(
    r"(?<![\w.-])(?P<name>[A-Za-z][\w.-]{0,60})[\"']?[ \t]{0,20}(?:=>|:(?!//)|=)[ \t]{0,20}"
    # What stands in for a variable of the environment that is not set: Python's and JavaScript's
    # ways, then the shell's.
    r"(?:[\w.]{1,40}\([^\n,()]{1,80},[ \t]{0,4}(?:default[ \t]{0,2}=[ \t]{0,2})?"
    r"|[\w.]{1,80}[ \t]{1,4}(?:\|\||\?\?|or)[ \t]{1,4}|[\"']?\$\{\w{1,60}:?-)?"
    r"(?:[bru]?(?P<quote>[\"'`])(?P<quoted>[^\s\"'`]{8,200})(?P=quote)"
    r"|(?P<bare>[^\s\"'`,;<>(){}\[\]]{8,200}))"
)
#: ``Authorization: Token …``, as it is written into commands and programs.
_AUTHORISED = re.compile(
    r"\bauthorization[\"']?[ \t]{0,4}[:=,][ \t]{0,4}[bf]?[\"'`]?(?:bearer|token)[ \t]{1,4}"
    r"([\w.~+/=-]{16,400})",
    re.IGNORECASE,
)
#: Parts of names that tell of a secret, in small letters.
_SECRET_WORDS = (
    "secret",
    "token",
    "password",
    "passwd",
    "pwd",
    "api_key",
    "apikey",
    "api-key",
    "private_key",
    "access_key",
    "accesskey",
    "auth_key",
    "signing_key",
    "encryption_key",
    "credential",
    "passkey",
    "consumer_key",
)
#: Names about secrets that hold none.
_HARMLESS_NAME = re.compile(
    r"(?:url|uri|path|file|name|type|lifetime|expir\w*|prefix|header|field|length|count|limit|class"
    r"|algorithm|endpoint|version|format|color|label|placeholder|validators?|hashers?|id)$"
    r"|^(?:max|min|num|n)_|public|token_?types?|tokens$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"your|example|sample|change|replace|insert|placeholder|dummy|fake|todo|xxx|\*\*\*|\.\.\.|…"
    r"|<|\$\{|\{\{|%\(|secret[-_]?key|my[-_]|some[-_]|test|password|passwd|generated|here|default"
    r"|env[.(\[]|config[.(]|process\.|os\.|self\.|settings\.|request|lorem|foo|bar\b|abc|1234567"
    r"|null|none|true|false|undefined|localhost|docker|django-insecure-(?:key|dev)",
    re.IGNORECASE,
)
_HARMLESS_HOST = re.compile(
    r"^(?:localhost|127\.|0\.0\.0\.0|db|database|postgres|redis|rabbitmq|mysql|mongo|host|hostname|server)"
    r"|example\.(?:com|org|net)$",
    re.IGNORECASE,
)
_COMMON_PASSWORDS = frozenset({"pass", "pwd", "postgres", "root", "admin", "guest", "user", "pw"})
#: What half of all documentation shows: the signature on jwt.io, the key in Amazon's guides, the
#: token in those of Django REST Framework.
_SPECIMENS = (
    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "AKIAIOSFODNN7EXAMPLE",
    "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
)


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret in a text: what it is, its first line from 1, and where it stands."""

    what: str
    line: int
    start: int
    end: int


def find_secrets(text: str) -> tuple[FoundSecret, ...]:
    """The secrets of ``text`` in order, none inside another; what its author excuses is none."""
    spans = sorted(_spans(text), key=lambda span: (span[1], -span[2]))
    if spans and ALLOWED.search(text):
        spans = [span for span in spans if not _is_excused(text, *span)]
    if not spans:
        return ()
    ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
    found: list[FoundSecret] = []
    for what, start, end in spans:
        if not found or start >= found[-1].end:
            found.append(FoundSecret(what, bisect_right(ends, start) + 1, start, end))
    return tuple(found)


def excused_secrets(text: str) -> frozenset[str]:
    """What looks like a secret in ``text`` and is none by its author's word."""
    if not ALLOWED.search(text):
        return frozenset()
    return frozenset(text[span[1] : span[2]] for span in _spans(text) if _is_excused(text, *span))


def hide_secrets(text: str, found: tuple[FoundSecret, ...] | None = None) -> str:
    """``text`` with a mask in place of each secret; its lines stay where they are."""
    found = find_secrets(text) if found is None else found
    pieces, at = [], 0
    for secret in found:
        pieces += [
            text[at : secret.start],
            MASK + "\n" * text.count("\n", secret.start, secret.end),
        ]
        at = secret.end
    return "".join([*pieces, text[at:]]) if found else text


def _is_excused(text: str, what: str, start: int, end: int) -> bool:
    """Whether a mark stands in the line of what was found."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = last if last >= 0 else len(text)
    if what == _PRIVATE_KEY or last - first > LONGEST_ALLOWED_LINE:
        return False
    return ALLOWED.search(text, first, last) is not None


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    written = text.encode("utf-8", "surrogatepass")  # where a word is found sooner
    for what, hints, form in _TOKENS:
        if any(hint in written for hint in hints):
            yield from (
                (what, *match.span()) for match in form.finditer(text) if _is_real(match[0])
            )
    if "django-insecure-" in text:
        yield from (
            ("Django secret key", *match.span())
            for match in _DJANGO_KEY.finditer(text)
            if entropy(match[1]) >= _BITS_OF_DJANGO_KEY
        )
    if "hooks" in text:
        yield from (("web hook", *match.span(1)) for match in _WEB_HOOK.finditer(text))
    if "eyJ" in text:
        yield from (
            ("signed token", *match.span(1))
            for match in _SIGNED.finditer(text)
            if match[1] not in _SPECIMENS
        )
    if "://" in text and "@" in text:
        yield from _in_addresses(text)
    if "uthorization" in text:
        yield from _authorised(text)
    yield from _assigned(text)


def _private_keys(text: str) -> Iterator[tuple[str, int, int]]:
    """What stands between the marks; a key without its end goes on to the end of the text."""
    began: int | None = None
    for mark in _KEY_MARK.finditer(text):
        if mark[1] == "BEGIN":
            began = mark.end() if began is None else began
        elif began is not None:
            yield from _key(text, began, mark.start())
            began = None
    if began is not None:
        yield from _key(text, began, len(text))


def _key(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A key has a body; two marks alone are somebody's explanation."""
    body = text[start:end]
    if sum(letter.isalnum() for letter in body[:500]) >= 40 and "..." not in body[:500]:
        yield _PRIVATE_KEY, start, end


def _in_addresses(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _IN_ADDRESS.finditer(text):
        password, host = match[1], match[2]
        before = text[max(0, match.start() - _LONGEST_SCHEME - 1) : match.start()]
        if not _SCHEME.search(before):
            continue
        if _HARMLESS_HOST.search(host) or _PLACEHOLDER.search(password):
            continue
        if password.lower() not in _COMMON_PASSWORDS and password[0] not in "$<{[%":
            yield "password in an address", *match.span(1)


def _authorised(text: str) -> Iterator[tuple[str, int, int]]:
    """Tokens that a request shows; what its issuer's form or a signature tells is found by that."""
    for match in _AUTHORISED.finditer(text):
        if match[1] not in _SPECIMENS and "." not in match[1] and _looks_random(match[1]):
            yield "token of a request", *match.span(1)


def _assigned(text: str) -> Iterator[tuple[str, int, int]]:
    """Values given to what is named like a secret, where they look random."""
    for start, end in _lines_about_secrets(text):
        at = start
        while match := _ASSIGNED.search(text, at, end):
            name, group = match["name"], "quoted" if match["quote"] else "bare"
            if not _names_secret(name):
                at = _within(text, *match.span(group))
                continue
            at = match.end(group)
            if _looks_random(match[group]):
                yield f"value of {name}", *match.span(group)


def _within(text: str, start: int, end: int) -> int:
    """Where a value of something else names a secret ("page=1&token=…"); its end if nowhere."""
    value = text[start:end].lower()
    places = (value.find(word) for word in _SECRET_WORDS)
    at = min((place for place in places if place >= 0), default=len(value))
    while 0 < at < len(value) and (value[at - 1].isalnum() or value[at - 1] in "_.-"):
        at -= 1
    return min(start + at, end)


def _lines_about_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that names a secret begins and ends, in order, each once."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when they are made small
        lower = text
    starts = set()
    for word in _SECRET_WORDS:
        at = lower.find(word)
        while at >= 0:
            starts.add(text.rfind("\n", 0, at) + 1)
            line_end = text.find("\n", at)
            at = lower.find(word, line_end) if line_end >= 0 else -1
    for start in sorted(starts):
        end = text.find("\n", start)
        yield start, min(end if end >= 0 else len(text), start + _LONGEST_LINE)


def _names_secret(name: str) -> bool:
    lower = name.lower()
    return any(word in lower for word in _SECRET_WORDS) and not _HARMLESS_NAME.search(name)


def _is_real(token: str) -> bool:
    body = token.rpartition("_")[2]
    return token not in _SPECIMENS and "EXAMPLE" not in token and len(set(body)) > 5


def _looks_random(value: str) -> bool:
    """Whether somebody's machine, and not somebody, made this up."""
    if _PLACEHOLDER.search(value) or "://" in value or value.startswith(("/", "./", "#", "-")):
        return False
    has_digit = any(letter.isdigit() for letter in value)
    has_letter = any(letter.isalpha() for letter in value)
    bits = _BITS if len(value) < 20 else _BITS_OF_LONG
    return len(value) >= 16 and has_digit and has_letter and entropy(value) >= bits


def entropy(value: str) -> float:
    """Bits for each character, after Shannon; 0 for an empty text."""
    counts = Counter(value).values()
    total = len(value)
    return -sum(count / total * math.log2(count / total) for count in counts)

"""Secrets in texts: found by their form, and hidden without moving a line."""

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.secrets import LONGEST_ALLOWED_LINE, MASK, find_secrets, hide_secrets

# Put together here, so that no scanner takes this file for a leak.
RANDOM = "q7Zk2" + "vX9mB4" + "tR8wL1" + "nY6cJ3" + "hD5fG0" + "pSaEuT"
SECRETS = {
    "GitHub token": "ghp_" + RANDOM + "Ab",
    "GitLab token": "glpat-" + RANDOM[:20],
    "AWS access key": "AKIA" + "Q7ZK2VX9MB4TR8WL",
    "Google API key": "AIza" + RANDOM,
    "Slack token": "xoxb-" + RANDOM,
    "Stripe key": "sk_" + "live_" + RANDOM[:24],
    "npm token": "npm_" + RANDOM + "A",
    "Telegram bot token": "123456789:AA" + RANDOM[:33],
    "OpenAI key": "sk-" + "proj-" + RANDOM,
    "Flutterwave key": "FLWSECK" + "_TEST-" + RANDOM[:32] + "-X",
    "Chapa key": "CHASECK" + "-" + RANDOM[:32],
    "Django secret key": "django-"
    + "insecure-"
    + "x8#k2!(q9z$w7e^r%(t&y3u*i1o)p@a_s-d=f+g0h4j6l5c(bn",
}
KEY = f"-----BEGIN RSA PRIVATE KEY-----\n{RANDOM}\n{RANDOM}\n-----END RSA PRIVATE KEY-----"
HARMLESS = (
    "SECRET_KEY=<generated-secret-key>",
    "SECRET_KEY=your-secret-key-here-1234567890",
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    "DATABASE_URL=postgres://user:password@localhost:5432/shop",
    "DATABASE_URL=postgres://app:s3cr3tv4lue99@db:5432/shop",
    "PASSWORD_HASHERS = 'django.contrib.auth.hashers.PBKDF2'",
    "Authorization: Bearer <token>",
    "Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
    "Authorization: Bearer your-access-token-of-2026",
    "django-insecure-your-secret-key-here-change-in-production-please-1",
    "SECRET_KEY = config('SECRET_KEY', default='your-own-key-of-2026-here')",
    "SECRET_KEY: ${SECRET_KEY:-change-me-before-2026-please}",
    "token = request.GET.get('token') or uuid4_as_text_2026",
    "TOKEN_LIFETIME_MINUTES=1234567890123456",
    "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
    "api_key: ${API_KEY_OF_PRODUCTION_2026}",
    "secret: Never commit a secret to a repository",
    "token_url: https://auth.example.org/oauth2/token/v2/a1b2c3",
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
)


@pytest.mark.parametrize("what", SECRETS)
def test_a_token_is_known_by_its_form(what: str) -> None:
    secret = SECRETS[what]
    text = f"# Notes\n\nI used `{secret}` for this.\n"
    (found,) = find_secrets(text)
    assert (found.what, found.line) == (what, 3)
    assert text[found.start : found.end] == secret


@pytest.mark.parametrize(
    "line",
    [
        f"SECRET_KEY = 'django-insecure-{RANDOM}'",
        f'"api_key": "{RANDOM}"',
        f"JWT_SECRET={RANDOM}",
        f"export STRIPE_WEBHOOK_SECRET={RANDOM}",
        f"clientSecret: `{RANDOM}`",
        f"SECRET_KEY = os.environ.get('SECRET_KEY', '{RANDOM}')",
        f'SECRET_KEY = os.getenv("DJANGO_KEY", "{RANDOM}")',
        f"SECRET_KEY = config('SECRET_KEY', default='{RANDOM}')",
        f'JWT_SECRET = env.str("JWT_SECRET", default = "{RANDOM}")',
        f"const jwtSecret = process.env.JWT_SECRET || '{RANDOM}'",
        f'secret = settings.KEY or "{RANDOM}"',
        f"      SECRET_KEY: ${{SECRET_KEY:-{RANDOM}}}",
        f'SECRET_KEY="${{SECRET_KEY-{RANDOM}}}"',
        f"API_TOKEN = b'{RANDOM}'",
        f"![map](https://maps.example.org/tile.png?api_key={RANDOM})",
        f"curl 'https://films.example.org/3/film?page=1&api_key={RANDOM}&language=fr'",
        f"MPESA_PASSKEY={RANDOM}",
        f"MPESA_CONSUMER_KEY={RANDOM}",
        f"curl -H 'Authorization: Token {RANDOM}' localhost",
        f'headers = {{"Authorization": "Bearer {RANDOM}"}}',
        f"xhr.setRequestHeader('Authorization', 'Bearer {RANDOM}')",
        f"CLOUDINARY_URL=cloudinary://123456789012345:{RANDOM}@cloud",
        f"DATABASE_URL=postgres://neon:{RANDOM}@ep-quiet.neon.tech/shop",
        f"https://hooks.slack.com/services/T0/B0/{RANDOM}",
    ],
)
def test_a_value_is_known_by_what_it_is_given_to(line: str) -> None:
    hidden = hide_secrets(line)
    assert RANDOM not in hidden
    assert MASK in hidden


@pytest.mark.parametrize(
    ("scheme", "is_known"),
    [
        ("postgres", True),
        ("postgresql", True),
        ("mongodb+srv", True),
        ("rediss", True),
        ("https", True),
        ("URL=amqp", True),
        ("xhttps", False),
        ("gopher", False),
        ("", False),
    ],
)
def test_a_password_in_an_address_is_known_by_the_scheme(scheme: str, is_known: bool) -> None:
    text = f"Open {scheme}://ada:{RANDOM}@ep-quiet.neon.tech/shop\n"
    assert (RANDOM not in hide_secrets(text)) is is_known


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert find_secrets(text) == ()
    assert hide_secrets(text) is text


def test_a_private_key_is_hidden_and_its_lines_stay() -> None:
    text = f"Before\n{KEY}\nAfter"
    hidden = hide_secrets(text)
    assert RANDOM not in hidden
    assert hidden.split("\n")[5] == "After"
    assert hidden.count("\n") == text.count("\n")


def test_a_private_key_without_its_end_is_hidden_to_the_end() -> None:
    assert RANDOM not in hide_secrets(KEY.partition("-----END")[0])


def test_the_specimen_that_documentation_shows_is_no_secret() -> None:
    specimen = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0"
    assert find_secrets(f"{head}.{specimen}") == ()
    assert [found.what for found in find_secrets(f"{head}.{RANDOM}")] == ["signed token"]


@pytest.mark.parametrize(
    "mark",
    ["# nexus:allow", "// gitleaks:allow", "<!-- pragma: allowlist secret -->", "#nexus:allow, as"],
)
def test_an_author_says_in_the_line_that_it_is_none(mark: str) -> None:
    excused, other = f"{SECRETS['GitHub token']} {mark}", SECRETS["npm token"]
    assert hide_secrets(f"{excused}\n{other}\n") == f"{excused}\n{MASK}\n"
    assert len(find_secrets(f"{mark}\n{other}\n{mark}")) == 1, "only the line itself counts"


@pytest.mark.parametrize("mark", ["nexus:allowed", "nexus: allow", "allow", "xnexus:allow"])
def test_what_is_no_mark_excuses_nothing(mark: str) -> None:
    assert MASK in hide_secrets(f"{SECRETS['GitHub token']} # {mark}")


def test_a_private_key_cannot_be_excused() -> None:
    marked = KEY.replace("\n", " # nexus:allow\n") + " # nexus:allow"
    assert RANDOM not in hide_secrets(marked)
    assert RANDOM not in hide_secrets(marked.replace("\n", " "))


def test_a_mark_does_not_speak_for_a_program_in_one_line() -> None:
    line = f"{SECRETS['GitHub token']} /* nexus:allow */"
    assert MASK not in hide_secrets(line)
    assert MASK in hide_secrets(line + " " * LONGEST_ALLOWED_LINE)


words = st.sampled_from(
    [
        *HARMLESS,
        *SECRETS.values(),
        KEY,
        "secret",
        "nexus:allow",
        "=",
        ": ",
        "\n",
        "İ",
        '"',
        "://",
        "@",
    ]
)


@given(st.lists(st.one_of(words, st.text(max_size=20)), max_size=30).map("".join))
def test_lines_stay_where_they_are_and_nothing_is_found_twice(text: str) -> None:
    found = find_secrets(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(one.line == text.count("\n", 0, one.start) + 1 for one in found)
    hidden = hide_secrets(text)
    assert hidden.count("\n") == text.count("\n")
    assert all(text[one.start : one.end] not in (MASK, "") for one in found)


@given(
    st.sampled_from(sorted(SECRETS)),
    st.text(string.ascii_letters + " .,\n", max_size=200),
    st.text(string.ascii_letters + " .,\n", max_size=200),
)
def test_a_token_is_hidden_wherever_it_stands(what: str, before: str, after: str) -> None:
    secret = SECRETS[what]
    assert secret not in hide_secrets(f"{before} {secret} {after}")


@pytest.mark.parametrize("what", ["GitHub token", "AWS access key", "npm token", "Slack token"])
def test_a_token_is_known_where_a_hyphen_joins_it_to_a_word(what: str) -> None:
    assert [found.what for found in find_secrets(f"fix-{SECRETS[what]}")] == [what]


def test_a_hyphen_ends_a_token_that_holds_none() -> None:
    secret = SECRETS["GitHub token"]
    assert secret not in hide_secrets(f"remove-{secret}-from-settings")


def test_what_looks_like_a_token_inside_of_a_longer_one_is_none() -> None:
    assert not find_secrets(f"task-{SECRETS['OpenAI key']}")
    assert not find_secrets(f"a{SECRETS['GitHub token']} {SECRETS['GitHub token']}_b")


def test_however_many_there_are_all_are_hidden() -> None:
    text = f"{SECRETS['GitHub token']}\n" * 2_000
    assert len(find_secrets(text)) == 2_000
    assert RANDOM not in hide_secrets(text)

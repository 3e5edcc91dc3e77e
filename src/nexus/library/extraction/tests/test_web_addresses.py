"""Promises of the normal form of an address: one key for one page, none for what is no page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.extraction.web_addresses import MAX_LENGTH, normal_address, read_address

#: Pieces of addresses, so that chance puts the strange ones side by side.
_PIECES = (
    "http://", "HTTPS://", "www.", "m.", "github.com", "youtube.com", "youtu.be", "python.org",
    "bücher.de", "1.1.1.1", "[2606:4700::1]", ":80", ":443", ":8080", ":", "/", "//", "/.", "/..",
    "/index.html", "/a", "/A", "/tree/main", "/blob/main/README.md", ".git", "/embed/", "/watch",
    "?", "v=dQw4w9WgXcQ", "dQw4w9WgXcQ", "&", "utm_source=x", "b=2", "a=1", "#", "#!/", "!/p", "%",
    "%7e", "%2F", "%zz", "%C3%A9", "é", " ", "@", "\\", "\u200b", "\ud800", "en.m.wikipedia.org",
)  # fmt: skip
_URLS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=2), max_size=12).map("".join)
_WEB = _URLS.map("https://python.org{}".format) | _URLS.map("https://github.com/a{}".format)


@given(url=st.text() | _URLS | _WEB | _URLS.map("http://{}".format))
@example("https://github.com/a/...git")
@example("https://github.com/a/index.html.git.git/")
@example("https://youtu.be/%64Qw4w9WgXcQ/index.php")
@example("https://python.org//..//./")
@example("https://python.org/%2525%4%31")
@example("https://python.org/?&&=&a#/")
@example("https://ｐython.org:00080/")
@example("https://www.www.m.python.org")
@example("https://python.org/" + "é" * 400)
def test_the_normal_form_is_its_own_normal_form(url: str) -> None:
    key = normal_address(url)
    if key is not None:
        assert normal_address(key) == key
        assert key.startswith("https://")
        assert key.isascii()
        assert len(key) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://python.org", "https://python.org"),
        (" HTTPS://Www.Python.ORG/ ", "https://python.org"),
        ("https://python.org.", "https://python.org"),
        ("https://www.gov.uk", "https://gov.uk"),
        ("https://m.me/someone", "https://m.me/someone"),
        ("https://m.facebook.com/x", "https://facebook.com/x"),
        ("http://python.org:80/a", "https://python.org/a"),
        ("https://python.org:443/a", "https://python.org/a"),
        ("https://python.org:/a", "https://python.org/a"),
        ("https://python.org:8443/a", "https://python.org:8443/a"),
        ("https://python.org/a/b/", "https://python.org/a/b"),
        ("https://python.org/a/Index.HTML", "https://python.org/a"),
        ("https://python.org/index.php/", "https://python.org"),
        ("https://python.org/page.html", "https://python.org/page.html"),
        ("https://python.org/a/./b/../c", "https://python.org/a/c"),
        ("https://python.org/../../a", "https://python.org/a"),
        ("https://python.org/%7efoo/%61", "https://python.org/~foo/a"),
        ("https://python.org/a%2fb%3f", "https://python.org/a%2Fb%3F"),
        ("https://python.org/A", "https://python.org/A"),
        ("https://python.org/été", "https://python.org/%C3%A9t%C3%A9"),
        ("https://python.org/100%", "https://python.org/100%25"),
        ("https://python.org/a b", "https://python.org/a%20b"),
        ("https://python.org/?b=2&a=1&&", "https://python.org?a=1&b=2"),
        ("https://python.org/a?utm_source=x&UTM_Medium=y&fbclid=1&ref=z", "https://python.org/a"),
        ("https://python.org/a?gclid=1&id=7", "https://python.org/a?id=7"),
        ("https://python.org/a#install", "https://python.org/a"),
        ("https://python.org/#!/guide/", "https://python.org#!/guide"),
        ("https://python.org/#/guide", "https://python.org#/guide"),
        ("https://python.org/#/", "https://python.org"),
        ("https://python.org/#!/", "https://python.org"),
        ("https://bücher.de/", "https://xn--bcher-kva.de"),
        ("https://1.1.1.1/", "https://1.1.1.1"),
        ("http://[2606:4700:0::1111]/", "https://[2606:4700::1111]"),
        (
            "https://web.archive.org/web/2019/http://a.org//b/",
            "https://web.archive.org/web/2019/http://a.org//b",
        ),
    ],
)
def test_spellings_of_one_page_have_one_key(url: str, key: str) -> None:
    assert normal_address(url) == key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://github.com/Django/Django.git", "https://github.com/django/django"),
        ("https://github.com/django/django/tree/main/", "https://github.com/django/django"),
        ("https://github.com/a/b/blob/HEAD/readme.md", "https://github.com/a/b"),
        ("https://github.com/a/b?tab=readme-ov-file#usage", "https://github.com/a/b"),
        ("https://github.com/a/b/tree/main/Docs", "https://github.com/a/b/tree/main/Docs"),
        ("https://github.com/a/b/blob/dev/README.md", "https://github.com/a/b/blob/dev/README.md"),
        ("https://gitlab.com/A/B.git", "https://gitlab.com/a/b"),
        ("https://github.com/Django", "https://github.com/Django"),
        ("https://python.org/x.git", "https://python.org/x.git"),
        ("https://youtu.be/dQw4w9WgXcQ?t=42", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
        (
            "https://m.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&index=3",
            "https://youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        (
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            "https://youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtube.com/playlist?list=PL1&si=x", "https://youtube.com/playlist?list=PL1"),
        ("https://youtube.com/watch?v=!", "https://youtube.com/watch?v=!"),
        ("https://youtu.be/", "https://youtu.be"),
        ("https://en.m.wikipedia.org/wiki/Heap", "https://en.wikipedia.org/wiki/Heap"),
        ("https://medium.com/@a/b?source=friends", "https://medium.com/@a/b"),
    ],
)
def test_well_known_sites_have_one_address_for_a_page(url: str, key: str) -> None:
    assert normal_address(url) == key


@pytest.mark.parametrize(
    "url",
    [
        "", "python.org", "www.python.org", "//python.org/a", "ftp://python.org", "mailto:a@b.org",
        "javascript:alert(1)", "https:/python.org", "https://", "https:///a", "https://?a=1",
        "http://localhost:8000", "http://backend/api", "http://printer.local", "http://a.internal",
        "http://127.0.0.1", "http://10.1.2.3", "http://192.168.1.1/", "http://169.254.169.254/",
        "http://2130706433", "http://0x7f.1", "http://127.1", "http://[::1]", "http://[fe80::1]",
        "http://１２７.０.０.１", "http://[::ffff:10.0.0.1]", "http://[::1", "http://1.2.3.4.5",
        "https://example.com", "https://api.example.org/x", "https://a.test", "https://x.onion",
        "https://user:secret@python.org", "https://user@python.org",  # nexus:allow
        "https://python.org\\@evil.org",
        "https://python.org:0", "https://python.org:99999", "https://python.org:http",
        "https://python..org", "https://-.org", "https://a b.org", "https://py%74hon.org",
        "https://python.c", "https://python.123", "https://python.org/\x00",
        "https://python.org/\nb",
        "https://python.org/\ud800", "https://" + "a" * 64 + ".org",
        "https://" + "a." * 130 + "org",
        "https://python.org/" + "a" * MAX_LENGTH, "https://python.org/" + "é" * 900,
    ],
)  # fmt: skip
def test_what_not_everybody_can_visit_has_no_key(url: str) -> None:
    assert normal_address(url) is None


def test_the_parts_are_those_of_the_key() -> None:
    address = read_address("http://www.python.org:81/a/?b#!/c")
    assert address is not None
    assert address == ("python.org:81", "/a", "b", "!/c")
    assert str(address) == "https://python.org:81/a?b#!/c"


@pytest.mark.parametrize(
    "piece", ["/..", "/index.html", ".git", "%C3", "&a", "é", "a.", "www.", "%", "/./", "#!/"]
)
def test_the_work_is_in_proportion_to_the_length(piece: str) -> None:
    def make(size: int) -> str:
        return f"https://github.com/a/b{piece * (size // len(piece))}"

    assert is_proportional(lambda url: [normal_address(url) for _ in range(40)], make, size=450)

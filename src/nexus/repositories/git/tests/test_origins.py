"""What a person types becomes an origin that is safe to hand to Git, or a clear refusal."""

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nexus.kernel.errors import NexusError
from nexus.repositories.git.origins import Origin, OriginKind, Transport, parse_origin
from nexus.repositories.git.troubles import WORDS

SAFE_LOCATION = re.compile(
    r"(?:https|http|ssh)://(?:[A-Za-z0-9_][\w.-]*@)?[\w.\[\]:-]+/.*"
    r"|(?:[A-Za-z0-9_][\w.-]*@)?[^:/@-][^:/@]*:[^-].*"
    r"|(?:[A-Za-z0-9_][\w.-]*@)?\[[0-9a-f:.]+\]:[^-].*",
    re.ASCII | re.DOTALL,
)

PIECES = """
    https:// http:// ssh:// git:// ext:: fd:: file:// file:: - -u --upload-pack= git@ user:pw@
    github.com example.org [::1] 127.1 0x7f.1 :22 :99999 : / // .. . ~ # ? %0a %2e%2e é 笔记
    owner name.git a;b $(x) `x` \\ @ &
"""
pieces = st.sampled_from([*PIECES.split(), " ", "\n", "\0", "\x7f", "\u202e", "\ud800", "\u00a0"])
addresses = st.lists(pieces, max_size=8).map("".join) | st.text(max_size=60)


def parsed(text: str, **how: bool) -> Origin | NexusError:
    try:
        return parse_origin(text, **how)
    except NexusError as error:
        return error


@given(addresses, st.booleans())
@example("ext::sh -c touch% /tmp/x", False)
@example("https://[", True)
@example("https://host:port/x", True)
def test_only_safe_remotes_come_out(text: str, allow_http: bool) -> None:
    origin = parsed(text, allow_local=False, allow_http=allow_http)
    if isinstance(origin, NexusError):
        assert origin.code in WORDS
        assert origin.remedy
        return
    assert origin.kind is OriginKind.REMOTE
    assert SAFE_LOCATION.fullmatch(origin.location)
    assert origin.transport is not Transport.HTTP or allow_http
    assert ":pw@" not in urlsplit(origin.location).netloc
    assert origin.host
    assert 0 < origin.port < 65536
    assert origin.suggested_name.isprintable()
    assert parse_origin(origin.location, allow_local=False, allow_http=allow_http) == origin


@given(addresses)
def test_nothing_but_a_nexus_error_is_raised_for_paths_either(text: str) -> None:
    origin = parsed(text)
    if isinstance(origin, NexusError):
        assert origin.code in WORDS
    else:
        assert origin.kind is OriginKind.REMOTE or Path(origin.location).is_absolute()


@pytest.mark.parametrize(
    ("text", "location", "owner", "name"),
    [
        (
            "https://github.com/LewisMagangi/alx-project-nexus",
            "https://github.com/LewisMagangi/alx-project-nexus",
            "LewisMagangi",
            "alx-project-nexus",
        ),
        (
            " https://GitHub.com/o/r.git/tree/main/docs?tab=readme#top ",
            "https://github.com/o/r",
            "o",
            "r",
        ),
        ("github.com/o/r", "https://github.com/o/r", "o", "r"),
        ("https://gitlab.com/a/b/c/-/tree/main", "https://gitlab.com/a/b/c", "b", "c"),
        ("https://me@host.example/x.git", "https://host.example/x.git", "", "x"),
        ("https://host.example:8443/~ann/x", "https://host.example:8443/~ann/x", "ann", "x"),
        ("https://host.example:443/a b/ü", "https://host.example/a%20b/%C3%BC", "a b", "ü"),
        ("https://[2606:4700::1]/o/r", "https://[2606:4700::1]/o/r", "o", "r"),
        ("https://8.8.8.8/o/r", "https://8.8.8.8/o/r", "o", "r"),
        ("https://bücher.example/o/r", "https://xn--bcher-kva.example/o/r", "o", "r"),
        ("ssh://git@host.example:2222/o/r.git", "ssh://git@host.example:2222/o/r.git", "o", "r"),
        ("git@github.com:o/r.git", "git@github.com:o/r.git", "o", "r"),
        ("host.example:r.git", "host.example:r.git", "", "r"),
        ("git@[2606:4700::1]:o/r", "git@[2606:4700::1]:o/r", "o", "r"),
    ],
)
def test_remotes(text: str, location: str, owner: str, name: str) -> None:
    origin = parse_origin(text)

    assert origin.kind is OriginKind.REMOTE
    assert origin.location == origin.display == origin.public_display == location
    assert (origin.suggested_owner, origin.suggested_name) == (owner, name)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "origin-empty"),
        ("   ", "origin-empty"),
        ("ext::sh -c id", "origin-transport"),
        ("fd::17", "origin-transport"),
        ("file::/etc", "origin-transport"),
        ("::x", "origin-transport"),
        ("file:///etc", "origin-transport"),
        ("git://host.example/x", "origin-transport"),
        ("git+ssh://host.example/x", "origin-transport"),
        ("http://host.example/x", "origin-transport"),
        ("--upload-pack=id", "origin-unreadable"),
        ("-u x", "origin-unreadable"),
        ("https://u:secret@host.example/x", "origin-credentials"),
        ("ssh://u:secret@host.example/x", "origin-credentials"),
        ("ssh://-oProxyCommand=id/x", "origin-unreadable"),
        ("ssh://-oProxyCommand=id@host.example/x", "origin-unreadable"),
        ("-oProxyCommand=id:x", "origin-unreadable"),
        ("git@host.example:-x", "origin-unreadable"),
        ("git@host.example:../x", "origin-unreadable"),
        ("git@-host.example:x", "origin-unreadable"),
        ("git@host.example:/", "origin-unreadable"),
        ("git@host.example::x", "origin-unreadable"),
        ("git@[nonsense]:x", "origin-unreadable"),
        ("git@[fe80::1%eth0]:x", "origin-unreadable"),
        ("é.example::x", "origin-unreadable"),
        ("é.example://x", "origin-unreadable"),
        ("https://host.example", "origin-unreadable"),
        ("https://https://u:secret@host.example/x", "origin-unreadable"),
        ("https://github.com/", "origin-unreadable"),
        ("https://host.example/-/x", "origin-unreadable"),
        ("https://host.example/a/%2e%2e/b", "origin-unreadable"),
        ("https://host.example/a%0ab", "origin-unreadable"),
        ("https://host.example:0/x", "origin-unreadable"),
        ("https://host.example:70000/x", "origin-unreadable"),
        ("https://[fe80::1%eth0]/x", "origin-unreadable"),
        ("https://[nonsense]/x", "origin-unreadable"),
        ("https://2130706433/x", "origin-unreadable"),
        ("https://0x7f.1/x", "origin-unreadable"),
        ("https://0177.0.0.1/x", "origin-unreadable"),
        ("https://127.0.0.1./x", "origin-unreadable"),
        ("https://" + "a" * 64 + ".example/x", "origin-unreadable"),
        ("https://" + "a." * 130 + "example/x", "origin-unreadable"),
        ("https://host.example/" + "x" * 3000, "origin-unreadable"),
        ("a\nb", "origin-unreadable"),
        ("a\ud800", "origin-unreadable"),
        ("no-such-thing", "origin-unreadable"),
        ("/etc", "origin-local"),
        ("~/notes", "origin-local"),
        ("..", "origin-local"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(NexusError) as refusal:
        parse_origin(text, allow_local=False)

    assert refusal.value.code == code
    assert "secret" not in str(refusal.value)


def test_http_only_where_it_is_allowed() -> None:
    origin = parse_origin("http://localhost:8000/x", allow_http=True)

    assert (origin.transport, origin.host, origin.port) == (Transport.HTTP, "localhost", 8000)


def test_without_local_paths_the_answer_does_not_tell_what_exists(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()

    def answer(name: str) -> str:
        with pytest.raises(NexusError) as refusal:
            parse_origin(str(tmp_path / name), allow_local=False)
        return str(refusal.value)

    assert answer("there") == answer("not-there")


def test_what_lies_on_this_machine(tmp_path: Path) -> None:
    for name in ("bare.git", "work"):
        bare = ["--bare"] if name == "bare.git" else []
        subprocess.run(["git", "init", "-q", *bare, str(tmp_path / name)], check=True)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / ".git").write_text("gitdir: elsewhere")
    (tmp_path / "Lewis+notes").mkdir()
    for name in ("ann+nexus-main.zip", "x.tar.gz", "x.TGZ", "x.tar", "x.bundle"):
        (tmp_path / name).touch()

    def read(name: str) -> tuple[OriginKind, str, str]:
        origin = parse_origin(str(tmp_path / name))
        return origin.kind, origin.suggested_owner, origin.suggested_name

    assert read("bare.git") == (OriginKind.REPOSITORY, "", "bare")
    assert read("work") == (OriginKind.REPOSITORY, "", "work")
    assert read("linked") == (OriginKind.REPOSITORY, "", "linked")
    assert read("x.bundle") == (OriginKind.REPOSITORY, "", "x")
    assert read("Lewis+notes") == (OriginKind.FOLDER, "Lewis", "notes")
    assert read("ann+nexus-main.zip") == (OriginKind.ARCHIVE, "ann", "nexus")
    assert {read(name)[0] for name in ("x.tar.gz", "x.TGZ", "x.tar")} == {OriginKind.ARCHIVE}


def test_a_path_is_made_absolute_and_told_to_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    origin = parse_origin("notes")

    assert origin == parse_origin("./notes") == parse_origin("~/notes")
    assert origin.path == tmp_path / "notes"
    assert origin.display == str(tmp_path / "notes")
    assert origin.public_display == "notes"


@pytest.mark.parametrize(
    ("name", "code"), [("absent", "origin-missing"), ("letter.txt", "origin-kind")]
)
def test_what_cannot_be_an_origin(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "letter.txt").touch()

    with pytest.raises(NexusError) as refusal:
        parse_origin(str(tmp_path / name))
    assert refusal.value.code == code


def test_a_name_that_is_too_long_for_the_disk_is_refused() -> None:
    with pytest.raises(NexusError) as refusal:
        parse_origin("/" + "x" * 1999)
    assert refusal.value.code == "import-unreadable"


def test_a_word_that_is_nothing_says_what_to_do() -> None:
    with pytest.raises(NexusError) as refusal:
        parse_origin("no-such-thing-here")
    assert refusal.value.code == "origin-missing"
    assert "https://" in refusal.value.remedy


def test_an_existing_file_wins_over_the_short_form_of_ssh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "host.example:notes").mkdir()
    monkeypatch.chdir(tmp_path)

    assert parse_origin("host.example:notes").kind is OriginKind.FOLDER
    assert parse_origin("host.example:other").kind is OriginKind.REMOTE


def test_origins_compare_by_value() -> None:
    text = "https://host.example/o/r"
    assert parse_origin(text) == Origin(
        OriginKind.REMOTE, text, "r", "o", Transport.HTTPS, "host.example", 443
    )

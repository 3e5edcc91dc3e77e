"""A change as a mail that Git takes, and where files are changed elsewhere."""

from datetime import UTC, datetime

import pytest

from nexus.repositories.git.committing import Author
from nexus.repositories.git.forges import edit_page
from nexus.repositories.git.patches import is_object, mail_patch
from nexus.repositories.git.tests.builders import git

AT = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
WHO = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
OLD = "# Guide\n\nFirst.\nÄ last line without an end".encode()


@pytest.mark.parametrize(
    ("path", "new", "message"),
    [
        ("docs/guide.md", OLD + b"\n", "Say it better"),
        ("docs/two words é.md", b"From here on\n--- a\n-- \nx\n", "Ünïcode: " + "long " * 30),
        ("a.md", OLD.replace(b"First", b"diff --git a/b b/b"), "  "),
    ],
)
def test_git_takes_it(tmp_path, path, new, message):
    git("init", "-q", tmp_path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_bytes(OLD)
    git("-C", tmp_path, "add", ".")
    git("-C", tmp_path, *WHO, "commit", "-qm", "Begin")
    patch = mail_patch(
        path=path,
        old=OLD,
        new=new,
        author=Author("Bób, the builder", "bob@people.invalid"),
        message=message,
        commit="1" * 40,
        at=AT,
    )
    git("-C", tmp_path, *WHO, "am", "--keep-cr", "-q", given=patch)
    assert (tmp_path / path).read_bytes() == new
    told = git("-C", tmp_path, "log", "-1", "--format=%an <%ae> %cn %s").strip()
    subject = " ".join(message.split()) or f"Change {path}"
    assert told == f"Bób, the builder <bob@people.invalid> Ada {subject}"


def test_bytes_are_known_by_their_object():
    assert is_object(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    assert not is_object(b"x", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")


@pytest.mark.parametrize(
    ("origin", "page"),
    [
        ("https://github.com/ada/notes.git", "https://github.com/ada/notes/edit/main/a%20b/c.md"),
        ("https://gitlab.com/g/s/notes", "https://gitlab.com/g/s/notes/-/edit/main/a%20b/c.md"),
        ("https://codeberg.org/ada/notes", "https://codeberg.org/ada/notes/_edit/main/a%20b/c.md"),
        ("https://git.example.org/ada/notes", ""),
        ("http://github.com/ada/notes", ""),
        ("", ""),
    ],
)
def test_the_editor_of_a_known_host_is_found(origin, page):
    assert edit_page(origin, branch="main", path="a b/c.md") == page
    assert edit_page(origin, branch="", path="a b/c.md") == ""

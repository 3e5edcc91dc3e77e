"""Two who change one file at once: both changes are kept, or both are there to be joined."""

import contextlib
import threading

import pytest
from django.db import connection

from nexus.kernel.errors import Invalid
from nexus.library.services.changing import NAMES, Clash
from nexus.library.tests.desks import PATH, TEXT, Desk
from nexus.repositories.git.tests.builders import git

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(home):
    return Desk()


def test_changes_in_two_places_are_both_kept(desk):
    begun = desk.put(TEXT.encode())
    desk.change(TEXT.replace("First", "One"), begun)
    desk.change(TEXT.replace("Second", "Two"), begun)
    assert desk.shown() == TEXT.replace("First", "One").replace("Second", "Two")
    assert desk.git("rev-list", "--count", "HEAD").strip() == "3"


def test_changes_in_one_place_are_both_there_to_be_joined_and_nothing_is_written(desk):
    begun = desk.put(TEXT.encode())
    first = desk.change(TEXT.replace("First", "One"), begun)
    with pytest.raises(Clash) as clash:
        desk.change(TEXT.replace("First", "Eins"), begun)
    joined = clash.value.joined
    assert desk.git("rev-parse", "HEAD").strip() == first
    assert {"One.", "Eins.", *NAMES.marks()} <= set(joined.text.splitlines())
    with pytest.raises(Invalid) as left:
        desk.change(joined.text, joined.file.oid)
    assert left.value.code == "clash-left"
    desk.change(TEXT.replace("First", "One, eins"), joined.file.oid)
    assert "One, eins." in desk.shown()


def test_a_push_and_a_page_lose_nothing_of_each_other(desk, tmp_path):
    begun = desk.put(TEXT.encode())
    clone = tmp_path / "clone"
    git("clone", "-q", desk.store, clone)
    (clone / PATH).write_text(TEXT.replace("First", "Pushed"))
    (clone / PATH).chmod(0o755)
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    git("-C", clone, *who, "commit", "-qam", "Push")
    git("-C", clone, "push", "-q", "origin", "HEAD")
    desk.change(TEXT.replace("Second", "Typed"), begun)
    assert desk.shown() == TEXT.replace("First", "Pushed").replace("Second", "Typed")
    assert desk.git("ls-tree", "HEAD", PATH).startswith("100755 ")


def test_a_file_that_was_removed_is_put_there_again_only_when_it_is_meant(desk):
    begun = desk.put(TEXT.encode())
    desk.put(None)
    with pytest.raises(Clash) as clash:
        desk.change("# Mine\n", begun)
    assert (clash.value.code, clash.value.joined.text) == ("file-gone", "# Mine\n")
    desk.change("# Mine\n", "")
    assert desk.shown() == "# Mine\n"


def test_lines_end_as_they_did(desk):
    begun = desk.put(TEXT.replace("\n", "\r\n").encode())
    desk.change(TEXT.replace("First", "One"), begun)
    raw = desk.git("cat-file", "-s", f"HEAD:{PATH}")
    assert int(raw) == len(TEXT.replace("First", "One").replace("\n", "\r\n"))


def test_many_at_once_each_keep_their_line(desk):
    lines = [f"Line {n}\n\nBetween\n\n" for n in range(4)]
    begun = desk.put("".join(lines).encode())

    def write(n):
        with contextlib.closing(connection):
            desk.change("".join([*lines[:n], f"Mine {n}\n\nBetween\n\n", *lines[n + 1 :]]), begun)

    threads = [threading.Thread(target=write, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [f"Mine {n}" in desk.shown() for n in range(4)] == [True] * 4

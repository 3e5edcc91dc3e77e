"""Where the hub itself fails on a file, that file gets a problem and the rest is published."""

import pytest

from nexus.library.kinds import writing
from nexus.library.models import FileProblem
from nexus.library.preparing import prepare
from nexus.library.rendering.page import Place
from nexus.library.services import syncing
from nexus.repositories.models import Sync

TEXT = b"# Title\n\nWords of *mine*, and mail to ada@example.com.\n"


class PanicException(BaseException):
    """As pyo3 raises it when a library that is written in Rust panics."""


def failing(failure):
    """A way to read that fails."""

    def read(source):
        raise failure

    return read


def prepared(data, path, **options):
    return prepare(data, blob="0" * 40, place=Place("/c/commons/notes", path), **options)


@pytest.mark.parametrize(
    "failure", [PanicException("index out of bounds"), RecursionError(), KeyError(1)]
)
def test_a_piece_of_writing_is_shown_as_plain_text(failure):
    found = prepared(TEXT, "docs/odd-one.md", read=failing(failure))

    (problem,) = found.problems
    assert (problem.path, problem.code) == ("docs/odd-one.md", "document-failed")
    assert problem.message == f"{type(failure).__name__} in the hub."
    assert found.reading is not None
    assert (found.reading.kind, found.reading.title) == ("document", "Odd one")
    assert "*mine*" in found.reading.rendered.html
    assert "ada@example.com" not in found.reading.rendered.text


def test_code_stays_a_source_file():
    found = prepared(b"print(1)\n", "src/a.py", read=failing(PanicException()))
    assert (found.reading, found.is_binary) == (None, False)
    assert [problem.code for problem in found.problems] == ["document-failed"]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_who_stops_the_hub_stops_it(end):
    with pytest.raises(end):
        prepared(TEXT, "a.md", read=failing(end()))


def test_what_cannot_even_be_decoded_is_left_out(monkeypatch):
    monkeypatch.setattr(
        "nexus.library.preparing.decode", lambda *_, **__: failing(PanicException())(0)
    )
    found = prepared(TEXT, "a.md")
    assert (found.reading, found.is_binary) == (None, True)
    assert [problem.code for problem in found.problems] == ["document-failed"]


def test_what_cannot_even_be_shown_as_it_is_stays_a_source_file(monkeypatch):
    monkeypatch.setattr("nexus.library.preparing.render_plain", failing(PanicException()))
    found = prepared(TEXT, "a.md", read=failing(PanicException()))
    assert found.reading is None
    assert [problem.code for problem in found.problems] == ["document-failed"]


@pytest.fixture
def panic(monkeypatch):
    """Let the Markdown renderer panic at a word."""
    render = writing.render_markdown

    def panicking(source, *arguments, **options):
        if "PANIC" in source:
            raise PanicException("called `Option::unwrap()` on a `None` value")
        return render(source, *arguments, **options)

    monkeypatch.setattr(writing, "render_markdown", panicking)


@pytest.mark.django_db
def test_the_rest_of_the_repository_is_published(mirror, panic):
    mirror.publish(
        {
            "README.md": "# Notes\n\nPANIC\n",
            "docs/bad.md": "# Bad\n\nPANIC\n",
            "docs/good.md": "# Good\n\nFine.\n",
        }
    )
    assert mirror.entries() == {
        "": "project",
        "docs/bad.md": "document",
        "docs/good.md": "document",
    }
    assert mirror.entry("").title == "Notes"
    assert "PANIC" in mirror.entry("").rendering.html
    assert "PANIC" in mirror.entry("docs/bad.md").rendering.text
    problems = FileProblem.objects.filter(code="document-failed").values_list("path", flat=True)
    assert set(problems) == {"README.md", "docs/bad.md"}


@pytest.mark.django_db
def test_a_run_that_panics_elsewhere_ends_and_says_so(mirror, monkeypatch):
    monkeypatch.setattr(syncing, "index_revision", lambda **_: failing(PanicException())(0))
    mirror.upstream.commit({"README.md": "# Notes\n"})
    run = Sync.objects.create(repository=mirror.repository)

    error = syncing.run_sync(run.pk)

    run.refresh_from_db()
    assert error is not None
    assert (run.state, run.error_code) == ("failed", "sync-failed")


@pytest.mark.django_db
def test_a_run_that_is_stopped_is_not_called_failed(mirror, monkeypatch):
    monkeypatch.setattr(syncing, "index_revision", lambda **_: failing(KeyboardInterrupt())(0))
    mirror.upstream.commit({"README.md": "# Notes\n"})
    run = Sync.objects.create(repository=mirror.repository)
    with pytest.raises(KeyboardInterrupt):
        syncing.run_sync(run.pk)
    run.refresh_from_db()
    assert run.state == "running"


@pytest.mark.django_db
def test_a_picture_that_is_none_costs_its_document_nothing(mirror):
    mirror.publish({"README.md": "# Notes\n\n![x](a.png)\n", "a.png": b"\x89PNG\r\n\x1a\n\0\0\0"})
    assert "<img" in mirror.entry("").rendering.html
    assert not FileProblem.objects.filter(code="document-failed").exists()

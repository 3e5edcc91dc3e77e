"""What a later commit took out, or another branch holds, is in a clone: its owner is told."""

import pytest

from nexus.library.checking.advice import PAST_CODE
from nexus.library.models import FileProblem
from nexus.library.services import past_secrets
from nexus.repositories.cloning import no_clone
from nexus.repositories.selectors import look_back_of

# Put together here, so that no scanner takes this file for a leak.
TOKEN = "ghp_" + "q7Zk2vX9mB4tR8wL1" + "nY6cJ3hD5fG0pSaEuTAb"
HELD = f"key = '{TOKEN}'\n"
CLEAN = "key = ask()\n"


def told(mirror):
    """(path, line) of each secret in the history that the owner is told of."""
    rows = FileProblem.objects.filter(repository=mirror.repository, code=PAST_CODE)
    return sorted(rows.values_list("path", "line"))


def can_be_cloned(mirror):
    """Whether everybody gets a clone."""
    mirror.repository.refresh_from_db()
    return no_clone(None, mirror.repository) is None


def test_a_secret_that_a_later_commit_took_out_is_still_in_a_clone(mirror):
    mirror.publish({"a.py": "first = 1\n" + HELD, ".env": "KEY=hunter2\n"})
    assert told(mirror) == [], "it is in the commit shown, where it is told already"
    mirror.publish({"a.py": CLEAN, ".env": None})
    assert told(mirror) == [(".env", 0), ("a.py", 2)]
    assert not can_be_cloned(mirror)
    for number in range(3):
        mirror.publish({"b.md": f"# B {number}\n"})
    assert told(mirror) == [(".env", 0), ("a.py", 2)]


def test_the_file_that_becomes_the_readme_keeps_its_secret(mirror):
    mirror.publish({"README.md": "# A\n", "README.rst": f"A\n=\n\nUse {TOKEN}.\n"})
    mirror.publish({"README.md": None})
    assert mirror.entry().current.path == "README.rst"
    assert not can_be_cloned(mirror)


def test_what_is_wrong_with_a_readme_goes_with_it(mirror):
    clean = mirror.publish({"docs/a.md": "# A\n"})
    mirror.publish({"README.md": f"# A\n\nLorem ipsum {TOKEN}\n"})
    mirror.publish({"README.md": None})
    problems = FileProblem.objects.filter(repository=mirror.repository, path="README.md")
    assert set(problems.values_list("code", "line")) == {(PAST_CODE, 3)}
    mirror.upstream.git("update-ref", "refs/heads/main", clean)
    mirror.sync()
    assert can_be_cloned(mirror)


def test_commits_that_come_together_are_all_looked_through(mirror):
    mirror.upstream.commit({"a.py": HELD}, "One")
    mirror.upstream.commit({"a.py": CLEAN}, "Two")
    mirror.sync()
    assert told(mirror) == [("a.py", 1)]
    mirror.upstream.commit({"b.py": HELD}, "Three")
    mirror.upstream.commit({"b.py": CLEAN}, "Four")
    mirror.sync()
    assert told(mirror) == [("a.py", 1), ("b.py", 1)]
    assert not can_be_cloned(mirror)


def test_another_branch_is_in_a_clone_as_well_and_so_is_a_tag(mirror):
    mirror.publish({"a.md": "# A\n"})
    mirror.upstream.commit({"deploy/id_rsa": "hunter2\n"}, "Try", branch="draft")
    mirror.sync()
    assert told(mirror) == [("deploy/id_rsa", 0)]
    assert not can_be_cloned(mirror)

    mirror.upstream.git("tag", "v1", "draft")
    mirror.upstream.git("update-ref", "-d", "refs/heads/draft")
    mirror.sync()
    assert told(mirror) == [("deploy/id_rsa", 0)]

    mirror.upstream.git("tag", "-d", "v1")
    mirror.sync()
    assert told(mirror) == []
    assert can_be_cloned(mirror)


def test_a_name_is_in_a_clone_as_well(mirror):
    mirror.publish({f"docs/{TOKEN}.md": "# A\n"})
    named = FileProblem.objects.get(repository=mirror.repository, code="secret-in-name")
    assert (named.path, named.line) == (f"docs/{TOKEN}.md", 0)
    assert TOKEN not in named.message
    assert not can_be_cloned(mirror)
    mirror.publish({f"docs/{TOKEN}.md": "# Changed\n"})
    assert not can_be_cloned(mirror), "it is still called so when its contents change"
    mirror.publish({f"docs/{TOKEN}.md": None, "docs/a.md": "# Changed\n"})
    assert set(told(mirror)) == {(f"docs/{TOKEN}.md", 0)}
    assert not can_be_cloned(mirror)


def test_a_name_of_another_branch_too(mirror):
    mirror.publish({"a.md": "# A\n"})
    mirror.upstream.commit({f"{TOKEN}/b.md": "# B\n"}, "Try", branch="draft")
    mirror.sync()
    assert told(mirror) == [(f"{TOKEN}/b.md", 0)]
    assert not can_be_cloned(mirror)


def test_when_the_history_is_rewritten_it_is_given_again(mirror):
    clean = mirror.publish({"a.md": "# A\n"})
    mirror.publish({"a.py": HELD})
    mirror.publish({"a.py": CLEAN})
    assert not can_be_cloned(mirror)
    mirror.upstream.git("update-ref", "refs/heads/main", clean)
    mirror.publish({"a.py": CLEAN})
    assert told(mirror) == []
    assert can_be_cloned(mirror)


def test_what_its_author_excuses_now_is_none_in_the_past_either(mirror):
    mirror.publish({"a.py": HELD, "b.py": HELD.replace("Ab", "Xy")})
    mirror.publish({"a.py": CLEAN + HELD.replace("\n", "  # nexus:allow\n"), "b.py": CLEAN})
    assert told(mirror) == [("b.py", 1)]


def test_the_same_exceptions_hold_as_in_the_commit_shown(mirror):
    files = {"node_modules/a/key.pem": "k\n", ".env": "KEY=\n", "x.min.js": HELD, "a.png": "\0"}
    mirror.publish({"README.md": "# A\n", **files})
    mirror.publish(dict.fromkeys(files))
    assert told(mirror) == []
    assert can_be_cloned(mirror)


def test_all_is_looked_through_again_by_new_rules(mirror, monkeypatch):
    monkeypatch.setattr(past_secrets, "find_secrets", lambda text: ())
    mirror.upstream.commit({"a.py": HELD}, "One")
    mirror.publish({"a.py": CLEAN})
    assert told(mirror) == []
    monkeypatch.undo()
    mirror.publish({"b.md": "# B\n"})
    assert told(mirror) == []
    for module in ("past_secrets", "syncing", "indexing", "planning"):
        monkeypatch.setattr(f"nexus.library.services.{module}.FORMAT_VERSION", 1_000)
    mirror.publish({"b.md": "# Again\n"})
    assert told(mirror) == [("a.py", 1)]


@pytest.mark.parametrize(("bound", "least"), [("MAX_FILES", 1), ("MAX_BYTES", 30)])
def test_a_look_is_bounded_and_begins_with_what_is_new(mirror, monkeypatch, bound, least):
    monkeypatch.setattr(past_secrets, bound, least)
    mirror.upstream.commit({"old.py": HELD * 3}, "One")
    mirror.upstream.commit({"old.py": CLEAN}, "Two")
    mirror.publish({"README.md": "# A\n"})
    assert told(mirror) == []


def test_nothing_of_a_secret_is_kept(mirror):
    mirror.publish({"a.py": HELD})
    mirror.publish({"a.py": CLEAN})
    kept = look_back_of(mirror.repository.pk)
    assert kept.found
    assert TOKEN not in str(kept.found)
    [problem] = FileProblem.objects.filter(code=PAST_CODE)
    assert TOKEN not in problem.message
    found = mirror.upstream.git("log", "--all", "--format=%s", f"--find-object={oid_in(problem)}")
    assert found.splitlines() == ["Work", "Work"], "Git finds the commits by what is named"


def oid_in(problem):
    """The object that the words name."""
    return problem.message.rpartition(" ")[2].rstrip(".")

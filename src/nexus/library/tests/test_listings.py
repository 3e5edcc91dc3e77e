"""Paths are carried on from commit to commit while none of them changes."""

from collections.abc import Iterable

from nexus.library.checking.tree import Tree, tree_of
from nexus.library.models import FileProblem
from nexus.library.services import planning
from nexus.library.services.listings import MOST_FILES, Listings
from nexus.repositories.git.trees import TreeFile

TREE = Tree(["a.md", "docs/b.md"])


def test_a_commit_with_the_same_paths_has_those_of_the_one_before() -> None:
    listings = Listings()
    listings.keep(1, "one", TREE)
    assert listings.carry_on(1, before="one", commit="two") is TREE
    assert listings.carry_on(1, before="two", commit="three") is TREE
    assert listings.carry_on(1, before="two", commit="three") is TREE  # the same run once more
    assert listings.carry_on(1, before="one", commit="other") is None
    assert listings.carry_on(2, before="three", commit="four") is None


def test_few_are_kept_and_none_that_is_very_large() -> None:
    listings = Listings(most=2)
    for repository in (1, 2, 3):
        listings.keep(repository, "one", TREE)
    found = [listings.carry_on(number, before="one", commit="two") for number in (1, 2, 3)]
    assert found == [None, TREE, TREE]
    listings.keep(3, "two", Tree(str(number) for number in range(MOST_FILES + 1)))
    assert listings.carry_on(3, before="two", commit="three") is None


def test_links_are_held_against_what_is_there_now(mirror, monkeypatch) -> None:
    """A list that was kept is not asked once a file came or went."""
    listed: list[Tree] = []

    def noted(files: Iterable[TreeFile]) -> Tree:
        listed.append(tree_of(files))
        return listed[-1]

    monkeypatch.setattr(planning, "tree_of", noted)
    mirror.publish({"README.md": "# A\n", "b.md": "# B\n\n[c](c.md)\n"})
    mirror.publish({"b.md": "# B\n\nBetter: [c](c.md)\n"})
    mirror.publish({"b.md": "# B\n\nBest: [c](c.md)\n"})
    assert len(listed) == 1
    assert bad_links(mirror) == ["b.md"]
    mirror.publish({"c.md": "# C\n"})
    assert bad_links(mirror) == []
    mirror.publish({"b.md": "# B\n\nAs ever: [c](c.md)\n"})
    assert bad_links(mirror) == []
    mirror.publish({"c.md": None})
    mirror.publish({"b.md": "# B\n\nAgain: [c](c.md)\n"})
    assert bad_links(mirror) == ["b.md"]


def bad_links(mirror) -> list[str]:
    found = FileProblem.objects.filter(repository=mirror.repository, code="link-missing")
    return list(found.values_list("path", flat=True))

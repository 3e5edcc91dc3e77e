"""What is wrong with a repository as a whole is found at each change, and goes when mended."""

import pytest

from nexus.library.checking.advice import CHECK_CODES
from nexus.library.models import FileProblem, Rendering
from nexus.library.services import checks, indexing
from nexus.repositories.git.tests.builders import Link

pytestmark = pytest.mark.django_db

LICENCE = "MIT License\n\nPermission is hereby granted, free of charge, to any person\n"
README = "# Shop\n\n" + "A shop that sells quince jelly to everybody who asks for it. " * 12 + "\n"
WHOLE = {"README.md": README, "LICENSE": LICENCE}


def told(mirror, *codes):
    """{(path, line, code)} of what the owner is told of the whole."""
    found = FileProblem.objects.filter(repository=mirror.repository, code__in=codes or CHECK_CODES)
    return set(found.values_list("path", "line", "code"))


def test_a_whole_repository_has_no_problem(mirror):
    mirror.publish({**WHOLE, "docs/a.md": "# A\n\n[back](../README.md#shop)\n"})
    assert told(mirror) == set()


def test_what_every_project_should_have_is_missed(mirror):
    mirror.publish({"src/app.py": "print(1)\n"})
    assert told(mirror) == {("", 0, "licence-missing"), ("", 0, "readme-missing")}
    mirror.publish({"README.md": "# Shop\n", "LICENSE": LICENCE})
    assert told(mirror) == {("README.md", 0, "readme-stub")}
    mirror.publish({"README.md": README})
    assert told(mirror) == set()


def test_links_come_and_go_with_the_files_they_lead_to(mirror):
    page = "# A\n\n[b](b.md) ![c](c.png)\n"
    mirror.publish({**WHOLE, "docs/a.md": page})
    both = {("docs/a.md", 3, "link-missing"), ("docs/a.md", 3, "picture-missing")}
    assert told(mirror) == both
    mirror.publish({"docs/b.md": "# B\n", "docs/c.png": b"\x89PNG\0"})
    assert told(mirror) == set()
    mirror.publish({"docs/b.md": None, "docs/c.png": None})
    assert told(mirror) == both
    mirror.publish({"docs/a.md": "# A\n"})
    assert told(mirror) == set()


def test_a_renamed_file_leaves_links_behind(mirror):
    text = "# B\n\n" + "Many words that stay the same.\n" * 30
    mirror.publish({**WHOLE, "a.md": "[b](b.md)\n", "b.md": text})
    assert told(mirror) == set()
    mirror.publish({"b.md": None, "docs/b.md": text})
    assert told(mirror) == {("a.md", 1, "link-missing")}
    message = FileProblem.objects.get(code="link-missing").message
    assert "Did you mean docs/b.md?" in message


def test_a_heading_that_is_reworded_leaves_links_behind(mirror):
    page = "[b](b.md#setup)\n[the project's own page](README.md#shop)\n"
    mirror.publish({**WHOLE, "a.md": page, "b.md": "# B\n\n## Setup\n"})
    assert told(mirror) == set()
    mirror.publish({"b.md": "# B\n\n## Begin\n"})
    assert told(mirror) == {("a.md", 1, "anchor-missing-there")}
    mirror.publish({"b.md": "# B\n\n## Begin\n\n## Setup\n"})
    assert told(mirror) == set()
    mirror.publish({"README.md": README.replace("# Shop", "# Market")})
    assert told(mirror) == {("a.md", 2, "anchor-missing-there")}


def test_links_below_submodules_and_links_are_not_judged(mirror):
    mirror.publish({**WHOLE, "away": Link("docs"), "a.md": "[x](away/b.md)\n"})
    assert told(mirror) == set()


def test_the_problems_of_files_and_those_of_the_whole_stay_apart(mirror):
    mirror.publish({**WHOLE, "a.md": "[x](b.md)\n\n```py\nopen\n", "c.md": "[x](d.md)\n"})
    whole = {("a.md", 1, "link-missing"), ("c.md", 1, "link-missing")}
    assert told(mirror) == whole
    assert told(mirror, "fence-unclosed") == {("a.md", 3, "fence-unclosed")}
    mirror.publish({"a.md": "[x](b.md)\n"})
    assert told(mirror) == whole
    assert told(mirror, "fence-unclosed") == set()


def test_gaps_of_templates_are_told(mirror):
    mirror.publish({**WHOLE, "a.md": "---\ntitle: A\n---\n\nCohort: [Your Cohort]\n"})
    assert told(mirror, "placeholder") == {("a.md", 5, "placeholder")}


def test_addresses_of_somebody_elses_repository_are_told(mirror):
    mirror.publish(WHOLE)
    type(mirror.repository).objects.update(
        origin_kind="remote", origin="https://github.com/ada/shop"
    )
    mirror.repository.refresh_from_db()
    readme = README + "\n```\ngit clone https://github.com/bob/shop.git\n```\n"
    mirror.upstream.commit({"README.md": readme})
    index(mirror)
    assert told(mirror, "address-foreign") == {("README.md", 6, "address-foreign")}


def index(mirror):
    """Index the newest commit of upstream without fetching from the origin that it has by now."""
    from nexus.repositories.git.fetching import fetch
    from nexus.repositories.git.reading import Reader
    from nexus.repositories.limits import store_of

    store = store_of(mirror.repository.pk)
    fetch(store, mirror.upstream.origin)
    with Reader(store) as reader:
        indexing.index_revision(repository=mirror.repository, reader=reader, sha=reader.head())


def test_one_change_looks_at_its_own_page_only(mirror, monkeypatch):
    pages = {f"docs/{n}.md": f"# P{n}\n\n[r](../README.md)\n" for n in range(20)}
    mirror.publish({**WHOLE, **pages, "bad.md": "[x](nothing.md)\n"})
    looked = []
    real = checks.link_problems
    monkeypatch.setattr(
        checks, "link_problems", lambda page, around: looked.append(page.path) or real(page, around)
    )
    mirror.publish({"docs/3.md": "# P3\n\nMore. [r](../README.md)\n"})
    assert sorted(looked) == ["docs/3.md"]


@pytest.mark.parametrize("files", [5, 50])
def test_a_change_asks_the_same_number_of_questions_however_many_files(
    mirror, files, django_assert_max_num_queries
):
    pages = {f"docs/{n}.md": f"# P{n}\n\n[r](../README.md#shop) [x](y.md)\n" for n in range(files)}
    mirror.publish({**WHOLE, **pages})
    changed = checks.Changed(["docs/1.md"])
    with django_assert_max_num_queries(20):
        before = checks.parts_before(mirror.repository, changed)
        checks.check_revision(
            mirror.repository, paths=None, secrets=[], changed=changed, before=before
        )


def test_when_very_much_changed_everything_is_looked_at(mirror, monkeypatch):
    monkeypatch.setattr(checks, "MOST_NAMED", 2)
    mirror.publish({**WHOLE, "a.md": "[x](b.md#p)\n", "b.md": "## P\n", "c.md": "[x](y.md)\n"})
    mirror.publish({f"{n}.md": "[x](b.md#q)\n" for n in range(4)})
    assert told(mirror) == {("c.md", 1, "link-missing")} | {
        (f"{n}.md", 1, "anchor-missing-there") for n in range(4)
    }


def test_a_tree_that_is_too_large_to_be_known_is_not_judged(mirror, monkeypatch):
    monkeypatch.setattr(
        "nexus.repositories.git.reading.Reader.truncated", property(lambda self: True)
    )
    mirror.publish({**WHOLE, "a.md": "[x](b.md)\n"})
    assert told(mirror) == set()


def test_pictures_are_kept_beside_links(mirror):
    mirror.publish({**WHOLE, "a.md": "[b](b.md)\n\n![c](c.png)\n"})
    kept = Rendering.objects.get(entry__path="a.md").links
    assert [(one["target"], one["line"], one.get("picture", False)) for one in kept] == [
        ("b.md", 1, False),
        ("c.png", 3, True),
    ]

"""Promises of the facts of whole projects, real ones among them."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.extraction.decoding import decode
from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.facts import page
from nexus.library.facts.fact import MEANINGS, REPEATED, Fact, FactName, GitFacts, ReadmeText
from nexus.library.facts.manifests.registry import MAX_MANIFESTS
from nexus.library.facts.project import project_facts, tells_facts
from nexus.library.facts.tests.made import ORIGIN, README, facts, values
from nexus.library.topics.catalogue import catalogue


def _real(examples, name, owner):
    folder = examples / name
    paths = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    files = {path: decode((folder / path).read_bytes(), path=path).text for path in paths}
    return facts(files, origin=f"https://github.com/{owner}/alx-project-nexus.git")


def _one(found, name):
    return next(fact for fact in found if fact.name is name)


def test_a_long_readme_of_both_tracks(examples):
    found = _real(examples, "LewisMagangi+alx-project-nexus", "LewisMagangi")
    assert _one(found, FactName.TITLE).value == "Fullstack social media platform"
    summary = _one(found, FactName.SUMMARY)
    assert summary.value.startswith("Project Nexus is a fullstack social media platform (Twitter")
    assert (summary.line, summary.is_guess) == (166, True)
    assert values(found, FactName.TRACK) == ["both"]
    assert {"django", "nextjs", "typescript", "postgresql", "nginx", "jwt"} <= set(
        values(found, FactName.TECHNOLOGY)
    )
    assert values(found, FactName.LIVE_ADDRESS) == [
        "https://alx-project-nexus-social.vercel.app/",
        "https://alx-project-nexus-nvh6.onrender.com/",
    ]
    assert values(found, FactName.API_ADDRESS) == [
        "https://alx-project-nexus-nvh6.onrender.com/api/schema/swagger-ui/"
    ]
    assert values(found, FactName.LICENCE) == ["MIT"]
    assert values(found, FactName.README_STATE) == ["good"]
    assert values(found, FactName.FOREIGN_ADDRESS) == []


def test_a_readme_with_a_telling_title(examples):
    found = _real(examples, "ShemaM+alx-project-nexus", "ShemaM")
    title = "Opportunities for Banyamulenge Youth in Kenya (BYN-K Platform)"
    assert _one(found, FactName.TITLE) == Fact(FactName.TITLE, title, README, 1, is_guess=True)
    assert _one(found, FactName.IDEA).value.startswith("The BYN-K Platform is a community-driven")
    assert _one(found, FactName.LICENCE).source == "byn-k-platform/LICENSE"
    assert values(found, FactName.TRACK) == ["both"]
    assert values(found, FactName.TECHNOLOGY)[:4] == [
        *("nextjs", "react", "typescript", "tailwind-css"),
    ]
    assert values(found, FactName.LIVE_ADDRESS) == []


def test_a_short_readme_without_a_title(examples):
    found = _real(examples, "baydre+alx-project-nexus", "baydre")
    assert values(found, FactName.TITLE) == ["Backend for a movie recommendation application"]
    assert values(found, FactName.TRACK) == ["backend"]
    assert {"django", "postgresql", "redis", "jwt", "docker", "docker-compose"} <= set(
        values(found, FactName.TECHNOLOGY)
    )
    assert {fact.line for fact in found if fact.value == "redis"} == {20}


def test_the_same_readme_in_somebody_elses_fork_shows_nothing_of_the_first_owner(examples):
    folder = examples / "LewisMagangi+alx-project-nexus"
    text = decode((folder / "backend/README.md").read_bytes(), path="README.md").text
    found = facts({README: text}, origin="https://github.com/ada/alx-project-nexus")
    assert values(found, FactName.LIVE_ADDRESS) == []
    assert values(found, FactName.FOREIGN_ADDRESS) == [
        "https://alx-project-nexus-nvh6.onrender.com/",
        "https://alx-project-nexus-nvh6.onrender.com/api/schema/swagger-ui/",
        "https://github.com/LewisMagangi/alx-project-nexus.git",
    ]


@pytest.mark.parametrize(
    ("path", "tells"),
    [
        ("README.md", True),
        ("backend/README.md", True),
        ("a/b/README.md", False),
        ("web/package.json", True),
        ("web/LICENSE", True),
        ("app/manage.py", True),
        ("app/tests.py", True),
        ("app/test_views.py", True),
        (".gitlab-ci.yml", True),
        ("CNAME", True),
        ("app/views.py", False),
        ("notes.md", False),
        ("node_modules/x/package.json", False),
    ],
)
def test_the_files_that_tell_facts_are_known(path, tells):
    assert tells_facts(path) is tells


def test_every_fact_has_a_meaning():
    assert set(MEANINGS) == set(FactName)


def test_manifests_say_what_no_readme_says():
    found = facts(
        {
            "package.json": '{"name": "hexa", "description": "A shop that sells hexagons.",'
            ' "homepage": "https://hexa.org"}',
            "docs/CNAME": "pages.hexa.org\n",
        }
    )
    assert values(found, FactName.TITLE) == ["Hexa"]
    assert values(found, FactName.SUMMARY) == ["A shop that sells hexagons."]
    assert values(found, FactName.LIVE_ADDRESS) == ["https://hexa.org", "https://pages.hexa.org"]
    assert values(found, FactName.README_STATE) == ["missing"]
    assert not any(fact.is_guess for fact in found)


@pytest.mark.parametrize(
    ("homepage", "name", "value"),
    [
        ("https://github.com/bob/hexa#readme", FactName.FOREIGN_ADDRESS, True),
        ("https://bob.github.io/hexa", FactName.FOREIGN_ADDRESS, True),
        ("https://ada.github.io/hexa", FactName.LIVE_ADDRESS, True),
        ("https://github.com/ada/hexa#readme", FactName.LIVE_ADDRESS, False),
        ("http://localhost:3000", FactName.LIVE_ADDRESS, False),
        (".", FactName.LIVE_ADDRESS, False),
    ],
)
def test_a_homepage_is_told_from_anothers(homepage, name, value):
    found = facts({"package.json": f'{{"homepage": "{homepage}"}}'})
    assert values(found, name) == ([homepage] if value else [])


@pytest.mark.parametrize("description", ["Add your description here", "My app", ""])
def test_what_tools_write_is_no_summary(description):
    found = facts({"package.json": f'{{"description": "{description}"}}'})
    assert values(found, FactName.SUMMARY) == []


def test_an_address_in_a_description_is_not_shown():
    text = '{"description": "Write to ada@hexa.org about all of it."}'
    assert values(facts({"package.json": text}), FactName.SUMMARY) == ["Write to about all of it."]


def test_readmes_of_parts_tell_of_the_whole_but_those_of_other_rooms_do_not():
    found = facts(
        {
            README: "# Hexa\n",
            "backend/README.md": "## Tech stack\n\nDjango\n\nLive: https://hexa.onrender.com\n",
            "projects/README.md": "## Tech stack\n\nFlutter\n",
            "backend/deep/README.md": "## Tech stack\n\nAngular\n",
        }
    )
    assert values(found, FactName.TECHNOLOGY) == ["django"]
    assert values(found, FactName.LIVE_ADDRESS) == ["https://hexa.onrender.com"]


def test_a_bounded_number_of_files_is_asked_for():
    names = ("package.json", "LICENSE", "tests.py", "README.md", "requirements.txt")
    tree = [f"a{n}/{name}" for n in range(500) for name in names]
    asked = Counter()

    def read(path):
        asked[path] += 1
        return ""

    project_facts(tree=tree, read=read, readme=None, git=GitFacts())
    assert asked.total() <= MAX_MANIFESTS + 20


def test_secrets_are_not_asked_for():
    asked = []
    project_facts(
        tree=[".ssh/package.json", "LICENSE.key", ".env"],
        read=asked.append,
        readme=None,
        git=GitFacts(),
    )
    assert asked == []


_PATHS = [
    *("package.json", "requirements.txt", "pyproject.toml", "LICENSE", "app/tests.py", "CNAME"),
    *("Dockerfile", "backend/README.md", ".github/workflows/a.yml", "compose.yaml", "a/../b"),
]


@given(
    files=st.dictionaries(st.sampled_from(_PATHS) | st.text(max_size=20), st.none() | st.text()),
    readme=st.none() | st.text(),
    said=st.dictionaries(st.sampled_from(["title", "summary"]), st.text() | st.integers()),
    origin=st.text(),
    contributors=st.lists(st.text(), max_size=3),
)
def test_whatever_a_project_holds_its_facts_are_well_formed(
    files, readme, said, origin, contributors
):
    found = project_facts(
        tree=list(files),
        read=files.get,
        readme=None if readme is None else ReadmeText(README, readme, front_matter=said),
        git=GitFacts(origin, tuple(contributors)),
    )
    _check(found)


def _check(found):
    counts = Counter(fact.name for fact in found)
    assert all(count == 1 for name, count in counts.items() if name not in REPEATED)
    assert len({(fact.name, fact.value) for fact in found}) == len(found)
    assert [fact.name for fact in found] == sorted(
        (fact.name for fact in found), key=list(FactName).index
    )
    for fact in found:
        assert fact.value
        assert len(fact.value) <= 500
        assert fact.line >= 0
        assert fact.name is not FactName.TECHNOLOGY or fact.value in catalogue().topics


@settings(max_examples=15)
@given(seed=st.integers())
def test_real_readmes_cut_and_spliced_give_well_formed_facts(examples, seed):
    chance = random.Random(seed)
    paths = sorted(examples.glob("*/README.md")) + sorted(examples.glob("*/*/README.md"))
    texts = [decode(path.read_bytes(), path=path.name).text for path in paths]
    pieces = []
    for text in chance.sample(texts, 4):
        at = chance.randrange(len(text))
        pieces.append(text[at : at + chance.randrange(6_000)])
    _check(facts({README: "".join(pieces)}, origin=ORIGIN))


@pytest.mark.parametrize(
    "part",
    [
        "word ",
        "A is a ",
        "[a](https://b.vercel.app) ",
        "https://a.b/ ",
        "git clone ",
        "![a](",
        "# Title\n\n",
        "**a**\n\n",
        "looking for ",
        "Project: ",
        "| a | b |\n|---|---|\n",
        "- Go\n",
        "> quote\n\n",
        "<h1>",
        "[your ",
        "a-",
        "e.g. A",
        "built with Go ",
        "a shop that ",
        "this project is licensed under ",
        "welcome to a, a shop ",
        "a\t",
        "#a\n",
    ],
)
def test_the_time_is_in_proportion_to_the_length_of_a_readme(part):
    def read(text):
        return facts({README: text})

    assert is_proportional(read, lambda size: part * (size // len(part)), size=15_000)


def test_a_readme_is_read_for_so_long():
    """What comes late in a README of thousands of items or rows names nothing any more."""
    items = "# S\n\n## Stack\n\n- Django\n" + "- not that\n" * page.MAX_BLOCKS + "- Redis\n"
    rows = "| Name |\n|---|\n| Celery |\n" + "| none |\n" * 600 + "| Kafka |\n"
    assert values(facts({README: items}), FactName.TECHNOLOGY) == ["django"]
    assert values(facts({README: f"# S\n\n## Stack\n\n{rows}"}), FactName.TECHNOLOGY) == ["celery"]

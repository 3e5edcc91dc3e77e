"""Promises of telling what a project is built with, and whose work that is."""

import pytest

from nexus.library.facts.fact import FactName
from nexus.library.facts.languages import languages
from nexus.library.facts.technologies import MAX_TECHNOLOGIES
from nexus.library.facts.tests.made import facts, values
from nexus.library.topics.catalogue import catalogue

_NEXT = '{"dependencies": {"next": "15", "react": "19"}}'


def _technologies(files):
    return values(facts(files), FactName.TECHNOLOGY)


def _track(files):
    return next(iter(values(facts(files), FactName.TRACK)), None)


@pytest.mark.parametrize(
    ("path", "text", "technology", "line"),
    [
        ("requirements.txt", "# web\nDjango==5.2\n", "django", 2),
        ("pyproject.toml", "[project]\ndependencies = [\n'celery',\n]", "celery", 3),
        ("Pipfile", "[packages]\nredis = '*'\n", "redis", 2),
        ("package.json", '{\n"dependencies": {"react": "19"}}', "react", 2),
        ("Dockerfile", "FROM python:3\n", "python", 1),
        ("compose.yaml", "services:\n  db:\n    image: postgres:16\n", "postgresql", 3),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n",
            "github-actions",
            4,
        ),
        ("go.mod", "module a\nrequire google.golang.org/grpc v1.1.0\n", "grpc", 2),
        ("Gemfile", "gem 'rails'\n", "rails", 1),
        ("composer.json", '{"require": {"laravel/framework": "12"}}', "laravel", 1),
        (
            "pom.xml",
            "<groupId>org.springframework.boot</groupId><artifactId>spring-boot</artifactId>",
            "spring-boot",
            0,
        ),
        ("manage.py", "", "django", 0),
        ("tailwind.config.js", "", "tailwind-css", 0),
    ],
)
def test_manifests_and_files_prove_technologies(path, text, technology, line):
    found = [fact for fact in facts({path: text}) if fact.value == technology]
    assert [(fact.source, fact.line, fact.is_guess) for fact in found] == [(path, line, False)]


@pytest.mark.parametrize(
    ("text", "technology", "line"),
    [
        ("# A\n\n## Tech Stack\n\n- **Django** 5\n- Redis\n", "redis", 6),
        (
            "# A\n\n## Built with\n\n| Part | What |\n|---|---|\n| Store | PostgreSQL |\n",
            "postgresql",
            7,
        ),
        ("# A\n\n## Technologies\n\n### Web\n\nWe use Next.js.\n", "nextjs", 7),
        ("# A\n\n![Django](https://img.shields.io/badge/Django-x.svg)\n", "django", 3),
        ("# A\n\nIt is built with **Next.js** and\nRedis. No more.\n", "redis", 3),
        ("# A\n\n| Layer | Technology |\n|---|---|\n| Store | PostgreSQL |\n", "postgresql", 5),
        ("# A\n\n🛠 Tech\nTechnology\tPurpose\nDjango\tthe server\n", "django", 5),
        ("# A\n\nUne boutique développée avec Django.\n", "django", 3),
        ("# Celery notes\n\nCelery runs what is slow.\n", "celery", 0),
    ],
)
def test_a_readme_lets_technologies_be_guessed(text, technology, line):
    found = [fact for fact in facts({"README.md": text}) if fact.value == technology]
    assert [(fact.line, fact.is_guess) for fact in found] == [(line, True)]


def test_what_is_proved_is_no_guess_any_more():
    files = {"README.md": "## Tech stack\n\nDjango, Redis\n", "requirements.txt": "redis\n"}
    found = {fact.value: fact.is_guess for fact in facts(files) if fact.name == "technology"}
    assert found == {"redis": False, "python": False, "django": True}


def test_concepts_and_tools_of_the_desk_are_no_technologies():
    files = {
        "README.md": "## Tech stack\n\nGit, caching and testing\n",
        "package.json": '{"dependencies": {"zod": "4", "eslint": "9"}}',
    }
    assert _technologies(files) == ["javascript"]


def test_other_peoples_manifests_prove_nothing():
    files = {
        "node_modules/x/package.json": _NEXT,
        "env/pyvenv.cfg": "",
        "env/lib/requirements.txt": "django",
        "vendor/Gemfile": "gem 'rails'",
    }
    assert _technologies(files) == []


def test_the_code_itself_tells_its_languages():
    files = {f"src/{n}.py": "" for n in range(19)} | {"x.rb": "", "y.tsx": "", "z.tsx": ""}
    assert _technologies(files) == ["python"]
    assert _technologies({**files, "z2.ts": ""}) == ["python", "typescript"]


def test_there_are_not_too_many_technologies():
    everything = "## Tech stack\n\n" + ", ".join(t.name for t in catalogue().topics.values())
    assert len(_technologies({"README.md": everything})) == MAX_TECHNOLOGIES


_LEARNT = (
    "# Nexus\n\nWhat I learnt in the ProDev Backend Engineering program.\n\n"
    "I worked with learners of the frontend: frontend is half of full-stack."
)


@pytest.mark.parametrize(
    ("files", "track"),
    [
        ({"manage.py": ""}, "backend"),
        ({"package.json": _NEXT}, "frontend"),
        ({"manage.py": "", "web/package.json": _NEXT}, "both"),
        ({"package.json": '{"dependencies": {"express": "5"}}'}, "backend"),
        ({"package.json": '{"dependencies": {"next": "15", "prisma": "6"}}'}, "both"),
        ({"package.json": '{"dependencies": {"expo": "53"}}'}, "frontend"),
        ({"pubspec.yaml": ""}, "frontend"),
        ({"requirements.txt": "requests"}, "backend"),
        ({"index.html": "", "style.css": ""}, "frontend"),
        ({"backend/README.md": "", "frontend/README.md": ""}, "both"),
        ({"backend/notes.md": ""}, "backend"),
        ({"README.md": "# Shop backend\n\nTalks with the frontend.\n"}, "backend"),
        ({"README.md": "# Shop\n\nA full-stack shop: backend and frontend."}, "both"),
        ({"README.md": "# Shop\n\nBackend backend backend, full stack, frontend."}, "both"),
        ({"README.md": "# Shop\n\n## Tech stack\n\nReact\n"}, "frontend"),
        ({"README.md": "# Poems\n\nRoses are red."}, None),
        ({"README.md": _LEARNT}, "backend"),
        ({"README.md": f"{_LEARNT}\n\n## Stack\n\nReact Native."}, "both"),
        ({"README.md": "# Nexus\n\nOf Backend Engineering and Frontend Engineering."}, "both"),
        ({}, None),
    ],
)
def test_the_track_is_told_by_files_first_and_by_words_last(files, track):
    assert _track(files) == track


@pytest.mark.parametrize(
    ("files", "source", "is_guess"),
    [
        ({"app/manage.py": ""}, "app/manage.py", False),
        ({"backend/x.md": ""}, "backend/x.md", True),
        ({"README.md": "# My backend"}, "README.md", True),
    ],
)
def test_the_track_says_where_it_is_from(files, source, is_guess):
    track = next(fact for fact in facts(files) if fact.name is FactName.TRACK)
    assert (track.source, track.is_guess) == (source, is_guess)


def test_languages_are_told_by_size():
    found = languages(
        [
            ("app/a.py", 600),
            ("web/b.ts", 200),
            ("web/c.tsx", 100),
            ("d.css", 100),
            ("README.md", 9_000),
            ("data.json", 9_000),
            ("node_modules/x.js", 9_000),
            ("app.min.js", 9_000),
            ("huge.sql", 2_000_000),
            ("empty.go", 0),
        ]
    )
    assert [(share.name, share.share, share.size_bytes) for share in found] == [
        ("Python", 0.6, 600),
        ("TypeScript", 0.3, 300),
        ("CSS", 0.1, 100),
    ]


def test_without_code_there_are_no_languages():
    assert languages([("README.md", 10)]) == ()


@pytest.mark.parametrize(
    "words",
    [
        "We do not use MongoDB.",
        "It doesn't need MongoDB, since Redis is enough.",
        "I would like to learn MongoDB some day.",
        "Redis instead of MongoDB.",
        "Nous n'utilisons pas MongoDB.",
        "Redis plutôt que MongoDB.",
        "\n\n## Future work\n\nMongoDB for the logs.",
        "A file for the logs now, MongoDB later.",
        "**MongoDB stubbed** — it keeps nothing.",
        "The client of MongoDB is commented out in the settings.",
        "A file for the logs, easily swappable for MongoDB.",
    ],
)
def test_what_is_denied_or_wished_for_is_nothing_it_is_built_with(words):
    readme = f"# Shop\n\n## Tech stack\n\nDjango and Redis.\n{words}\n"
    assert "mongodb" not in _technologies({"README.md": readme})
    assert {"django", "redis"} <= set(_technologies({"README.md": readme}))


@pytest.mark.parametrize(
    "words",
    [
        "MongoDB keeps the logs. It does not need MongoDB Atlas.",
        "Not only Redis but MongoDB as well.",
        "Without a plan, MongoDB it is.",
        "Needs MongoDB 6 or later.",
        "Some routes are stubbed. MongoDB keeps the rest.",
        "```sh\npip install mongodb  # not much\n```\nNever trust MongoDB.",
    ],
)
def test_what_is_named_elsewhere_too_is_a_guess_all_the_same(words):
    assert "mongodb" in _technologies({"README.md": f"# Shop\n\n## Stack\n\nDjango.\n\n{words}\n"})


@pytest.mark.parametrize(
    ("opening", "technologies"),
    [
        ("FastAPI backend for a shop of hexagons.", ["fastapi"]),
        ("Hexa is a Flask web app for hexagons.", ["flask"]),
        ("This is a Django REST API that sells.", ["django-rest-framework"]),
    ],
)
def test_the_first_words_on_a_project_may_call_it_by_what_it_is_made_with(opening, technologies):
    assert _technologies({"README.md": f"# Hexa\n\n{opening}\n"}) == technologies


def test_the_commands_of_a_readme_are_no_technology() -> None:
    commands = "```bash\nmkdir hexa && cd hexa\n./run.sh --all\n```\n\n" * 3
    assert _technologies({"README.md": f"# Hexa\n\nIt runs so:\n\n{commands}"}) == []
    told = f"# Hexa\n\n## Tech stack\n\n- Bash scripts\n\n{commands}"
    assert _technologies({"README.md": told}) == ["shell-scripting"]


def test_what_installs_a_front_end_is_not_what_it_is_made_of() -> None:
    commands = "## Setup\n\nInstall Node.js 20, then:\n\n```sh\nnpm install\nnpm start\n```\n"
    assert "nodejs" not in _technologies({"README.md": f"# Hexa\n\nA React app.\n\n{commands}"})
    told = f"# Hexa\n\nBuilt with React and Node.js.\n\n{commands}"
    assert {"react", "nodejs"} <= set(_technologies({"README.md": told}))


def test_french_says_what_it_is_based_on() -> None:
    assert _technologies({"README.md": "# Hexa\n\nUne API basée sur Flask.\n"}) == ["flask"]

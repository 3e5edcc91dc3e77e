"""Promises of telling whether a project is tested and built, and its licence."""

import pytest

from nexus.library.facts.checks import MAX_LOOKED_INTO
from nexus.library.facts.fact import FactName
from nexus.library.facts.tests.made import facts, values

_MIT = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy"
_FRAME = "from django.test import TestCase\n\n# Create your tests here.\n"
_TEST = "class T(TestCase):\n    def test_it(self):\n        pass\n"


@pytest.mark.parametrize(
    "path",
    [
        "tests/test_views.py",
        "app/views_test.py",
        "src/App.test.tsx",
        "src/app.spec.js",
        "e2e/login.cy.ts",
        "main_test.go",
        "spec/user_spec.rb",
        "src/test/java/HexaTest.java",
    ],
)
def test_files_with_tests_are_known_by_their_names(path):
    found = [fact for fact in facts({path: ""}) if fact.name is FactName.HAS_TESTS]
    assert [(fact.value, fact.source, fact.is_guess) for fact in found] == [("yes", path, False)]


@pytest.mark.parametrize(
    "path", ["tests/README.md", "testing.py", "latest.py", "contest.js", "node_modules/a.test.js"]
)
def test_other_files_are_no_tests(path):
    assert values(facts({path: ""}), FactName.HAS_TESTS) == []


def test_a_frame_without_tests_does_not_count():
    assert values(facts({"app/tests.py": _FRAME}), FactName.HAS_TESTS) == []
    assert values(facts({"app/tests.py": _FRAME + _TEST}), FactName.HAS_TESTS) == ["yes"]


def test_only_a_few_frames_are_looked_into():
    files = {f"a{n}/tests.py": _FRAME for n in range(MAX_LOOKED_INTO)}
    assert values(facts({**files, "z/tests.py": _TEST}), FactName.HAS_TESTS) == []


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (".github/workflows/ci.yml", "GitHub Actions"),
        (".gitlab-ci.yml", "GitLab CI"),
        ("ops/Jenkinsfile", "Jenkins"),
        (".circleci/config.yml", "CircleCI"),
        (".travis.yml", "Travis CI"),
    ],
)
def test_the_service_that_builds_is_told(path, service):
    assert values(facts({path: ""}), FactName.HAS_CI) == [service]


def test_several_services_are_told_and_other_files_of_github_are_none():
    files = {".travis.yml": "", ".github/workflows/a.yml": "", ".github/workflows/b.yml": ""}
    assert values(facts(files), FactName.HAS_CI) == ["GitHub Actions", "Travis CI"]
    assert values(facts({".github/dependabot.yml": ""}), FactName.HAS_CI) == []


@pytest.mark.parametrize(
    ("files", "licence", "source", "is_guess"),
    [
        ({"LICENSE": _MIT, "README.md": "## Licence\n\nGPL-3"}, "MIT", "LICENSE", False),
        ({"web/LICENSE": _MIT}, "MIT", "web/LICENSE", False),
        ({"package.json": '{"license": "Apache-2.0"}'}, "Apache-2.0", "package.json", False),
        ({"README.md": "# A\n\n## 📄 License\n\nUnder the MIT License."}, "MIT", "README.md", True),
        (
            {"README.md": "## License\n\nGeneral Public License v2"},
            "GPL-2.0",
            "README.md",
            True,
        ),
        ({"README.md": "## Licence\n\nApache License 2.0"}, "Apache-2.0", "README.md", True),
        ({"README.md": "# A\n\nThe code is released under MIT."}, "MIT", "README.md", True),
        ({"README.md": "# A\n\nCe projet est sous licence MIT."}, "MIT", "README.md", True),
        (
            {"README.md": "# A\n\n![License](https://img.shields.io/badge/license-MIT-blue)"},
            "MIT",
            "README.md",
            True,
        ),
    ],
)
def test_the_licence_is_told_by_the_best_source(files, licence, source, is_guess):
    found = [fact for fact in facts(files) if fact.name is FactName.LICENCE]
    assert [(fact.value, fact.source, fact.is_guess) for fact in found] == [
        (licence, source, is_guess)
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"LICENSE": "All rights reserved."},
        {"package.json": '{"license": "SEE LICENSE IN words"}'},
        {"README.md": "# A\n\nI studied at MIT."},
        {"README.md": "# A\n\nReact is licensed under MIT, and this project is written in it."},
        {"README.md": "# A\n\n![x](https://img.shields.io/badge/made_at-MIT-blue)"},
        {"README.md": "```\nhttps://img.shields.io/badge/license-MIT-blue\n```"},
        {"README.md": "## License\n\nThis project is part of a programme."},
    ],
)
def test_what_is_no_licence_is_not_taken_for_one(files):
    assert values(facts(files), FactName.LICENCE) == []

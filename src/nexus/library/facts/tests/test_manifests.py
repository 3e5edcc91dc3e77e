"""Promises of reading manifests, each format by itself."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.tests.effort import is_proportional
from nexus.library.facts.manifests.base import MAX_PACKAGES
from nexus.library.facts.manifests.compose import read_compose
from nexus.library.facts.manifests.composer import read_composer
from nexus.library.facts.manifests.dockerfile import read_dockerfile
from nexus.library.facts.manifests.gemfile import read_gemfile
from nexus.library.facts.manifests.go_mod import read_go_mod
from nexus.library.facts.manifests.images import image_name
from nexus.library.facts.manifests.java import read_gradle, read_pom
from nexus.library.facts.manifests.package_json import read_package_json
from nexus.library.facts.manifests.pipfile import read_pipfile
from nexus.library.facts.manifests.pyproject import read_pyproject
from nexus.library.facts.manifests.registry import (
    MAX_MANIFEST,
    MAX_MANIFESTS,
    read_manifests,
    reader_of,
)
from nexus.library.facts.manifests.requirements import read_requirements
from nexus.library.facts.manifests.workflows import read_workflow

READERS = (
    read_compose,
    read_composer,
    read_dockerfile,
    read_gemfile,
    read_go_mod,
    read_gradle,
    read_package_json,
    read_pipfile,
    read_pom,
    read_pyproject,
    read_requirements,
    read_workflow,
)


def _names(reading):
    return [package.name for package in reading.packages]


def test_requirements_are_read_with_their_lines():
    reading = read_requirements(
        "# web\n"
        "-r base.txt\n"
        "--requirement=more/dev.txt\n"
        "-c constraints.txt\n"
        "--index-url https://pypi.example/simple\n"
        "Django[argon2]>=5.2,<6 ; python_version >= '3.11'  # the web\n"
        "djangorestframework_simplejwt==5.3 \\\n"
        "    --hash=sha256:abc \\\n"
        "    --hash=sha256:def\n"
        "\n"
        "-e git+https://github.com/ada/hexa.git@main#egg=Hexa.Tools\n"
        "requests @ https://files.example/requests.whl\n"
        "https://files.example/nameless.whl\n"
        "./local\n"
        "django\n"
    )
    assert [(package.name, package.line) for package in reading.packages] == [
        ("django", 6),
        ("djangorestframework-simplejwt", 7),
        ("hexa-tools", 11),
        ("requests", 12),
    ]
    assert reading.includes == ("base.txt", "more/dev.txt")


def test_a_python_project_is_read_in_every_dialect():
    reading = read_pyproject(
        """
        [project]
        name = "hexa"
        description = "A shop."
        license = {text = "MIT"}
        dependencies = ["django>=5", "celery", 7]
        urls = {Homepage = "https://hexa.org"}
        [project.optional-dependencies]
        files = ["boto3"]
        [dependency-groups]
        dev = ["pytest", {include-group = "other"}]
        [tool.uv]
        dev-dependencies = ["ruff"]
        [tool.pdm.dev-dependencies]
        test = ["coverage"]
        [tool.poetry]
        name = "unused"
        [tool.poetry.dependencies]
        python = "^3.11"
        redis = "*"
        [tool.poetry.dev-dependencies]
        black = "*"
        [tool.poetry.group.docs.dependencies]
        mkdocs = "*"
        """
    )
    assert _names(reading) == [
        *("django", "celery", "boto3", "pytest", "coverage", "ruff", "redis", "black", "mkdocs"),
    ]
    assert (reading.name, reading.description, reading.licence, reading.homepage) == (
        *("hexa", "A shop.", "MIT", "https://hexa.org"),
    )


def test_a_project_of_poetry_says_its_name_too():
    reading = read_pyproject('[tool.poetry]\nname = "hexa"\nlicense = "MIT"\nhomepage = "h"')
    assert (reading.name, reading.licence, reading.homepage) == ("hexa", "MIT", "h")


def test_a_pipfile_is_read():
    text = '[packages]\nDjango = "*"\n[dev-packages]\npytest = "*"\n'
    assert _names(read_pipfile(text)) == ["django", "pytest"]


def test_a_package_of_npm_is_read():
    reading = read_package_json(
        json.dumps(
            {
                "name": "hexa",
                "description": "A  shop.",
                "homepage": "https://hexa.org",
                "license": "MIT",
                "dependencies": {"react": "19", "@mui/material": "7"},
                "devDependencies": {"jest": "30", "react": "19"},
                "peerDependencies": ["no", "mapping"],
            }
        )
    )
    assert _names(reading) == ["react", "@mui/material", "jest"]
    assert {package.ecosystem for package in reading.packages} == {"npm"}
    assert (reading.name, reading.description, reading.licence) == ("hexa", "A shop.", "MIT")


def test_the_licence_that_npm_writes_unasked_is_none():
    assert read_package_json('{"license": "ISC"}').licence == ""
    assert read_package_json('{"license": {"type": "MIT"}}').licence == "MIT"


def test_a_dockerfile_names_its_images_but_not_its_stages():
    reading = read_dockerfile(
        "ARG V=3\n"
        "FROM --platform=$BUILDPLATFORM python:3.12-slim AS build\n"
        "RUN echo FROM nothing\n"
        "from build as test\n"
        "FROM ${BASE}\n"
        "FROM scratch\n"
        "FROM docker.io/library/nginx@sha256:abc\n"
    )
    assert [(package.name, package.line) for package in reading.packages] == [
        ("python", 2),
        ("nginx", 7),
    ]


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("postgres:16-alpine", "postgres"),
        ("bitnami/redis", "bitnami/redis"),
        ("ghcr.io/ada/hexa:1", "ada/hexa"),
        ("localhost:5000/hexa", "hexa"),
        ("registry.example:5000/a/b:c", "a/b"),
        ("$IMAGE", ""),
        ("", ""),
        (None, ""),
        ("two words", ""),
    ],
)
def test_an_image_is_known_by_its_name(reference, name):
    assert image_name(reference) == name


def test_a_compose_file_names_its_images():
    text = (
        "services:\n  db:\n    image: postgres:16\n  web:\n    build: .\n"
        "  cache: {image: redis}\n  odd: text\n"
    )
    assert _names(read_compose(text)) == ["postgres", "redis"]


def test_a_workflow_names_its_actions_and_services():
    text = (
        "on: push\njobs:\n  test:\n    container: python:3.12\n"
        "    services:\n      db: {image: 'postgres:16'}\n"
        "    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n"
        "      - uses: ./local\n      - just text\n  other: text\n"
    )
    found = [(package.ecosystem, package.name) for package in read_workflow(text).packages]
    assert found == [("github", "actions/checkout"), ("docker", "postgres"), ("docker", "python")]


def test_a_go_module_names_what_it_requires():
    text = (
        "module github.com/ada/hexa\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n"
        "require (\n\tgoogle.golang.org/grpc v1.70.0 // indirect\n)\n"
        "replace a.b/c v1.0.0 => ../c\n"
    )
    reading = read_go_mod(text)
    assert reading.name == "hexa"
    assert [(package.name, package.line) for package in reading.packages] == [
        ("github.com/gin-gonic/gin", 5),
        ("google.golang.org/grpc", 7),
    ]


def test_a_gemfile_names_its_gems():
    text = "source 'https://rubygems.org'\ngem 'rails', '~> 8'\n  gem(\"pg\")\n# gem 'no'\n"
    assert _names(read_gemfile(text)) == ["rails", "pg"]


def test_a_composer_file_names_its_packages():
    text = json.dumps(
        {
            "name": "ada/hexa",
            "require": {"php": "^8", "laravel/framework": "^12"},
            "require-dev": {"phpunit/phpunit": "^12"},
        }
    )
    reading = read_composer(text)
    assert _names(reading) == ["laravel/framework", "phpunit/phpunit"]
    assert reading.name == "hexa"


def test_a_maven_project_names_its_dependencies():
    text = (
        "<project><parent><groupId>org.springframework.boot</groupId>\n"
        "<artifactId>spring-boot-starter-parent</artifactId></parent>\n<dependencies><dependency>"
        "<groupId> org.postgresql </groupId>\n  <artifactId>postgresql</artifactId>"
        "</dependency></dependencies></project>"
    )
    assert _names(read_pom(text)) == [
        "org.springframework.boot:spring-boot-starter-parent",
        "org.postgresql:postgresql",
    ]


def test_a_gradle_build_names_dependencies_and_plugins():
    text = (
        'plugins { id("org.springframework.boot") version "3" }\n'
        "dependencies { implementation 'org.postgresql:postgresql:42' }\n"
    )
    assert _names(read_gradle(text)) == [
        "org.postgresql:postgresql",
        "org.springframework.boot:org.springframework.boot.gradle.plugin",
    ]


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        ("requirements.txt", read_requirements),
        ("backend/requirements-dev.txt", read_requirements),
        ("requirements/base.txt", read_requirements),
        ("dev-requirements.in", read_requirements),
        ("pyproject.toml", read_pyproject),
        ("Pipfile", read_pipfile),
        ("web/package.json", read_package_json),
        ("Dockerfile", read_dockerfile),
        ("deploy/Dockerfile.prod", read_dockerfile),
        ("web.Dockerfile", read_dockerfile),
        ("docker-compose.prod.yml", read_compose),
        ("compose.yaml", read_compose),
        (".github/workflows/ci.yml", read_workflow),
        ("go.mod", read_go_mod),
        ("Gemfile", read_gemfile),
        ("composer.json", read_composer),
        ("pom.xml", read_pom),
        ("app/build.gradle.kts", read_gradle),
        ("package-lock.json", None),
        ("notes/requirements.md", None),
        (".github/ci.yml", None),
        ("Gemfile.lock", None),
        ("docker-compose.md", None),
    ],
)
def test_a_manifest_is_known_by_its_path(path, reader):
    assert reader_of(path) is reader


def test_manifests_near_the_root_come_first_and_few_are_read():
    files = {f"a/b/{n}/package.json": "{}" for n in range(100)} | {"package.json": "{}"}
    asked = []

    def read(path):
        asked.append(path)
        return files[path]

    found = [path for path, _, _ in read_manifests(list(files), read)]
    assert found[0] == "package.json"
    assert len(found) == len(asked) == MAX_MANIFESTS


def test_included_requirements_are_read_once_and_only_from_the_tree():
    files = {
        "app/requirements.txt": "-r ../deps/base.txt\n-r ../../etc/passwd\n-r requirements.txt\n",
        "deps/base.txt": "-r ../app/requirements.txt\ndjango\n",
    }
    found = {path: _names(reading) for path, _, reading in read_manifests(list(files), files.get)}
    assert found == {"app/requirements.txt": [], "deps/base.txt": ["django"]}


def test_a_manifest_that_is_too_long_or_unreadable_is_passed_over():
    files = {"requirements.txt": "a\n" * MAX_MANIFEST, "package.json": None}
    assert list(read_manifests(list(files), files.get)) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "[" * 100_000,
        '{"dependencies":' * 20_000,
        '{"dependencies": [1], "name": {}, "license": 3}',
        "a" * 100_000,
        "a." * 50_000 + " = 1",
        "[" + "a." * 1_900 + "a]\n",
        "project = 3\ntool = []\n",
        "project.dependencies = 3\ntool.poetry = []\n",
        "a: &a [*a]\n",
        "services: 3\njobs: [1]\n",
        "jobs:\n  a:\n    steps: {b: c}\n    services: [1]\n",
        "a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nservices: [*c]\n",
        "1" * 50_000,
        "\ud800",
    ],
)
def test_a_hostile_manifest_says_nothing_and_harms_nobody(reader, text):
    reading = reader(text)
    assert reading.name == reading.description == ""
    assert len(reading.packages) <= 1


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text())
def test_any_text_is_survived(reader, text):
    assert len(reader(text).packages) <= MAX_PACKAGES


_PARTS = ["a\n", "a.", "FROM a AS b\n", "<groupId>", "<groupId> ", "'a:", "gem 'a'\n", "- r"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("part", [*_PARTS, '"a:b', "[a]\n", "id ('", "a==1 \\\n"])
def test_the_time_is_in_proportion_to_the_length(reader, part):
    assert is_proportional(reader, lambda size: part * (size // len(part)), size=8_000)

"""Promises of telling where a project runs, and whose an address is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.facts.addresses import MAX_LINKS, address_facts, foreign_addresses, sightings
from nexus.library.facts.fact import FactName, GitFacts
from nexus.library.facts.tests.made import ORIGIN, page
from nexus.library.facts.web import origin_of, web_address


def _found(text, name, *, origin=ORIGIN, contributors=(), track=""):
    facts = address_facts([page(text)], GitFacts(origin, contributors), track=track)
    return [fact.value for fact in facts if fact.name is name]


def _live(text, **more):
    return _found(text, FactName.LIVE_ADDRESS, **more)


def _api(text, **more):
    return _found(text, FactName.API_ADDRESS, **more)


def _foreign(text, *, origin=ORIGIN, contributors=()):
    facts = foreign_addresses([page(text)], GitFacts(origin, contributors))
    return [(fact.value, fact.line) for fact in facts]


@pytest.mark.parametrize(
    "text",
    [
        "**Live demo:** https://hexa.onrender.com",
        "- **Frontend (App):** [https://hexa.onrender.com](https://hexa.onrender.com)",
        "[Live Demo](https://hexa.onrender.com)",
        "[**Live Demo**](https://hexa.onrender.com) | [Docs](https://docs.python.org)",
        "## Live Demo\n\nhttps://hexa.onrender.com",
        "## Contact\n\nAda  \nRender deployment: https://hexa.onrender.com",
        "| Resource | Address |\n|---|---|\n| Live app | https://hexa.onrender.com |",
        'See <a href="https://hexa.onrender.com">the app</a>.',
        "Hosted project : https://hexa.onrender.com",
    ],
)
def test_a_live_address_is_found_however_it_is_written(text):
    assert _live(text) == ["https://hexa.onrender.com"]


@pytest.mark.parametrize(
    "text",
    [
        "Live at https://hexa.example.com",
        "Live at http://localhost:8000",
        "Live at http://127.0.0.1:8000/",
        "Live at http://192.168.0.7/",
        "Live at https://your-app.onrender.com",
        "Live at https://yourdomain.vercel.app",
        "Live at https://<your-site>.vercel.app",
        "Live at https://xxxx.ngrok.io/",
        "Live demo video: https://www.youtube.com/watch?v=1",
        "Deployed on [Render](https://render.com)",
        "Live on [Vercel](https://vercel.com/)",
        "[Source](https://github.com/ada/alx-project-nexus)",
        "Made with [Next.js](https://nextjs.org)",
        "## Author\n\nhttps://ada.vercel.app",
        "My portfolio: https://ada.vercel.app",
        "Inspired by https://clone.vercel.app",
        "The live site of a friend: https://clone.vercel.app",
        "![shot](https://hexa.onrender.com/shot.png)",
        "```\nexport URL=https://hexa.onrender.com\n```",
        "[a home page](https://hexa.org)",
        "Live at javascript:alert(1)",
        "Live at https://[::1]/",
        "Live at https://user:word@hexa.org",  # nexus:allow
    ],
)
def test_what_is_no_live_address_is_not_taken(text):
    assert _live(text) == []


@pytest.mark.parametrize("label", ["Website: ", "My blog: ", "", "Portfolio demo: "])
def test_what_stands_among_people_is_theirs_unless_it_is_said_to_run_there(label: str) -> None:
    assert _live(f"## Contact\n\n{label}https://ada.netlify.app") == []


def test_a_domain_of_its_own_needs_words_that_say_so():
    assert _live("Visit https://hexa.org") == ["https://hexa.org"]
    assert _live("See https://hexa.org") == []


def test_a_host_is_one_place_where_a_project_runs():
    text = "App: https://hexa.fly.dev/\n\nAdmin: https://hexa.fly.dev/admin/\n"
    assert _live(f"{text}\n[**Documentation**](https://docs.hexa.vercel.app)") == [
        "https://hexa.fly.dev/"
    ]


def test_pages_below_the_owners_name_are_the_owners():
    assert _live("See https://ada.github.io/hexa/") == ["https://ada.github.io/hexa/"]
    assert _live("Sorted by https://pycqa.github.io/isort/") == []


def test_what_people_open_comes_before_what_programs_call():
    text = "- Backend: https://hexa.onrender.com\n- App: https://hexa.vercel.app\n"
    assert _live(text) == ["https://hexa.vercel.app", "https://hexa.onrender.com"]


def test_a_frontend_does_not_run_where_its_backend_is():
    text = "# Hexa\n\nBackend API: `https://hexa.onrender.com/api`\n"
    assert _live(text) == ["https://hexa.onrender.com/api"]
    assert _live(text, track="frontend") == []


def test_an_address_is_told_once_with_its_first_line():
    text = "# A\n\nhttps://hexa.vercel.app/\n\nLive: http://www.hexa.vercel.app\n"
    facts = list(address_facts([page(text)], GitFacts()))
    assert [(fact.value, fact.line) for fact in facts] == [("https://hexa.vercel.app/", 3)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://hexa.onrender.com/api/docs/", "https://hexa.onrender.com/api/docs/"),
        ("- **Swagger:** https://hexa.org/swagger/", "https://hexa.org/swagger/"),
        ("[API docs](https://hexa.onrender.com/docs)", "https://hexa.onrender.com/docs"),
        ("https://hexa.fly.dev/openapi.json", "https://hexa.fly.dev/openapi.json"),
        (
            "https://documenter.getpostman.com/view/12/hexa",
            "https://documenter.getpostman.com/view/12/hexa",
        ),
    ],
)
def test_a_description_of_the_interface_is_found(text, address):
    assert _api(text) == [address]
    assert _live(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8000/swagger/",
        "[Swagger](https://swagger.io/docs/)",
        "[Next.js docs](https://nextjs.org/docs)",
        "[the docs](https://hexa.org/docs)",
        "[FastAPI docs](https://docs.python.org/api/docs/)",
    ],
)
def test_other_documentation_is_not_taken(text):
    assert _api(text) == []


_CLONE = "```bash\ngit clone {address}\ncd it\n```\n"


@pytest.mark.parametrize(
    ("text", "address", "line"),
    [
        (
            _CLONE.format(address="https://github.com/bob/alx-project-nexus.git"),
            "https://github.com/bob/alx-project-nexus.git",
            2,
        ),
        (
            _CLONE.format(address="git@github.com:bob/alx-project-nexus.git"),
            "https://github.com/bob/alx-project-nexus.git",
            2,
        ),
        (
            "```bash\nhttps://github.com/bob/alx-project-nexus\ncd alx-project-nexus\n```\n",
            "https://github.com/bob/alx-project-nexus",
            2,
        ),
        (
            "# A\n\nRun `git clone --depth 1 https://github.com/bob/hexa`",
            "https://github.com/bob/hexa",
            3,
        ),
        (
            "![stars](https://img.shields.io/github/stars/bob/alx-project-nexus?style=social)",
            "https://img.shields.io/github/stars/bob/alx-project-nexus?style=social",
            1,
        ),
        (
            "![CI](https://img.shields.io/github/actions/workflow/status/bob/hexa/ci.yml)",
            "https://img.shields.io/github/actions/workflow/status/bob/hexa/ci.yml",
            1,
        ),
        (
            "![CI](https://github.com/bob/hexa/actions/workflows/ci.yml/badge.svg)",
            "https://github.com/bob/hexa/actions/workflows/ci.yml/badge.svg",
            1,
        ),
        ("![cov](https://codecov.io/gh/bob/hexa/x.svg)", "https://codecov.io/gh/bob/hexa/x.svg", 1),
        (
            "**Project Link**: [here](https://github.com/bob/hexa)",
            "https://github.com/bob/hexa",
            1,
        ),
        (
            "Report [bugs](https://github.com/bob/hexa/issues)",
            "https://github.com/bob/hexa/issues",
            1,
        ),
    ],
)
def test_what_stands_as_ones_own_but_is_anothers_is_told_with_its_line(text, address, line):
    assert _foreign(text) == [(address, line)]


@pytest.mark.parametrize(
    "text",
    [
        _CLONE.format(address="https://github.com/ada/alx-project-nexus.git"),
        _CLONE.format(address="https://github.com/Ada/another-name"),
        _CLONE.format(address="https://github.com/your-username/alx-project-nexus"),
        _CLONE.format(address="<repository-url>"),
        "Uses [a plugin](https://github.com/jsx-eslint/eslint-plugin-jsx-a11y).",
        "Waits for [a repair](https://github.com/encode/django-rest-framework/issues/12).",
        "**Frontend repository:** https://github.com/bob/alx-project-nexus",
        "Forked from the original repository https://github.com/bob/hexa",
        "```\nhttps://github.com/bob/lists\nhttps://github.com/eve/hexa\n```\n",
        "## Author\n\n**Ada L.** - [GitHub](https://github.com/ada-of-old)",
        "![Django](https://img.shields.io/badge/Django-5-green)",
        _CLONE.format(address="https://github.com/ada/alx-project-nexus")
        + "\n"
        + _CLONE.format(address="https://github.com/pyenv/pyenv.git"),
    ],
)
def test_what_is_ones_own_or_rightly_anothers_is_not_foreign(text):
    assert _foreign(text) == []


def test_who_writes_commits_is_no_stranger():
    text = _CLONE.format(address="https://github.com/BobBuilder/hexa")
    assert _foreign(text)
    assert _foreign(text, contributors=("Ada", "Bob Builder")) == []


@pytest.mark.parametrize("address", ["ton-utilisateur/ton-projet", "votre-pseudo/hexa"])
def test_what_a_reader_shall_fill_in_is_nobodys(address: str) -> None:
    assert _foreign(f"```\ngit clone https://github.com/{address}.git\ncd hexa\n```\n") == []
    assert _foreign("```\ngit clone https://github.com/bob/mon-projet.git\ncd hexa\n```\n") != []
    assert _foreign("```\ngit clone https://github.com/tonic/hexa.git\ncd hexa\n```\n") != []


def test_without_a_known_origin_nobody_is_a_stranger():
    text = _CLONE.format(address="https://github.com/bob/hexa")
    assert _foreign(text, origin="") == []


def test_a_copied_readme_shows_the_program_of_another():
    text = (
        _CLONE.format(address="https://github.com/bob/hexa") + "\nLive: https://hexa.vercel.app\n"
    )
    assert _live(text) == []
    assert ("https://hexa.vercel.app", 6) in _foreign(text)


def test_a_readme_with_one_stray_badge_still_shows_its_own_program():
    text = (
        "![stars](https://img.shields.io/github/stars/bob/hexa)\n\n"
        + _CLONE.format(address="https://github.com/ada/hexa")
        + "\nLive: https://hexa.vercel.app\n"
    )
    assert _live(text) == ["https://hexa.vercel.app"]
    assert [address for address, _ in _foreign(text)] == [
        "https://img.shields.io/github/stars/bob/hexa"
    ]


def test_the_program_of_a_partner_is_theirs_wherever_it_is_named():
    text = (
        "# Hexa\n\nLive: https://hexa-front.vercel.app\n\nAPI: https://hexa.onrender.com\n\n"
        "## Frontend collaboration\n\n"
        "- Frontend repository: https://github.com/bob/alx-project-nexus\n"
        "- Live demo: https://hexa-front.vercel.app/\n"
    )
    assert _live(text) == ["https://hexa.onrender.com"]


def test_a_bounded_number_of_links_is_looked_at():
    many = "".join(f"https://a{n}.vercel.app\n" for n in range(2_000))
    assert len(list(sightings(page(many)))) == MAX_LINKS


def test_git_knows_where_the_repository_is():
    facts = list(address_facts([], GitFacts("git@github.com:ada/hexa.git")))
    assert [(fact.value, fact.source, fact.is_guess) for fact in facts] == [
        ("https://github.com/ada/hexa", "git", False)
    ]


def test_without_an_origin_the_clone_command_tells():
    text = _CLONE.format(address="https://github.com/ada/hexa.git")
    assert _found(text, FactName.REPOSITORY_ADDRESS, origin="") == ["https://github.com/ada/hexa"]


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/ada/hexa.git",
        "https://github.com/ada/hexa",
        "https://github.com/ada/hexa/",
        "https://token@github.com/ada/hexa.git",
        "http://ada:secret@github.com/ada/hexa.git",  # nexus:allow
        "git@github.com:ada/hexa.git",
        "ssh://git@github.com/ada/hexa.git",
        "git://github.com/ada/hexa.git",
    ],
)
def test_every_form_of_a_remote_leads_to_one_address(remote):
    origin = origin_of(remote)
    assert origin is not None
    assert (origin.owner, origin.repository) == ("ada", "hexa")
    assert origin.address.removeprefix("http://").removeprefix("https://") == "github.com/ada/hexa"


@pytest.mark.parametrize(
    "remote", ["", "/srv/hexa.git", "C:\\hexa", "https://github.com/", "https://localhost/a/b", "x"]
)
def test_a_folder_or_a_private_machine_is_no_origin(remote):
    assert origin_of(remote) is None


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://ada.github.io/hexa/", ("ada", "hexa")),
        ("https://ada.github.io/", ("ada", "ada.github.io")),
        ("https://raw.githubusercontent.com/ada/hexa/main/x.png", ("ada", "hexa")),
        ("https://coveralls.io/repos/github/ada/hexa/badge.svg", ("ada", "hexa")),
        ("https://img.shields.io/github/v/release/ada/hexa", ("ada", "hexa")),
        ("https://img.shields.io/github/license", ("", "")),
        ("https://img.shields.io/badge/a-b-c", ("", "")),
        ("https://github.com/ada", ("ada", "")),
        ("https://hexa.org/ada/hexa", ("", "")),
    ],
)
def test_an_address_names_its_owner(address, owner):
    web = web_address(address)
    assert web is not None
    assert (web.owner, web.repository) == owner


@given(st.text())
def test_any_text_is_an_address_or_not(text: str) -> None:
    for address in (text, f"https://{text}", f"git@github.com:{text}"):
        web_address(address)
        origin_of(address)


_PARTS = ["git clone ", "https://", "github.com/", "bob", "[", "](", ")", "live ", "\n", "/", "#"]


@given(st.lists(st.sampled_from([*_PARTS, ".vercel.app", "|", "docs", "![", "<a href="])))
def test_any_pieces_of_addresses_are_survived(pieces: list[str]) -> None:
    assert list(address_facts([page("".join(pieces))], GitFacts(ORIGIN)))

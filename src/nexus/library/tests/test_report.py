"""The owner's report, as those who may read it see it."""

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.library.pages import report
from nexus.library.tests.factories import FileProblemFactory
from nexus.people.tests.factories import PersonFactory

BASE = "/c/cohort-of-nexus/nexus"
FILES = {
    "README.md": "# Shop\n\nBy [Your Name]. See [the guide](docs/guide.md).\n",
    "docs/open.md": "# Open\n\n```python\nx = 1\n",
    ".env": "A=1\n",
}


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner(mirror):
    return signed_in(mirror.repository.owner)


@pytest.fixture
def member(mirror):
    person = MembershipFactory(cohort=mirror.repository.cohort, role=Role.MEMBER).person
    return signed_in(person)


def read(client, room="-/report"):
    response = client.get(f"{BASE}/{room}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_where_why_and_what_to_do_what_harms_most_first(owner, mirror):
    mirror.publish(FILES)
    page = read(owner)
    expected = [
        'id="secrets"',
        ">.env</a>",
        'id="links"',
        "Readers follow a link once.",
        "A link leads to a file that is not in the repository.",
        "README.md:3</a>",
        "The link to docs/guide.md.",
        'id="hidden"',
        "docs/open.md:3</a>",
        'id="placeholders"',
        "It says “[Your Name]”.",
        'id="licence"',
        "There is no licence.",
    ]
    at = 0
    for words in expected:
        at = page.find(words, at)
        assert at >= 0, words
    assert f'href="{BASE}/-/source/README.md#L3"' in page
    assert "2 to mend, 4 to look at." in page


def test_a_whole_repository_is_praised_in_a_sentence(owner, mirror):
    words = "A shop that sells quince jelly to everybody who asks for it. " * 12
    mirror.publish({"README.md": f"# Shop\n\n{words}\n", "LICENSE": "All rights reserved.\n"})
    page = read(owner)
    assert "Nothing to mend." in page
    assert "All is well" in page


def test_before_the_first_reading_it_says_so(owner, mirror):
    assert "Not read yet" in read(owner)


def test_guests_and_strangers_find_nothing(client, mirror):
    mirror.publish(FILES)
    for reader in (client, signed_in(PersonFactory())):
        assert reader.get(f"{BASE}/-/report").status_code == 404
        for room in ("", "-/status"):
            assert "/-/report" not in read(reader, room)


def test_members_read_all_but_where_secrets_are(member, mirror):
    mirror.publish(FILES)
    page = read(member)
    assert "The link to docs/guide.md." in page
    assert 'id="secrets"' not in page
    assert ".env" not in page


def test_the_pages_of_the_repository_lead_to_it(owner, mirror):
    mirror.publish(FILES)
    for room in ("", "-/status"):
        assert f'href="{BASE}/-/report' in read(owner, room)
    assert f'href="{BASE}/-/report#links"' in read(owner, "-/status")


def test_of_a_thousand_problems_of_one_kind_some_are_named(owner, mirror, monkeypatch):
    mirror.publish(FILES)
    monkeypatch.setattr(report, "LINES_SHOWN", 3)
    for line in range(10):
        FileProblemFactory(repository=mirror.repository, path="z.md", line=line + 1)
    page = read(owner)
    assert "and 8 more" in page


def test_a_problem_of_an_older_indexer_has_its_place(owner, mirror):
    mirror.publish(FILES)
    FileProblemFactory(repository=mirror.repository, code="unheard-of", message="Something else.")
    page = read(owner)
    assert page.index('id="licence"') < page.index('id="other"')
    assert "Something else." in page


def test_nobody_keeps_a_copy_of_it(owner, mirror):
    assert "no-store" in owner.get(f"{BASE}/-/report")["Cache-Control"]


def test_it_asks_the_database_a_fixed_number_of_questions(
    owner, mirror, django_assert_max_num_queries
):
    mirror.publish({**FILES, **{f"docs/{n}.md": "[x](y.md)\n" for n in range(40)}})
    with django_assert_max_num_queries(12):
        read(owner)

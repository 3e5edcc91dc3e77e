"""The pages of a repository, as guests, members and owners see them."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Repository, Sync

TEXT = "# Guide\n\nHow to begin. Write to ada@example.com.\n\n## First\n\n" + "Words. " * 50


@pytest.fixture
def published(mirror):
    """A repository with a bit of everything; its pages are under ``/c/cohort-of-nexus/nexus``."""
    mirror.publish(
        {
            "README.md": "# Hub\n\nAll of it.\n\n[guide](docs/guide.md) ![logo](logo.png)\n",
            "docs/guide.md": TEXT,
            "docs/README.md": "# Docs\n",
            "src/app.py": "# Contact ada@example.com\nprint('hello')\n",
            "code-snippets/retry.py": "# Try again.\nfor i in range(3): pass\n",
            ".env": "KEY=1\n",
            "logo.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
            "blob.unknown": b"\0\1\2",
            "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        },
        "Begin",
    )
    return mirror


@pytest.fixture
def member(published):
    """Somebody of the cohort, signed in."""
    person = MembershipFactory(cohort=published.repository.cohort, role=Role.MEMBER).person
    client = Client()
    client.force_login(person)
    return client


BASE = "/c/cohort-of-nexus/nexus"


def get(client, path, status=200, **headers):
    """The text of a page."""
    response = client.get(f"{BASE}{path}", headers=headers)
    assert response.status_code == status, response.content[:300]
    return (
        b"".join(response.streaming_content).decode()
        if response.streaming
        else response.content.decode()
    )


def test_a_document_is_laid_out_with_its_facts(client, published):
    page = get(client, "/docs/guide.md")
    assert "<h1" in page
    assert "Guide" in page
    assert published.repository.indexed[:7] in page
    assert f"{BASE}/-/history/docs/guide.md" in page
    assert f"{BASE}/-/source/docs/guide.md" in page
    assert "First" in page


def test_a_folder_can_be_leafed_through(client, published):
    published.publish({"docs/next.md": "# What comes next\n", "docs/deep/er.md": "# Deeper\n"})
    page = get(client, "/docs/guide.md")
    assert "In this folder" in page
    assert "What comes next" in page
    assert "Deeper" not in page


def test_the_project_is_the_repositorys_first_page(client, published):
    page = get(client, "/")
    assert "All of it." in page
    assert f'href="{BASE}/docs/guide.md"' in page
    assert f'src="{BASE}/-/raw/logo.png"' in page
    assert "Ann" in page


def test_the_project_can_be_cloned(client, mirror):
    mirror.publish({"README.md": "# Hub\n"})
    assert "http://testserver/git/cohort-of-nexus/nexus.git" in get(client, "/")


def test_the_readme_leads_to_the_project(client, published):
    response = client.get(f"{BASE}/README.md")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}/")


def test_addresses_are_hidden_from_guests_and_shown_to_members(client, member, published):
    for path in ("/docs/guide.md", "/-/source/src/app.py", "/-/raw/src/app.py", "/src/app.py"):
        assert "ada@example.com" not in get(client, path)
        assert "ada@example.com" in get(member, path)


def test_pictures_are_left_to_be_asked_for_when_the_reader_saves_data(client, published):
    page = get(client, "/", **{"Save-Data": "on"})
    assert "<img" not in page
    assert f'data-src="{BASE}/-/raw/logo.png"' in page


def test_a_renamed_entry_is_found_at_its_former_address(client, published):
    published.publish({"docs/guide.md": None, "docs/start.md": TEXT})
    response = client.get(f"{BASE}/docs/guide.md")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}/docs/start.md")


def test_a_removed_entry_stays_readable_and_says_so(client, published):
    published.publish({"docs/guide.md": None})
    page = get(client, "/docs/guide.md", status=410)
    assert "How to begin." in page
    assert "Removed" in page


def test_what_was_never_there_is_not_found_in_words(client, published):
    page = get(client, "/docs/nothing.md", status=404)
    assert "There is nothing at “docs/nothing.md”" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/src/app.py", "print"),
        ("/-/source/docs/guide.md", "How to begin."),
        ("/.env", "Withheld"),
        ("/blob.unknown", "blob.unknown"),
        ("/logo.png", "/-/raw/logo.png"),
        ("/docs/", "guide.md"),
        ("/docs", "guide.md"),
        ("/-/files/", "code-snippets"),
        ("/-/files/src", "app.py"),
    ],
)
def test_every_file_and_folder_has_a_page(client, published, path, words):
    assert words in get(client, path)


def test_a_secret_is_neither_shown_nor_served(client, member, published):
    for reader in (client, member):
        assert "KEY=1" not in get(reader, "/.env")
        assert "KEY=1" not in get(reader, "/-/raw/.env", status=403)
        assert "KEY=1" not in get(reader, "/-/history/.env", status=404)


def test_raw_files_can_do_nothing_in_a_browser(client, published):
    svg = client.get(f"{BASE}/-/raw/picture.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert "sandbox" in svg["Content-Security-Policy"]
    assert "script-src" not in svg["Content-Security-Policy"]
    text = client.get(f"{BASE}/-/raw/docs/guide.md")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    blob = client.get(f"{BASE}/-/raw/blob.unknown")
    assert blob["Content-Disposition"].startswith("attachment")
    assert blob["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{BASE}/-/raw/nothing").status_code == 404


def test_raw_files_are_not_sent_twice(client, published):
    first = client.get(f"{BASE}/-/raw/logo.png")
    again = client.get(f"{BASE}/-/raw/logo.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_history_of_an_entry_lists_its_versions(client, published):
    published.publish({"docs/guide.md": TEXT + "\nAnd more.\n"}, "Say more")
    page = get(client, "/-/history/docs/guide.md")
    assert "Say more" in page
    assert "Begin" in page


def test_the_history_of_the_project_is_its_readmes(client, published):
    assert "Begin" in get(client, "/-/history/README.md")
    assert "Begin" in get(client, "/-/history/")


def test_any_file_has_a_history(client, published):
    published.publish({"src/app.py": "print('bye')\n"}, "Say bye")
    assert "Say bye" in get(client, "/-/history/src/app.py")


def test_an_old_version_is_laid_out(client, published):
    old = published.repository.indexed
    published.publish({"docs/guide.md": "# Guide\n\nOther words.\n"})
    page = get(client, f"/-/at/{old}/docs/guide.md")
    assert "How to begin." in page
    assert "Other words." not in page
    assert "hello" in get(client, f"/-/at/{old[:8]}/src/app.py")
    get(client, f"/-/at/{'0' * 40}/docs/guide.md", status=404)
    get(client, "/-/at/abc/docs/guide.md", status=404)


def test_two_versions_are_compared(client, published):
    old = published.repository.indexed
    new = published.publish({"docs/guide.md": TEXT.replace("How to begin", "How to start")})
    for query in ("", f"?from={old}&to={new}", f"?from={new}&to={old}"):
        page = get(client, f"/-/diff/docs/guide.md{query}")
        assert "start" in page
        assert "begin" in page
        assert "ada@example.com" not in page
    get(client, f"/-/diff/docs/guide.md?from={'0' * 40}", status=404)
    get(client, f"/-/diff/docs/guide.md?to={'0' * 40}", status=404)


def test_the_status_page_tells_how_it_stands(client, member, published):
    published.publish({"docs/broken.md": "```\nopen\n"})
    for reader in (client, member):
        page = get(reader, "/-/status")
        assert published.repository.indexed[:7] in page
        assert "Its name says that it holds a secret" in page
    assert "docs/broken.md" not in get(client, "/-/status")
    assert "docs/broken.md" in get(member, "/-/report")
    assert str(published.upstream.path) in get(member, "/-/status")


def test_where_it_lies_on_the_hubs_machine_is_not_told_to_guests(client, published):
    Repository.objects.update(origin_kind="repository")
    assert str(published.upstream.path) not in get(client, "/-/status")


def test_the_state_of_a_run_can_be_followed(client, published):
    answer = client.get(f"{BASE}/-/status.json").json()
    assert (answer["running"], answer["state"]) == (False, "done")
    Sync.objects.create(repository=published.repository, stage="Reading files", done=3, total=9)
    answer = client.get(f"{BASE}/-/status.json")
    assert answer.json()["running"]
    assert (answer.json()["done"], answer.json()["total"]) == (3, 9)
    assert answer["Cache-Control"] == "no-store"
    assert "Reading files" in get(client, "/-/status")


def test_members_ask_for_news_and_guests_are_sent_to_sign_in(client, member, published):
    assert client.post(f"{BASE}/-/sync")["Location"] == "/accounts/sign-in"
    assert not Sync.objects.filter(state="queued").exists()
    assert client.get(f"{BASE}/-/sync").status_code == 405
    assert member.post(f"{BASE}/-/sync")["Location"] == f"{BASE}/-/status"
    assert Sync.objects.filter(state="queued").count() == 1


def test_somebody_of_another_cohort_cannot_ask_for_news(published):
    client = Client()
    client.force_login(PersonFactory())
    assert client.post(f"{BASE}/-/sync").status_code == 403
    assert not Sync.objects.filter(state="queued").exists()


def test_when_the_origin_vanished_the_page_says_as_of_when(client, published):
    Repository.objects.update(
        state="trouble", trouble="The remote cannot be reached. Try again later."
    )
    assert "As of" in get(client, "/docs/guide.md")
    assert "Try again later." in get(client, "/-/status")


def test_a_repository_that_was_not_read_yet_shows_its_state(client, mirror):
    page = get(client, "/", status=202)
    assert "not read yet" in page.lower()
    get(client, "/README.md", status=404)
    get(client, "/-/raw/README.md", status=404)
    get(client, "/-/history/README.md", status=404)


def test_a_hidden_cohorts_pages_do_not_exist_for_others(client, add_mirror, db):
    hidden = add_mirror("private", CohortFactory(slug="hidden", visibility=Visibility.MEMBERS))
    hidden.publish({"README.md": "# Secret plans\n", "a.md": "# A\n"})
    reader = Client()
    reader.force_login(MembershipFactory(cohort=hidden.repository.cohort).person)
    rooms = ("", "a.md", "-/status", "-/status.json", "-/files/", "-/raw/a.md", "-/history/a.md")
    for room in rooms:
        assert client.get(f"/c/hidden/private/{room}").status_code == 404
        assert reader.get(f"/c/hidden/private/{room}").status_code == 200


def test_pages_of_guests_may_be_kept_and_those_of_members_not(client, member, published):
    page = client.get(f"{BASE}/docs/guide.md")
    assert "public" in page["Cache-Control"]
    assert not page.cookies
    assert page["Vary"] == "Cookie, Save-Data"
    assert list(get_messages(page.wsgi_request)) == []
    assert "private" in member.get(f"{BASE}/docs/guide.md")["Cache-Control"]
    assert "public" not in client.get(f"{BASE}/nothing").get("Cache-Control", "")


def test_the_policy_allows_nothing_inline(client, published):
    page = client.get(f"{BASE}/docs/guide.md")
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "<script>" not in page.content.decode()
    assert "style=" not in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/docs/guide.md", "/-/status", "/-/history/docs/guide.md"])
def test_a_page_asks_the_database_a_fixed_number_of_questions(
    client, published, django_assert_max_num_queries, path
):
    published.publish({f"docs/{n}.md": f"# {n}\n" for n in range(30)})
    with django_assert_max_num_queries(QUERIES[path]):
        get(client, path)


QUERIES = {"/": 10, "/docs/guide.md": 4, "/-/status": 9, "/-/history/docs/guide.md": 5}


def test_an_entry_goes_by_its_title_in_the_way_to_it(client, published):
    page = get(client, "/docs/guide.md")
    assert '<span aria-current="page">Guide</span>' in page
    assert '<a href="/c/cohort-of-nexus/nexus/docs">docs</a>' in page


@pytest.mark.parametrize("kind", ["archive", "folder"])
def test_what_comes_with_the_hub_says_so_to_everybody(client, member, published, kind):
    repository = published.repository
    Repository.objects.filter(pk=repository.pk).update(origin_kind=kind, origin="/srv/hub.zip")
    assert "uploaded archive" in get(client, "/-/status") or kind == "folder"
    repository.cohort.slug = "commons"
    repository.cohort.save()
    for reader, is_told in ((client, False), (member, True)):
        page = reader.get("/c/commons/nexus/-/status").content.decode()
        assert "The hub's own software" in page.replace("&#x27;", "'")
        assert ("/srv/hub.zip" in page) == is_told

"""The pages that cross domains."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.people import services as people
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories.models import Repository, Sync
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(person):
    """A client that ``person`` uses."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def published(mirror):
    """A cohort with one repository in it."""
    mirror.publish(
        {
            "README.md": "# Quince Shop\n\nA shop that sells quince jelly.\n",
            "docs/guide.md": "# Guide to jelly\n",
            "src/app.py": "print('jelly')\n" * 20,
        }
    )
    return mirror


def test_an_empty_hub_says_what_belongs_here(client, engine):
    page = client.get("/").content.decode()
    assert "No cohort yet" in page
    assert "Nothing to read yet" in page


def test_the_home_page_shows_cohorts_and_what_is_new(client, published):
    page = client.get("/").content.decode()
    assert "Cohort-of-nexus" in page
    assert "Quince Shop" in page
    assert "Guide to jelly" in page


def test_a_cohort_shows_projects_people_and_repositories(client, published):
    page = client.get("/c/cohort-of-nexus/").content.decode()
    for words in (
        "Quince Shop",
        "A shop that sells quince jelly.",
        "Owner-Of-Nexus",
        "Python",
        "No changes in 26 weeks",
    ):
        assert words.casefold() in page.casefold()
    assert client.get("/c/nothing/").status_code == 404


def test_the_people_of_a_cohort(client, published):
    member = MembershipFactory(cohort=published.repository.cohort, role=Role.MENTOR).person
    page = client.get("/c/cohort-of-nexus/-/people").content.decode()
    assert member.name in page
    assert "mentor" in page.casefold()
    assert published.repository.owner.name in page


def test_the_repositories_of_a_cohort(client, published):
    page = client.get("/c/cohort-of-nexus/-/repositories").content.decode()
    assert "Up to date" in page
    Sync.objects.create(repository=published.repository)
    assert "Being read" in client.get("/c/cohort-of-nexus/-/repositories").content.decode()


def test_a_persons_page(client, published):
    handle = published.repository.owner.handle
    page = client.get(f"/p/{handle}").content.decode()
    assert "Quince Shop" in page
    assert client.get("/p/nobody-at-all").status_code == 404


def test_a_hidden_cohort_is_on_no_page_for_others(client, add_mirror, engine):
    cohort = CohortFactory(slug="hidden", name="Hidden One", visibility=Visibility.MEMBERS)
    hidden = add_mirror("private", cohort)
    hidden.publish({"README.md": "# Secret quince\n"})
    engine.catch_up()
    member = signed_in(MembershipFactory(cohort=cohort).person)
    for path in ("/", "/search?q=quince", f"/p/{hidden.repository.owner.handle}"):
        assert "Secret quince" not in client.get(path).content.decode()
        assert "Hidden One" not in client.get(path).content.decode()
        page = member.get(path).content.decode()
        assert "Secret" in page
    for path in ("/c/hidden/", "/c/hidden/-/people", "/c/hidden/-/repositories"):
        assert client.get(path).status_code == 404
        assert member.get(path).status_code == 200
    assert client.get("/search/suggest?q=secr").json() == {"suggestions": []}
    assert member.get("/search/suggest?q=secr").json()["suggestions"]


def test_search_finds_filters_and_pages(client, published, engine):
    published.publish({f"docs/{n}.md": f"# Jelly number {n}\n" for n in range(30)})
    engine.catch_up()
    page = client.get("/search?q=jelly").content.decode()
    assert "<mark>" in page
    assert "1 to 20 of 3" in page
    assert "kind=document" in page
    second = client.get("/search?q=jelly&page=2").content.decode()
    assert "21 to 3" in second
    only = client.get("/search?q=jelly&kind=project").content.decode()
    assert "Quince Shop" in only
    assert "Jelly number" not in only
    assert client.get("/search?q=jelly&page=nonsense&sort=odd").status_code == 200


@pytest.mark.parametrize(
    ("page", "shown", "words"),
    [
        ("3", "21 to 3", "There is no page 3. This is the last one."),
        ("99999999999999999999", "21 to 3", "This is the last one."),
        ("0", "1 to 20 of 3", "There is no page 0. This is the first one."),
        ("nonsense", "1 to 20 of 3", "There is no page nonsense. This is the first one."),
        ("2", "21 to 3", ""),
        ("", "1 to 20 of 3", ""),
    ],
)
def test_a_page_past_the_end_is_the_last_with_a_word(client, published, engine, page, shown, words):
    published.publish({f"docs/{n}.md": f"# Jelly number {n}\n" for n in range(30)})
    engine.catch_up()
    html = client.get(f"/search?q=jelly&page={page}").content.decode()
    assert shown in html
    assert words in " ".join(strip_tags(html).split())
    assert ("There is no page" in html) == bool(words)


def test_only_so_many_pages_can_be_leafed_through(client, published, engine, monkeypatch):
    monkeypatch.setattr("nexus.search.presenting.MOST_PAGES", 2)
    monkeypatch.setattr("nexus.search.presenting.PAGE", 5)
    published.publish({f"docs/{n}.md": f"# Jelly number {n}\n" for n in range(30)})
    engine.catch_up()
    html = client.get("/search?q=jelly&page=4").content.decode()
    assert "6 to 10 of 3" in html
    assert "Only the first 10 results are shown" in html
    assert 'rel="next"' not in html
    assert "There is no page" not in client.get("/search?q=zzzzqqq&page=4").content.decode()


def test_a_kind_that_does_not_exist_is_left_out_with_a_word(client, published, engine):
    engine.catch_up()
    html = client.get("/search?q=jelly&kind=nonsense&kind=document").content.decode()
    assert "There is no kind “nonsense”." in html
    assert "Guide to" in html
    assert "Quince Shop" not in html
    assert "kind=nonsense" not in html
    alone = client.get("/search?kind=nonsense").content.decode()
    assert "There is no kind" in alone
    assert "Guide to jelly" in alone, "as if nothing had been asked"


def test_filters_alone_are_not_ranked_and_say_when_nothing_passes(client, published, engine):
    engine.catch_up()
    assert "Best match" in client.get("/search?q=jelly").content.decode()
    assert "Best match" not in client.get("/search?kind=document").content.decode()
    assert "Nothing passes these filters" in client.get("/search?person=nobody").content.decode()


def test_a_search_for_nothing_shows_where_to_begin(client, published, engine):
    for address in ("/search", "/search?q=", "/search?q=+&kind="):
        html = client.get(address).content.decode()
        assert "/search?kind=document" in html
        assert "Guide to jelly" in html
        assert 'role="status"' not in html, "nothing was looked for"


def test_search_corrects_suggests_and_admits_to_nothing(client, published, engine):
    engine.catch_up()
    assert "Quince" in client.get("/search?q=quinse").content.decode()
    assert "Nothing has" in client.get("/search?q=zzzzqqq").content.decode()
    suggestions = client.get("/search/suggest?q=gui").json()["suggestions"]
    assert suggestions[0]["title"] == "Guide to jelly"
    assert client.get("/search/suggest?q=g").json() == {"suggestions": []}


def test_a_search_without_words_shows_what_is_new(client, published, engine):
    assert "Guide to jelly" in client.get("/search").content.decode()
    engine.catch_up()
    assert "Guide to jelly" in client.get("/search?kind=document").content.decode()


def test_a_link_signs_in_once_and_only_when_its_button_is_pressed(client, db):
    person = PersonFactory()
    secret = people.make_sign_in_link(by=None, person=person)
    address = f"/accounts/link/{secret}"
    for _ in range(2):
        assert person.name in client.get(address).content.decode()
    assert "Sign in" in client.get("/").content.decode()
    assert client.post(address)["Location"] == "/"
    assert person.name in client.get("/").content.decode()
    spent = Client().get(address)
    assert spent.status_code == 422
    assert "does not work any more" in spent.content.decode()
    assert client.post("/accounts/sign-out")["Location"] == "/"
    assert person.name not in client.get("/").content.decode()


def test_how_to_sign_in_is_told(client, db):
    assert "one-time link" in client.get("/accounts/sign-in").content.decode()


def test_guests_are_sent_to_sign_in_before_they_add(client, db):
    assert client.get("/add")["Location"] == "/accounts/sign-in"


def test_a_member_adds_a_remote(db, engine):
    cohort = CohortFactory(slug="makers")
    client = signed_in(MembershipFactory(cohort=cohort).person)
    assert "makers" in client.get("/add?cohort=makers").content.decode().casefold()
    response = client.post(
        "/add", {"origin": "https://git.example.org/ada/alx-project-nexus", "cohort": "makers"}
    )
    assert response["Location"] == "/c/makers/alx-project-nexus/-/status"
    repository = Repository.objects.get()
    assert (repository.owner.handle, repository.owner.is_claimed) == ("ada", False)
    assert Sync.objects.get().state == "queued"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "one of the two"),
        ({"origin": "ext::sh -c touch% /tmp/x"}, "does not fetch in this way"),
        ({"origin": "https://ada:secret@example.org/x"}, "password"),
        ({"origin": "/etc"}, "not accepted here"),
        ({"archive": SimpleUploadedFile("notes.exe", b"MZ")}, "Choose a .zip"),
    ],
)
def test_what_cannot_be_added_is_refused_in_words_and_nothing_changes(given, words, engine, home):
    cohort = CohortFactory(slug="makers")
    client = signed_in(MembershipFactory(cohort=cohort).person)
    response = client.post("/add", {**given, "cohort": "makers"})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Repository.objects.exists()
    assert not Sync.objects.exists()


def test_an_archive_that_is_too_large_is_refused(engine, settings, home):
    settings.UPLOAD_LIMIT_BYTES = 1_000_000
    client = signed_in(OwnerFactory())
    CohortFactory(slug="makers")
    archive = SimpleUploadedFile("notes.zip", b"x" * 1_000_001)
    response = client.post("/add", {"archive": archive, "cohort": "makers"})
    assert "larger than 1 MB" in response.content.decode()


def test_an_archive_is_kept_and_read(engine, home, tmp_path):
    import shutil

    from nexus.library.services import run_sync

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("# Out of an archive\n")
    archive = shutil.make_archive(str(tmp_path / "notes"), "zip", tmp_path / "notes")
    CohortFactory(slug="makers")
    client = signed_in(OwnerFactory())
    with Path(archive).open("rb") as file:
        response = client.post("/add", {"archive": file, "cohort": "makers", "name": "Notes"})
    assert response["Location"] == "/c/makers/notes/-/status"
    assert run_sync(Sync.objects.get().pk) is None
    assert "Out of an archive" in client.get("/c/makers/notes/").content.decode()


def test_a_person_of_another_cohort_cannot_choose_this_one(engine):
    CohortFactory(slug="makers")
    client = signed_in(MembershipFactory().person)
    response = client.post("/add", {"origin": "https://example.org/a/b", "cohort": "makers"})
    assert response.status_code == 422
    assert not Repository.objects.exists()


def test_errors_are_pages_that_say_what_to_do(client, db):
    page = client.get("/no/such/address")
    assert page.status_code == 404
    assert "Go home" in page.content.decode()
    assert client.post("/accounts/sign-out").status_code == 302


def test_a_form_from_elsewhere_is_refused_in_words(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(PersonFactory())
    page = client.post("/accounts/sign-out")
    assert page.status_code == 403
    assert "load the page again" in page.content.decode()


def test_what_breaks_in_the_hub_is_told_without_its_database(client, monkeypatch, db):
    client.raise_request_exception = False
    monkeypatch.setattr("nexus.library.selectors.visible_entries", lambda reader: 1 / 0)
    page = client.get("/")
    assert page.status_code == 500
    assert "Nothing of what is published is lost" in page.content.decode()


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), ("/api/v1/me", "problem+json")])
def test_a_full_disk_is_told_in_words(client, monkeypatch, db, path, kind):
    def full(request):
        with Path("/dev/full").open("wb", buffering=0) as file:
            file.write(b"x")

    client.raise_request_exception = False
    for asks in ("nexus.people.requests.person_of", "nexus.credentials.rest.me.identify"):
        monkeypatch.setattr(asks, full)
    monkeypatch.setattr("nexus.library.selectors.visible_entries", full)
    page = client.get(path)
    assert (page.status_code, kind in page["Content-Type"]) == (507, True)
    assert "no room left on its disk" in page.content.decode()


def test_programs_that_watch_get_answers(client, engine, published):
    assert client.get("/health/live").json() == {"status": "live"}
    engine.catch_up()
    ready = client.get("/health/ready").json()
    assert (ready["status"], ready["search"]) == ("ready", "ready")
    assert (ready["behind"], ready["left_out"]) == (0, 0)


def test_crawlers_are_told_what_to_leave_alone(client):
    assert "Disallow: /search" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("path", ["/c/", "/p/"])
def test_an_address_cut_short_leads_home(client, path):
    assert client.get(path)["Location"] == "/"


def test_guests_do_not_see_what_could_never_be_read(client, published):
    RepositoryFactory(cohort=published.repository.cohort, name="Typing error", state="trouble")
    assert "Typing error" not in client.get("/c/cohort-of-nexus/-/repositories").content.decode()
    owner = signed_in(published.repository.owner)
    assert "Typing error" in owner.get("/c/cohort-of-nexus/-/repositories").content.decode()


def test_diagrams_are_drawn_in_a_frame_without_an_origin(client, db):
    frame = client.get("/embed/diagram")
    assert "sandbox allow-scripts" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 11), ("/c/cohort-of-nexus/", 21), ("/c/cohort-of-nexus/-/people", 12), ("/search", 4)],
)
def test_lists_ask_the_database_a_fixed_number_of_questions(
    client, published, engine, django_assert_max_num_queries, path, most
):
    published.publish({f"docs/{n}.md": f"# {n}\n" for n in range(30)})
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_cohort_seen_again_asks_little_and_shows_who_joined_since(
    client, published, django_assert_max_num_queries
):
    client.get("/c/cohort-of-nexus/")
    joined = MembershipFactory(cohort=published.repository.cohort).person
    with django_assert_max_num_queries(6):
        page = client.get("/c/cohort-of-nexus/").content.decode()
    assert f">{joined.name}</span>" in page

"""The Git door, asked by the real git program: who gets what, who pushes, who is told what."""

import os
import subprocess
import threading
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone
from jwt import api_jwt

from nexus.cohorts.models import Cohort, Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.credentials.clients.tests.programs import signed_in
from nexus.credentials.models import AccessToken, AppToken
from nexus.credentials.provider.services.granting import end_grants
from nexus.credentials.provider.tests.factories import make_app
from nexus.credentials.provider.tests.flows import Program
from nexus.credentials.services import revoke_access_token
from nexus.credentials.tests.factories import make_token
from nexus.kernel.errors import Conflict
from nexus.kernel.models import AuditRecord
from nexus.library.models import Entry
from nexus.library.services import run_sync
from nexus.people.recording import end_sessions
from nexus.people.tests.factories import PersonFactory
from nexus.people.tests.flows import settle
from nexus.repositories.audit import PUSHED
from nexus.repositories.git import receiving
from nexus.repositories.git.environment import git_environment
from nexus.repositories.git.judging import judge_commits
from nexus.repositories.git.stores import create_store, size_of
from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.git.tests.builders import git, refs_of
from nexus.repositories.hosting import commit_files, ensure_hosted
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync
from nexus.repositories.quotas import room_in
from nexus.repositories.selectors import waiting_syncs
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.repositories.tests.learners import clients_git, publish

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_push_is_published_and_the_terminal_says_where(hosted, ada, address, work, live_server):
    token, secret = make_token(ada)
    work.commit({"README.md": "# Quinces\n\nHow to make marmalade.\n"})
    said = clients_git("-C", work.path, "push", address(hosted, secret), "main")
    assert f"remote:   {live_server.url}/c/commons/{hosted.slug}/" in said
    assert "Published." in said
    publish()
    assert Entry.objects.get(repository=hosted, path="").title == "Quinces"
    page = Client().get(f"/c/commons/{hosted.slug}/").content.decode()
    assert "marmalade" in page
    assert AccessToken.objects.get(pk=token.pk).last_used_at
    sync = Sync.objects.get()
    assert (sync.requested_by, sync.state) == (ada, Sync.State.DONE)
    logged = AuditRecord.objects.get(action="repository.pushed")
    assert (logged.actor, logged.door, logged.is_refusal) == (ada.pk, "git", False)
    assert list(logged.details["refs"]) == ["refs/heads/main"]
    work.commit({"README.md": "# Quince jelly\n"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main", "main:topic")
    publish()
    assert Entry.objects.get(repository=hosted, path="").title == "Quince jelly"
    assert "Kept. The hub shows “main”" in clients_git(
        "-C", work.path, "push", address(hosted, secret), "main:other"
    )


def test_what_a_page_committed_is_pulled_and_built_upon(hosted, ada, address, tmp_path):
    _, secret = make_token(ada)
    commit_files(
        by=ada, repository=hosted, files={"a.md": b"# A\n"}, message="A", expected={"a.md": ""}
    )
    Repository.objects.update(head="")  # nothing was read yet: the owner may clone all the same
    clone = tmp_path / "clone"
    clients_git("clone", "-q", address(hosted, secret), clone)
    (clone / "b.md").write_text("# B\n")
    clients_git("-C", clone, "add", ".")
    clients_git("-C", clone, "commit", "-qm", "B")
    commit_files(
        by=ada, repository=hosted, files={"c.md": b"# C\n"}, message="C", expected={"c.md": ""}
    )
    assert "fetch first" in clients_git("-C", clone, "push", "origin", "main", check=False)
    work = GitRepository(tmp_path / "clone" / ".git")
    other = work.commit({"x": "1"}, parents=[], branch="other")
    clients_git("-C", clone, "push", "origin", f"+{other}:main", check=False)
    logged = AuditRecord.objects.get(action="repository.pushed", is_refusal=True)
    assert (logged.actor, logged.details["refused"]) == (ada.pk, "what is published stays")
    clients_git("-C", clone, "pull", "-q", "--rebase", "origin", "main")
    clients_git("-C", clone, "push", "-q", "origin", "main")
    listed = git(f"--git-dir={store_of(hosted.pk)}", "ls-tree", "--name-only", "main")
    assert listed.split() == ["a.md", "b.md", "c.md"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scopes": ["read"]}, "not good for pushing"),
        ({"scopes": ["write"]}, "not good for pushing"),
        ({"expires_at": timezone.now() - timedelta(hours=1)}, "Authentication failed"),
        ({"revoked_at": timezone.now()}, "Authentication failed"),
        ({"digest": "0" * 64}, "Authentication failed"),
    ],
)
def test_a_token_that_is_not_good_pushes_nothing(hosted, ada, address, work, fields, words):
    _, secret = make_token(ada, **fields)
    work.commit({"a": "1"})
    said = clients_git("-C", work.path, "push", address(hosted, secret), "main", check=False)
    assert words in said
    assert secret not in said.replace(address(hosted, secret), "")
    assert refs_of(store_of(hosted.pk)) == {}
    told = AuditRecord.objects.filter(is_refusal=True, door="git").first()
    assert told
    if "scopes" in fields:
        assert (told.action, told.actor, told.details["refused"]) == (PUSHED, ada.pk, "scope")
    else:
        assert (told.action, told.details) == ("token.refused", {"token": secret[:12]})


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something while what was pushed is being judged."""

    def do(change):
        def change_and_judge(*arguments):
            change()
            return judge_commits(*arguments)

        monkeypatch.setattr(receiving, "judge_commits", change_and_judge)

    return do


@pytest.fixture
def ten_minutes_pass(monkeypatch):
    """For whoever reads JSON Web Tokens."""

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(minutes=10)

    return lambda: monkeypatch.setattr(api_jwt, "datetime", Later)


def personal_token(ada, change):
    """A token of her own; what is done with it meanwhile."""
    token, secret = make_token(ada)
    if change == "taken back":
        return secret, lambda: revoke_access_token(by=ada, token=token)
    return secret, lambda: AccessToken.objects.update(expires_at=timezone.now())


def token_of_a_client(ada, change):
    """A token of a client in which she signed in; its session."""
    settle(ada)
    program = signed_in()
    ended = partial(end_sessions, ada, why="person")
    return program.access, ended if change == "taken back" else lambda: None


def token_of_an_app(ada, change):
    """A token of an app that she let in; the grant."""
    app, _ = make_app()
    secret = Program(app).tokens_of(ada, scope="git")["access_token"]
    if change == "taken back":
        return secret, lambda: end_grants(by=ada, app=app, person=ada)
    return secret, lambda: AppToken.objects.update(expires_at=timezone.now())


TOKENS = [personal_token, token_of_a_client, token_of_an_app]


@pytest.mark.parametrize("made", TOKENS)
def test_a_token_that_is_taken_back_while_it_pushes_changes_nothing(
    hosted, ada, address, work, meanwhile, ten_minutes_pass, made
):
    """Neither when its time is over by then as well."""
    secret, take_back = made(ada, "taken back")
    meanwhile(lambda: (take_back(), ten_minutes_pass()))
    work.commit({"a": "1"})
    said = clients_git("-C", work.path, "push", address(hosted, secret), "main", check=False)
    assert "Nothing was changed." in said
    assert "or not any more" in said
    assert refs_of(store_of(hosted.pk)) == {}
    told = AuditRecord.objects.get(action=PUSHED)
    assert (told.is_refusal, told.details["refused"]) == (True, "token-refused")


@pytest.mark.parametrize("made", TOKENS)
def test_a_token_whose_time_is_over_while_it_pushes_was_good_when_it_began(
    hosted, ada, address, work, meanwhile, ten_minutes_pass, made
):
    secret, expire = made(ada, "expired")
    meanwhile(lambda: (expire(), ten_minutes_pass()))
    sha = work.commit({"a": "1"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main")
    assert set(refs_of(store_of(hosted.pk)).values()) == {sha}
    assert not AuditRecord.objects.filter(is_refusal=True), "and nobody is told that it was not"


def renewed(app, ada, held):
    """The app asks for another access token, as it does when one has expired."""
    return app.refresh(held["refresh_token"])


def let_in_anew(app, ada, held):
    """So does an app that was handed no refresh token, or did not keep it."""
    AppToken.objects.filter(kind="refresh").update(expires_at=timezone.now())
    return app.tokens_of(ada, scope="git")


@pytest.fixture
def app():
    return Program(make_app()[0])


@pytest.mark.parametrize("renew", [renewed, let_in_anew])
def test_an_app_may_get_another_token_while_its_old_one_pushes(
    hosted, ada, address, work, meanwhile, app, renew
):
    """What it was let do goes on: only the time of the old one is over."""
    held = app.tokens_of(ada, scope="git")

    def change():
        AppToken.objects.filter(kind="access").update(expires_at=timezone.now())
        assert renew(app, ada, held)

    meanwhile(change)
    sha = work.commit({"a": "1"})
    there = address(hosted, held["access_token"])
    clients_git("-C", work.path, "push", there, "main")
    assert set(refs_of(store_of(hosted.pk)).values()) == {sha}
    said = clients_git("-C", work.path, "push", there, "main:other", check=False)
    assert "Authentication failed" in said, "with the old one nothing new is begun"


@pytest.mark.parametrize("of", ["access_token", "refresh_token"])
def test_a_token_that_its_app_renewed_and_gave_back_changes_nothing(
    hosted, ada, address, work, meanwhile, app, of
):
    """RFC 7009: of the refresh token the whole grant ends, of the access token that alone."""
    held = app.tokens_of(ada, scope="git")

    def change():
        AppToken.objects.filter(kind="access").update(expires_at=timezone.now())
        newer = app.refresh(held["refresh_token"]).json()
        given_back = {**held, "refresh_token": newer["refresh_token"]}[of]
        assert app.post("/oauth/revoke", token=given_back).status_code == 200

    meanwhile(change)
    work.commit({"a": "1"})
    there = address(hosted, held["access_token"])
    assert "or not any more" in clients_git("-C", work.path, "push", there, "main", check=False)
    assert refs_of(store_of(hosted.pk)) == {}


def test_a_secret_is_taken_out_of_the_history_by_force(hosted, ada, address, work):
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main")
    work.commit({"a": "2"}, parents=[])
    forced = ["-C", work.path, "push", "--force", address(hosted, secret), "main"]
    assert "what is published stays" in clients_git(*forced, check=False)
    work.commit({".env": "A=b\n"}, branch="seen", parents=[])
    clients_git(*forced[:-1], "seen")  # no run has looked at it when it is to be taken out
    clients_git(*forced)
    assert refs_of(store_of(hosted.pk)) == refs_of(work.path)


def test_a_hostile_push_changes_nothing_and_is_told_of(hosted, ada, address, work, settings):
    _, secret = make_token(ada)
    inner = work.write_tree([("100644", b"config", work.write_blob(b"x"))])
    work.commit_tree(work.write_tree([("40000", b".git", inner)]))
    work.commit({"bomb": "0" * 300_000}, parents=[], branch="bomb")
    settings.HOSTED_LIMIT_BYTES = 200
    for branch in ("main", "bomb"):
        said = clients_git("-C", work.path, "push", address(hosted, secret), branch, check=False)
        assert "Nothing was changed." in said
    tries = AuditRecord.objects.filter(action="repository.pushed", is_refusal=True)
    assert [(row.actor, row.scope) for row in tries] == [(ada.pk, hosted.cohort.readers)] * 2
    assert all(row.details["refused"] for row in tries)
    assert refs_of(store_of(hosted.pk)) == {}
    assert not Sync.objects.exists()


def test_without_a_token_git_is_asked_for_one(hosted, address, work):
    work.commit({"a": "1"})
    said = clients_git("-C", work.path, "push", address(hosted), "main", check=False)
    assert "could not read Username" in said
    assert "Authentication failed" in clients_git(
        "-C", work.path, "push", address(hosted, "her-password"), "main", check=False
    )
    answer = Client().get(f"/git/commons/{hosted.slug}.git/info/refs?service=git-receive-pack")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")


def test_a_session_pushes_nothing(hosted, ada):
    """Else a page elsewhere could let a browser push."""
    client = Client()
    client.force_login(ada)
    address = f"/git/commons/{hosted.slug}.git"
    assert client.get(f"{address}/info/refs?service=git-receive-pack").status_code == 401
    assert client.post(f"{address}/git-receive-pack").status_code == 401


def test_only_its_owner_pushes(hosted, cohort, address, work):
    mentor = PersonFactory(handle="mentor")
    MembershipFactory(cohort=cohort, person=mentor, role=Role.OWNER)
    _, secret = make_token(mentor)
    work.commit({"a": "1"})
    said = clients_git(
        "-C", work.path, "push", address(hosted, secret, "mentor"), "main", check=False
    )
    assert "remote: Only its owner pushes" in said
    assert refs_of(store_of(hosted.pk)) == {}
    told = AuditRecord.objects.get(action=PUSHED, is_refusal=True)
    assert (told.actor, told.scope, told.details["refused"]) == (
        mentor.pk,
        cohort.readers,
        "not-owner",
    )


def test_nobody_pushes_to_an_archived_cohort(hosted, ada, cohort, address, work):
    Cohort.objects.update(archived_at=timezone.now())
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    said = clients_git("-C", work.path, "push", address(hosted, secret), "main", check=False)
    assert "is archived" in said


def test_a_mirror_takes_no_pushes(ada, cohort, address, work):
    mirror = RepositoryFactory(cohort=cohort, owner=ada)
    create_store(store_of(mirror.pk))
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    said = clients_git("-C", work.path, "push", address(mirror, secret), "main", check=False)
    assert f"remote: Push it there: {mirror.origin}" in said


def test_what_may_not_be_seen_is_as_what_is_not_there(ada, address, live_server, tmp_path):
    """Byte for byte, for guests and for people of other cohorts."""
    hidden = RepositoryFactory(cohort=CohortFactory(slug="secret", visibility=Visibility.INVITE))
    create_store(store_of(hidden.pk))
    _, secret = make_token(ada, scopes=["git", "read"])
    client = Client()
    for headers in ({}, {"Authorization": f"Bearer {secret}"}):
        for service in ("git-upload-pack", "git-receive-pack"):
            told = []
            for place in (f"secret/{hidden.slug}", f"secret/{hidden.slug[::-1]}", "none/at-all"):
                answer = client.get(
                    f"/git/{place}.git/info/refs?service={service}", headers=headers
                )
                body = b"".join(answer.streaming_content).replace(place.encode(), b"")
                told.append((answer.status_code, sorted(answer.headers.items()), body))
            assert told[0] == told[1] == told[2]
            assert told[0][0] == (404 if headers else 401)
    assert "could not read Username" in clients_git(
        "clone", address(hidden), tmp_path / "x", check=False
    )


def test_a_member_clones_what_guests_do_not_see(home, address, tmp_path):
    cohort = CohortFactory(slug="inside", visibility=Visibility.MEMBERS)
    grace = MembershipFactory(cohort=cohort, person=PersonFactory(handle="grace")).person
    hosted = ensure_hosted(by=grace, cohort=cohort)
    for scopes in (["read"], ["git"]):
        _, secret = make_token(grace, scopes=scopes)
        target = tmp_path / scopes[0]
        clients_git("clone", "-q", address(hosted, secret, "grace"), target)
        assert (target / ".git").is_dir()
    over = timezone.now() - timedelta(hours=1)
    for fields, words in (
        ({"scopes": ["write"]}, "not good for cloning"),
        ({"expires_at": over}, "Authentication failed"),
        ({"revoked_at": over}, "Authentication failed"),
    ):
        _, secret = make_token(grace, **fields)
        there = address(hosted, secret, "grace")
        assert words in clients_git("clone", there, tmp_path / "no", check=False)
        assert words in clients_git("-C", target, "fetch", there, check=False)


@pytest.mark.parametrize("state", [{"holds_secret": True}, {"head": "f" * 40}])
def test_what_guests_are_refused_its_owner_fetches_with_a_token(
    hosted, ada, address, work, tmp_path, state
):
    """Git shows its token only when it is asked for one, also where guests see the repository."""
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main")
    publish()
    Repository.objects.update(**state)
    clients_git("clone", "-q", address(hosted, secret), tmp_path / "hers")
    assert (tmp_path / "hers" / "a").read_text() == "1"
    said = clients_git("clone", address(hosted, "wrong"), tmp_path / "theirs", check=False)
    assert "Authentication failed" in said
    assert not (tmp_path / "theirs").exists()
    answer = Client().get(f"/git/commons/{hosted.slug}.git/info/refs?service=git-upload-pack")
    assert answer.status_code == 401
    assert b"Its owner" in b"".join(answer.streaming_content)


def test_a_repository_takes_so_much_and_a_person_so_much(hosted, ada, address, work, settings):
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main")
    work.commit({"b": "2"})
    for setting in ("HOSTED_LIMIT_BYTES", "PERSON_LIMIT_BYTES"):
        setattr(settings, setting, 10)
        said = clients_git("-C", work.path, "push", address(hosted, secret), "main", check=False)
        assert "is the most" in said
        setattr(settings, setting, 10**9)


def test_what_came_elsewhere_a_moment_ago_or_is_coming_takes_room_of_its_owners(
    hosted, ada, settings
):
    """No run has weighed it yet, so no row tells of it."""
    other = RepositoryFactory(kind="hosted", owner=ada)
    incoming = store_of(other.pk) / "nexus-incoming-x" / "pack"
    incoming.mkdir(parents=True)
    settings.PERSON_LIMIT_BYTES = size_of(store_of(hosted.pk)) + 1000
    assert room_in(hosted) == 1000
    (incoming / "pack-1.pack").write_bytes(b"1" * 600)
    assert room_in(hosted) == 400
    (incoming / "pack-1.pack").rename(incoming.parents[1] / "pack-1.pack")
    assert room_in(hosted) == 400
    (incoming.parents[1] / "pack-2.pack").write_bytes(b"2" * 400)
    with pytest.raises(Conflict, match="All that its owner keeps"):
        room_in(hosted)


def test_two_at_once_do_not_both_find_the_last_room(
    hosted, ada, address, work, settings, monkeypatch
):
    _, secret = make_token(ada)
    work.commit({"a": "1"})
    clients_git("-C", work.path, "push", address(hosted, secret), "main")
    work.commit({"large": os.urandom(700_000)})
    settings.HOSTED_LIMIT_BYTES = size_of(store_of(hosted.pk)) + 1_000_000
    judged = threading.Barrier(2)

    def judge_at_once(*given):
        found = judge_commits(*given)
        judged.wait(300)  # both have found room until here
        return found

    monkeypatch.setattr(receiving, "judge_commits", judge_at_once)
    git_there = ["git", "-c", "http.postBuffer=20000000", "-C", work.path]
    pushes = [
        subprocess.Popen(
            [*git_there, "push", "-q", address(hosted, secret), f"main:{branch}"],
            env=git_environment("http") | {"GIT_CONFIG_GLOBAL": "/dev/null"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for branch in ("one", "two")
    ]
    said = [push.communicate()[1] for push in pushes]
    assert sorted(push.returncode for push in pushes) == [0, 1]
    assert "not so much room left" in "".join(said)
    assert len(refs_of(store_of(hosted.pk)).keys() & {"refs/heads/one", "refs/heads/two"}) == 1


def test_other_addresses_lead_nowhere(hosted, ada):
    _, secret = make_token(ada)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    address = f"/git/commons/{hosted.slug}.git"
    assert client.get(f"{address}/git-receive-pack").status_code == 404
    assert client.get(f"{address}/x?service=git-receive-pack").status_code == 404
    answer = client.head(f"{address}/info/refs?service=git-receive-pack")
    assert (answer.status_code, answer.content) == (200, b"")


def test_too_many_wrong_tokens_are_told_to_wait(hosted, monkeypatch):
    monkeypatch.setattr("nexus.credentials.identifying.MOST_WRONG", 0)
    _, secret = make_token()
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(
        f"/git/commons/{hosted.slug}.git/info/refs?service=git-upload-pack"
    )
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")


def test_a_commit_that_comes_while_a_run_is_at_work_is_shown_by_the_next(hosted, ada, monkeypatch):
    """A worker that had read the newest commit already would else be the last to look."""
    commit_files(by=ada, repository=hosted, files={"a.md": b"# A\n"}, message="A", expected={})
    from nexus.library.services import syncing

    inner = syncing.synchronise

    def and_then_a_push(repository, *given, **options):
        inner(repository, *given, **options)
        monkeypatch.setattr(syncing, "synchronise", inner)
        commit_files(by=ada, repository=hosted, files={"b.md": b"# B\n"}, message="B", expected={})

    monkeypatch.setattr(syncing, "synchronise", and_then_a_push)
    sync = Sync.objects.create(repository=hosted)
    assert run_sync(sync.pk) is None
    publish()
    assert Entry.objects.filter(repository=hosted, path="b.md").exists()
    assert not waiting_syncs()

"""An export gives everything of a person's, nothing of others', and no secret."""

import json
import stat
import subprocess
import threading
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.utils import timezone

from nexus.departing import services
from nexus.departing.models import Export
from nexus.departing.packing import write_archive
from nexus.departing.places import archive_of, exports_folder
from nexus.departing.services.exporting import KEPT_FOR, MOST_A_DAY, Withdrawn
from nexus.departing.table import BELONGINGS
from nexus.departing.tests.factories import ExportFactory
from nexus.departing.tests.scene import TOTP_SECRET
from nexus.kernel.errors import Conflict, Forbidden, Unavailable
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.git.stores import KEPT, head_commit, update_refs
from nexus.repositories.git.tests.builders import git
from nexus.repositories.limits import store_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exported(scene, tmp_path):
    """Ada's archive, opened."""
    scene.write()
    scene.recommend()
    scene.correct()
    path = tmp_path / "ada.zip"
    services.export_to_file(by=None, person=scene.ada, path=path)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        yield archive


def account_in(archive):
    return json.loads(archive.read("account.json"))


def test_every_section_is_there_and_full(exported):
    account = account_in(exported)
    assert (account["format"], account["version"]) == ("nexus-account", 1)
    sections = {one.section for one in BELONGINGS if one.section}
    assert sections <= account.keys()
    empty = {name for name in sections if not account[name]}
    assert empty <= {"sessions", "exports"}  # nobody was here with a browser
    assert "account.json" in exported.read("README.md").decode()


def test_it_says_what_the_hub_knows(exported, scene):
    account = account_in(exported)
    (own,) = account["account"]
    assert (own["handle"], own["name"], own["email"]) == ("ada", "Ada Lovelace", "ada@example.org")
    assert {"cohort": "commons", "role": "mentor"}.items() <= account["memberships"][0].items()
    assert account["invitations"][0]["email"] == "carol@example.org"
    assert "geese.md" in {entry["path"] for entry in account["entries"]}
    assert "https://docs.djangoproject.com/en/5.2/topics/cache/" in {
        one["address"] for one in account["recommendations"]
    }
    assert account["corrections"][0]["values"] == ["All of my geese."]
    kinds = {one["kind"]: one for one in account["repositories"]}
    assert kinds["mirror"]["origin"] == scene.mirror.origin
    assert kinds["hosted"]["bundle"] == f"repositories/commons/{scene.hosted.slug}.bundle"
    did = [(one["by"], one["action"], one["address"]) for one in account["log"]]
    assert ("you", "invitation.made", "192.0.2.7") in did
    assert ("somebody else", "member.added", "") in did


def test_it_gives_no_secret_and_nothing_of_others(exported, scene):
    everything = b"".join(exported.read(name) for name in ("account.json", "README.md")).decode()
    secrets = [scene.secret, scene.token.digest, scene.link, TOTP_SECRET, scene.ada.password]
    secrets += [scene.app_secret, scene.app.secret]
    assert [secret for secret in secrets if secret in everything] == []
    others = [
        "198.51.100.9",  # whoever failed to sign in as Ada
        scene.bob.handle,
        scene.hub_owner.handle,
        "secret-club",  # a cohort that Ada may not know of
    ]
    assert [word for word in others if word in everything] == []
    assert "192.0.2.7" in everything


def test_a_bundle_is_cloned_by_git_with_all_its_history(scene, tmp_path):
    scene.write()
    store = store_of(scene.hosted.pk)
    given_up = head_commit(store)
    scene.write("ducks.md", "# Ducks\n")
    update_refs(store, {"refs/heads/topic": given_up, f"{KEPT}1": given_up})
    path = tmp_path / "ada.zip"
    write_archive(scene.ada, path)
    with ZipFile(path) as archive:
        archive.extractall(tmp_path / "out")
    place = tmp_path / "out" / "repositories" / "commons"
    bundle = place / f"{scene.hosted.slug}.bundle"
    git("clone", "--quiet", bundle, tmp_path / "clone")
    assert (tmp_path / "clone" / "ducks.md").read_text() == "# Ducks\n"
    assert "Write about geese" in git("-C", tmp_path / "clone", "log", "--format=%s")
    assert KEPT in git("bundle", "list-heads", bundle)
    assert "refs/heads/topic" in git("bundle", "list-heads", bundle)
    assert (place / scene.hosted.slug / "ducks.md").read_text() == "# Ducks\n"
    assert not (place / f"{scene.mirror.slug}.bundle").exists()


def test_an_empty_repository_is_only_named(scene, tmp_path):
    subprocess.run(["rm", "-rf", store_of(scene.hosted.pk)], check=True)
    subprocess.run(["git", "init", "-q", "--bare", store_of(scene.hosted.pk)], check=True)
    write_archive(scene.ada, tmp_path / "ada.zip")
    with ZipFile(tmp_path / "ada.zip") as archive:
        assert not [name for name in archive.namelist() if name.endswith((".bundle", ".txt"))]
        assert len(account_in(archive)["repositories"]) == 2


def test_a_store_that_cannot_be_read_costs_nobody_the_rest(scene, tmp_path):
    store = store_of(scene.hosted.pk)
    for pack in [*store.glob("objects/pack/*"), *store.glob("objects/??/*")]:
        pack.unlink()
    write_archive(scene.ada, tmp_path / "ada.zip")
    with ZipFile(tmp_path / "ada.zip") as archive:
        assert archive.testzip() is None
        assert account_in(archive)["account"]
        words = archive.read(f"repositories/commons/{scene.hosted.slug}.txt").decode()
        assert "could not read" in words


def test_a_worker_writes_it_where_nobody_else_reads_it(scene):
    export = services.ask_for_export(by=scene.ada, person=scene.ada)
    assert services.ask_for_export(by=scene.ada, person=scene.ada) == export
    services.make_export(export.pk)
    export.refresh_from_db()
    assert export.state == Export.State.DONE
    path = archive_of(export.key)
    assert path.stat().st_size == export.size_bytes
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(exports_folder().stat().st_mode) == 0o700
    services.make_export(export.pk)  # a second message changes nothing
    told = StoredEvent.objects.filter(type__startswith="departing.").order_by("pk")
    assert [one.type for one in told] == [
        "departing.export_asked",
        "departing.export_finished",
    ]
    assert {one.audience for one in told} == {f"person:{scene.ada.pk}"}
    assert AuditRecord.objects.get(action="account.exported").actor == scene.ada.pk


def test_nobody_else_asks_for_it_not_even_the_owner_of_the_hub(scene):
    for by in (scene.bob, scene.hub_owner):
        with pytest.raises(Forbidden):
            services.ask_for_export(by=by, person=scene.ada)
    with pytest.raises(Forbidden):
        services.export_to_file(by=scene.bob, person=scene.ada, path=Path("never.zip"))
    assert not Export.objects.exists()


def test_only_so_many_a_day(scene):
    ExportFactory.create_batch(MOST_A_DAY, person=scene.ada, state=Export.State.DONE)
    with pytest.raises(Conflict) as refused:
        services.ask_for_export(by=scene.ada, person=scene.ada)
    assert refused.value.code == "too-many-exports"


def test_of_two_who_ask_at_once_one_does(scene):
    both = threading.Barrier(2)
    got = []

    def ask():
        both.wait()
        try:
            got.append(services.ask_for_export(by=scene.ada, person=scene.ada).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 2
    assert len(set(got)) == Export.objects.count() == 1


def test_a_newer_archive_takes_the_place_of_the_older_one(scene):
    keys = []
    for _ in range(2):
        export = services.ask_for_export(by=scene.ada, person=scene.ada)
        services.make_export(export.pk)
        keys.append(export.key)
    assert [archive_of(key).exists() for key in keys] == [False, True]


def test_the_clock_takes_up_what_a_dead_process_left_and_removes_what_is_old(scene):
    left = ExportFactory(person=scene.ada, state="running", worker=f"{this_host()}:999999999")
    archive_of(left.key).with_suffix(".zip.0.part").write_text("half")
    old = ExportFactory(state="done", finished_at=timezone.now() - KEPT_FOR - timedelta(hours=1))
    archive_of(old.key).write_text("old")
    archive_of("of-nobody").write_text("left by a crash")
    services.resume_exports()
    services.tidy_exports()
    left.refresh_from_db()
    assert left.state == Export.State.DONE
    assert archive_of(left.key).exists()
    assert not Export.objects.filter(pk=old.pk).exists()
    assert not archive_of(old.key).exists()
    assert not archive_of("of-nobody").exists()


def this_host():
    import socket

    return socket.gethostname()


def test_an_export_whose_account_goes_meanwhile_leaves_nothing(scene, monkeypatch):
    export = services.ask_for_export(by=scene.ada, person=scene.ada)
    monkeypatch.setattr("nexus.departing.services.runs._SAY_EVERY_SECONDS", 0)
    seen = []

    def write(person, path, *, told):
        told("Writing", 0, 1)
        Export.objects.filter(pk=export.pk).delete()
        try:
            write_archive(person, path, told=told)
        except Withdrawn as error:
            seen.append(error.code)
            raise

    monkeypatch.setattr("nexus.departing.services.exporting.write_archive", write)
    services.make_export(export.pk)
    assert seen == ["export-withdrawn"]
    assert list(exports_folder().iterdir()) == []
    assert not StoredEvent.objects.filter(type="departing.export_finished").exists()


def test_a_failure_is_said_and_leaves_no_half(scene, monkeypatch):
    def broken(person):
        raise ValueError("unexpected")

    one = next(one for one in BELONGINGS if one.section == "log")
    monkeypatch.setattr("nexus.departing.packing.BELONGINGS", [replaced(one, rows=broken)])
    export = services.ask_for_export(by=scene.ada, person=scene.ada)
    services.make_export(export.pk)
    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert "went wrong" in export.error
    assert list(exports_folder().iterdir()) == []


def replaced(belonging, **changes):
    import dataclasses

    return dataclasses.replace(belonging, **changes)


def test_nothing_is_overwritten_and_a_place_that_cannot_be_is_said(scene, tmp_path):
    there = tmp_path / "there.zip"
    there.write_text("mine")
    with pytest.raises(Conflict) as refused:
        write_archive(scene.ada, there)
    assert refused.value.code == "export-exists"
    assert there.read_text() == "mine"
    with pytest.raises(Unavailable):
        write_archive(scene.ada, tmp_path / "no" / "such" / "folder.zip")


def test_an_account_with_nothing_is_exported_too(db, home, tmp_path):
    write_archive(PersonFactory(handle="new", name='Nina "N" \\ 中 😀'), tmp_path / "new.zip")
    with ZipFile(tmp_path / "new.zip") as archive:
        assert account_in(archive)["account"][0]["name"] == 'Nina "N" \\ 中 😀'

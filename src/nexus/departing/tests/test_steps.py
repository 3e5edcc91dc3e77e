"""The steps of a deletion: they wait for work under way, and another process goes on."""

import dataclasses
import os
import signal
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from nexus.departing import services
from nexus.departing.models import Departure, Export
from nexus.departing.places import archive_of, exports_folder
from nexus.departing.table import BELONGINGS
from nexus.departing.tests.factories import DepartureFactory
from nexus.departing.tests.scene import READING
from nexus.library.models import Entry
from nexus.library.services.removing import remove_repository
from nexus.repositories import services as repositories
from nexus.repositories.git.stores import locked
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync
from nexus.repositories.services import claim_sync, request_sync
from nexus.repositories.workers import this_worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_export_that_waits_or_lies_ready_goes_too(scene):
    services.make_export(services.ask_for_export(by=scene.ada, person=scene.ada).pk)
    waiting = services.ask_for_export(by=scene.ada, person=scene.ada)
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[])
    assert not Export.objects.exists()
    assert list(exports_folder().iterdir()) == []
    services.make_export(waiting.pk)
    assert not archive_of(waiting.key).exists()


def test_a_repository_that_is_being_read_goes_when_that_is_done(scene):
    scene.write()
    run = request_sync(by=None, repository=scene.hosted)
    assert claim_sync(run.pk)
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])
    assert not services.carry_on(scene.ada.pk)
    assert "being read" in Departure.objects.get().stage
    assert Repository.objects.filter(pk=scene.hosted.pk).exists()
    repositories.finish_sync(sync=run.pk)
    services.resume_departures()
    assert not Repository.objects.filter(pk=scene.hosted.pk).exists()
    assert Departure.objects.get().finished_at


def test_a_run_that_waits_never_begins(scene):
    scene.write()
    run = request_sync(by=None, repository=scene.hosted)
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])
    assert services.carry_on(scene.ada.pk)
    assert not claim_sync(run.pk)
    assert not Sync.objects.filter(pk=run.pk).exists()


def test_a_push_that_is_coming_in_is_waited_for(scene):
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])
    with locked(store_of(scene.hosted.pk)):
        assert not services.carry_on(scene.ada.pk)
        assert Repository.objects.filter(pk=scene.hosted.pk).exists()
    assert services.carry_on(scene.ada.pk)
    assert not store_of(scene.hosted.pk).exists()


class Killed(BaseException):
    """The process ends here."""


STEPS = [one.what for one in BELONGINGS if one.afterwards]


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies_after_any_step_is_followed_by_another(scene, monkeypatch, step):
    def dying(one):
        if one.what != step:
            return one

        def die(leaver):
            one.afterwards(leaver)
            raise Killed

        return dataclasses.replace(one, afterwards=die)

    scene.write()
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])
    order = "nexus.departing.services.departing.leaving_order"
    with monkeypatch.context() as dead:
        dead.setattr(order, lambda: reversed([dying(one) for one in BELONGINGS]))
        with pytest.raises(Killed):
            services.carry_on(scene.ada.pk)
    assert not Departure.objects.get().finished_at
    services.resume_departures()
    assert Departure.objects.get().finished_at
    assert not Repository.objects.filter(pk=scene.hosted.pk).exists()
    assert not store_of(scene.hosted.pk).exists()


def test_a_process_that_is_killed_between_two_steps_is_followed_by_another(scene):
    scene.write()
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])
    connection.close()  # each of the two processes has its own
    child = os.fork()
    if child == 0:
        sweep = "nexus.repositories.removing.sweep"
        with patch(sweep, side_effect=lambda key: os.kill(os.getpid(), signal.SIGKILL)):
            services.carry_on(scene.ada.pk)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = Departure.objects.get()
    assert left.worker.endswith(f":{child}")
    assert left.steps
    assert store_of(scene.hosted.pk).exists()
    services.resume_departures()
    assert Departure.objects.get().finished_at
    assert not store_of(scene.hosted.pk).exists()
    assert not Repository.objects.filter(pk=scene.hosted.pk).exists()


def test_a_store_is_removed_also_when_the_process_died_between_its_row_and_it(scene, monkeypatch):
    services.begin_departure(by=scene.ada, person=scene.ada, handle="ada", take=[scene.hosted.pk])

    def die(key):
        raise Killed

    with monkeypatch.context() as dead:
        dead.setattr("nexus.repositories.removing.sweep", die)
        with pytest.raises(Killed):
            services.carry_on(scene.ada.pk)
    assert store_of(scene.hosted.pk).exists()
    services.resume_departures()
    assert not store_of(scene.hosted.pk).exists()


def test_work_of_a_living_process_is_left_to_it(scene):
    departure = DepartureFactory(worker=this_worker(), alive_at=timezone.now())
    assert not services.carry_on(departure.pk)
    services.resume_departures()
    assert not Departure.objects.get(pk=departure.pk).finished_at


def test_pages_go_in_batches(scene, monkeypatch):
    monkeypatch.setattr("nexus.library.services.removing.BATCH", 2)
    scene.write()
    scene.write("b.md", READING)
    remove_repository(scene.hosted)
    assert not Entry.objects.exists()

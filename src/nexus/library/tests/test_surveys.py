"""Nobody who reads waits for a count: what was known is shown while a worker counts anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nexus.cohorts.tests.factories import CohortFactory
from nexus.kernel import tasks as background
from nexus.kernel.events import last_number
from nexus.library import tasks
from nexus.library.selectors import (
    SURVEY_TASK,
    SURVEYS,
    due_surveys,
    stamp_of,
    survey_of,
    weeks_of,
)
from nexus.library.selectors.kept import forget
from nexus.library.services import surveys
from nexus.library.services.surveys import keep_survey
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory, VersionFactory
from nexus.library.topic_maps import PICTURES, picture_of
from nexus.repositories.models import Sync
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def cohort(settings, tmp_path):
    settings.SURVEY_FOLDER = tmp_path / "surveys"
    return CohortFactory(slug="prodev", name="ProDev")


@pytest.fixture
def repository(cohort):
    return RepositoryFactory(cohort=cohort, indexed_at=DAY)


@pytest.fixture
def asked():
    """What workers were asked to do."""
    found = []
    background.use_sender(lambda name, arguments: found.append((name, *arguments)))
    yield found
    background.use_sender(background._nobody)


@pytest.fixture
def at_rest(monkeypatch):
    """Counting costs nothing, so it may be done as often as one likes."""
    monkeypatch.setattr(surveys, "BUSY_SHARE", float("inf"))


def publish(repository, *topics):
    """An entry more, in a commit of its own."""
    entry = EntryFactory(repository=repository)
    for topic in topics:
        EntryTopicFactory(entry=entry, topic=topic)
    repository.indexed_at += timedelta(hours=1)
    repository.save()


def test_what_was_never_counted_is_counted_for_its_first_reader(cohort, repository):
    publish(repository, "django")
    assert survey_of(cohort).sizes == {"django": 1}
    assert picture_of(cohort).topics == 1


@pytest.mark.usefixtures("at_rest")
def test_readers_see_what_was_known_until_a_worker_has_counted(cohort, repository, asked):
    publish(repository, "django")
    assert keep_survey(cohort)
    publish(repository, "django", "react")

    assert survey_of(cohort).sizes == {"django": 1}
    assert picture_of(cohort).topics == 1
    assert asked == [(SURVEY_TASK, cohort.pk)]  # once, however many come

    tasks.survey_topics(cohort.pk)
    assert survey_of(cohort).sizes == {"django": 2, "react": 1}
    assert picture_of(cohort).topics == 2
    assert len(asked) == 1


def test_readers_of_what_is_kept_count_nothing(cohort, repository, django_assert_num_queries):
    publish(repository, "django", "react")
    keep_survey(cohort)
    survey_of(cohort)
    with django_assert_num_queries(1):  # whether anything was published since
        survey_of(cohort)
    with django_assert_num_queries(1):
        picture_of(cohort)


@pytest.mark.usefixtures("at_rest")
def test_it_is_counted_once_for_each_state_and_told(cohort, repository):
    publish(repository, "django")
    before = last_number()
    assert keep_survey(cohort)
    assert last_number() > before  # pages kept for readers are made anew
    assert not keep_survey(cohort)
    assert due_surveys() == []
    publish(repository, "react")
    assert due_surveys() == [cohort.pk]


@pytest.mark.usefixtures("at_rest")
def test_it_waits_until_what_is_being_read_has_been_read(cohort, repository):
    publish(repository, "django")
    keep_survey(cohort)
    publish(repository, "react")
    run = Sync.objects.create(repository=repository, state=Sync.State.RUNNING)

    assert not keep_survey(cohort)
    assert survey_of(cohort).sizes == {"django": 1}
    run.delete()
    assert keep_survey(cohort)


def test_counting_takes_a_small_share_of_the_time(cohort, repository, monkeypatch):
    publish(repository, "django")
    keep_survey(cohort)
    publish(repository, "react")
    monkeypatch.setattr(surveys, "BUSY_SHARE", 1e-9)
    assert not keep_survey(cohort)
    monkeypatch.setattr(surveys, "BUSY_SHARE", float("inf"))
    assert keep_survey(cohort)


@pytest.mark.usefixtures("at_rest")
def test_the_tick_counts_what_a_lost_message_left(cohort, repository):
    publish(repository, "django")
    tasks.look_for_work()
    assert SURVEYS.get(cohort.pk).survey.sizes == {"django": 1}
    assert PICTURES.get(cohort.pk).topics == 1


def test_a_finished_run_asks_for_a_count(mirror, asked):
    mirror.publish({"README.md": "# A shop\n\nMade with Django.\n"})
    assert (SURVEY_TASK, mirror.repository.cohort_id) in asked


@pytest.mark.usefixtures("at_rest")
def test_a_kept_map_is_drawn_as_one_made_on_the_spot(cohort, repository):
    publish(repository, "django", "react", "caching")
    fresh = Client().get("/c/prodev/-/topics").content
    keep_survey(cohort)
    assert picture_of(cohort) == PICTURES.get(cohort.pk)
    again = Client().get("/c/prodev/-/topics").content
    assert again.split(b"<main")[1] == fresh.split(b"<main")[1]


@pytest.mark.usefixtures("at_rest")
def test_weeks_are_those_that_were_counted_last(cohort, repository, django_assert_num_queries):
    publish(repository, "django")
    entry = repository.entries.get()
    monday = timezone.now().date() - timedelta(days=timezone.now().weekday())
    VersionFactory(entry=entry, committed_at=timezone.now())
    assert weeks_of(cohort) == {monday: 1}, "what was never counted is counted"

    keep_survey(cohort)
    weeks_of(cohort)
    VersionFactory(entry=entry, committed_at=timezone.now() - timedelta(weeks=2))
    publish(repository, "react")
    with django_assert_num_queries(0):
        assert weeks_of(cohort) == {monday: 1}
    forget()
    keep_survey(cohort)
    assert weeks_of(cohort) == {monday - timedelta(weeks=2): 1, monday: 1}


def test_a_stamp_changes_with_what_was_read_and_with_how_much_there_is(cohort, repository):
    stamps = [stamp_of(cohort)]
    publish(repository, "django")
    stamps.append(stamp_of(cohort))
    RepositoryFactory(cohort=cohort, indexed_at=None)
    stamps.append(stamp_of(cohort))
    assert len({*stamps, stamp_of(CohortFactory())}) == 4
    assert stamp_of(cohort) == stamps[-1]

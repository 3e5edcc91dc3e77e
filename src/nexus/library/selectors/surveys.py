"""The topics and the weeks of a cohort as they were counted last: nobody who reads waits for it.

``services.surveys`` counts, in a worker, once a publication has settled. Whoever comes before it
is done sees what was known so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.cache import cache
from pydantic import TypeAdapter

from nexus.kernel.tasks import wake
from nexus.library.selectors.counting import weekly_versions
from nexus.library.selectors.kept import kept
from nexus.library.selectors.topics import Survey, count_topics, stamp_of, stamps
from nexus.library.shelf import Shelf

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

SURVEY_TASK = "library.survey_topics"
#: A worker that was asked is not asked again sooner.
ASKED_SECONDS = 30


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """A survey, the state of the cohort that it was made of, and how long that took."""

    stamp: str
    survey: Survey
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Written:
    """The same as its file has it: JSON knows no pairs as keys."""

    stamp: str
    seconds: float
    sizes: dict[str, int]
    meetings: Sequence[tuple[str, str, int]]
    knowers: dict[str, int]


_WRITTEN = TypeAdapter(_Written)


def _write(last: KeptSurvey) -> bytes:
    survey = last.survey
    meetings = [(one, other, times) for (one, other), times in survey.meetings.items()]
    written = _Written(last.stamp, last.seconds, dict(survey.sizes), meetings, dict(survey.knowers))
    return _WRITTEN.dump_json(written)


def _read(data: bytes) -> KeptSurvey:
    found = _WRITTEN.validate_json(data)
    meetings = {(one, other): times for one, other, times in found.meetings}
    return KeptSurvey(found.stamp, Survey(found.sizes, meetings, found.knowers), found.seconds)


SURVEYS = Shelf("topics.json", _write, _read)
_WEEKS: TypeAdapter[Mapping[date, int]] = TypeAdapter(dict[date, int])
#: How many versions a cohort committed a week: a tenth of a second to count in a large one.
WEEKS = Shelf("weeks.json", _WEEKS.dump_json, _WEEKS.validate_json)


def survey_of(cohort: Cohort) -> Survey:
    """The topics of a cohort, as they were counted last.

    When something was published since, a worker is asked to count again. Only what was never
    counted is counted here: the cohort is new then.
    """
    stamp = kept(("stamp", cohort.pk), lambda: stamp_of(cohort))
    last = SURVEYS.get(cohort.pk)
    if (last is None or last.stamp != stamp) and cache.add(f"asked:{stamp}", 1, ASKED_SECONDS):
        wake(SURVEY_TASK, cohort.pk)
    return last.survey if last else _counted(cohort, stamp)


def _counted(cohort: Cohort, stamp: str) -> Survey:
    survey: Survey | None = cache.get(f"topics:{stamp}")
    if survey is None:
        survey = count_topics(cohort)
        cache.set(f"topics:{stamp}", survey)
    return survey


def due_surveys() -> list[int]:
    """Keys of the cohorts in which something was published since they were counted."""
    return [cohort for cohort, stamp in stamps().items() if _kept_stamp(cohort) != stamp]


def _kept_stamp(cohort: int) -> str:
    last = SURVEYS.get(cohort)
    return last.stamp if last else ""


def met_with(topic: str, cohort: Cohort) -> Sequence[str]:
    """The topics that occur most with one in a cohort, against how much there is of them."""
    return survey_of(cohort).beside.get(topic, ())


def weeks_of(cohort: Cohort) -> Mapping[date, int]:
    """How many versions a cohort committed a week, as they were counted last.

    What was never counted is counted here, as ``weekly_versions`` does.
    """
    last = WEEKS.get(cohort.pk)
    return weekly_versions(cohorts=[cohort.pk]) if last is None else last

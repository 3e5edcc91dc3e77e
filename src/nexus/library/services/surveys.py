"""Counting the topics and the weeks of a cohort and drawing its map, for those who will read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction

from nexus.kernel.events import publish
from nexus.library.events import TopicsSurveyed
from nexus.library.selectors import (
    SURVEYS,
    WEEKS,
    KeptSurvey,
    count_topics,
    stamp_of,
    weekly_versions,
)
from nexus.library.topic_maps import PICTURES, draw
from nexus.repositories.selectors import all_repositories, busy_repositories

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

#: Of the time at most this share goes into counting, however often a cohort publishes.
BUSY_SHARE = 0.1
#: A cohort that never comes to rest is counted all the same.
LONGEST_WAIT_SECONDS = 600


def keep_survey(cohort: Cohort) -> bool:
    """Count and draw again when something was published; whether that was done.

    It is left for later while repositories of the cohort are being read, and when it was done
    only a short while ago: ten times as long as it took.
    """
    stamp = stamp_of(cohort)
    kept = SURVEYS.get(cohort.pk)
    if kept is not None and (kept.stamp == stamp or not _has_settled(cohort, kept)):
        return False
    if not cache.add(f"counting:{cohort.pk}", 1, LONGEST_WAIT_SECONDS):
        return False  # another worker is at it
    try:
        _keep(cohort, stamp)
    finally:
        cache.delete(f"counting:{cohort.pk}")
    return True


def _keep(cohort: Cohort, stamp: str) -> None:
    began = time.monotonic()
    survey = count_topics(cohort)
    PICTURES.put(cohort.pk, draw(survey, cohort=cohort.slug))
    WEEKS.put(cohort.pk, weekly_versions(cohorts=[cohort.pk]))
    SURVEYS.put(cohort.pk, KeptSurvey(stamp, survey, time.monotonic() - began))
    with transaction.atomic():  # pages that show what was counted before are made anew
        publish(TopicsSurveyed(cohort=cohort.pk), audience=cohort.audience)


def _has_settled(cohort: Cohort, kept: KeptSurvey) -> bool:
    age = SURVEYS.age_seconds(cohort.pk)
    if age < kept.seconds / BUSY_SHARE:
        return False
    ours = all_repositories().filter(cohort=cohort).values_list("pk", flat=True)
    return age > LONGEST_WAIT_SECONDS or not busy_repositories(ours)

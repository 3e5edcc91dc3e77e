"""What is kept twice so that lists are quick says the same in both places, whatever happens."""

import pytest
from django.db.models import F

from nexus.cohorts.tests.factories import CohortFactory
from nexus.library.models import Entry, EntryTopic

pytestmark = pytest.mark.django_db

SNIPPET = """
Ask the Redis cache first:

```python
def cached(key, make):
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, 60)
    return value
```
"""


def unlike() -> list[EntryTopic]:
    """The rows of topics that do not say what their entry says."""
    rows = EntryTopic.objects.select_related("entry", "entry__repository")
    return [
        row
        for row in rows
        if (row.cohort_id, row.repository_id, row.kind, row.changed_at, row.is_listed)
        != (
            row.entry.repository.cohort_id,
            row.entry.repository_id,
            row.entry.kind,
            row.entry.changed_at,
            row.entry.withdrawn_at is None and row.entry.original_id is None,
        )
    ]


def everything_agrees() -> bool:
    assert EntryTopic.objects.exists()
    strangers = Entry.objects.exclude(cohort=F("repository__cohort"))
    return not unlike() and not strangers.exists()


def listed() -> int:
    return EntryTopic.objects.filter(kind="snippet", topic="redis", is_listed=True).count()


def test_an_entry_that_becomes_another_kind_or_changes(mirror):
    page = "---\nkind: {kind}\n---\n# Caching with Django\n\nRedis keeps it. {more}\n"
    for kind, more in (("document", ""), ("challenge", ""), ("challenge", "Celery fills it.")):
        mirror.publish({"docs/a.md": page.format(kind=kind, more=more)})
        assert everything_agrees()
        assert EntryTopic.objects.filter(entry__path="docs/a.md", kind=kind, topic="redis").exists()


def test_copies_come_forward_and_go_back(add_mirror):
    cohort = CohortFactory()
    first, second = add_mirror("first", cohort=cohort), add_mirror("second", cohort=cohort)
    for mirror in (first, second):
        mirror.publish({"docs/a.md": f"# A\n{SNIPPET}"})
        assert everything_agrees()
        assert listed() == 1
    for text in ("# A\n", f"# A\n{SNIPPET}"):  # the original goes, and comes back
        first.publish({"docs/a.md": text})
        assert everything_agrees()
        assert listed() == 1


def test_a_file_that_is_deleted_and_written_again(mirror):
    text = f"# A\n{SNIPPET}"
    for is_there in (True, False, True):
        mirror.publish({"docs/a.md": text if is_there else None, "README.md": "# Django"})
        assert everything_agrees()
        assert listed() == is_there

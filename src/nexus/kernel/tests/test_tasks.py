"""Tasks are woken after the commit, and only then."""

import pytest
from django.db import transaction

from nexus.kernel import tasks


@pytest.fixture
def sent():
    """What reached the worker."""
    messages = []
    tasks.use_sender(lambda name, arguments: messages.append((name, arguments)))
    yield messages
    tasks.use_sender(tasks._nobody)


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_when_the_change_is_committed(sent):
    with transaction.atomic():
        tasks.wake("library.sync", 7)
        assert sent == []
    assert sent == [("library.sync", (7,))]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_sends_nothing(sent):
    with transaction.atomic():
        tasks.wake("library.sync", 7)
        transaction.set_rollback(True)
    assert sent == []


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_nothing_breaks():
    tasks.wake("library.sync", 7)

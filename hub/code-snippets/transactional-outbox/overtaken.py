# The transaction that began first commits last, and nothing is skipped.
# Quoted from src/nexus/kernel/tests/test_events.py#L157-L184

@pytest.mark.django_db(transaction=True)
def test_numbers_follow_commits_not_beginnings():
    """The one that began first commits last: its number comes last, and none is skipped."""
    from django.db import connection

    if connection.vendor != "postgresql":
        _sqlite_writers_wait_for_each_other()
        return
    began, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            publish(Tried("began first"))
            began.set()
            may_commit.wait(PATIENCE)
        close_old_connections()
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(PATIENCE)
    with transaction.atomic():
        publish(Tried("committed first"))
    seen = events.after(0, 10)
    may_commit.set()
    thread.join()
    assert [payload["what"] for _, _, payload in seen] == ["committed first"]
    assert [payload["what"] for _, _, payload in events.after(seen[-1][0], 10)] == ["began first"]

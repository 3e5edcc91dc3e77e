# An in-memory broker in one process, Redis between several.
# Quoted from src/nexus/config/celery.py#L14-L25

app = Celery("nexus")
app.conf.update(
    broker_url=str(environment().redis_url or "memory://localhost/"),
    # The memory broker looks for messages once a second by default.
    broker_transport_options={} if environment().redis_url else {"polling_interval": 0.05},
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    task_acks_late=True,
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
    timezone="UTC",
)

# An in-memory broker in one process, Redis between several.
# Quoted from src/nexus/config/celery.py#L14-L14

app = Celery("nexus")

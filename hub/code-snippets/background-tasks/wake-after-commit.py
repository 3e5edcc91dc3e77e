# Ask a worker once the transaction has committed.
# Quoted from src/nexus/kernel/tasks.py#L28-L30

def wake(name: str, *arguments: int | str) -> None:
    """Ask a worker to run the task ``name`` once the current transaction has committed."""
    transaction.on_commit(lambda: _sender(name, arguments))

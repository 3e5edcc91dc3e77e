# Why a file of a plain folder or archive never enters the hub.
# Quoted from src/nexus/library/services/syncing.py#L179-L185

def reason_to_leave(path: str) -> str | None:
    """Why a file of a plain folder or archive never enters the hub: it may hold a secret.

    A clone gives back all that the hub holds, so what nobody committed on purpose and
    looks like a secret must not get in.
    """
    return "secret" if is_secret(path) else None

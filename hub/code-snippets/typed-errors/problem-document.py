# An error as a program reads it, by RFC 9457.
# Quoted from src/nexus/config/cli/main.py#L97-L105

def problem_of(error: NexusError) -> dict[str, Any]:
    """An error as a program reads it (RFC 9457's members)."""
    return {
        "type": f"urn:nexus:error:{error.code}",
        "title": error.title,
        "status": int(error.status),
        "detail": error.remedy,
        "code": error.code,
    }

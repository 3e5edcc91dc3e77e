# An error as a program reads it, by RFC 9457.
# Quoted from src/nexus/kernel/problems.py#L17-L25

def problem_document(code: str, *, title: str, status: int, detail: str) -> dict[str, Any]:
    """What was wrong (``title``), and what to do (``detail``); programs may rely on ``code``."""
    return {
        "type": f"urn:nexus:error:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }

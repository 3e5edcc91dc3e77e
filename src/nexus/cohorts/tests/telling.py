"""What tests ask of the two logs."""

from nexus.kernel.models import AuditRecord, StoredEvent


def told() -> list[str]:
    """The types of all events, in their order."""
    return list(StoredEvent.objects.order_by("pk").values_list("type", flat=True))


def logged() -> list[str]:
    """The actions in the audit log, in their order."""
    return list(AuditRecord.objects.order_by("pk").values_list("action", flat=True))


def refused() -> list[str]:
    """The actions in the audit log that were refused."""
    found = AuditRecord.objects.filter(is_refusal=True).order_by("pk")
    return list(found.values_list("action", flat=True))

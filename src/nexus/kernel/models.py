"""The event log: what happened, in the order of commits. The audit log: who did it."""

from typing import Any

from django.db import models


class StoredEvent(models.Model):
    """One event, written in the transaction of the change that it tells of.

    ``number`` is empty until the relay gives it, in commit order, after the commit;
    a follower that reads by number therefore never skips an event.
    """

    type = models.CharField(max_length=80)
    payload = models.JSONField()
    audience = models.CharField(max_length=40)
    happened_at = models.DateTimeField(auto_now_add=True)
    number = models.PositiveBigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="kernel_event_unnumbered",
                condition=models.Q(number__isnull=True),
            ),
            models.Index(fields=["type", "number"], name="kernel_event_type"),
            models.Index(fields=["audience", "id"], name="kernel_event_audience"),
            models.Index(fields=["happened_at"], name="kernel_event_when"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.type}"


class WrittenOnce(models.QuerySet["AuditRecord"]):
    """Records that can be read and added to."""

    def update(self, **_: Any) -> int:
        """Refuse: what happened stays as it was told."""
        raise TypeError("A record of the audit log is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: nothing leaves the log."""
        raise TypeError("A record of the audit log is never deleted.")

    def call_otherwise(self, **words: Any) -> int:
        """Name somebody otherwise whose account is gone: the one change that there is.

        What was done, when and by which key stays. Only ``forgetting.py`` asks for it.
        """
        if not set(words) <= {"actor_name", "subject_name", "address", "details"}:
            raise TypeError("Of a record only names and addresses are forgotten.")
        return super().update(**words)


class AuditRecord(models.Model):
    """Who did what, when, to whom, from where. Written once: never changed, never deleted.

    People are named by key and by the name they had, without a foreign key, so that the
    record outlasts the account; the name goes with it (decision 0031). ``scope`` says whose
    matter it is: ``cohort:<id>``, or empty for the hub's.
    """

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=60)
    is_refusal = models.BooleanField(default=False)
    scope = models.CharField(max_length=40, blank=True)
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60, blank=True)
    subject = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict)
    door = models.CharField(max_length=20)
    address = models.CharField(max_length=64, blank=True)

    objects = WrittenOnce.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scope", "-id"], name="kernel_audit_scope"),
            models.Index(fields=["action", "at"], name="kernel_audit_action"),
            models.Index(fields=["actor", "-id"], name="kernel_audit_actor"),
            models.Index(fields=["subject", "-id"], name="kernel_audit_subject"),
            models.Index(fields=["at"], name="kernel_audit_when"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name or 'the hub'} {self.action}"

    def save(self, *arguments: Any, **options: Any) -> None:
        """Write the record; one that is written stays as it is."""
        if not self._state.adding:
            raise TypeError("A record of the audit log is never changed.")
        super().save(*arguments, **options)

    def delete(self, *arguments: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: nothing leaves the log."""
        raise TypeError("A record of the audit log is never deleted.")

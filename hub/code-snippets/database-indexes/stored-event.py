# A table whose few unfinished rows have an index of their own.
# Quoted from src/nexus/kernel/models.py#L8-L34

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

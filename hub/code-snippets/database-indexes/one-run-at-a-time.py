# At most one waiting or working run for each repository.
# Quoted from src/nexus/repositories/models.py#L148-L155

class Meta:
    constraints = [
        models.UniqueConstraint(
            fields=["repository"],
            condition=models.Q(state__in=["queued", "running"]),
            name="sync_one_at_a_time",
        )
    ]

# Unique among living rows only, and indexes that hold only what lists show.
# Quoted from src/nexus/library/models.py#L50-L86

class Meta:
    constraints = [
        models.UniqueConstraint(
            fields=["repository", "path", "part"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_path_once",
        )
    ]
    indexes = [
        models.Index(fields=["repository", "path", "part"], name="entry_by_path"),
        # All that counting and sorting a cohort's entries asks for, so that no row is read.
        models.Index(
            fields=["repository", "withdrawn_at", "kind", "-changed_at", "original"],
            name="entry_of_kind_newest",
        ),
        models.Index(
            fields=["original"],
            condition=models.Q(original__isnull=False),
            name="entry_copies",
        ),
        models.Index(fields=["digest"], condition=~models.Q(digest=""), name="entry_by_digest"),
        models.Index(
            fields=["-changed_at", "id"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_newest",
        ),
        models.Index(
            fields=["kind", "-changed_at", "id"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_newest_of_kind",
        ),
        models.Index(
            fields=["published_at"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_newly_published",
        ),
    ]

# Unique among living rows only, and indexes that hold only what lists show.
# Quoted from src/nexus/library/models.py#L62-L104

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
        models.Index(
            fields=["repository", "kind"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_living_kinds",
        ),
        # All that sorting and counting the entries of a cohort asks for: no row is read.
        models.Index(
            fields=["cohort", "-changed_at", "id", "original"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_cohort_newest",
        ),
        models.Index(
            fields=["cohort", "kind", "-changed_at", "id", "original"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_cohort_kind_newest",
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
            fields=["published_at"],
            condition=models.Q(withdrawn_at__isnull=True),
            name="entry_newly_published",
        ),
    ]

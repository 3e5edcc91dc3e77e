"""Repositories that the hub holds, what was seen of them, and the work done on them."""

from django.db import models


class Repository(models.Model):
    """A Git repository in a cohort. Its objects lie in a bare store, named by its key."""

    class Kind(models.TextChoices):
        """Where it is written: at its remote, or here."""

        MIRROR = "mirror", "mirror"
        HOSTED = "hosted", "hosted"

    class State(models.TextChoices):
        """How it stands with its origin."""

        NEW = "new", "not read yet"
        READY = "ready", "up to date"
        EMPTY = "empty", "empty"
        TROUBLE = "trouble", "could not be read"

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="repositories"
    )
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="repositories"
    )
    slug = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MIRROR)
    origin_kind = models.CharField(max_length=12)
    origin = models.CharField(max_length=2000)
    branch = models.CharField(max_length=255, blank=True)
    head = models.CharField(max_length=64, blank=True, help_text="The newest commit fetched.")
    indexed = models.CharField(max_length=64, blank=True, help_text="The commit its pages show.")
    indexed_at = models.DateTimeField(null=True, blank=True)
    format_version = models.PositiveIntegerField(
        default=0, help_text="The version of the indexer that made the pages."
    )
    holds_secret = models.BooleanField(
        default=False, help_text="A secret is known in what a clone would bring."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    trouble_code = models.CharField(max_length=60, blank=True)
    trouble = models.CharField(max_length=1000, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    next_fetch_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "slug"], name="repository_slug_once")
        ]

    def __str__(self) -> str:
        return self.slug


class Revision(models.Model):
    """A commit of a repository that the hub has indexed."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="revisions")
    sha = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    author_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    committed_at = models.DateTimeField()
    indexed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "sha"], name="revision_once"),
            models.UniqueConstraint(fields=["repository", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return self.sha[:10]


class LookBack(models.Model):
    """How far all that a clone of a repository brings was looked through for secrets.

    ``tips`` are the commits and tags below which everything was looked through, by the rules of
    ``format_version``; ``found`` says where secrets are, never what they are.
    """

    repository = models.OneToOneField(
        Repository, on_delete=models.CASCADE, primary_key=True, related_name="look_back"
    )
    format_version = models.PositiveIntegerField()
    tips = models.JSONField(default=list)
    found = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"look back at {self.repository_id}"


class Contributor(models.Model):
    """Somebody whose commits a repository holds. The address is kept as a digest only."""

    repository = models.ForeignKey(
        Repository, on_delete=models.CASCADE, related_name="contributors"
    )
    name = models.CharField(max_length=200)
    email_digest = models.CharField(max_length=64)
    commits = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "email_digest"], name="contributor_once")
        ]

    def __str__(self) -> str:
        return self.name


class Sync(models.Model):
    """One run of fetching and indexing a repository: a job, and its progress for the page."""

    class State(models.TextChoices):
        """How far the run is."""

        QUEUED = "queued", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="syncs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    stage = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.CharField(max_length=1000, blank=True)
    requested_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    worker = models.CharField(max_length=300, blank=True, help_text="Host and process.")
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository"],
                condition=models.Q(state__in=["queued", "running"]),
                name="sync_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"sync {self.pk} of {self.repository_id}: {self.state}"

    @property
    def is_running(self) -> bool:
        """Whether a process is at it."""
        return self.state == self.State.RUNNING

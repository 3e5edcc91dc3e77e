"""What the hub found in repositories: entries, their versions, and what could not be shown."""

from django.db import models


class Entry(models.Model):
    """One published thing, found in a repository.

    ``path`` is its address inside the repository: the path of its file, or empty for the
    project itself. A file that is renamed keeps its entry; ``OldPath`` leads on from the
    former address. A file that is deleted leaves a withdrawn entry, still readable.

    What is read out of a file's text (a challenge, a snippet) is an entry of its own: ``part``
    names it inside the file, ``line`` says where it begins. The same part published by several
    repositories of a cohort is one thing: all but the first have it as their ``original``.

    ``cohort`` is that of the repository, which never leaves it, kept here too so that the
    lists of a cohort are read off one index.
    """

    repository = models.ForeignKey(
        "repositories.Repository",
        on_delete=models.CASCADE,
        related_name="entries",
        db_index=False,  # entry_by_path begins with it
    )
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # entry_cohort_newest begins with it
    )
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=1000, blank=True)
    part = models.CharField(
        max_length=120, blank=True, help_text="Which part of the file; empty for all of it."
    )
    line = models.PositiveIntegerField(default=0, help_text="Where the part begins.")
    digest = models.CharField(
        max_length=64, blank=True, help_text="Of the part's content, to know it again elsewhere."
    )
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
        db_index=False,  # nearly none has one: see entry_copies
    )
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="Natural, ISO 639-1.")
    code_language = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, help_text="What the kind knows of it.")
    current = models.ForeignKey(
        "library.Version", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(help_text="When its newest version was committed.")
    published_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

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

    def __str__(self) -> str:
        return self.title


class OldPath(models.Model):
    """A former address of an entry, left behind by a rename."""

    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="old_paths"
    )
    path = models.CharField(max_length=1000)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="old_paths")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["repository", "path"], name="old_path_once")]

    def __str__(self) -> str:
        return self.path


class Version(models.Model):
    """An entry as it stood in one commit. Never changes."""

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="versions",
        db_index=False,  # version_once begins with it
    )
    commit = models.CharField(max_length=64)
    path = models.CharField(max_length=1000, blank=True, help_text="Of the file, at that commit.")
    blob = models.CharField(max_length=64, blank=True, help_text="The Git object of its source.")
    author_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    committed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "commit"], name="version_once")]
        indexes = [models.Index(fields=["entry", "-committed_at", "-id"], name="version_newest")]

    def __str__(self) -> str:
        return f"{self.path}@{self.commit[:10]}"


class Rendering(models.Model):
    """The page made of an entry's current version; can be made again from Git at any time."""

    entry = models.OneToOneField(
        Entry, on_delete=models.CASCADE, primary_key=True, related_name="rendering"
    )
    html = models.TextField()
    text = models.TextField(help_text="Plain words for search.")
    headings = models.JSONField(default=list)
    links = models.JSONField(default=list)
    features = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"page of {self.entry_id}"


class EntryTopic(models.Model):
    """A topic that an entry is about. The topics themselves are a data file of the hub's.

    What the lists of a topic sort and count by is kept here too, as it is in the entry, so that
    they are read off one index. ``services/entries.py`` writes both.
    """

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="topics",
        db_index=False,  # entry_topic_once begins with it
    )
    topic = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField(help_text="How much it is about it.")
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # entry_topic_of_kind begins with it
    )
    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    changed_at = models.DateTimeField()
    is_listed = models.BooleanField(
        default=True, help_text="The entry is neither withdrawn nor a copy."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "topic"], name="entry_topic_once")]
        indexes = [
            models.Index(
                fields=[
                    "cohort",
                    "topic",
                    "kind",
                    "-weight",
                    "-changed_at",
                    "entry",
                    "repository",
                ],
                condition=models.Q(is_listed=True),
                name="entry_topic_of_kind",
            ),
            models.Index(
                fields=["cohort", "kind", "topic"],
                condition=models.Q(is_listed=True),
                name="entry_topic_sizes",
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Fact(models.Model):
    """Something known of a project: one row for each value.

    ``source`` is where it was read (a path, ``git``, or the name of whoever corrected it).
    """

    class Certainty(models.TextChoices):
        """How sure it is."""

        FACT = "fact", "fact"
        GUESS = "guess", "guess"
        CORRECTED = "corrected", "corrected"

    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="known_facts",
        db_index=False,  # fact_by_entry begins with it
    )
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    source = models.CharField(max_length=1000)
    line = models.PositiveIntegerField(default=0)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    is_overruled = models.BooleanField(default=False, help_text="By a correction.")

    class Meta:
        indexes = [
            models.Index(fields=["entry", "name"], name="fact_by_entry"),
            models.Index(
                fields=["name", "value", "entry"],
                condition=models.Q(is_overruled=False),
                name="fact_by_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Correction(models.Model):
    """What the owner says of a project instead of what was read; it survives every sync."""

    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="corrections"
    )
    name = models.CharField(max_length=40)
    values = models.JSONField(default=list, help_text="Texts; none at all is an answer too.")
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "name"], name="correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.repository_id}"


class Resource(models.Model):
    """Something elsewhere that people of a cohort recommend: one row for each address.

    ``key`` is a digest of the normal form of the address, so that two spellings are one.
    """

    class State(models.TextChoices):
        """What the last look found."""

        UNCHECKED = "unchecked", "not looked at yet"
        ALIVE = "alive", "answers"
        MOVED = "moved", "has moved"
        GONE = "gone", "is gone"
        SILENT = "silent", "does not answer"
        CLOSED = "closed", "does not let programs look"

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="resources")
    key = models.CharField(max_length=64)
    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300)
    host = models.CharField(max_length=253)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNCHECKED)
    status_code = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Looks in a row.")
    moved_to = models.CharField(max_length=2000, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True)
    added_at = models.DateTimeField(auto_now_add=True)
    recommended = models.PositiveIntegerField(default=0, help_text="By how many repositories.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "key"], name="resource_once")]
        indexes = [
            models.Index(fields=["cohort", "-recommended", "id"], name="resource_most_recommended"),
        ]

    def __str__(self) -> str:
        return self.title


class Recommendation(models.Model):
    """Where somebody recommends a resource, and the words around it."""

    resource = models.ForeignKey(
        Resource,
        on_delete=models.CASCADE,
        related_name="recommendations",
        db_index=False,  # recommendation_once begins with it
    )
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="recommendations")
    text = models.CharField(max_length=300, blank=True)
    context = models.CharField(max_length=400, blank=True)
    section = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "entry"], name="recommendation_once")
        ]

    def __str__(self) -> str:
        return self.text


class ResourceTopic(models.Model):
    """A topic that a resource is about, as its recommendations tell."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "topic"], name="resource_topic_once")
        ]
        indexes = [models.Index(fields=["topic", "resource"], name="resource_topic_by_topic")]

    def __str__(self) -> str:
        return self.topic


class SourceFile(models.Model):
    """A text file that is no entry but can be found by what is in it."""

    repository = models.ForeignKey(
        "repositories.Repository",
        on_delete=models.CASCADE,
        related_name="source_files",
        db_index=False,  # source_file_once begins with it
    )
    path = models.CharField(max_length=1000)
    blob = models.CharField(max_length=64)
    code_language = models.CharField(max_length=60, blank=True)
    size_bytes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repository", "path"], name="source_file_once")
        ]

    def __str__(self) -> str:
        return self.path


class FileProblem(models.Model):
    """Something the owner should know about a file. The words are in ``problems.ADVICE``."""

    repository = models.ForeignKey(
        "repositories.Repository",
        on_delete=models.CASCADE,
        related_name="problems",
        db_index=False,  # problem_by_file begins with it
    )
    path = models.CharField(max_length=1000)
    line = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500)

    class Meta:
        indexes = [
            models.Index(fields=["repository", "path", "line"], name="problem_by_file"),
            models.Index(fields=["repository", "code"], name="problem_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code}"


class LeftOut(models.Model):
    """Files that are neither entries nor searchable, and why: one row a file or folder."""

    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="left_out"
    )
    path = models.CharField(max_length=1000)
    reason = models.CharField(max_length=20)
    files = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["repository", "reason", "path"], name="left_out_by_reason")]

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class Proposal(models.Model):
    """A change that somebody proposes to a file of another's repository that lives in the hub.

    ``base_blob`` is the Git object that it was made from, as the file stood in ``base_commit``.
    Whether it still fits is never kept, but computed when somebody looks. ``edition`` counts its
    texts, so that nobody accepts another than the one they read.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    repository = models.ForeignKey(
        "repositories.Repository",
        on_delete=models.CASCADE,
        related_name="proposals",
        db_index=False,  # proposal_of_repository begins with it
    )
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="proposals")
    path = models.CharField(max_length=1000)
    base_commit = models.CharField(max_length=64)
    base_blob = models.CharField(max_length=64)
    text = models.TextField()
    message = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=500, blank=True, help_text="A word of who declined it.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    commit = models.CharField(max_length=64, blank=True, help_text="That it was accepted by.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["repository", "by", "path"],
                condition=models.Q(state="open"),
                name="proposal_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["repository", "state", "-made_at"], name="proposal_of_repository")
        ]

    def __str__(self) -> str:
        return f"{self.path} by {self.by_id}"


class ReturnedProposal(models.Model):
    """What somebody proposed to a repository that is no more: the lines that they wrote."""

    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=1000)
    text = models.TextField()
    message = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    returned_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.path} by {self.by_id}"

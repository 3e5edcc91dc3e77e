"""What the hub found in repositories: entries, their versions, and what could not be shown."""

from django.db import models


class Entry(models.Model):
    """One published thing, found in a repository.

    ``path`` is its address inside the repository: the path of its file, or empty for the
    project itself. A file that is renamed keeps its entry; ``OldPath`` leads on from the
    former address. A file that is deleted leaves a withdrawn entry, still readable.
    """

    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="entries"
    )
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=1000, blank=True)
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
                fields=["repository", "path"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="entry_path_once",
            )
        ]
        indexes = [
            models.Index(fields=["repository", "path"], name="entry_by_path"),
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

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
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


class SourceFile(models.Model):
    """A text file that is no entry but can be found by what is in it."""

    repository = models.ForeignKey(
        "repositories.Repository", on_delete=models.CASCADE, related_name="source_files"
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
        "repositories.Repository", on_delete=models.CASCADE, related_name="problems"
    )
    path = models.CharField(max_length=1000)
    line = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["repository", "path", "line"], name="problem_by_file")]

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

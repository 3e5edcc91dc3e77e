"""Exports of accounts, and accounts on their way out: rows that workers take up."""

from typing import ClassVar

from django.db import models


class Run(models.Model):
    """Work that a worker does; ``alive_at`` is its last word, so that a dead one is noticed."""

    worker = models.CharField(max_length=300, blank=True, help_text="Host and process.")
    alive_at = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Export(Run):
    """One archive of all that the hub knows of a person. It lies in the home folder for a while.

    ``key`` is part of its address and of its file's name, and nobody can guess it.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    error = models.CharField(max_length=1000, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["queued", "running"]),
                name="export_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.pk} of {self.person_id}: {self.state}"


class Departure(Run):
    """An account that is being deleted: closed from the first moment, erased step by step.

    What the steps need to find the traces of the person is kept until the last is done, and
    then erased as well. ``took`` are the keys of the repositories that go; ``steps`` those
    that are done.
    """

    person = models.OneToOneField(
        "people.Person", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    handle = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True)
    addresses = models.JSONField(default=list)
    took = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"departure of {self.person_id}"

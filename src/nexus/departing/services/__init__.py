"""Writes: taking an account along, and deleting it."""

from nexus.departing.services.departing import begin_departure, carry_on, resume_departures
from nexus.departing.services.exporting import (
    ask_for_export,
    export_to_file,
    make_export,
    resume_exports,
    tidy_exports,
)

__all__ = [
    "ask_for_export",
    "begin_departure",
    "carry_on",
    "export_to_file",
    "make_export",
    "resume_departures",
    "resume_exports",
    "tidy_exports",
]

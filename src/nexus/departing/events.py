"""What happens when people take their things along, and when they leave.

Exports are for the person alone: ``person:<id>``. That an account is gone is for everybody, who
learn by it that a name is to be forgotten.
"""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("departing.export_asked")
@dataclass(frozen=True, slots=True)
class ExportAsked(Event):
    """A person wants an archive of all that the hub knows of them."""

    person: int
    export: int


@event("departing.export_finished")
@dataclass(frozen=True, slots=True)
class ExportFinished(Event):
    """An archive can be downloaded, or could not be made: then `error` is not empty."""

    person: int
    export: int
    error: str


@event("departing.account_closed")
@dataclass(frozen=True, slots=True)
class AccountClosed(Event):
    """A person deletes their account: it opens nothing, and they are a former member now."""

    person: int


@event("departing.account_erased")
@dataclass(frozen=True, slots=True)
class AccountErased(Event):
    """Everything of a former member that was to go is gone."""

    person: int


#: These change no page of anybody else's.
UNSEEN = (ExportAsked.type, ExportFinished.type)

"""``nexus person``: the accounts of the hub, from its own machine."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nexus.config.startup import open_hub

if TYPE_CHECKING:
    from nexus.people.models import Person


@click.group()
def person() -> None:
    """Add people, list them, make links that sign them in; export and delete accounts."""


@person.command("add")
@click.argument("handle")
@click.option("--name", default="", help="The name people see; the handle by default.")
@click.option("--email", default=None, help="An address, seen by members only.")
@click.option("--owner", "is_owner", is_flag=True, help="Let this person run the hub.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def add_person(handle: str, name: str, email: str | None, is_owner: bool, as_json: bool) -> None:
    """Add a person who will sign in."""
    open_hub()
    from nexus.people import services

    services.add_person(by=None, handle=handle, name=name, email=email, is_owner=is_owner)
    _say({"handle": handle, "link": _new_link(handle)}, as_json=as_json)


@person.command("link")
@click.argument("handle")
@click.option("--to", default="", help="A page to go on to, such as /c/prodev/.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def link(handle: str, to: str, as_json: bool) -> None:
    """Make a link that signs HANDLE in once, within twelve hours."""
    open_hub()
    from nexus.people.afterwards import is_local

    if to and not is_local(to):
        raise click.BadParameter("it begins with one slash", param_hint="--to")
    _say({"handle": handle, "link": _new_link(handle, to=to)}, as_json=as_json)


@person.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_people(as_json: bool) -> None:
    """List everyone."""
    open_hub()
    from nexus.config.cli.output import print_json
    from nexus.people.selectors import everyone

    known = list(everyone())
    if as_json:
        print_json({"people": [_facts_of(one) for one in known]})
        return
    for one in known:
        click.echo(f"{one.handle:<20}  {one.name:<30}  {_state_of(one)}")


def _facts_of(one: "Person") -> dict[str, str | bool]:
    signs_in = one.is_claimed and one.is_active
    return {"handle": one.handle, "name": one.name, "owner": one.is_owner, "signs_in": signs_in}


def _state_of(one: "Person") -> str:
    if not one.is_active:
        return "deleted" if one.is_former else "suspended"
    if one.is_owner:
        return "owner"
    return "" if one.is_claimed else "page only"


@person.command("export")
@click.argument("handle")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export_person(handle: str, file: Path, as_json: bool) -> None:
    """Write all that the hub knows of HANDLE to FILE, a .zip archive that is not there yet."""
    open_hub()
    from nexus.departing.services import export_to_file
    from nexus.people.selectors import person_by_handle

    export_to_file(by=None, person=person_by_handle(handle), path=file)
    _say({"handle": handle, "file": str(file)}, as_json=as_json)


@person.command("delete")
@click.argument("handle")
@click.option(
    "--repositories",
    type=click.Choice(["remove", "leave"]),
    required=True,
    help="Remove theirs with all history, or leave them to their cohorts.",
)
@click.option("--confirm", prompt="Type the handle to delete it", help="The handle once more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def delete_person(handle: str, repositories: str, confirm: str, as_json: bool) -> None:
    """Delete the account HANDLE for good.

    It opens nothing from then on. What is being read or written just now goes when that is done.
    """
    open_hub()
    from nexus.departing.services import begin_departure, carry_on
    from nexus.people.selectors import person_by_handle
    from nexus.repositories.belongings import repositories_of

    found = person_by_handle(handle)
    mine = repositories_of(found.pk).values_list("pk", flat=True)
    take = list(mine) if repositories == "remove" else []
    begin_departure(by=None, person=found, handle=confirm, take=take)
    is_done = carry_on(found.pk)
    _say({"handle": handle, "state": "erased" if is_done else "closed"}, as_json=as_json)


def _new_link(handle: str, *, to: str = "") -> str:
    from nexus.config.links import sign_in_link
    from nexus.people.selectors import person_by_handle

    return sign_in_link(person_by_handle(handle), to=to)


def _say(facts: dict[str, str], *, as_json: bool) -> None:
    from nexus.config.cli.output import print_json, print_table

    if as_json:
        print_json(facts)
    else:
        print_table(facts)

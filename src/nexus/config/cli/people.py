"""``nexus person``: the accounts of the hub, from its own machine."""

import click

from nexus.config.startup import open_hub


@click.group()
def person() -> None:
    """Add people, list them, and make links that sign them in."""


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

    people = [
        {"handle": one.handle, "name": one.name, "owner": one.is_owner, "signs_in": one.is_claimed}
        for one in everyone()
    ]
    if as_json:
        print_json({"people": people})
        return
    for one in people:
        role = "owner" if one["owner"] else "" if one["signs_in"] else "page only"
        click.echo(f"{one['handle']:<20}  {one['name']:<30}  {role}")


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

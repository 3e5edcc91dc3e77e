"""``nexus token``: access tokens, from the hub's own machine."""

import click

from nexus.config.startup import open_hub
from nexus.credentials.scopes import Scope


@click.group()
def token() -> None:
    """Make access tokens for programs, list them, and revoke them."""


@token.command("make")
@click.argument("handle")
@click.option("--name", required=True, help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    default=[Scope.GIT.value],
    help="What it may do; can be given several times. Without it: git.",
)
@click.option("--days", type=click.IntRange(1), default=90, help="How long it works, in days.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def make(handle: str, name: str, scopes: tuple[str, ...], days: int, as_json: bool) -> None:
    """Make a token for HANDLE. It is printed once and cannot be read again."""
    open_hub()
    from nexus.config.cli.output import print_json, print_table
    from nexus.credentials.services import make_access_token
    from nexus.people.selectors import person_by_handle

    made, secret = make_access_token(
        by=None, person=person_by_handle(handle), name=name, scopes=scopes, days=days
    )
    facts = {
        "token": secret,
        "prefix": made.prefix,
        "scopes": " ".join(made.scopes),
        "expires": made.expires_at.isoformat(timespec="seconds"),
    }
    if as_json:
        print_json({**facts, "scopes": made.scopes})
    else:
        print_table(facts)


@token.command("list")
@click.argument("handle")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_tokens(handle: str, as_json: bool) -> None:
    """List the tokens of HANDLE that work."""
    open_hub()
    from nexus.config.cli.output import print_json
    from nexus.credentials.selectors import tokens_of
    from nexus.people.selectors import person_by_handle

    rows = [
        {
            "prefix": one.prefix,
            "name": one.name,
            "scopes": one.scopes,
            "expires": one.expires_at.isoformat(timespec="seconds"),
            "last_used": one.last_used_at.isoformat(timespec="seconds") if one.last_used_at else "",
        }
        for one in tokens_of(person_by_handle(handle))
    ]
    if as_json:
        print_json({"tokens": rows})
        return
    for row in rows:
        click.echo(
            f"{row['prefix']}  {row['expires'][:10]}  {' '.join(row['scopes']):<15}  {row['name']}"
        )


@token.command("revoke")
@click.argument("handle")
@click.argument("prefix")
def revoke(handle: str, prefix: str) -> None:
    """Let the token of HANDLE that begins with PREFIX work no more."""
    open_hub()
    from nexus.credentials.selectors import token_of
    from nexus.credentials.services import revoke_access_token
    from nexus.people.selectors import person_by_handle

    found = token_of(person_by_handle(handle), prefix)
    revoke_access_token(by=None, token=found)
    click.echo(f"“{found.name}” does not work any more.")

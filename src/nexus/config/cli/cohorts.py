"""``nexus cohort``: the cohorts of the hub, from its own machine."""

from typing import TYPE_CHECKING, Any

import click

from nexus.config.startup import open_hub

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

ROLES = click.Choice(["owner", "mentor", "member", "guest"])


@click.group()
def cohort() -> None:
    """Create cohorts, invite people, and say who is what in them."""


@cohort.command("create")
@click.argument("slug")
@click.option("--name", default="", help="The name people see; made of the slug by default.")
@click.option("--description", default="", help="For whom it is, and what they do.")
@click.option(
    "--visibility",
    type=click.Choice(["public", "members", "invite"]),
    default="public",
    help="Who sees it.",
)
@click.option("--owner", default="", help="The handle of the person who runs it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def create(
    slug: str, name: str, description: str, visibility: str, owner: str, as_json: bool
) -> None:
    """Create a cohort at the address /c/SLUG/."""
    open_hub()
    from django.db import transaction

    from nexus.cohorts import services
    from nexus.config.links import hub_address
    from nexus.people.selectors import person_by_handle

    with transaction.atomic():
        made = services.create_cohort(
            by=None, slug=slug, name=name, description=description, visibility=visibility
        )
        if owner:
            person = person_by_handle(owner)
            services.add_member(by=None, cohort=made, person=person, role="owner")
    _say({"cohort": slug, "address": f"{hub_address()}/c/{slug}/"}, as_json=as_json)


@cohort.command("invite")
@click.argument("slug", metavar="COHORT")
@click.option("--as", "role", type=ROLES, default="member", help="What they become.")
@click.option("--email", default="", help="Only for whoever has this address.")
@click.option("--code", is_flag=True, help="Make a code that can be said, not a link.")
@click.option("--uses", type=click.IntRange(1, 500), default=1, help="For how many people.")
@click.option("--days", type=click.IntRange(1, 90), default=14, help="How long it works.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def invite(
    slug: str, role: str, email: str, code: bool, uses: int, days: int, as_json: bool
) -> None:
    """Make an invitation to COHORT: a link, a code, or one for an e-mail address."""
    open_hub()
    from nexus.cohorts import services
    from nexus.config.links import hub_address

    if email and (code or uses != 1):
        raise click.UsageError("An invitation for an address is a link for one person.")
    terms: dict[str, Any] = {"by": None, "cohort": _cohort(slug), "role": role, "days": days}
    if email:
        made = services.invite_by_email(**terms, email=email)
    elif code:
        made = services.invite_by_code(**terms, uses=uses)
    else:
        made = services.invite_by_link(**terms, uses=uses)
    said = {"cohort": slug, "role": role, "link": f"{hub_address()}/i/{made.secret}"}
    _say(said | ({"code": made.secret} if code else {}), as_json=as_json)


@cohort.command("members")
@click.argument("slug", metavar="COHORT")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def members(slug: str, as_json: bool) -> None:
    """List who is in COHORT, as what."""
    open_hub()
    from nexus.cohorts.selectors import members_of
    from nexus.config.cli.output import print_json

    rows = [
        {"handle": one.person.handle, "name": one.person.name, "role": one.role}
        for one in members_of(_cohort(slug))
    ]
    if as_json:
        print_json({"cohort": slug, "members": rows})
        return
    for row in rows:
        click.echo(f"{row['handle']:<20}  {row['name']:<30}  {row['role']}")


@cohort.command("role")
@click.argument("slug", metavar="COHORT")
@click.argument("handle")
@click.argument("role", type=ROLES)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def role(slug: str, handle: str, role: str, as_json: bool) -> None:
    """Let HANDLE be something in COHORT; who is not in it comes into it."""
    open_hub()
    from nexus.cohorts import services
    from nexus.cohorts.selectors import role_of
    from nexus.people.selectors import person_by_handle

    found, person = _cohort(slug), person_by_handle(handle)
    before = role_of(person, found)
    do = services.change_role if before else services.add_member
    do(by=None, cohort=found, person=person, role=role)
    _say({"handle": handle, "before": before or "nothing", "role": role}, as_json=as_json)


def _cohort(slug: str) -> "Cohort":
    from nexus.cohorts.selectors import cohort_by_slug
    from nexus.people.selectors import hub_owner
    from nexus.people.services import ensure_hub_owner

    return cohort_by_slug(slug, reader=hub_owner() or ensure_hub_owner())


def _say(facts: dict[str, str], *, as_json: bool) -> None:
    from nexus.config.cli.output import print_json, print_table

    if as_json:
        print_json(facts)
    else:
        print_table(facts)

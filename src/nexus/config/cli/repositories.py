"""``nexus add``, ``nexus sync`` and ``nexus export``."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexus.config.startup import COMMONS, open_hub

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.repositories.git.origins import Origin
    from nexus.repositories.models import Repository


@click.command()
@click.argument("source", metavar="PATH-OR-URL")
@click.option("--cohort", default=COMMONS, show_default=True, help="The cohort it belongs to.")
@click.option("--name", default="", help="What to call it; by default its own name.")
@click.option("--owner", default="", help="The handle of the person whose work it is.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object.")
def add(source: str, cohort: str, name: str, owner: str, as_json: bool) -> None:
    """Add a repository and publish what is in it.

    PATH-OR-URL is a remote over https or ssh, a repository or a plain folder on this
    machine, or a .zip or .tar.gz file. Adding the same one again updates it, and keeps the
    name and the owner it has.
    """
    open_hub()
    from django.conf import settings

    from nexus.cohorts.services import ensure_cohort
    from nexus.repositories.git.origins import parse_origin
    from nexus.repositories.selectors import repository_of_origin

    origin = parse_origin(source, allow_http=settings.ALLOW_PRIVATE_NETWORKS)
    place = ensure_cohort(by=None, slug=cohort)
    known = repository_of_origin(place, origin.location)
    repository = known or _added(place, origin, name=name, owner=owner)
    _read(repository, quiet=as_json)
    notices = _kept(known, name=name, owner=owner) if known else []
    _report(repository.pk, notices, as_json=as_json)


def _added(cohort: "Cohort", origin: "Origin", *, name: str, owner: str) -> "Repository":
    """A repository that was not here."""
    from nexus.people.services import ensure_page_of
    from nexus.repositories.services import add_repository

    person = ensure_page_of(owner) if owner else None
    return add_repository(by=None, cohort=cohort, origin=origin, name=name, owner=person)


def _read(repository: "Repository", *, quiet: bool) -> None:
    """Read it; of one that cannot be read at all nothing stays behind."""
    from nexus.kernel.errors import NexusError
    from nexus.repositories.policies import is_unread
    from nexus.repositories.services import forget_unread

    try:
        _sync_now(repository, quiet=quiet)
    except NexusError:
        repository.refresh_from_db()
        if is_unread(repository):
            forget_unread(by=None, repository=repository)
        raise


def _kept(known: "Repository", *, name: str, owner: str) -> list[dict[str, str]]:
    """Words on what was asked for and is not done: the repository is here, and others know it."""
    from nexus.library.reports import notice
    from nexus.people.handles import handle_from

    notices = []
    if name and name != known.name:
        place = f"{known.cohort.slug}/{known.slug}"
        words = f"It is here already as “{known.name}” ({place}), and keeps that name."
        notices.append(notice("name-kept", words))
    if owner and handle_from(owner).lower() != known.owner.handle.lower():
        words = f"It is here already, and {known.owner.handle} stays its owner."
        notices.append(notice("owner-kept", words))
    return notices


@click.command()
@click.argument("repositories", metavar="[COHORT/REPOSITORY]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object.")
def sync(repositories: tuple[str, ...], as_json: bool) -> None:
    """Bring repositories up to date with their origins: the named ones, or all."""
    open_hub()
    from nexus.config.cli.output import print_json
    from nexus.repositories.selectors import all_repositories

    chosen = [_named(address) for address in repositories] or list(all_repositories())
    outcomes = [_sync_outcome(repository, quiet=as_json) for repository in chosen]
    if as_json:
        print_json({"repositories": outcomes})
    failed = [outcome for outcome in outcomes if outcome["error"]]
    for outcome in outcomes:
        if not as_json:
            click.echo(f"{outcome['repository']}: {outcome['error'] or outcome['revision'][:10]}")
    if failed:
        raise click.exceptions.Exit(5)


def _sync_outcome(repository: "Repository", *, quiet: bool) -> dict[str, Any]:
    """Run one; a repository that cannot be read does not keep the others from it."""
    from nexus.kernel.errors import NexusError

    error = ""
    try:
        _sync_now(repository, quiet=quiet)
    except NexusError as trouble:
        error = str(trouble)
    repository.refresh_from_db()
    name = f"{repository.cohort.slug}/{repository.slug}"
    return {"repository": name, "revision": repository.indexed, "error": error}


def _sync_now(repository: "Repository", *, quiet: bool) -> None:
    """Run a sync in this process, and wait until it can be searched."""
    from nexus.config.cli.output import progress_bar
    from nexus.config.searching import catch_up
    from nexus.library.services import sync_now

    gc.freeze()  # what was imported stays: no later collection has to look at it
    with progress_bar(repository.slug, quiet=quiet) as report:
        sync_now(by=None, repository=repository, report=report)
        report("Indexing for search", 0, 0)
        catch_up()


def _named(address: str) -> "Repository":
    """The repository called ``cohort/repository``, or by its address in the hub."""
    from nexus.people.selectors import hub_owner
    from nexus.repositories.selectors import repository_by_address

    cohort, _, slug = address.removeprefix("/c/").strip("/").partition("/")
    return repository_by_address(cohort, slug, reader=hub_owner())


def _report(repository: int, notices: list[dict[str, str]], *, as_json: bool) -> None:
    from nexus.config.cli.output import print_json
    from nexus.library.reports import repository_report

    report = repository_report(repository)
    report["notices"] += notices
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    for said in report["notices"]:
        click.secho(said["message"], err=True, fg="yellow")


def _print_report(report: dict[str, Any]) -> None:
    from nexus.config.cli.output import print_table

    counts = ", ".join(f"{count} {kind}" for kind, count in report["entries"].items())
    print_table(
        {
            "repository": f"{report['cohort']}/{report['name']}",
            "address": report["address"],
            "revision": report["revision"] or "(empty)",
            "entries": counts or "none",
            "left out": ", ".join(f"{n} {why}" for why, n in report["left_out"].items()) or "none",
            "problems": len(report["problems"]),
        }
    )
    for problem in report["problems"]:
        place = f"{problem['file']}:{problem['line']}: " if problem["file"] else ""
        click.echo(f"  {place}{problem['message']}")


@click.command()
@click.argument("repository", metavar="COHORT/REPOSITORY")
@click.argument("destination", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["bare", "bundle", "folder", "zip", "tar.gz"]),
    default="bare",
    show_default=True,
    help="A bare repository or a bundle keep all history; the others hold the newest files.",
)
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object.")
def export(repository: str, destination: Path, form: str, as_json: bool) -> None:
    """Give a repository back, byte for byte."""
    open_hub()
    from nexus.config.cli.output import print_json
    from nexus.repositories.git.exporting import export as export_store
    from nexus.repositories.limits import store_of

    chosen = _named(repository)
    export_store(store_of(chosen.pk), destination, format=form)
    if as_json:
        print_json({"repository": repository, "destination": str(destination), "format": form})
    else:
        click.echo(f"Wrote {repository} to {destination}.")

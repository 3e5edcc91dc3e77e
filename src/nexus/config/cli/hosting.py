"""``nexus host``: a repository that lives in the hub."""

import click

from nexus.config.startup import open_hub


@click.command()
@click.argument("cohort")
@click.argument("handle")
@click.option("--empty", "is_empty", is_flag=True, help="Without the five folders in it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def host(cohort: str, handle: str, is_empty: bool, as_json: bool) -> None:
    """Give HANDLE a repository of their own in COHORT, to push to.

    It begins with five folders. Who has one in the cohort already keeps it.
    """
    open_hub()
    from nexus.cohorts.selectors import cohort_by_slug
    from nexus.config.cli.output import print_json, print_table
    from nexus.config.links import hub_address
    from nexus.library.services.starting import start_repository
    from nexus.people.selectors import person_by_handle

    person = person_by_handle(handle)
    found = start_repository(
        by=person, cohort=cohort_by_slug(cohort, reader=person), is_empty=is_empty
    )
    place = f"{found.cohort.slug}/{found.slug}"
    facts = {
        "repository": place,
        "page": f"{hub_address()}/c/{place}/",
        "clone": f"{hub_address()}/git/{place}.git",
    }
    if as_json:
        print_json(facts)
    else:
        print_table(facts)

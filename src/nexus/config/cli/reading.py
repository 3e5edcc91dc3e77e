"""``nexus search`` and ``nexus show``."""

from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import click

from nexus.config.startup import open_hub


@click.command()
@click.argument("words", nargs=-1)
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be repeated.")
@click.option("--language", "languages", multiple=True, help="Only this programming language.")
@click.option("--person", "people", multiple=True, help="Only this person's work.")
@click.option("--cohort", "cohorts", multiple=True, help="Only this cohort.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def search(words: tuple[str, ...], as_json: bool, limit: int, **filters: tuple[str, ...]) -> None:
    """Find entries and code by WORDS: "a phrase", -without, pre*, kind:snippet, lang:python.

    Without words, filters alone list what passes them, the newest first.
    """
    asked = " ".join(words).strip()
    if not asked and not any(filters.values()):
        raise click.UsageError("Say what to look for: words, or a filter such as --kind snippet.")
    open_hub()
    from nexus.config.cli.filters import refuse_unknown_filters
    from nexus.config.cli.output import print_json
    from nexus.config.searching import catch_up, engine, everyone
    from nexus.search.results import SearchRequest

    catch_up()
    refuse_unknown_filters(**filters)
    results = engine().search(
        SearchRequest(
            words=asked,
            kinds=filters["kinds"],
            code_languages=filters["languages"],
            people=filters["people"],
            cohorts=filters["cohorts"],
            audiences=everyone(),
            limit=limit,
        )
    )
    hits = [_hit(hit) for hit in results.hits]
    if as_json:
        print_json({"total": results.total, "hits": hits})
        return
    for hit in hits:
        click.secho(hit["title"], bold=True, nl=False)
        click.echo(f"  {hit['kind']}  {hit['address']}")
        click.echo(f"  {hit['extract']}\n")
    click.echo(f"{results.total} found." if results.total else "Nothing found.")


def _hit(hit: Any) -> dict[str, Any]:
    """A hit as a program reads it: plain words, no markup."""
    from django.utils.html import strip_tags

    return {
        "kind": hit.kind,
        "title": hit.title,
        "address": hit.address,
        "extract": unescape(strip_tags(hit.extract_html)),
        "score": round(hit.score, 3),
    }


@click.command()
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(address: str, as_json: bool) -> None:
    """Show one entry: its facts, its page and its versions.

    ADDRESS is where the hub shows it: /c/commons/nexus/README.md, with or without the host.
    """
    open_hub()
    from nexus.config.cli.output import print_json, print_table
    from nexus.library.reports import entry_report

    entry = entry_report(*_parts(address))
    if as_json:
        print_json(entry)
        return
    print_table({key: entry[key] for key in ("title", "kind", "address", "summary", "changed_at")})
    print_table(entry["facts"])
    click.echo()
    click.echo(entry["text"])
    click.echo()
    for version in entry["versions"]:
        click.echo(
            f"{version['commit'][:10]}  {version['committed_at']}  {version['author']}: "
            f"{version['subject']}"
        )


def _parts(address: str) -> tuple[str, str, str]:
    """(cohort, repository, path) of an address in the hub."""
    path = unquote(urlsplit(address).path).lstrip("/").removeprefix("c/")
    cohort, _, rest = path.partition("/")
    repository, _, inside = rest.partition("/")
    return cohort, repository, inside

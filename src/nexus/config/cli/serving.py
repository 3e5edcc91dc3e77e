"""``nexus serve``: the whole hub in one process."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from nexus.config.cli.main import say_error
from nexus.config.startup import BUNDLED_NAME, COMMONS, bundled_hub, follow_bundled, open_hub
from nexus.kernel.errors import NexusError


@click.command()
@click.option("--host", default="127.0.0.1", envvar="HOST", show_default=True)
@click.option(
    "--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(0, 65535)
)
@click.option("--from", "source", default="", help="A repository to add: a path or an address.")
def serve(host: str, port: int, source: str) -> None:
    """Serve the hub until it is stopped.

    Makes the home folder at the first start, imports the bundled documentation, and prints
    the address and a link that signs the owner in once.
    """
    from nexus.kernel.http.ports import listen, url_of

    listener = listen(host, port)
    open_hub()
    from nexus.config.application import build_root
    from nexus.config.environment import environment
    from nexus.config.running import announced
    from nexus.kernel.http.server import serve as serve_application

    address = url_of(listener)
    link = _owner_link(address)
    asked: list[Asked] = []

    def ready(_: str) -> None:
        click.echo(f"Serving on {address}")
        click.echo(f"Sign in as the owner: {link}")
        for one in asked:
            one.say(address)

    root = build_root(after_start=lambda: asked.extend(publish_first(source)))
    proxies = environment().trusted_proxies
    with announced(address):
        serve_application(root, listener=listener, on_ready=ready, trusted_proxies=proxies)


def _owner_link(address: str) -> str:
    """A fresh one-time link for the person who runs this hub."""
    from nexus.config.environment import environment
    from nexus.config.links import sign_in_link
    from nexus.people.services import ensure_hub_owner

    return sign_in_link(ensure_hub_owner(), address=environment().public_url or address)


@dataclass(frozen=True, slots=True)
class Asked:
    """A repository that was asked for at the start: where its state is shown, or why it is not."""

    source: str
    status: str = ""
    error: NexusError | None = None

    def say(self, address: str) -> None:
        """Tell the person at the terminal; the hub serves on either way."""
        if self.error is not None:
            say_error(self.error, about=self.source)
        else:
            click.echo(f"Reading {self.source}: {address}{self.status}")


def publish_first(source: str) -> Iterator[Asked]:
    """Ask for the bundled documentation, and for what the user named; workers do the rest.

    Gives what the user should know of it.
    """
    bundled = bundled_hub()
    if bundled is not None:
        follow_bundled(bundled)
        asked = _request(str(bundled), name=BUNDLED_NAME)
        if asked.error is not None:
            yield asked
    if source:
        yield _request(source)


def _request(source: str, *, name: str = "") -> Asked:
    """Add a repository to the commons, or ask again for one that is there."""
    from django.conf import settings

    from nexus.cohorts.services import ensure_cohort
    from nexus.library.addresses import repository_base
    from nexus.library.services import add_and_request
    from nexus.repositories.git.origins import parse_origin

    try:
        run = add_and_request(
            by=None,
            cohort=ensure_cohort(by=None, slug=COMMONS, description="Where everyone begins."),
            origin=parse_origin(source, allow_http=settings.ALLOW_PRIVATE_NETWORKS),
            name=name,
        )
    except NexusError as error:
        return Asked(source, error=error)
    return Asked(source, status=f"{repository_base(COMMONS, run.repository.slug)}/-/status")

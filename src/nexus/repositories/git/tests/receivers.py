"""A web server that takes pushes of the real git program to one store."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nexus.repositories.git import receiving
from nexus.repositories.git.answering import Answer
from nexus.repositories.git.limits import Limits
from nexus.repositories.git.receiving import Reception, Taken, advertise_push, receive_push
from nexus.repositories.git.serving import respond
from nexus.repositories.git.tests.builders import (
    Repository,
    git,
    refs_of,
)
from nexus.repositories.git.tests.servers import Handler, Server, serving

REQUEST = "application/x-git-receive-pack-request"


@dataclass
class Hub:
    """A web server that takes pushes to one store."""

    store: Path
    server: Server
    limits: Limits = field(default_factory=Limits)
    told: list[Taken] = field(default_factory=list)
    asked: int = 0
    may_rewrite: bool = False

    @property
    def url(self) -> str:
        return self.server.url("notes.git")

    def reception(self) -> Reception:
        def before(_: int) -> None:
            self.asked += 1

        def after(taken: Taken) -> tuple[str, ...]:
            self.told.append(taken)
            return ("", "Published.") if taken.moved else ()

        return Reception(
            store=self.store,
            limits=self.limits,
            may_rewrite=self.may_rewrite,
            before_moving=before,
            after=after,
        )

    def answer(self, handler: Handler) -> Answer:
        suffix, _, query = handler.path.removeprefix("/notes.git/").partition("?")
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = io.BytesIO(handler.content)
        if suffix == receiving.SERVICE:
            return receive_push(self.reception(), headers=headers, body=body, max_body=10**9)
        if receiving.SERVICE in query:
            return advertise_push(self.store)
        return respond(
            self.store,
            method=handler.command,
            path_suffix=suffix,
            query=query,
            headers=headers,
            body=body,
        )

    def behave(self, handler: Handler) -> None:
        answer = self.answer(handler)
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for chunk in answer.chunks:
            handler.wfile.write(chunk)

    def refuses(self, upstream: Repository, *arguments: str) -> str:
        """Push, and see that nothing of it stays; what the terminal showed."""
        before = refs_of(self.store), packs(self.store)
        said = push(self, upstream, *arguments)
        assert "rejected" in said, said
        assert "Nothing was changed." in said
        assert (refs_of(self.store), packs(self.store)) == before
        assert not list(self.store.glob("nexus-incoming-*"))
        return said


def packs(store: Path) -> set[str]:
    return {path.name for path in (store / "objects" / "pack").glob("*")}


@pytest.fixture
def hub(store: Path) -> Iterator[Hub]:
    with serving(store) as server:
        hub = Hub(store, server)
        server.behaviours["/notes.git/"] = hub.behave
        yield hub


def push(hub: Hub, upstream: Repository, *arguments: str) -> str:
    """What the terminal shows."""
    given = arguments or ("main",)
    try:
        git(f"--git-dir={upstream.path}", "push", hub.url, *given)
    except AssertionError as refused:
        return str(refused)
    return ""

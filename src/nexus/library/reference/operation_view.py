"""One operation: what it asks for, what it answers, who may call it."""

import re
from collections.abc import Iterable, Mapping

from nexus.library.reference.body_view import BodyView
from nexus.library.reference.markup import (
    NOTHING,
    Html,
    joined,
    listed,
    markup,
    quoted,
    unlinked,
    without_links,
)
from nexus.library.reference.openapi.model import (
    Body,
    Callback,
    Onward,
    Operation,
    Requirement,
    Response,
)
from nexus.library.reference.page import Page, docs_link
from nexus.library.reference.parameter_view import parameter_table
from nexus.library.reference.schema_view import field_names
from nexus.library.reference.wording import first_sentence, status_words

_VARIABLE = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[a-z]{1,20}")


class OperationView:
    """Shows the operations of one contract.

    ``schemes`` are the ids of the ways to sign in, by their names.
    """

    def __init__(
        self, page: Page, bodies: BodyView, *, schemes: Mapping[str, str], badges: frozenset[str]
    ) -> None:
        self._page = page
        self._bodies = bodies
        self._schemes = schemes
        self._badges = badges

    def note(self, thing: Operation) -> str:
        """Give the operation its id, and note the words to find it by."""
        where = f"{thing.method.upper()} {thing.path}"
        anchor = self._page.ids.give("operation", thing.identifier or where)
        short = self._short(thing)
        self._page.heading(3, short or where, anchor)
        self._page.say(thing.identifier, where, short, *thing.tags)
        self._page.say(*(each.name for each in thing.parameters))
        media = [*thing.body.content] if thing.body else []
        media += [each for response in thing.responses for each in response.content]
        self._page.say(*field_names(each.schema for each in media if each.schema))
        return anchor

    def full(self, thing: Operation, anchor: str) -> Html:
        """The operation with everything about it, folded under its title."""
        return markup(
            '<details class="operation" id="{}"{}><summary>{}</summary>{}</details>',
            quoted(anchor),
            Html(" data-deprecated") if thing.deprecated else NOTHING,
            without_links(self._head(thing, _heading(thing))),
            self._body(thing),
        )

    def brief(self, thing: Operation, anchor: str) -> Html:
        """The operation in one row."""
        head = self._head(thing, _heading(thing))
        return markup('<div class="operation-brief" id="{}">{}</div>', quoted(anchor), head)

    def _short(self, thing: Operation) -> str:
        """The operation in a line: its summary, or how its description begins."""
        return thing.summary or first_sentence(self._page.prose.words(thing.description))

    def _head(self, thing: Operation, title: Html) -> Html:
        words = ["deprecated"] if thing.deprecated else []
        words += [tag for tag in thing.tags if tag in self._badges]
        marks = joined(
            markup(' <span class="mark" data-mark="{}">{}</span>', quoted(word), word)
            for word in words
        )
        return markup(
            '{} <span class="operation-summary">{}</span>{}', title, self._short(thing), marks
        )

    def _body(self, thing: Operation) -> Html:
        return markup(
            '<div class="operation-body">{}</div>',
            joined(
                [
                    self._description(thing),
                    _identifier(thing),
                    self._security(thing.security),
                    docs_link(thing.docs),
                    _servers(thing),
                    parameter_table(thing.parameters, self._bodies),
                    self._request(thing.body),
                    self._responses(thing.responses),
                    self._callbacks(thing.callbacks),
                ]
            ),
        )

    def _description(self, thing: Operation) -> Html:
        """The description, unless the line beside the title says all of it."""
        if thing.description.strip() == self._short(thing):
            return NOTHING
        return self._page.prose.block(thing.description)

    def _security(self, alternatives: tuple[Requirement, ...]) -> Html:
        if not alternatives:
            return NOTHING
        words = joined((self._requirement(each) for each in alternatives), ", or ")
        return markup('<p class="security">Sign in: {}.</p>', words)

    def _requirement(self, requirement: Requirement) -> Html:
        if not requirement:
            return Html("not needed")
        return joined((self._scheme(name, scopes) for name, scopes in requirement), " and ")

    def _scheme(self, name: str, scopes: tuple[str, ...]) -> Html:
        anchor = self._schemes.get(name)
        link = markup("<code>{}</code>", name)
        if anchor:
            link = markup('<a href="#{}"><code>{}</code></a>', quoted(anchor), unlinked(name))
        return markup("{} with {}", link, listed(scopes)) if scopes else link

    def _request(self, body: Body | None) -> Html:
        if body is None:
            return NOTHING
        if body.reference:
            inside = markup("<p>{}</p>", self._bodies.labels.link(body.reference))
        else:
            prose = self._page.prose.block(body.description)
            inside = joined([prose, self._bodies.content(body.content)])
        needed = Html(' <span class="mark" data-mark="required">required</span>')
        return markup("<h4>Request body{}</h4>{}", needed if body.required else NOTHING, inside)

    def _responses(self, responses: tuple[Response, ...]) -> Html:
        rows = joined(self._response(each) for each in responses)
        return markup("<h4>Responses</h4>{}", rows) if rows else NOTHING

    def _response(self, response: Response) -> Html:
        phrase = status_words(response.status)
        described = response.description.strip()
        says_more = described.rstrip(".").lower() != phrase.lower()
        inside = [
            markup("<p>{}</p>", response.summary) if response.summary else NOTHING,
            self._page.prose.block(described) if says_more else NOTHING,
            parameter_table(response.headers, self._bodies, name="Headers"),
            self._bodies.content(response.content),
            _onward(response.onward),
        ]
        if response.reference:
            inside = [markup("<p>{}</p>", self._bodies.labels.link(response.reference))]
        return markup(
            '<div class="response" data-class="{}">'
            '<h5><code class="status">{}</code> {}</h5>{}</div>',
            quoted(response.status[:1]),
            response.status,
            phrase,
            joined(inside),
        )

    def _callbacks(self, callbacks: tuple[Callback, ...]) -> Html:
        rows = joined(
            self._callback(each.name, operation)
            for each in callbacks
            for operation in each.operations
        )
        return markup("<h4>Callbacks</h4>{}", rows) if rows else NOTHING

    def _callback(self, name: str, operation: Operation) -> Html:
        head = self._head(
            operation, markup('<span class="operation-title">{}</span>', _title(operation))
        )
        return markup(
            '<details class="operation"><summary><code>{}</code>: {}</summary>{}</details>',
            unlinked(name),
            without_links(head),
            self._body(operation),
        )


def path_html(path: str) -> Html:
    """A path with its parameters set apart."""
    return joined(
        markup("<var>{}</var>" if index % 2 else "{}", piece)
        for index, piece in enumerate(_VARIABLE.split(path))
    )


def _heading(operation: Operation) -> Html:
    return markup('<h3 class="operation-title">{}</h3>', _title(operation))


def _title(operation: Operation) -> Html:
    method = operation.method.lower()
    return markup(
        '<span class="method" data-method="{}">{}</span> <code class="path">{}</code>',
        quoted(method if _WORD.fullmatch(method) else "other"),
        operation.method.upper(),
        path_html(operation.path),
    )


def _identifier(operation: Operation) -> Html:
    if not operation.identifier:
        return NOTHING
    return markup('<p class="operation-id">Called <code>{}</code></p>', operation.identifier)


def _servers(operation: Operation) -> Html:
    addresses = listed(server.url for server in operation.servers)
    return markup('<p class="operation-servers">At {}</p>', addresses) if addresses else NOTHING


def _onward(links: Iterable[Onward]) -> Html:
    rows = joined(
        markup("<li>{}: <code>{}</code> {}</li>", each.name, each.operation, each.description)
        for each in links
    )
    return markup('<p class="label">Then:</p><ul class="onward">{}</ul>', rows) if rows else rows

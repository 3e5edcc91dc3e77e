"""From a file to its readable reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nexus.library.discretion import without_emails
from nexus.library.reference.findings import Findings
from nexus.library.reference.markup import Html, markup
from nexus.library.reference.openapi import Contract, read_openapi
from nexus.library.reference.openapi_page import openapi_page
from nexus.library.reference.page import Page
from nexus.library.reference.prose import Prose
from nexus.library.reference.recognise import Family, Format, recognise
from nexus.library.reference.source import load
from nexus.library.reference.tree import clean
from nexus.library.reference.wording import first_sentence, sign_in_words
from nexus.library.rendering.page import Place, Rendered
from nexus.library.rendering.plain import render_plain

#: Servers and ways to sign in that are listed among the facts.
MAX_LISTED = 20


@dataclass(frozen=True, slots=True)
class ContractReading:
    """A contract turned into a page.

    ``facts`` can be written as JSON: ``format``, ``version``, ``operations``, ``paths``,
    ``schemas`` (numbers), ``servers`` and ``authentication`` (lists); what a contract does
    not say is left out.
    """

    format: Format
    rendered: Rendered
    facts: Mapping[str, Any]


def read_contract(path: str, text: str, place: Place) -> ContractReading | None:
    """The readable reference of a contract; None when ``text`` is none.

    A contract that cannot be read in part or at all is still a contract: the reading has the
    reasons among its problems. Never raises for what an author wrote.

    Args:
        path: The file's path inside its repository.
        text: The file's content, decoded.
        place: Where the file stands, for links to other files.
    """
    form = recognise(path, text)
    if form is None:
        return None
    findings, page = Findings(path), Page(place, Prose(place))
    if form.family is Family.GRAPHQL:
        return _read_graphql(form, text, page, findings)
    return _read_openapi(form, text, page, findings)


def _read_openapi(form: Format, text: str, page: Page, findings: Findings) -> ContractReading:
    root = load(text, findings)
    if root is None:
        return _unreadable(form, text, page, findings)
    contract = read_openapi(root, form)
    html = openapi_page(contract, page)
    about = contract.info.summary or _plain_words(contract.info.description, page)
    return _reading(
        form,
        _rendered(html, page, findings, text, title=contract.info.title, about=about),
        _openapi_facts(contract),
    )


def _read_graphql(form: Format, text: str, page: Page, findings: Findings) -> ContractReading:
    # Few hubs have such a file, and its library is a good part of what every process imports.
    from nexus.library.reference.graphql_facts import graphql_facts
    from nexus.library.reference.graphql_page import graphql_page
    from nexus.library.reference.graphql_sdl import read_sdl

    contract = read_sdl(text, findings)
    if contract is None:
        return _unreadable(form, text, page, findings)
    html = graphql_page(contract, page)
    about = _plain_words(contract.description, page)
    rendered = _rendered(html, page, findings, text, about=about)
    return _reading(form, rendered, graphql_facts(contract))


def _unreadable(form: Format, text: str, page: Page, findings: Findings) -> ContractReading:
    """The text as it is, below a word that says so."""
    note = "This contract cannot be read as it is. Here it is as it was written."
    as_written = render_plain(clean(text))
    html = markup(
        '<div class="reference"><p class="note">{}</p>{}</div>', note, Html(as_written.html)
    )
    page.say(as_written.text)
    return _reading(form, _rendered(html, page, findings, text), {})


def _reading(form: Format, rendered: Rendered, facts: Mapping[str, Any]) -> ContractReading:
    said = {name: value for name, value in facts.items() if value not in ("", [], None)}
    return ContractReading(form, rendered, {"format": str(form), **said})


def _rendered(
    html: Html, page: Page, findings: Findings, text: str, *, title: str = "", about: str = ""
) -> Rendered:
    if page.shortened:
        findings.add("contract-shortened", "Some parts are only named.")
    return Rendered(
        html=html,
        text=page.text,
        title=without_emails(title).strip(),
        summary=without_emails(first_sentence(about)).strip(),
        headings=tuple(page.headings),
        links=page.prose.links,
        features=page.prose.features,
        problems=findings.problems(text),
    )


def _plain_words(description: str, page: Page) -> str:
    words = page.prose.words(description)
    page.say(words)
    return words


def _openapi_facts(contract: Contract) -> dict[str, Any]:
    return {
        "version": contract.info.version,
        "operations": len(contract.operations),
        "paths": contract.paths,
        "webhooks": len(contract.webhooks) or None,
        "schemas": len(contract.schemas),
        "servers": [server.url for server in contract.servers[:MAX_LISTED]],
        "authentication": [sign_in_words(each) for each in contract.security_schemes[:MAX_LISTED]],
    }

"""The beginning of a reference: what the API is, where it is, how one signs in."""

from collections.abc import Mapping

from nexus.library.reference.markup import NOTHING, Html, joined, listed, markup, quoted
from nexus.library.reference.openapi.model import Contract, Flow, SecurityScheme, Server
from nexus.library.reference.page import Page, docs_link, part, web_link
from nexus.library.reference.wording import ADDRESSES, FLOWS, counted, sign_in_words

MAX_SERVERS = 50
MAX_SCHEMES = 100
MAX_VALUES = 50


def overview(contract: Contract, page: Page) -> Html:
    """What the document says of itself."""
    info = contract.info
    page.say(info.title, info.summary)
    summary = markup('<p class="reference-summary">{}</p>', info.summary)
    note = markup('<p class="note">It has more parts than are shown: see {}.</p>', page.raw_link)
    return joined(
        [
            note if contract.shortened else NOTHING,
            summary if info.summary else NOTHING,
            _facts(contract),
            page.prose.block(info.description, below=1),
            docs_link(contract.docs),
        ]
    )


def _facts(contract: Contract) -> Html:
    info = contract.info
    operations = counted(len(contract.operations), "operation")
    facts = [
        ("Format", markup("{}", str(contract.format))),
        ("Version", markup("{}", info.version)),
        ("Holds", markup("{} on {}", operations, counted(contract.paths, "path"))),
        ("Contact", _named_link(info.contact_name, info.contact_url)),
        ("Licence", _named_link(info.licence, info.licence_url)),
        ("Terms", web_link(info.terms)),
    ]
    rows = joined(
        markup("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in facts if value
    )
    return markup('<dl class="reference-facts">{}</dl>', rows)


def _named_link(name: str, address: str) -> Html:
    return web_link(address, name) if address else markup("{}", name)


def servers_part(servers: tuple[Server, ...], page: Page) -> Html:
    """Where the API can be reached."""
    if not servers:
        return NOTHING
    rows = joined(_server(each, page) for each in servers[:MAX_SERVERS])
    title = page.title("Servers", "Servers")
    more = _more(len(servers) - MAX_SERVERS, page)
    return part(title, markup('<ul class="servers">{}</ul>', rows), more)


def _server(server: Server, page: Page) -> Html:
    variables = joined(
        markup(
            '<li><code class="property-name">{}</code> default <code>{}</code>{}{}</li>',
            name,
            default,
            markup("; one of {}", listed(choices[:MAX_VALUES])) if choices else NOTHING,
            page.prose.block(description),
        )
        for name, default, choices, description in server.variables[:MAX_VALUES]
    )
    return markup(
        "<li>{}<code>{}</code>{}{}</li>",
        markup("<strong>{}</strong> ", server.name) if server.name else NOTHING,
        server.url,
        page.prose.block(server.description),
        markup('<ul class="variables">{}</ul>', variables) if variables else NOTHING,
    )


def schemes_part(schemes: tuple[SecurityScheme, ...], page: Page) -> tuple[Html, Mapping[str, str]]:
    """How one signs in; and the id of each way, by its name."""
    if not schemes:
        return NOTHING, {}
    shown = schemes[:MAX_SCHEMES]
    title = page.title("Signing in", "Signing in")
    anchors = {each.name: page.ids.give("scheme", each.name) for each in shown}
    rows = joined(_scheme(each, anchors[each.name], page) for each in shown)
    more = _more(len(schemes) - MAX_SCHEMES, page)
    return part(title, markup('<ul class="schemes">{}</ul>', rows), more), anchors


def _scheme(scheme: SecurityScheme, anchor: str, page: Page) -> Html:
    mark = Html(' <span class="mark" data-mark="deprecated">deprecated</span>')
    address = markup("<p>Described at {}</p>", web_link(scheme.address))
    return markup(
        '<li id="{}"><code class="property-name">{}</code>{} {}{}{}{}</li>',
        quoted(anchor),
        scheme.name,
        mark if scheme.deprecated else NOTHING,
        sign_in_words(scheme),
        page.prose.block(scheme.description),
        address if scheme.address else NOTHING,
        joined(_flow(flow) for flow in scheme.flows),
    )


def _flow(flow: Flow) -> Html:
    addresses = joined(
        markup("<li>{} <code>{}</code></li>", ADDRESSES.get(name, name), address)
        for name, address in flow.addresses
    )
    scopes = joined(
        markup("<li><code>{}</code>: {}</li>", name, meaning)
        for name, meaning in flow.scopes[:MAX_VALUES]
    )
    return markup(
        '<p class="label">{}</p><ul class="flow">{}{}</ul>',
        FLOWS.get(flow.kind, flow.kind),
        addresses,
        scopes,
    )


def _more(number: int, page: Page) -> Html:
    if number <= 0:
        return NOTHING
    page.shortened = True
    return markup('<p class="note">{} more are in {}.</p>', number, page.raw_link)

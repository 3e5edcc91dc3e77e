"""The search page."""

from types import SimpleNamespace as Thing

from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import (
    State,
    counts,
)


def _filters() -> list[Thing]:
    def option(title: str, count: int, kind: str = "", *, selected: bool = False) -> Thing:
        return Thing(title=title, count=count, kind=kind, address="#", selected=selected)

    return [
        Thing(
            title="Kind",
            options=[
                option("document", 84, "document", selected=True),
                option("snippet", 31, "snippet"),
                option("project", 12, "project"),
                option("contract", 5, "contract"),
            ],
        ),
        Thing(title="Language", options=[option("Python", 61), option("TypeScript", 22)]),
        Thing(
            title="Person",
            options=[option("Amina Odhiambo", 40), option(things.LONG.name, 3)],
        ),
    ]


def search_results() -> State:
    marked = "<mark>queries</mark>"
    prose = f"… a list of 200 job posts took 401 {marked}. Count the {marked} in a test …"
    code = (
        f"def fetch({marked}: list[str]) -&gt; Iterator[Row]:\n"
        f"    for query in {marked}:\n        yield from run(query)"
    )
    hits = [
        Thing(
            key=one.title,
            kind=one.kind,
            title_html=one.title.replace("queries", marked),
            extract_html=code if one.kind == "snippet" else prose,
            code_language="Python" if one.kind == "snippet" else "",
            path="docs/n-plus-one.md",
            person=one.person.handle,
            repository="prodev/backend-notes",
            address=one.address,
            updated_at=one.updated_at,
        )
        for one in things.ENTRIES[:5]
    ]
    return "search.html", {
        "search_words": "queries",
        "hits": hits,
        "alike": {hits[1].key},
        "total": 132,
        "total_exact": True,
        "filters": _filters(),
        "active": [Thing(title="Documents", address="#")],
        "sorts": [
            Thing(title="Best match", address="#", selected=True),
            Thing(title="Newest", address="#", selected=False),
        ],
        "suggestion": Thing(words="query", address="#"),
        "notices": [Thing(title="There is no page 9.", words="This is the last one.")],
        "pager": Thing(previous="", next="#", words="1 to 20 of 132"),
    }


def search_none() -> State:
    return "search.html", {
        "search_words": "quieries plan",
        "suggestion": Thing(words="queries plan", address="#"),
        "filters": [],
        "rebuilding": True,
    }


def search_start() -> State:
    return "search.html", {
        "search_words": "",
        "totals": counts(project=34, document=512, snippet=188),
        "newest": things.ENTRIES[:3],
        "filters": _filters(),
    }


def search_short() -> State:
    return "search.html", {"search_words": "q", "too_short": True}

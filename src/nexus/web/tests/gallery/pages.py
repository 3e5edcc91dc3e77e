"""Every page of the site in every state worth looking at: name → template and context."""

from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from nexus.web.tests.gallery import samples, things
from nexus.web.tests.gallery.things import ago, counts, entry, languages, link, weeks

State = tuple[str, dict[str, Any]]

SITE: dict[str, Any] = {
    "me": None,
    "software": Thing(version="0.1.0", revision=things.SHA),
    "documentation_address": "/c/commons/nexus/",
}
OWNER: dict[str, Any] = {"me": things.OWNER, "may_add": True}
COHORT = Thing(
    name="ALX ProDev Backend",
    slug="prodev",
    address="/c/prodev/",
    description="Learners of the twelve-month back-end programme: what they built, what held "
    "them up, and how they got past it.",
)


def home() -> State:
    cohorts = [
        Thing(
            **vars(COHORT),
            counts=counts(project=34, document=512, snippet=188),
            updated_at=ago(hours=2),
            weeks=weeks(1, 2),
        ),
        Thing(
            name="Frontend guild",
            description="React, TypeScript and the web platform.",
            address="/c/frontend/",
            counts=counts(project=12, document=95),
            updated_at=ago(days=4),
            weeks=weeks(5, 0.5),
        ),
        Thing(
            name="Commons",
            description="What everybody may use: this hub’s own documentation.",
            address="/c/commons/",
            counts=[],
            updated_at=ago(days=190),
            weeks=weeks(5, 0),
        ),
    ]
    return "home.html", {
        "totals": counts(project=47, document=633, snippet=201, contract=11, resource=58),
        "cohorts": cohorts,
        "entries": things.ENTRIES,
    }


def home_empty() -> State:
    return "home.html", {**OWNER, "totals": [], "cohorts": [], "entries": []}


def cohort() -> State:
    people = [things.AMINA, things.LEWIS, things.SHEMA, things.TESFAYE, things.LONG]
    return "cohort.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.CRUMBS[:1],
        "rooms": things.ROOMS,
        "counts": counts(project=34, document=512, snippet=188, contract=9),
        "weeks": weeks(1, 2),
        "projects": things.PROJECTS,
        "entries": things.ENTRIES,
        "entries_address": "/search?cohort=prodev",
        "people": [
            Thing(**vars(one), count=40 - at * 7) for at, one in enumerate(people)
        ],
        "people_count": 41,
        "repositories": repositories(),
    }


def cohort_empty() -> State:
    return "cohort.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.CRUMBS[:1],
        "rooms": things.ROOMS,
    }


def repositories() -> list[Thing]:
    rows = [
        ("alx-project-nexus", "ready", "up to date", 41),
        ("byn-k-platform", "running", "being read", 120),
        ("backend-notes", "trouble", "could not be read", 17),
        ("a-very-long-repository-name-that-goes-on-and-on-for-a-while", "empty", "empty", 0),
    ]
    return [
        Thing(
            name=name,
            address=f"/c/prodev/{name}/",
            state=state,
            state_word=word,
            count=count,
            owner=things.LEWIS,
            branch="main",
            origin=f"https://github.com/someone/{name}",
            updated_at=ago(days=count),
        )
        for name, state, word, count in rows
    ]


def repository_list() -> State:
    return "repositories.html", {
        **OWNER,
        "cohort": COHORT,
        "crumbs": things.crumbs("Repositories")[:1],
        "rooms": things.ROOMS,
        "repositories": repositories(),
    }


def _entry(kind: str, title: str, html: SafeString, **more: Any) -> Thing:
    address = "/c/prodev/lewis-nexus/backend/docs/api/README.md"
    defaults: dict[str, Any] = {
        "html": html,
        "commit": Thing(sha=things.SHA, address="#"),
        "history_address": "/c/prodev/lewis-nexus/-/history/README.md",
        "source_address": "/c/prodev/lewis-nexus/-/source/README.md",
        "raw_address": "/c/prodev/lewis-nexus/-/raw/README.md",
        "versions": 12,
        "features": [],
        "address": address,
    }
    return entry(kind, title, **(defaults | more))


def document() -> State:
    title = "N+1 queries, and how we stopped writing them"
    return "entry.html", {
        "entry": _entry("document", title, samples.safe(samples.prose()), person=things.AMINA),
        "crumbs": things.crumbs("N+1 queries"),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": samples.prose().headings,
        "facts": things.FACTS,
    }


def document_removed() -> State:
    """A page with everything that can go wrong, in a right-to-left script."""
    title, html = samples.ARABIC_TITLE, samples.arabic()
    return "entry.html", {
        **OWNER,
        "entry": _entry("document", title, html, person=things.YASMIN, dir="rtl"),
        "crumbs": things.crumbs("docs", "a-long-folder-name", title),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": [],
        "facts": things.FACTS,
        "problems": things.PROBLEMS,
        "removed_at": ago(days=2),
        "stale": Thing(
            since=ago(days=31), words="The remote no longer answers.", address="#"
        ),
    }


def project() -> State:
    parts = [
        Thing(kind="document", count=14, address="/search", entries=things.ENTRIES[:3]),
        Thing(kind="contract", count=1, address="/search", entries=things.ENTRIES[1:2]),
    ]
    return "entry.html", {
        "entry": _entry(
            "project",
            "Job board backend",
            samples.readme(),
            summary=things.PROJECTS[0].summary,
        ),
        "repository": things.NEXUS,
        "crumbs": things.CRUMBS,
        "rooms": things.REPOSITORY_ROOMS,
        "headings": things.headings("Features", "Getting started", " With Docker", "Licence"),
        "facts": things.FACTS[2:],
        "languages": things.PROJECTS[0].languages,
        "parts": parts,
        "contributors": [things.LEWIS, things.AMINA, things.GIT_ONLY],
    }


def snippet() -> State:
    return "entry.html", {
        "entry": _entry(
            "snippet",
            "retry_with_backoff.py",
            samples.snippet(),
            summary="Calls a function again with growing pauses and jitter.",
            person=things.SHEMA,
        ),
        "crumbs": things.crumbs("code-snippets", "retry_with_backoff.py"),
        "rooms": things.REPOSITORY_ROOMS,
        "facts": things.FACTS,
    }


def contract() -> State:
    html, heads = samples.contract()
    return "entry.html", {
        "entry": _entry(
            "contract", "Redocly Museum API", html, summary="An imaginary, but delightful Museum API."
        ),
        "crumbs": things.crumbs("openapi.yaml"),
        "rooms": things.REPOSITORY_ROOMS,
        "headings": heads,
        "facts": things.FACTS,
    }


def version() -> State:
    name, context = document()
    return "version.html", {
        **context,
        "version": Thing(
            sha=things.SHA,
            subject="Explain why prefetch_related is not enough",
            person=things.AMINA,
            committed_at=ago(days=80),
            compare_address="#",
        ),
    }


def _file(view: str, name: str, **more: Any) -> State:
    defaults: dict[str, Any] = {
        "name": name,
        "path": f"backend/{name}",
        "size_bytes": 4812,
        "language": "",
        "lines": None,
        "view": view,
        "raw_address": f"/c/prodev/lewis-nexus/-/raw/backend/{name}",
        "history_address": "#",
        "entry_address": "",
        "target": "",
        "changed": Thing(
            subject="x", at=ago(days=9), person=things.LEWIS, sha=things.SHA, address="#"
        ),
    }
    return "file.html", {
        "file": Thing(**(defaults | more)),
        "commit": Thing(sha=things.SHA, address="#"),
        "clone_address": things.NEXUS.clone_address,
        "crumbs": things.crumbs("backend", name),
        "rooms": things.REPOSITORY_ROOMS,
    }


def file_source() -> State:
    html, lines = samples.source()
    return _file("source", "views.py", html=html, lines=lines, language="Python")


def file_secret() -> State:
    return _file("secret", ".env", raw_address="", history_address="")


def file_submodule() -> State:
    return _file("submodule", "shared-ui", target="https://github.com/x/shared-ui", raw_address="")


def file_picture() -> State:
    return _file("picture", "architecture.svg", raw_address=samples.PICTURE, width=640, height=360)


def folder(more: int = 0) -> State:
    changed = Thing(subject="Write down how to deploy on a small machine", at=ago(days=3), address="#")
    names = [
        ("docs", "folder", ""),
        ("frontend", "folder", ""),
        ("shared-ui", "submodule", "a submodule; add it as a repository of its own"),
        ("latest", "link", "a symbolic link; it is not followed"),
        (".env", "lock", "its name says that it holds a secret"),
        ("README.md", "document", ""),
        ("schema.yaml", "contract", ""),
        ("diagram.png", "picture", ""),
        ("a file with a very long name (final) [2] & more — ünïcode وثيقة.txt", "file", ""),
        *((f"migration_{number:04}.py", "file", "") for number in range(more)),
    ]
    rows = [
        Thing(name=name, address="#", icon=icon, note=note, changed=None if note else changed)
        for name, icon, note in names
    ]
    return "folder.html", {
        "folder": Thing(
            path="backend", name="backend", rows=rows, parent_address="#", more=more * 40
        ),
        "readme": Thing(title="README.md", html=samples.readme(), address="#"),
        "commit": Thing(
            sha=things.SHA, address="#", subject=changed.subject, at=ago(days=3)
        ),
        "crumbs": things.crumbs("backend"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def folder_large() -> State:
    return folder(more=200)


def history() -> State:
    subjects = [
        "Explain why prefetch_related is not enough",
        "Add the numbers of the second measurement, taken on the machine that the hub runs on, "
        "because the first were taken on a laptop that was busy",
        "",
        "docs: N+1",
        "first commit",
    ]
    versions = [
        Thing(
            sha=f"{at}{things.SHA[1:]}",
            subject=subject,
            person=things.AMINA,
            committed_at=ago(days=3 + 20 * at),
            address="#",
            renamed_from="notes/n plus one.md" if at == 2 else "",
        )
        for at, subject in enumerate(subjects)
    ]
    return "history.html", {
        "title": "N+1 queries, and how we stopped writing them",
        "address": "#",
        "compare_address": "#",
        "versions": versions,
        "more": 12,
        "crumbs": things.crumbs("N+1 queries", "History"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def _repository(**more: Any) -> State:
    defaults: dict[str, Any] = {
        "owner": things.LEWIS,
        "kind": "mirror",
        "origin": "https://github.com/LewisMagangi/alx-project-nexus",
        "branch": "main",
        "fetched_at": ago(hours=1),
        "size_bytes": 18_400_000,
        "state": "ready",
        "state_word": "up to date",
        "trouble": None,
        "files_address": "#",
        "history_address": "#",
    }
    return "repository.html", {
        **OWNER,
        "repository": things.repository(
            "alx-project-nexus", "lewis-nexus", **(defaults | more)
        ),
        "revision": Thing(
            sha=things.SHA,
            subject="Write down how to deploy on a small machine",
            person=things.LEWIS,
            committed_at=ago(days=3),
        ),
        "sync": None,
        "status_address": "/status.json",
        "sync_address": "#",
        "counts": counts(project=1, document=14, snippet=3, contract=1),
        "problems": things.PROBLEMS,
        "left_out": [
            Thing(
                reason="vendored",
                words="a copy of other people's work (a package folder or virtual environment)",
                files=10_412,
                paths=[
                    Thing(path="backend/venv", files=10_400),
                    Thing(path="frontend/node_modules/left-pad", files=12),
                ],
                more=0,
            ),
            Thing(
                reason="secret",
                words="its name says that it holds a secret",
                files=2,
                paths=[Thing(path="backend/.env", files=1), Thing(path="id_rsa", files=1)],
                more=0,
            ),
        ],
        "contributors": [
            Thing(**vars(one), commits=commits, last_at=ago(days=commits))
            for one, commits in ((things.LEWIS, 112), (things.AMINA, 9), (things.GIT_ONLY, 3))
        ],
        "crumbs": things.crumbs("Status"),
        "rooms": things.REPOSITORY_ROOMS,
    }


def repository_ready() -> State:
    return _repository()


def repository_running() -> State:
    name, context = _repository(state="running", state_word="being read", fetched_at=None)
    fresh = {"revision": None, "counts": [], "problems": [], "left_out": [], "contributors": []}
    sync = Thing(stage="Reading files", done=412, total=1210)
    return name, {**context, **fresh, "sync": sync}


def repository_trouble() -> State:
    return _repository(
        state="trouble",
        state_word="could not be fetched",
        trouble=Thing(
            title="The remote asks for a password.",
            remedy="Make the repository public, or give an address that needs none. What was "
            "read before stays here.",
        ),
    )


class AddForm(forms.Form):
    """The form of the page that adds a repository."""

    origin = forms.CharField(
        label="Address",
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "url"}),
    )
    archive = forms.FileField(
        label="Archive", required=False, widget=forms.FileInput(attrs={"class": "input"})
    )
    cohort = forms.ChoiceField(
        label="Cohort",
        choices=[("prodev", "ALX ProDev Backend"), ("commons", "Commons")],
        widget=forms.Select(attrs={"class": "input"}),
    )
    name = forms.CharField(
        label="Name", required=False, widget=forms.TextInput(attrs={"class": "input"})
    )


def repository_add() -> State:
    return "repository_add.html", {**OWNER, "form": AddForm()}


def repository_add_faults() -> State:
    form = AddForm({"origin": "ext::sh -c id", "cohort": "prodev"})
    form.add_error("origin", "This is no address the hub fetches from. Use https:// or ssh://.")
    form.add_error(None, "Nothing was added.")
    return "repository_add.html", {**OWNER, "form": form}


def person() -> State:
    return "person.html", {
        "person": things.AMINA,
        "counts": counts(project=1, document=31, snippet=8, challenge=4),
        "projects": things.PROJECTS[:1],
        "entries": [entry for entry in things.ENTRIES if entry.person is things.AMINA],
        "entries_address": "#",
        "weeks": weeks(3),
        "cohorts": [COHORT],
        "crumbs": [Thing(title="Amina Odhiambo", address="#")],
    }


def person_empty() -> State:
    return "person.html", {"person": things.LONG, "crumbs": [Thing(title="hubert", address="#")]}


def people() -> State:
    rows = [things.AMINA, things.LEWIS, things.SHEMA, things.TESFAYE, things.YASMIN, things.LONG]
    return "people.html", {
        "cohort": COHORT,
        "crumbs": things.crumbs("People")[:1],
        "rooms": things.ROOMS,
        "people": [
            Thing(
                **vars(one),
                role="mentor" if one is things.AMINA else "",
                counts=[] if one is things.LONG else counts(document=31 - at, snippet=4),
                updated_at=None if one is things.LONG else ago(days=at),
            )
            for at, one in enumerate(rows)
        ],
    }


def _filters() -> list[Thing]:
    def option(title: str, count: int, kind: str = "", *, selected: bool = False) -> Thing:
        return Thing(title=title, count=count, kind=kind, address="#", selected=selected)

    return [
        Thing(
            title="Kind",
            options=[
                option("Documents", 84, "document", selected=True),
                option("Snippets", 31, "snippet"),
                option("Projects", 12, "project"),
                option("Contracts", 5, "contract"),
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
        "total": 132,
        "total_exact": True,
        "filters": _filters(),
        "active": [Thing(title="Documents", address="#")],
        "sorts": [
            Thing(title="Best match", address="#", selected=True),
            Thing(title="Newest", address="#", selected=False),
        ],
        "suggestion": Thing(words="query", address="#"),
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
    return "search.html", {"search_words": "", "newest": things.ENTRIES[:3], "filters": _filters()}


def search_short() -> State:
    return "search.html", {"search_words": "q", "too_short": True}


def sign_in() -> State:
    return "sign_in.html", {"person": None, "fault": ""}


def sign_in_link() -> State:
    return "sign_in.html", {"person": things.OWNER, "fault": ""}


def sign_in_used() -> State:
    fault = Thing(title="This link was used already.", remedy="Ask for a new one.")
    return "sign_in.html", {"person": None, "fault": fault}


def error_not_found() -> State:
    return "errors/error.html", {
        "status": 404,
        "title": "There is nothing at this address.",
        "remedy": "Check it, or search for what you look for.",
    }


def error_gone() -> State:
    return "errors/error.html", {
        "status": 410,
        "title": "This was withdrawn.",
        "remedy": "Its history is still here.",
        "act": "See its history",
        "address": "#",
    }


STATES = {
    "home": home,
    "home-empty": home_empty,
    "cohort": cohort,
    "cohort-empty": cohort_empty,
    "repositories": repository_list,
    "entry-document": document,
    "entry-removed-rtl": document_removed,
    "entry-project": project,
    "entry-snippet": snippet,
    "entry-contract": contract,
    "version": version,
    "file-source": file_source,
    "file-secret": file_secret,
    "file-submodule": file_submodule,
    "file-picture": file_picture,
    "folder": folder,
    "folder-large": folder_large,
    "history": history,
    "repository-ready": repository_ready,
    "repository-running": repository_running,
    "repository-trouble": repository_trouble,
    "repository-add": repository_add,
    "repository-add-faults": repository_add_faults,
    "person": person,
    "person-empty": person_empty,
    "people": people,
    "search-results": search_results,
    "search-none": search_none,
    "search-start": search_start,
    "search-short": search_short,
    "sign-in": sign_in,
    "sign-in-link": sign_in_link,
    "sign-in-used": sign_in_used,
    "error-not-found": error_not_found,
    "error-gone": error_gone,
}

"""The owner's report."""

from types import SimpleNamespace as Thing

from nexus.library.advice import advice_on
from nexus.library.checking.concerns import Severity, concern_of
from nexus.library.pages.report import Kind
from nexus.web.tests.gallery import things
from nexus.web.tests.gallery.things import OWNER, State, ago

_FOUND = {
    "secret-file": [(".env", 0, ".env is in the commit and in every clone.")],
    "secret-in-text": [
        ("backend/shop/settings.py", 24, "It looks like a secret: value of SECRET_KEY.")
    ],
    "link-missing": [
        ("README.md", 31, "The link to docs/setup.md. Did you mean docs/Setup.md?"),
        ("documentation/technologies/backend/django/README.md", 112, "The link to orm.md."),
    ],
    "picture-missing": [("README.md", 12, "The picture assets/erd.png.")],
    "fence-unclosed": [("code-snippets/retry.md", 8, "The block that opens here.")],
    "placeholder": [
        ("README.md", 3, "It says “[Your Cohort]”."),
        ("README.md", 88, "It says “[Current Date]”."),
    ],
    "licence-missing": [("", 0, "Neither a file nor a manifest names one.")],
}


def report() -> State:
    """A report with something of everything."""
    chapters: dict[str, Thing] = {}
    for code, lines in _FOUND.items():
        concern = concern_of(code)
        chapter = chapters.setdefault(
            concern.name,
            Thing(
                concern=concern,
                is_error=concern.severity is Severity.ERROR,
                count=0,
                kinds={},
            ),
        )
        chapter.count += len(lines)
        chapter.kinds[code] = Thing(
            advice=advice_on(code),
            remedy=Kind(advice_on(code)).remedy,
            count=len(lines),
            more=7 if code == "link-missing" else 0,
            lines=[Thing(path=p, line=n, message=words, address="#") for p, n, words in lines],
        )
    found = list(chapters.values())
    return _page(chapters=found, errors=5, warnings=4)


def report_empty() -> State:
    """A repository in which there is nothing to mend."""
    return _page(chapters=[], errors=0, warnings=0)


def _page(**more: object) -> State:
    return "report.html", {
        **OWNER,
        "repository": Thing(name="alx-project-nexus", address="#", status_address="#"),
        "revision": things.SHA,
        "indexed_at": ago(hours=1),
        **more,
    }

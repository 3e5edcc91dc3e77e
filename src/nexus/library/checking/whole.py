"""What the list of a repository's files, and what is known of the project, tell."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from nexus.library.extraction.secrets import find_secrets
from nexus.library.facts.fact import FROM_GIT, Fact, FactName
from nexus.library.facts.readme_states import EMPTY, MISSING, STUB, TEMPLATE
from nexus.library.facts.web import web_address
from nexus.library.licences import LICENCE_FILE
from nexus.library.problems import Problem

#: An owner who is told of so many files of one kind knows.
MAX_TOLD = 100
_README_CODES = {
    MISSING: "readme-missing",
    EMPTY: "readme-stub",
    STUB: "readme-stub",
    TEMPLATE: "readme-template",
}


def secret_file_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """One problem for each committed file whose name says that it holds a secret."""
    for path in sorted(paths)[:MAX_TOLD]:
        name = path.rpartition("/")[2]
        yield Problem(path, 0, "secret-file", f"{name} is in the commit and in every clone.")


def secret_name_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """One problem for each path that has a secret in it: every list of files shows it."""
    paths = sorted(paths)
    if not find_secrets("\n".join(paths)):
        return  # one look at all of them is a tenth of the work
    found = ((path, find_secrets(path)) for path in paths)
    for path, secrets in islice((one for one in found if one[1]), MAX_TOLD):
        yield Problem(path, 0, "secret-in-name", f"It looks like a secret: {secrets[0].what}.")


def _of_strangers(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The addresses of others that files name as the project's own.

    Where none of them says whose it is, they are where a partner's program runs, which the README
    names on purpose.
    """
    foreign = [
        fact for fact in facts if fact.name is FactName.FOREIGN_ADDRESS and fact.source != FROM_GIT
    ]
    addresses = (web_address(fact.value) for fact in foreign)
    return foreign if any(web and web.owner for web in addresses) else ()


def project_problems(facts: Sequence[Fact], files: Collection[str]) -> Iterator[Problem]:
    """What the facts of a project and the paths of its files tell its owner to mend.

    A problem of the repository itself has an empty path. A licence that the hub does not know
    by its words is one all the same; where no files are known, none is missed.
    """
    for fact in _of_strangers(facts):
        yield Problem(fact.source, fact.line, "address-foreign", f"It names {fact.value}.")
    state = next((fact for fact in facts if fact.name is FactName.README_STATE), None)
    if state and state.value in _README_CODES:
        message = "Its first page is all that most people read."
        yield Problem(state.source, 0, _README_CODES[state.value], message)
    has_licence = any(fact.name is FactName.LICENCE for fact in facts)
    if files and not has_licence and not any(LICENCE_FILE.fullmatch(path) for path in files):
        yield Problem("", 0, "licence-missing", "Neither a file nor a manifest names one.")

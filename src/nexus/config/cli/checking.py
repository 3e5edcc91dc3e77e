"""``nexus check``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nexus.library.problems import Problem

#: What ``nexus check`` exits with when there is something to mend.
TO_MEND = 6


@click.command()
@click.argument(
    "folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--strict", is_flag=True, help="Warnings count as well as errors.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object.")
def check(folder: Path, *, strict: bool, as_json: bool) -> None:
    """Look for what to mend in FOLDER before it is pushed; needs no hub.

    In a Git repository everything is read that is in Git or could get there; what Git ignores is
    not. The messages of its commits and the names of its branches and tags are looked through for
    secrets. Errors are secrets and links that lead nowhere. Exit code 6 says that there are some.
    """
    from nexus.library.checking.committed import committed_problems
    from nexus.library.checking.concerns import Severity, concern_of
    from nexus.library.checking.folder import look_into
    from nexus.library.checking.repository import check_files

    found = look_into(folder)
    checked = check_files(found.files, found.read, origin=found.origin, is_committed=found.is_git)
    problems = (*(committed_problems(folder) if found.is_git else ()), *checked.problems)
    errors = [one for one in problems if concern_of(one.code).severity is Severity.ERROR]
    warnings = len(problems) - len(errors)
    if as_json:
        _print_json(checked.files, problems, errors=len(errors), warnings=warnings)
    else:
        _print(checked.files, problems, errors=len(errors), warnings=warnings)
    if errors or (strict and warnings):
        raise click.exceptions.Exit(TO_MEND)


def _print_json(files: int, problems: tuple["Problem", ...], *, errors: int, warnings: int) -> None:
    from nexus.config.cli.output import print_json
    from nexus.library.checking.telling import told

    print_json(
        {
            "files": files,
            "errors": errors,
            "warnings": warnings,
            "problems": [told(problem) for problem in problems],
        }
    )


def _print(files: int, problems: tuple["Problem", ...], *, errors: int, warnings: int) -> None:
    """A problem a line, as compilers do, so that editors and CI can lead there; then the sum."""
    from nexus.library.advice import advice_on

    for problem in problems:
        place = f"{problem.path or '.'}:{problem.line}" if problem.line else problem.path or "."
        advice = advice_on(problem.code)
        click.echo(f"{place}: {problem.code}: {advice.title} {problem.message} {advice.remedy}")
    click.echo(f"{files} files read: {errors} errors, {warnings} warnings.", err=True)

"""The commands, loaded when they are called; what they exit with; how errors look."""

import sys
from importlib import import_module

import click

from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound, Unavailable

#: What ``nexus`` exits with. 2 is a wrong option or argument, as everywhere.
EXIT_CODES: dict[type[NexusError], int] = {
    NotFound: 3,
    Invalid: 4,
    Forbidden: 4,
    Conflict: 4,
    Unavailable: 5,
}
UNEXPECTED = 1

#: Command → module, so that ``nexus --help`` loads none of them.
COMMANDS = {
    "serve": "serving",
    "add": "repositories",
    "sync": "repositories",
    "export": "repositories",
    "check": "checking",
    "search": "reading",
    "show": "reading",
    "person": "people",
    "cohort": "cohorts",
    "token": "tokens",
    "host": "hosting",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None when there is no such one."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"nexus.config.cli.{module}"), cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nexus", prog_name="nexus")
def cli() -> None:
    """One live hub made of the Git repositories in which developers keep what they learn.

    Everything it keeps lies in the folder that NEXUS_HOME names.

    Exit codes: 0 done, 1 unexpected failure, 2 wrong usage, 3 not found, 4 refused,
    5 something outside did not answer, 6 a check found something to mend.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with a code that means something."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        sys.exit(cli.main(args=given, prog_name="nexus", standalone_mode=False) or 0)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except NexusError as error:
        if "--json" in given:
            from nexus.config.cli.output import print_json
            from nexus.kernel.problems import problem_of

            print_json({"error": problem_of(error)})
        say_error(error)
        sys.exit(exit_code(error))


def exit_code(error: NexusError) -> int:
    """What the command exits with for an error."""
    return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), UNEXPECTED)


def say_error(error: NexusError, *, about: str = "") -> None:
    """Tell people on standard error what was wrong (``about`` what, where needed), what to do."""
    click.secho(f"{about}: {error.title}" if about else error.title, err=True, fg="red")
    if error.remedy:
        click.echo(error.remedy, err=True)

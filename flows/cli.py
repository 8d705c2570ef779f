"""The `khopso` command: finds the command asked for, runs it, turns errors into one line and an exit status.

0 done; 1 the run failed or a quality gate closed; 2 bad usage.
"""

from __future__ import annotations

import atexit
import importlib
import os
import sys

import click

from flows.errors import KhopsoError, UsageError

COMMANDS = ("ingest", "show", "report", "trends", "review", "init", "serve")


class LazyGroup(click.Group):
    """Imports the module of a command only when it is asked for, so that `show` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"flows.commands.{cmd_name}").command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="khopso", prog_name="khopso")
def cli() -> None:
    """Read the figures of Vietnamese news, check their arithmetic, follow them over time.

    Exit status: 0 done, 1 the run failed or a quality gate closed, 2 bad usage.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit status."""
    try:
        result = cli.main(arguments, prog_name="khopso", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        return _say(str(error), 2)
    except KhopsoError as error:
        return _say(str(error), 1)
    except (click.Abort, KeyboardInterrupt):
        return _say("khopso: stopped: by the keyboard; the same command goes on where it was", 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered has no reader
        return 0
    except Exception as error:
        if os.environ.get("KHOPSO_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}".strip().splitlines()[0]
        return _say(f"khopso: failed: {what}; set KHOPSO_TRACEBACK=1 to see where, and report it", 1)
    return result if isinstance(result, int) else 0


def _say(message: str, status: int) -> int:
    click.echo(click.style("error ", fg="red") + message, err=True)
    return status


def main() -> None:
    """The entry point of the installed command."""
    statuses: list[int] = []
    atexit.register(_leave, statuses)
    statuses.append(run())
    sys.exit(statuses[0])


def _leave(statuses: list[int]) -> None:
    """End here, after every other exit handler: it was registered before all of them.

    Threads of Prefect hold on to DuckDB while the interpreter is taken down, and DuckDB's binding then
    writes a page of warnings about leaks to the terminal of a user whose run has gone well.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(statuses[0] if statuses else 1)


if __name__ == "__main__":
    main()

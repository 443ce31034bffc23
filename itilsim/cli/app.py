"""The app: verbs are gathered here; heavy libraries are imported by the verb that needs them."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from itilsim.cli import options as o
from itilsim.cli.exits import ended

app = typer.Typer(
    name="itilsim",
    help="Simulates service relationships over their whole life: what is one worth, to whom, how surely, and why?",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give the exit code.

    Without arguments they are the process's own, which ends after this.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or pydantic looks through every installed package at the start
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    given = [each for each in given if each != "--debug"]
    try:
        app(given, prog_name="itilsim", obj=debug)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else (0 if end.code is None else 1)
    finally:
        if arguments is None:
            gc.freeze()  # at its end Python would search all modules for garbage, which takes a tenth of the time of `check`
    return 0


@app.callback()
def _everywhere(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback when something fails; with any verb.")] = False,
) -> None:
    """Hold options that every verb takes; `--debug` is taken out before."""


@app.command()
def check(context: typer.Context, paths: o.Cases) -> None:
    """Read cases and say what is wrong with them, every fault with its file, line and column."""
    from itilsim.cli.check import check_cases

    ended(lambda: check_cases(paths), debug=context.obj)


@app.command()
def describe(context: typer.Context, path: o.Case, json: o.Json = False, values: o.Set = None, sheet: o.Sheet = None) -> None:
    """Say in sentences what a case models, with every input, its unit and where it comes from."""
    from itilsim.cli.describe import describe_case

    ended(lambda: describe_case(path, values=o.read_values(values), sheet=sheet, json=json), debug=context.obj)


@app.command()
@o.with_options
def run(context: typer.Context, path: o.Case, asked: o.Asked) -> None:
    """Simulate one alternative, or every alternative of a case."""
    from itilsim.cli.compare import answer

    ended(lambda: answer([path], asked, in_words=False), debug=context.obj)


@app.command()
@o.with_options
def compare(context: typer.Context, paths: o.Cases, asked: o.Asked) -> None:
    """Compare alternatives on the same worlds: which is better, by how much, how surely, and how bad when it is worse."""
    from itilsim.cli.compare import answer

    ended(lambda: answer(paths, asked, in_words=True), debug=context.obj)


@app.command()
@o.with_options
def explain(
    context: typer.Context, path: Annotated[Path, typer.Argument(help="The file of one alternative of a case.")], asked: o.Wanted
) -> None:
    """Play one world again and tell its story: what happened, what followed, and how its twin differs."""
    from itilsim.cli.explain import explain_world

    ended(lambda: explain_world(path, asked), debug=context.obj)


@app.command()
def sheet(
    context: typer.Context,
    path: o.Case,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="CSV file to write; stdout unless said.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every input, not only those that are uncertain.")] = False,
    values: o.Set = None,
    given: o.Sheet = None,
) -> None:
    """Write the inputs that matter as a spreadsheet, to be filled in and given back with --sheet."""
    from itilsim.cli.sheet import sheet_of_case

    ended(
        lambda: sheet_of_case(path, out=out, everything=everything, values=o.read_values(values), sheet=given),
        debug=context.obj,
    )


@app.command()
@o.with_options
def sensitivity(context: typer.Context, path: o.Case, asked: o.AskedSensitivity) -> None:
    """Vary one input at a time: how far the difference between the two best moves, and where first place changes, or that it never does."""
    from itilsim.cli.sensitivity import sensitivity_of_case

    ended(lambda: sensitivity_of_case(path, asked), debug=context.obj)


@app.command()
@o.with_options
def sweep(
    context: typer.Context,
    study: Annotated[Path, typer.Argument(help="A TOML file that names a case and the inputs to vary.")],
    asked: o.AskedSweep,
) -> None:
    """Simulate a case at many points of its inputs, on the same worlds; what is finished stays, and the same command goes on."""
    from itilsim.cli.sweep import sweep_study

    ended(lambda: sweep_study(study, asked), debug=context.obj)


@app.command()
def replay(context: typer.Context, result: o.Result, workers: o.Workers = None, quiet: o.Quiet = False) -> None:
    """Simulate a stored result again and compare it to the last bit."""
    from itilsim.cli.replay import replay_result

    ended(lambda: replay_result(result, workers=workers, quiet=quiet), debug=context.obj)


@app.command()
def report(
    context: typer.Context,
    result: o.Result,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Where to write, for png and svg a folder; in the results folder unless said.")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="html, png or svg (a slide a figure), xlsx, or md (a summary).")] = "html",
    data: Annotated[bool, typer.Option("--data", help="Every number for spreadsheets; the same as --format xlsx.")] = False,
    language: Annotated[str, typer.Option("--language", help="The language, shown first on the page: en or zh.")] = "en",
) -> None:
    """Write the static page of a stored result, or its figures as slides, its numbers as a workbook, a summary for a mail."""
    from itilsim.cli.report import report_result

    ended(lambda: report_result(result, out=out, format="xlsx" if data else format, language=language), debug=context.obj)


@app.command(name="app")
def workbench(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(help="A case folder, or a folder that holds cases; scenarios unless said.", show_default=False)
    ] = None,
    replications: Annotated[
        int, typer.Option("-n", "--replications", help="Worlds of a state while it is looked at.")
    ] = 10_000,
    seed: o.Seed = 1,
    out: o.Out = Path("results"),
    port: Annotated[int, typer.Option("--port", help="Where to listen; the next free one where it is taken.", min=1, max=65535)] = 8050,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Open the workbench in the browser: levers move and the answer follows; it listens on this machine only."""
    from itilsim.cli.workbench import open_workbench

    ended(lambda: open_workbench(path, out=out, port=port, seed=seed, replications=replications, browser=browser), debug=context.obj)

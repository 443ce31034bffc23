"""Options that several verbs share, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from itilsim.cli.exits import refuse

Case = Annotated[Path, typer.Argument(help="A case folder, or the file of one of its alternatives.")]
Cases = Annotated[list[Path], typer.Argument(help="A case folder, or files of its alternatives.")]
Result = Annotated[Path, typer.Argument(help="A results folder.")]
Replications = Annotated[int, typer.Option("-n", "--replications", help="Worlds, that is lifetimes of each alternative.")]
Seed = Annotated[int, typer.Option("--seed", help="Names the worlds; the same seed gives the same worlds.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Threads; all cores unless said.", show_default=False)]
EngineName = Annotated[str, typer.Option("--engine", help="compiled or reference.")]
Out = Annotated[Path, typer.Option("--out", help="Folder that results folders lie in.")]
Json = Annotated[bool, typer.Option("--json", help="One strict JSON object on stdout, nothing else.")]
PrecisionText = Annotated[
    str | None,
    typer.Option(
        "--precision",
        help="Stop as soon as every mean difference has a standard error below this share ('1 %') of the pair's gross scale, "
        "or this amount ('20 k').",
    ),
]
KeepText = Annotated[str, typer.Option("--keep", help="How much is stored: values, sources or months.")]
Baseline = Annotated[str | None, typer.Option("--baseline", help="Measure against this alternative.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change an input; may be repeated.")]
Sheet = Annotated[Path | None, typer.Option("--sheet", help="Inputs from a spreadsheet that `itilsim sheet` wrote.")]
Frozen = Annotated[str | None, typer.Option("--frozen", help="Hold behaviour fixed: any of decisions,trust,effort, separated by commas.")]
FailIf = Annotated[
    list[str] | None,
    typer.Option("--fail-if", metavar="EXPR", help="Exit 4 where this holds, for instance 'p_negative(outsourced) > 0.2'."),
]
Replication = Annotated[
    int | None, typer.Option("--replication", "-k", help="Which world, counted from 0.", show_default=False)
]
Where = Annotated[
    str | None, typer.Option("--where", metavar="NAME", help="The first world in which this happens, for instance source-leak.")
]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="PATH2", help="Another alternative of the same case: the twin, to the cent.")
]


@dataclass(frozen=True)
class Asked:
    """How to simulate, as asked for on the command line of `run` and `compare`: each field is one of their options."""

    replications: Replications = 10_000
    seed: Seed = 1
    workers: Workers = None
    engine: EngineName = "compiled"
    out: Out = Path("results")
    json: Json = False
    precision: PrecisionText = None
    keep: KeepText = "sources"
    baseline: Baseline = None
    quiet: Quiet = False
    values: Set = None
    sheet: Sheet = None
    frozen: Frozen = None
    fail_if: FailIf = None


@dataclass(frozen=True)
class Wanted:
    """Which world to tell and how, as asked for on the command line of `explain`: each field is one of its options."""

    replication: Replication = None
    where: Where = None
    against: Against = None
    seed: Seed = 1
    json: Json = False
    values: Set = None
    sheet: Sheet = None
    frozen: Frozen = None


@dataclass(frozen=True)
class AskedSweep:
    """How to run a sweep, as asked for on the command line of `sweep`: each field is one of its options."""

    replications: Annotated[
        int | None, typer.Option("-n", "--replications", help="Worlds at each point; the study's unless said.", show_default=False)
    ] = None
    seed: Annotated[
        int | None, typer.Option("--seed", help="Names the worlds and draws the design; the study's unless said.", show_default=False)
    ] = None
    workers: Workers = None
    engine: EngineName = "compiled"
    out: Out = Path("results")
    json: Json = False
    quiet: Quiet = False


@dataclass(frozen=True)
class AskedSensitivity:
    """What to vary and how, as asked for on the command line of `sensitivity`: each field is one of its options."""

    replications: Replications = 500
    seed: Seed = 1
    workers: Workers = None
    only: Annotated[
        list[str] | None, typer.Option("--input", metavar="KEY", help="Vary this input alone; may be repeated.", show_default=False)
    ] = None
    everything: Annotated[
        bool, typer.Option("--all", help="Every quantity that is a number, those taken as known by a fifth to each side.")
    ] = False
    party: Annotated[
        str | None, typer.Option("--party", help="Whose net value; the decision maker's unless said.", show_default=False)
    ] = None
    out: Out = Path("results")
    json: Json = False
    quiet: Quiet = False
    values: Set = None
    sheet: Sheet = None


def with_options(verb: Callable[..., None]) -> Callable[..., None]:
    """Let a verb that has a parameter `asked`, of one of the classes above, take each field of it as an option of its own."""
    own = dict(inspect.signature(verb, eval_str=True).parameters)
    asked = own.pop("asked").annotation
    hints = get_type_hints(asked, include_extras=True)
    named = inspect.Parameter.KEYWORD_ONLY
    options = [inspect.Parameter(f.name, named, default=f.default, annotation=hints[f.name]) for f in fields(asked)]

    @wraps(verb)
    def taking(**given: Any) -> None:
        taken = asked(**{each.name: given.pop(each.name) for each in options})
        verb(**given, asked=taken)

    parameters = [*own.values(), *options]
    taking.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    taking.__annotations__ = {each.name: each.annotation for each in parameters}
    return taking


def read_values(settings: Iterable[str] | None) -> dict[str, str]:
    """Read `KEY=VALUE` settings."""
    found: dict[str, str] = {}
    for each in settings or ():
        key, equals, value = each.partition("=")
        if not equals or not key.strip():
            refuse(f"--set: found '{each}'; KEY=VALUE is needed, for instance --set 'contracts.support.fee=90 k CNY / year'")
        found[key.strip()] = value.strip()
    return found


def read_frozen(text: str | None) -> tuple[str, ...]:
    """Read the behaviour to hold fixed."""
    return tuple(each.strip() for each in (text or "").split(",") if each.strip())


def located(paths: Iterable[Path]) -> tuple[Path, list[str] | None]:
    """Give the case folder that the paths name and the alternatives asked for, None for all of them."""
    folders: dict[Path, Path] = {}
    names: list[str] = []
    everything = False
    for path in paths:
        is_file = path.suffix == ".toml" and not path.is_dir()
        folder = path.parent if is_file else path
        folders.setdefault(folder.resolve(), folder)
        if is_file and path.name != "case.toml":
            if not path.exists():
                refuse(f"{path}: there is no such file")
            names.append(path.stem)
        else:
            everything = True
    if len(folders) > 1:
        shown = ", ".join(str(each) for each in folders.values())
        refuse(f"alternatives are compared within one case, on the same worlds; found {len(folders)} cases: {shown}")
    return next(iter(folders.values())), None if everything else names

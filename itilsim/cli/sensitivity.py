"""The verb `sensitivity`: one input at a time on the difference between the two best alternatives."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itilsim.cli.compare import termination_interrupts
from itilsim.cli.exits import refuse, say
from itilsim.cli.options import AskedSensitivity, located, read_values
from itilsim.cli.progress import progress_for
from itilsim.text.faults import unknown_name
from itilsim.text.wording import plain

if TYPE_CHECKING:
    from itilsim.figures.wording import Catalogue
    from itilsim.tables.sensitivity import Sensitive, Sensitivity

PLAIN_WIDTH = 200


def sensitivity_of_case(path: Path, asked: AskedSensitivity) -> None:
    """Vary the inputs that were asked for, store what was found beside the study, and print it, the largest swing first."""
    from itilsim.case import load_case
    from itilsim.pages.report import write_report
    from itilsim.study.sensitivity.run import Wish, settings_of
    from itilsim.study.sensitivity.stored import SENSITIVITY

    folder, alternatives = located([path])
    case = load_case(folder, values=read_values(asked.values), sheet=asked.sheet)
    settings = settings_of(case, asked.replications, seed=asked.seed, alternatives=alternatives)
    wish = Wish(asked.party, tuple(asked.only) if asked.only else None, asked.everything)
    with termination_interrupts():
        found, file = _found(case, settings, wish, asked)
    page = write_report(file.parent)
    if asked.json:
        from itilsim.study.folder import strict_json

        sys.stdout.write(strict_json(_as_data(case, found, file.parent), indent=None) + "\n")
    else:
        _print(case, found, file, is_decider=file.stem == SENSITIVITY)
        print(f"\nPage: {page}")
    sys.stdout.flush()


def _found(case: Any, settings: Any, wish: Any, asked: AskedSensitivity) -> tuple[Any, Path]:
    """Give what is known of the inputs that were asked for, and the file in which it is stored with what was known before."""
    from itilsim.study.sensitivity.ranges import inputs_of
    from itilsim.study.sensitivity.run import SensitivityInterrupted, sensitivity
    from itilsim.study.sensitivity.stored import file_of, made_from, read_sensitivity, write_sensitivity

    inputs, refused = inputs_of(case, everything=wish.everything, keys=wish.keys)
    party = wish.party or case.decision_maker
    if party not in case.parents:
        refuse(f"--party: {unknown_name('party', party, list(case.parents))}")
    folder = _study(case, settings, asked)
    file = file_of(folder, party, case.decision_maker)
    known = read_sensitivity(file, made_from(case, settings, party))
    try:
        whole = sensitivity(case, settings, wish, workers=asked.workers, known=known, progress=progress_for(quiet=asked.quiet))
    except SensitivityInterrupted as stop:
        if not stop.found.rows:
            raise KeyboardInterrupt("interrupted before the first input was finished; nothing is kept") from None
        write_sensitivity(stop.found, file)
        done = len(stop.found.by_input)
        raise KeyboardInterrupt(f"interrupted: {done} inputs are kept in {file}; the same command goes on from there") from None
    if known is not None and len(whole.rows) == len(known.rows):
        if not asked.quiet:
            say(f"nothing to simulate: {file} holds these inputs already")
    elif whole.rows:
        write_sensitivity(whole, file)
    return whole.only([*(each.key for each in inputs), *refused]), file


def _study(case: Any, settings: Any, asked: AskedSensitivity) -> Path:
    """Give the folder of the study that the sensitivity belongs to; it is simulated where it is not stored."""
    from itilsim.study.sensitivity.stored import study_folder
    from itilsim.study.simulate import simulate

    folder = study_folder(case, settings, asked.out)
    if folder is not None:
        return folder
    study = simulate(
        case,
        settings.replications,
        seed=settings.seed,
        alternatives=settings.alternatives,
        variants=False,
        workers=asked.workers,
        progress=progress_for(quiet=asked.quiet),
    )
    return study.save(asked.out)


def _as_data(case: Any, found: Any, folder: Path) -> dict[str, Any]:
    """Give the answer as plain data; what is not a number is left for null."""
    about = found.made_from
    inputs = []
    for rows in found.by_input.values():
        whole = {name: value for name, value in rows[0].items() if not name.startswith("change")}
        whole["changes"] = [
            {
                "at": row["changes_at"], "standard_error": row["changes_at_error"], "from": row["changes_from"], "to": row["changes_to"],
                "is_sure": row["change_is_sure"],
            }
            for row in rows
            if row["change"]
        ]  # fmt: skip
        inputs.append(whole)
    named = ("baseline", "party", "seed", "replications", "engine", "alternatives")
    return {
        "schema": 1,
        "case": case.name,
        "decision_maker": case.decision_maker,
        **{name: about[name] for name in named},
        "result": str(folder),
        "inputs": inputs,
        "left_out": found.left_out,
    }


def _print(case: Any, found: Any, file: Path, *, is_decider: bool) -> None:
    from itilsim.figures.first_place import sentences
    from itilsim.pages.catalogue import open_catalogue
    from itilsim.tables.result import open_result
    from itilsim.tables.sensitivity import read_sensitivity

    stored = read_sensitivity(open_result(file.parent), file.stem) if found.rows else None
    if stored is not None:
        stored = replace(stored, rows=tuple(row for row in stored.rows if row.key in found.by_input))
        catalogue = open_catalogue("en", case.currency)
        whose = "" if is_decider else f" to {found.made_from['party']}"
        print(
            f"{case.title}: net value{whose} in {case.currency}, '{stored.leader.name}' less '{stored.second.name}', one input at a time, "
            f"{stored.futures:,} worlds"
        )
        _print_table(stored, catalogue)
        still = sorted(row.key for row in stored.rows if _is_still(row))
        if still:
            print(f"\nThe difference does not depend on: {', '.join(still)}")
    for key, reason in sorted(found.left_out.items()):
        print(f"Left out: {key}: {reason}")
    if stored is not None:
        print()
        for sentence in sentences(stored, catalogue):
            print(plain(sentence.replace("**", "")))


def _is_still(row: Sensitive) -> bool:
    return not row.swing.value and not row.changes


def _print_table(table: Sensitivity, catalogue: Catalogue) -> None:
    from rich.console import Console
    from rich.table import Table

    from itilsim.figures.first_place import difference, first_place

    printed = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("input", "low", "high", "unit", "at low", "at high", "swing", "first place changes at"):
        printed.add_column(head, justify="left" if head in ("input", "unit", "first place changes at") else "right", overflow="fold")
    for row in table.rows:
        if not _is_still(row):
            ends = (catalogue.number(value, 4) for value in (row.low, row.high))
            amounts = (catalogue.word(difference(each)) for each in (row.at_low, row.at_high, row.swing))
            place = first_place(row, table, catalogue, by_name=True).replace("\n", ", ")
            printed.add_row(*map(plain, (row.key, *ends, row.unit, *amounts, place)))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False, emoji=False, markup=False)
    console.print(printed)

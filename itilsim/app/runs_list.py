"""Stored results on the page: listed, opened as their report, two of them compared, deleted after a question."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from itilsim.app.state import POINTS, Refused
from itilsim.figures.wording import Amount, Catalogue, NumberTable, Plural
from itilsim.live.runs import Between, Run, compare, delete, open_run, runs
from itilsim.pages.markup import number_table, paragraphs
from itilsim.pages.report import page
from itilsim.tables.result import Result

COLUMNS = ("choose", "case", "worlds", "when", "do")
MOST = 200
"""Results that are listed."""


def runs_list(folder: Path, catalogue: Catalogue) -> str:
    """Gives the list of stored results as HTML."""
    found = runs(folder)[:MOST]
    if not found:
        return f'<p class="note">{escape(catalogue.say("app.runs-none", folder=str(folder)))}</p>'
    heads = "".join(f'<th scope="col">{escape(catalogue.say(f"app.runs-{name}"))}</th>' for name in COLUMNS)
    rows = "".join(_row(run, catalogue) for run in found)
    button = f'<button type="button" data-run-do="compare" disabled>{escape(catalogue.say("app.runs-compare"))}</button>'
    return (
        f'<div class="scroll"><table class="runs cards"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p>{button}</p><div id="between" aria-live="polite"></div>{_question(catalogue)}'
    )


def _row(run: Run, catalogue: Catalogue) -> str:
    say = {name: f' data-label="{escape(catalogue.say(f"app.runs-{name}"))}"' for name in COLUMNS}
    worlds = catalogue.word(Plural(run.worlds, "future"))
    if not run.complete:
        worlds = catalogue.say("app.runs-incomplete", worlds=run.worlds, wanted=run.wanted)
    values = "".join(f'<span class="sub">{escape(key)} = {escape(_spelled(value))}</span>' for key, value in run.values.items())
    name, title = escape(run.name), escape(run.title)
    label = escape(catalogue.say("app.runs-choose-one", title=run.title, name=run.name))
    go_on = "" if run.complete else _button("go-on", run, catalogue)
    return (
        f'<tr data-run="{name}"><td{say["choose"]}><div><input type="checkbox" name="run" value="{name}" aria-label="{label}"></div></td>'
        f'<th scope="row"><a href="/run/{name}">{title}</a><span class="sub">{name}</span>{values}</th>'
        f'<td{say["worlds"]}><div>{escape(worlds)}</div></td><td{say["when"]}><div>{run.when:%Y-%m-%d %H:%M}</div></td>'
        f'<td{say["do"]}><div>{go_on}{_button("delete", run, catalogue)}</div></td></tr>'
    )


def _spelled(value: object) -> str:
    """Spells a value that was set: a text as it is, low, likely and high as a range."""
    if not isinstance(value, Mapping):
        return str(value)
    points = " / ".join(f"{value[point]:g}" if isinstance(value[point], float) else str(value[point]) for point in POINTS if point in value)
    return f"{points} {value.get('unit', '')}".strip()


def _button(do: str, run: Run, catalogue: Catalogue) -> str:
    text, label = catalogue.say(f"app.runs-{do}"), catalogue.say(f"app.runs-{do}-one", name=run.name)
    name = f'data-name="{escape(run.name)}" aria-label="{escape(label)}"'
    return f'<button type="button" data-run-do="{do}" {name}>{escape(text)}</button>'


def _question(catalogue: Catalogue) -> str:
    say = {name: escape(catalogue.say(f"app.delete-{name}")) for name in ("question", "yes", "no")}
    answers = " ".join(f'<button type="button" data-answer="{each}">{say[each]}</button>' for each in ("no", "yes"))
    return (
        f'<dialog id="delete" aria-labelledby="delete-question"><p id="delete-question">{say["question"]}</p>'
        f'<p class="sub" id="delete-name"></p><p>{answers}</p></dialog>'
    )


def compare_runs(folder: Path, names: Any, catalogue_for: Any) -> str:
    """Compares two stored results by their names; raises Refused unless there are two, WrongRequest where they cannot be compared."""
    if not isinstance(names, list) or len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise Refused("choose two results to compare")
    first, second = (open_run(folder, name) for name in names)
    return _between(compare(first, second), names, catalogue_for(first.currency))


def _between(found: tuple[Between, ...], names: list[str], catalogue: Catalogue) -> str:
    title = catalogue.say("app.between", a=names[0], b=names[1])
    heads = tuple(catalogue.say(f"app.between-{name}") for name in ("alternative", "first", "second", "difference"))
    rows = tuple(
        (each.title, Amount.cell(each.first, signed=True), Amount.cell(each.second, signed=True), Amount.cell(each.difference, signed=True))
        for each in found
    )
    key = "paired" if found[0].is_paired else "apart"
    note = catalogue.say(f"app.between-{key}", worlds=found[0].worlds)
    table = number_table(NumberTable(heads, rows), catalogue, title, kind="cards")
    return f"<h3>{escape(title)}</h3>{table}{paragraphs([note], 'note')}"


def delete_run(folder: Path, data: Mapping[str, Any]) -> None:
    """Deletes a stored result by its name; raises WrongRequest where there is none."""
    delete(folder, str(data.get("name")))


def run_page(folder: Path, name: str, language: str) -> str:
    """Gives the report of a stored result, made anew so that it is as this version makes it."""
    found: Result = open_run(folder, name)
    return page(found, language=language)

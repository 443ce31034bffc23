"""How a sensitivity is worded, in the report and on a terminal alike: which input matters, and where first place changes."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, hypot, isfinite, log10

from itilsim.figures.wording import Amount, Catalogue, Mid, Phrase, Plural, Strong
from itilsim.tables.result import Alternative
from itilsim.tables.sensitivity import Change, Sensitive, Sensitivity
from itilsim.tables.spread import Estimate
from itilsim.text.wording import rounded

VAGUE = 0.5
"""Share of the range beyond which the error of a change leaves it open where in the range it is."""
NOISE = 1e-9
"""Share of a difference below which its error is one of rounding."""
NAMED = 3
"""Inputs that a sentence names."""


def sentences(table: Sensitivity, catalogue: Catalogue) -> list[str]:
    """Says which input moves the difference most, which can change first place by itself, and how many never do."""
    return [*_most(table, catalogue), *turning(table, catalogue)]


def turning(table: Sensitivity, catalogue: Catalogue) -> list[str]:
    """Says which inputs can change first place by themselves, over how many it is too close to call, and how many never do."""
    turn = [row for row in table.rows if row.turns]
    close = [row for row in table.rows if row.close]
    leader = Mid(table.leader.title)
    said = []
    if turn:
        parts = [_turn(row, table, catalogue) for row in turn[:NAMED]]
        more = Phrase("sensitivity.more", {"count": len(turn) - NAMED}) if len(turn) > NAMED else ""
        said.append(catalogue.say("sensitivity.turns", leader=leader, parts=catalogue.listed(parts), more=more))
    elif not close:
        return [catalogue.say("sensitivity.none", leader=leader)]
    if close:
        futures = Plural(table.futures, "future")
        said.append(catalogue.say("sensitivity.close", count=Plural(len(close), "input"), futures=futures))
    never = len(table.rows) - len(turn) - len(close)
    return [*said, catalogue.say("sensitivity.never-count", leader=leader, count=Plural(never, "input"))] if never else said


def _most(table: Sensitivity, catalogue: Catalogue) -> list[str]:
    """Names the input of the largest swing with those whose swings cannot be told from it; none where none surely moves anything."""
    top = table.rows[0]
    if not top.moves:
        return [catalogue.say("sensitivity.still", a=Mid(table.leader.title), b=Mid(table.second.title))]
    level = [row for row in table.rows if row is top or (row.moves and _level(row.swing, top.swing))][:NAMED]
    parts = []
    for row in level:
        low, high = (Amount(each.value, each.error, signed=True) for each in (row.at_low, row.at_high))
        parts.append(catalogue.word(Phrase("sensitivity.from-to", {"label": Strong(row.label), "low": low, "high": high})))
    pair = {"a": Mid(table.leader.title), "b": Mid(table.second.title)}
    key = "most" if len(level) == 1 else "most-level"
    return [catalogue.say(f"sensitivity.{key}", parts=catalogue.listed(parts), **pair)]


def _level(swing: Estimate, other: Estimate) -> bool:
    """Says that two swings cannot be told apart in size."""
    return abs(abs(swing.value) - abs(other.value)) <= 2 * hypot(swing.error, other.error)


def note(table: Sensitivity, catalogue: Catalogue) -> str:
    """Says how the numbers of the table came about."""
    futures = Plural(table.futures, "future")
    return catalogue.say("sensitivity.note", a=Mid(table.leader.title), b=Mid(table.second.title), futures=futures)


def difference(estimate: Estimate) -> Phrase:
    """Returns a difference with its error, as a cell of a table."""
    error = estimate.error if estimate.error > NOISE * abs(estimate.value) else 0.0
    return Phrase("sensitivity.difference", {"mean": Amount.cell(estimate, signed=True), "error": Amount(error, bare=True)})


def first_place(row: Sensitive, table: Sensitivity, catalogue: Catalogue, *, by_name: bool = False) -> str:
    """Words where first place changes within an input's range, or that it never does, in lines.

    Alternatives stand with their titles, `by_name` with the names by which files and commands know them.
    """

    def called(alternative: Alternative) -> str:
        return alternative.name if by_name else alternative.title

    if row.changes:
        return "\n".join(catalogue.word(_change(each, row, table, called, catalogue)) for each in row.changes)
    if row.first != table.leader:
        return catalogue.word(Phrase("sensitivity.elsewhere", {"alternative": called(row.first)}))
    if row.sure:
        return catalogue.word(Phrase("sensitivity.never", {}))
    return catalogue.word(Phrase("sensitivity.never-close", {"alternative": called(row.nearest)}))


def other_side(change: Change, table: Sensitivity) -> tuple[str, Alternative]:
    """Returns on which side of a change the leader is not first, and what is first there."""
    return ("below", change.before) if change.after == table.leader else ("above", change.after)


def _change(change: Change, row: Sensitive, table: Sensitivity, called: Callable[[Alternative], str], catalogue: Catalogue) -> Phrase:
    value, error = at(change.at, catalogue)
    side, other = other_side(change, table)
    where = Phrase(f"sensitivity.{side}", {"alternative": called(other)})
    if not change.at.error <= VAGUE * abs(row.high - row.low):
        return Phrase("sensitivity.anywhere", {"where": Phrase("sensitivity.instead", {"alternative": called(other)})})
    fields = {"value": value, "error": error, "where": where}
    if not change.sure:
        return Phrase("sensitivity.unsure", fields)
    return Phrase("sensitivity.at" if change.at.error > 0.0 else "sensitivity.exact", fields)


def at(estimate: Estimate, catalogue: Catalogue) -> tuple[str, str]:
    """Words a value of an input no finer than its error allows, and the error."""
    if not isfinite(estimate.error) or estimate.error <= 0.0:
        return catalogue.number(estimate.value, 4), catalogue.number(estimate.error)
    said, _ = rounded(estimate.value, estimate.error, figures=4)
    step = 10.0 ** floor(log10(estimate.error))
    return catalogue.number(said, 6), catalogue.number(round(estimate.error / step) * step, 2)


def _turn(row: Sensitive, table: Sensitivity, catalogue: Catalogue) -> str:
    """Names an input that can change first place, with where and to what."""
    change = next(each for each in row.changes if each.sure)
    side, other = other_side(change, table)
    value, _ = at(change.at, catalogue)
    fields = {"label": row.label, "value": f"{value} {row.unit}".strip(), "alternative": Mid(other.title)}
    return catalogue.word(Phrase(f"sensitivity.turn-{side}", fields))

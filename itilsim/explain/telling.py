"""Telling the pieces of a story on a terminal: sentences wrapped at its width, and tables of money."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from itilsim.explain.pieces import Happening, Money, Moved, Stretch, Told, Unknown
from itilsim.explain.statement import Line, line_title
from itilsim.explain.vocabulary import as_sentence, moment
from itilsim.text.printing import format_quantity

NARROWEST = 60
FIXED = "\u00a0"
"""A space at which no line ends."""
IN_CENTS = 16
"""Letters of an amount in cents, sign and thousands included."""


class Frame(NamedTuple):
    """What the sentences of a story need to know of its case: currency, the decision maker's title, months of the horizon."""

    currency: str
    maker: str
    horizon: int


def tell_course(happenings: Sequence[Happening], stretches: Sequence[Stretch], frame: Frame, width: int) -> Iterator[str]:
    """Tell happenings in the order of their beginning, and after each quiet stretch what it brought."""
    waiting = list(stretches)
    for happening in happenings:
        while waiting and happening.steps[0].hour > waiting[0].last * 730.0:
            yield from _stretch(waiting.pop(0), frame, width)
        yield from tell_happening(happening, frame, width)
    for stretch in waiting:
        yield from _stretch(stretch, frame, width)


def tell_happening(happening: Happening, frame: Frame, width: int) -> Iterator[str]:
    """Tell a happening step by step, each with its consequence."""
    before = -1.0
    for step in happening.steps:
        indent = "  " if step is happening.steps[0] else "      "
        when = "then" if step.hour == before else moment(step.hour, step.month, frame.horizon)
        yield from wrapped(f"{when}: {as_sentence(step.sentence)}{_consequence(step, frame)}", width, indent=indent)
        before = step.hour


def _consequence(step: Told, frame: Frame) -> str:
    said = [*(_borne(money, frame.currency) for money in step.money), *_seen(step.moved)]
    return f" -> {'; '.join(said)}" if said else ""


def _borne(money: Money, currency: str) -> str:
    way = "to" if money.amount < 0.0 else "from"
    other = f" {way} {money.counterparty}" if money.counterparty else ""
    kind = "" if money.account.cash else ", not cash"
    return f"{signed(money.amount)} {currency} for {money.party}{other} ({money.source}{kind})"


def _seen(moves: Sequence[Moved]) -> Iterator[str]:
    """Tell moves that show in the figures that are printed."""
    for moved in moves:
        before, after = _level(moved, moved.before), _level(moved, moved.after)
        if before != after:
            yield f"{moved.title} {before} to {after}"


def _level(moved: Moved, value: float) -> str:
    if moved.share:
        return f"{value * 100.0:.3g} %"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:,.4g}"


def _stretch(stretch: Stretch, frame: Frame, width: int) -> Iterator[str]:
    counted = ", ".join(f"{number} x {title}" for title, number in stretch.counts.items())
    months = f"months {stretch.first} to {stretch.last}" if stretch.last > stretch.first else f"month {stretch.first}"
    if stretch.first > frame.horizon:
        months = "run-off"
    sums = [(n, v) for n, v in (("outcomes", stretch.outcome), ("costs", stretch.cost), ("risks", stretch.risk)) if v]
    money = f"{', '.join(f'{name} {signed(value)}' for name, value in sums)} {frame.currency}" if sums else "nothing"
    said = [counted] * bool(counted) + [f"for {frame.maker} {money}"]
    yield from wrapped(f"otherwise, in {months}: {'; '.join([*said, *_seen(stretch.moved)])}.", width, indent="  ~ ")


def tell_ledger(lines: Sequence[Line], total: float, frame: Frame, width: int) -> Iterator[str]:
    """Tell the decision maker's ledger as a table, nominal and in present value."""
    yield f"Ledger of {frame.maker}, by source"
    rest = width - 2 * IN_CENTS
    yield f"{'':<{rest}}{'nominal':>{IN_CENTS}}{'present value':>{IN_CENTS}}"
    for title, group in groupby(lines, key=lambda line: line.title):
        for line in group:
            name = f"{title} ({line_title(line.key, line.counterparty)})"
            rows = textwrap.wrap(name, rest - 1, initial_indent="  ", subsequent_indent="    ")
            yield from rows[:-1]
            yield f"{rows[-1]:<{rest}}{line.amount:>{IN_CENTS},.2f}{line.present_value:>{IN_CENTS},.2f}"
    nominal = sum(line.amount for line in lines)
    yield f"{'  total':<{rest}}{nominal:>{IN_CENTS},.2f}{total:>{IN_CENTS},.2f}"


def tell_unknown(unknown: Unknown, frame: Frame) -> str:
    """Say what an input unknown to the planner came out at."""
    low, likely, high, value = (
        format_quantity(v, unknown.dimension, currency=frame.currency) for v in (unknown.low, unknown.likely, unknown.high, unknown.value)
    )
    return f"{unknown.label}: {value} (likely {likely}, from {low} to {high}; lower in {unknown.share_below * 100.0:.0f} % of all worlds)"


def signed(value: float) -> str:
    """Spell a whole amount with its sign."""
    return f"{value:+,.0f}" if abs(value) >= 0.5 else "0"


def wrapped(text: str, width: int, *, indent: str = "") -> Iterator[str]:
    """Wrap a text at a width, never between a number and its percent sign."""
    further = " " * (len(indent) + 2 if indent else 0)
    kept = text.replace(" %", f"{FIXED}%")
    yield from (line.replace(FIXED, " ") for line in textwrap.wrap(kept, width, initial_indent=indent, subsequent_indent=further))

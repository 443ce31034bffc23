"""The ledger of one world for the decision maker: by source in present value, and lines that add up to the cent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from itilsim.engine.reference.trace import Trace
from itilsim.explain.vocabulary import Vocabulary
from itilsim.ledger.discount import month_factor
from itilsim.ledger.entities import Entity
from itilsim.plan.accounts import Account

Key = TypeVar("Key")
HALF_A_CENT = 0.005


class UnevenStory(Exception):
    """Signals that the lines of a story do not sum to its ledger: an internal error that says by how much."""


class LineKey(NamedTuple):
    """What a line of the ledger is about."""

    source: str
    component: str
    counterparty: str
    cash: bool


@dataclass(frozen=True)
class Line:
    """One line of the decision maker's ledger: what a source brought (positive) or took (negative) over the lifetime."""

    key: LineKey
    title: str
    counterparty: str
    amount: float
    """Nominal, in currency."""
    present_value: float


def line_title(key: LineKey, counterparty: str) -> str:
    """Say what a line is: an outcome, cost or risk, in cash or hours, and the other side of it."""
    kind = f"{key.component}, {'cash' if key.cash else 'not cash'}"
    return f"{kind}, {counterparty}" if counterparty else kind


def posted(trace: Trace, account: int) -> float:
    """Add up the nominal postings of an account over a lifetime, in currency."""
    width = trace.plan.sizes.accounts
    return math.fsum(trace.amounts[account::width])


def present_value(trace: Trace, account: int, rate: float) -> float:
    """Discount the postings of an account to the start, in currency; `rate` is effective a year."""
    width = trace.plan.sizes.accounts
    return math.fsum(amount * month_factor(rate, month + 1) for month, amount in enumerate(trace.amounts[account::width]) if amount != 0.0)


def ledger_lines(trace: Trace, entity: Entity, words: Vocabulary, *, rate: float) -> tuple[Line, ...]:
    """Give the entity's lines, transfers inside it left out, in the order of their keys."""
    accounts = trace.plan.books.accounts
    held: dict[LineKey, list[int]] = {}
    for at in entity.positions(accounts):
        account: Account = accounts[at]
        held.setdefault(LineKey(account.source, account.component, account.counterparty, account.cash), []).append(at)
    lines = []
    for key in sorted(held):
        amount = math.fsum(posted(trace, at) for at in held[key])
        value = math.fsum(present_value(trace, at, rate) for at in held[key])
        if any(posted_at != 0.0 for at in held[key] for posted_at in trace.amounts[at :: trace.plan.sizes.accounts]):
            other = words.party(key.counterparty) if key.counterparty else ""
            lines.append(Line(key, words.source(key.source), other, amount, value))
    return tuple(lines)


def total_value(trace: Trace, entity: Entity, *, rate: float) -> float:
    """Give the entity's present value the other way: month totals first, then discounted."""
    width, positions = trace.plan.sizes.accounts, entity.positions(trace.plan.books.accounts)
    total = 0.0
    for month in range(len(trace.amounts) // width):
        total += math.fsum(trace.amounts[month * width + at] for at in positions) * month_factor(rate, month + 1)
    return total


def in_cents(values: Mapping[Key, float], total: float, *, what: str) -> dict[Key, int]:
    """Round lines to cents so that they sum to the rounded total; each is less than a cent from its value (largest remainders go up).

    Raises `UnevenStory` where the lines are half a cent or more from the total before rounding: then something was left out.
    """
    apart = math.fsum([*values.values(), -total])
    if not abs(apart) < HALF_A_CENT:
        raise UnevenStory(f"{what}: the lines are {apart!r} away from their total {total!r}")
    down = {key: math.floor(value * 100.0) for key, value in values.items()}
    missing = round(total * 100.0) - sum(down.values())
    by_rest = sorted(values, key=lambda key: values[key] * 100.0 - down[key], reverse=True)
    if not 0 <= missing <= len(by_rest):
        raise UnevenStory(f"{what}: {missing} cents are left to give to {len(by_rest)} lines")
    for key in by_rest[:missing]:
        down[key] += 1
    if sum(down.values()) != round(total * 100.0):
        raise UnevenStory(f"{what}: the lines sum to {sum(down.values())} cents, the total is {round(total * 100.0)}")
    return down

"""Worlds are lived in chunks whose bounds never change, small ones first, so that what one question lived serves the next."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import fields, replace
from threading import Lock
from typing import Any

import numpy as np

from itilsim.ledger.cashflow import Budget
from itilsim.ledger.entities import Entity
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.value import Floats, Statement
from itilsim.plan.plan import Plan
from itilsim.study.reckoning import FIRST_WORLDS, Setup, View
from itilsim.study.subject import Engine

LEAST = 100
"""Worlds of a first answer."""
SMALL = (100, 100, 200)
LARGE = 400
SLICE = 10
"""Worlds between two looks at whether the question still stands, so that it gives way to a newer one within some 30 ms; a slice costs
about 1 ms more than its worlds. Slices of a chunk are lived side by side."""
ARRAYS = tuple(each.name for each in fields(Ledger) if each.name not in ("books", "first"))
"""What a ledger holds world by world."""


def bounds(chunk: int) -> tuple[int, int]:
    """Give the first world of a chunk and the number of its worlds."""
    if chunk < len(SMALL):
        return sum(SMALL[:chunk]), SMALL[chunk]
    return sum(SMALL) + (chunk - len(SMALL)) * LARGE, LARGE


def chunks_for(worlds: int) -> int:
    """Give how many chunks hold at least so many worlds."""
    chunk = 0
    while bounds(chunk)[0] < worlds:
        chunk += 1
    return chunk


class Living:
    """A chunk of a plan on its way, slice by slice in any order; whoever lives the last slice makes the totals."""

    def __init__(self, setup: Setup, engine: Engine, plan: Plan, seed: int, *, chunk: int, parties: Mapping[str, Entity]) -> None:
        self.chunk = chunk
        self.first, self.count = bounds(chunk)
        self.starts = tuple(range(self.first, self.first + self.count, SLICE))
        self._setup, self._engine, self._plan, self._seed, self._parties = setup, engine, plan, seed, parties
        self._slices: dict[int, Ledger] = {}
        self._lock = Lock()

    def live(self, start: int) -> View | None:
        """Live the slice that begins at a world; give the totals of the chunk where it was the last one."""
        ledger = self._engine(self._plan, self._seed, start, min(SLICE, self.first + self.count - start))
        with self._lock:
            self._slices[start] = ledger
            if len(self._slices) < len(self.starts):
                return None
        view = View(self._setup, _joined([self._slices[each] for each in self.starts]), self._parties)
        kept = max(0, min(self.count, FIRST_WORLDS - self.first))
        # The amounts are let go: all that is asked of them is in the totals.
        view.ledger = replace(view.ledger, amounts=np.empty((self.count, 0, 0)), measures=view.ledger.measures[:kept].copy())
        return view


def _joined(ledgers: list[Ledger]) -> Ledger:
    first = ledgers[0]
    arrays = {name: np.concatenate([getattr(each, name) for each in ledgers]) for name in ARRAYS}
    return Ledger(first.books, first.first, **arrays)


def mixed(views: list[View], weights: list[float]) -> View:
    """Give the totals of a plan whose prices are the weighted sum of others' that live the same; all totals are linear in the prices.

    What is taken as positive (`gross`) is no sum: its bound is given, which only the check of the books reads.
    """
    view = copy(views[0])
    view.statements = {name: _mixed_statement([each.statements[name] for each in views], weights) for name in view.statements}
    view.decider = view.statements[views[0].decider.entity.name]
    view.monthly = _sum([each.monthly for each in views], weights)
    view.monthly_cash = _sum([each.monthly_cash for each in views], weights)
    view.budget = Budget(
        _sum([each.budget.one_off for each in views], weights), _sum([each.budget.running for each in views], weights)
    )
    view.seen = {
        who: {source: _sum([each.seen[who][source] for each in views], weights) for source in seen} for who, seen in view.seen.items()
    }
    return view


def _mixed_statement(statements: list[Statement], weights: list[float]) -> Statement:
    first = statements[0]
    return Statement(
        first.entity,
        {cell: _sum([each.value[cell] for each in statements], weights) for cell in first.value},
        {cell: _sum([each.cash[cell] for each in statements], weights) for cell in first.cash},
        _sum([each.direct for each in statements], weights),
        _sum([each.gross for each in statements], [abs(weight) for weight in weights]),
    )


def _sum(arrays: list[Floats], weights: list[float]) -> Floats:
    """Add arrays up by weight; where all agree, as most do, the first stands, so that what no price reaches keeps every bit."""
    if all(np.array_equal(arrays[0], each) for each in arrays[1:]):
        return arrays[0]
    total = arrays[0] * weights[0]
    for array, weight in zip(arrays[1:], weights[1:], strict=True):
        total = total + array * weight
    return total


def size_of(view: View) -> int:
    """Give the bytes that a chunk's totals hold."""
    arrays: list[Any] = [view.monthly, view.monthly_cash, view.budget.one_off, view.budget.running]
    arrays += [getattr(view.ledger, name) for name in ARRAYS]
    for statement in view.statements.values():
        arrays += [*statement.value.values(), *statement.cash.values(), statement.direct, statement.gross]
    for seen in view.seen.values():
        arrays += list(seen.values())
    return sum(int(array.nbytes) for array in arrays)

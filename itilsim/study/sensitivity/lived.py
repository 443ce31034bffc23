"""Living the alternatives with one input held at a value in every world, all else as drawn.

An input unknown to the planner is held by writing its value into the drawn inputs, so the plan stays as it is; one that is taken as known
by lowering the changed case. Only alternatives whose plan reads the input are lived again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from itilsim.case.case import Case
from itilsim.ledger.entities import Entity, entities
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.transfers import check_ledger
from itilsim.ledger.value import Floats, discounted_total, postings_of
from itilsim.study.blocks import in_order
from itilsim.study.engines import Chosen
from itilsim.study.sensitivity.ranges import Input
from itilsim.study.settings import Settings
from itilsim.study.simulate import setup_of

HeldEngine = Callable[..., Ledger]
"""Lives worlds of a plan, with the unknown inputs as given if they are: `engine(plan, seed, first, count, theta)`."""


@dataclass(frozen=True)
class Living:
    """Lives blocks of worlds of some plans and gives what each is worth to a party with its departments.

    `held` gives the unknown inputs of all worlds by plan, shape (worlds, unknowns); a plan that it lacks has them drawn. Present values
    are at `rate`, effective a year; transfers within the entity cancel.
    """

    plans: Mapping[str, Any]
    held: Mapping[str, Floats]
    engine: HeldEngine
    entity: Entity
    rate: float
    seed: int

    def __call__(self, first: int, count: int) -> dict[str, tuple[Floats, Floats]]:
        """Give present value and unknown inputs by plan, shapes (worlds,) and (worlds, unknowns).

        Raises `UnbalancedLedger` where a ledger breaks a law of the books.
        """
        found = {}
        for name, plan in self.plans.items():
            theta = (self.held[name][first : first + count],) if name in self.held else ()
            ledger = self.engine(plan, self.seed, first, count, *theta)
            check_ledger(ledger)
            monthly = postings_of(ledger).monthly(self.entity.positions(ledger.books.accounts))
            found[name] = discounted_total(monthly, self.rate), ledger.theta
        return found


@dataclass
class Lives:
    """The alternatives of a study in the same worlds, with nothing held or with one input held."""

    case: Case
    settings: Settings
    chosen: Chosen
    party: str
    pool: Any
    workers: int

    def __post_init__(self) -> None:
        self.plans = setup_of(self.case, self.settings).plans
        drawn = self._live(self.plans, {})
        self.drawn: dict[str, Floats] = {name: theta for name, (_, theta) in drawn.items()}
        """The inputs unknown to the planner as drawn, by alternative, shape (worlds, unknowns)."""
        worth: dict[str, Floats] = {name: own for name, (own, _) in drawn.items()}
        self.names = tuple(sorted(self.plans, key=lambda name: -float(np.mean(worth[name]))))
        """The alternatives, the baseline among them, the best on average first."""
        self.worth: Floats = np.stack([worth[name] for name in self.names])
        """What each is worth to the party with nothing held, shape (alternatives, worlds)."""

    def reading(self, given: Input) -> tuple[str, ...]:
        """Give the alternatives that an input may move: those whose plan reads it.

        Raises FaultyInput where an input that is taken as known cannot take the values of its range.
        """
        stating = [name for name in self.names if name in given.alternatives]
        if given.is_unknown:
            return tuple(name for name in stating if _reads(self.plans[name], given.name))
        changed = [self._changed(given, value) for value in (given.low, given.high)]
        return tuple(name for name in stating if any(plans[name].fingerprint != self.plans[name].fingerprint for plans in changed))

    def held(self, given: Input, reading: tuple[str, ...], value: float) -> Floats:
        """Give what each alternative is worth with an input held at a value, in canonical units, shape (alternatives, worlds)."""
        if not reading:
            return self.worth
        if given.is_unknown:
            plans = {name: self.plans[name] for name in reading}
            held = {name: self._written(name, given.name, value) for name in reading}
        else:
            changed = self._changed(given, value)
            plans, held = {name: changed[name] for name in reading}, {}
        worth = self.worth.copy()
        for name, (own, _) in self._live(plans, held).items():
            worth[self.names.index(name)] = own
        return worth

    def _written(self, alternative: str, name: str, value: float) -> Floats:
        theta = self.drawn[alternative].copy()
        theta[:, self.plans[alternative].books.unknowns.index(name)] = value
        return theta

    def _changed(self, given: Input, value: float) -> Mapping[str, Any]:
        """Lower the alternatives that state an input with another value of it."""
        stating = tuple(name for name in self.settings.alternatives if name in given.alternatives)
        return setup_of(self.case.with_values({given.key: value}), replace(self.settings, alternatives=stating)).plans

    def _live(self, plans: Mapping[str, Any], held: Mapping[str, Floats]) -> dict[str, tuple[Floats, Floats]]:
        worlds, case = self.settings.replications, self.case
        entity = entities(case.parents)[self.party]
        task = Living(plans, held, self.chosen.run, entity, case.discount_rate, self.settings.seed)
        size = min(self.chosen.block, -(-worlds // self.workers))
        blocks = [block for _, block in in_order(self.pool, task, 0, worlds, size=size, ahead=2 * self.workers)]
        return {name: (np.concatenate([b[name][0] for b in blocks]), np.concatenate([b[name][1] for b in blocks])) for name in plans}


def _reads(plan: Any, name: str) -> bool:
    """Say whether any number of a plan depends on an input unknown to the planner."""
    if name not in plan.books.unknowns:
        return False
    place = plan.books.unknowns.index(name)
    return any(place in (term.first, term.second, term.third, term.fourth) for term in plan.rows.terms)

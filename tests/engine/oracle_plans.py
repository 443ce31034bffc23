"""Plans of a few rows for which mathematics knows the answer, with an error planted in one of their numbers where a test wants one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from itilsim.engine.compiled import run_block
from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.plan.build import START, Builder
from itilsim.plan.plan import Plan
from itilsim.plan.specs import (
    ChargeSpec,
    Distribution,
    LossSpec,
    ProductSpec,
    PromiseSpec,
    StreamSpec,
    TeamSpec,
    Times,
    WorkSpec,
)
from itilsim.rules.chance import CONSTANT, EXPONENTIAL, LOGNORMAL, SPREAD
from itilsim.rules.clock import MONTH

Array = NDArray[np.float64]
Planted = Literal["", "rate", "content", "severity", "fee"]
"""What is wrong by a factor of `ERROR`."""
ERROR = 1.02
BLOCK = 20_000
FEE = Account("buyer", "service", "cost", "provider", True, False)
LOSS = Account("buyer", "leak", "risk", "", True, False)


class Model(Protocol):
    """A model with a known answer."""

    def plan(self, planted: Planted = "", by: float = ERROR) -> Plan:
        """Give the plan, with an error in one number or none."""

    def __hash__(self) -> int:
        """Models are values: equal ones are run once."""


def off(what: Planted, planted: Planted, by: float) -> float:
    """Give the factor by which a number is wrong."""
    return by if what == planted else 1.0


def lognormal(mean: float, cv: float) -> Distribution:
    """A lognormal of a mean and a coefficient of variation."""
    return Distribution(LOGNORMAL, mean / math.sqrt(1.0 + cv * cv), math.sqrt(math.log1p(cv * cv)), shape=("normal",))


def gamma(mean: float, cv: float) -> Distribution:
    """A gamma of a mean and a coefficient of variation."""
    return Distribution(SPREAD, 0.0, mean * cv * cv, shape=("gamma", repr(1.0 / (cv * cv))))


def stream(b: Builder, name: str, a_month: float, *, rate: str = "") -> None:
    """Add a Poisson stream with a bundle of its own name."""
    b.specs.quantities[name] = Distribution(CONSTANT, 0.0)
    if not rate:
        rate = f"{name}:rate"
        b.specs.products[rate] = ProductSpec(a_month)
    b.specs.streams[name] = StreamSpec(rate, name, bound=a_month, unit=a_month)


def meter(b: Builder, name: str, slot: str) -> None:
    """Measure a slot's mean over each month."""
    b.specs.flows[name] = (slot, "")
    b.specs.measures[name] = ("meter", name)


@dataclass(frozen=True)
class Queue:
    """Requests of one class for each rate (an hour), the first class first; work of mean 1 h, cv 1 exponential, else gamma."""

    rates: tuple[float, ...]
    months: int
    people: int = 1
    work: float = 1.0
    cv: float = 1.0
    target: float = math.inf

    def plan(self, planted: Planted = "", by: float = ERROR) -> Plan:
        """Measures: `all-busy`, `done`, `waiting` and `within`, and the number of each class in the system, `0`, `1` ..."""
        b = Builder(self.months)
        s = b.specs
        s.stocks |= {"people": float(self.people), "all": 0.0} | {f"{i}": 0.0 for i in range(len(self.rates))}
        s.teams["team"] = TeamSpec("people")
        mean = self.work * off("content", planted, by)
        s.quantities["content"] = Distribution(EXPONENTIAL, mean) if self.cv == 1.0 else gamma(mean, self.cv)
        s.products["waiting"] = ProductSpec(1.0, (Times("all", a=-self.people, low=0.0),))
        s.products["all-busy"] = ProductSpec(1.0, (Times("all", rows.AT_LEAST, float(self.people), 1.0),))
        for i, rate in enumerate(self.rates):
            stream(b, f"arrive-{i}", rate * MONTH * off("rate", planted, by))
            s.works[f"request-{i}"] = WorkSpec("team", "content", i, target=self.target, done=f"leave-{i}")
            for step, by_one in (("arrive", 1.0), ("leave", -1.0)):
                b.effect(f"{step}-{i}", "all", rows.ADD, "all", amount=by_one)
                b.effect(f"{step}-{i}", "own", rows.ADD, f"{i}", amount=by_one)
            b.effect(f"arrive-{i}", "work", rows.ENQUEUE, f"request-{i}")
            meter(b, f"{i}", f"{i}")
        meter(b, "waiting", "waiting")
        meter(b, "all-busy", "all-busy")
        s.measures |= {name: ("meter", f"request-0:{name}") for name in ("done", "within")}
        return b.build()


@dataclass(frozen=True)
class Alternating:
    """A service that fails after exponential hours up and is mended by a team; two promises about its availability in a month."""

    up: float = 1000.0
    down: float = 4.0

    def plan(self, planted: Planted = "", by: float = ERROR) -> Plan:
        """Measures: `up`, the share of the month, and `missed-99.5` and `missed-99.9`, one where the month was under the target."""
        b = Builder(1)
        s, a_month = b.specs, MONTH / self.up * off("rate", planted, by)
        s.levels["service"] = 0.0
        s.stocks["people"] = 1.0
        s.products["failing"] = ProductSpec(a_month, (Times("service"),))
        stream(b, "failures", a_month, rate="failing")
        s.quantities["mending"] = Distribution(EXPONENTIAL, self.down * off("content", planted, by))
        s.teams["team"] = TeamSpec("people")
        s.works["mend"] = WorkSpec("team", "mending", done="mended")
        b.effect("failures", "open", rows.OPEN, "service")
        b.effect("failures", "work", rows.ENQUEUE, "mend")
        b.effect("mended", "close", rows.CLOSE, "service")
        meter(b, "up", "service")
        s.relationships["deal"] = ("", "")
        s.effects[""] = {}
        for target in ("99.5", "99.9"):
            s.promises[target] = PromiseSpec("deal", "up:mean", "one", float(target) / 100.0, 0.0, 0.0, FEE, "deal:broken")
            s.measures[f"missed-{target}"] = ("meter", f"promise:{target}")
        return b.build()


@dataclass(frozen=True)
class Losses:
    """Poisson losses, lognormal, at a rate a month; posted to one account."""

    a_month: float
    mean: float
    cv: float
    months: int = 1

    def plan(self, planted: Planted = "", by: float = ERROR) -> Plan:
        """Each loss is settled and posted in its month."""
        b = Builder(self.months)
        stream(b, "leaks", self.a_month * off("rate", planted, by))
        b.specs.quantities["severity"] = lognormal(self.mean * off("severity", planted, by), self.cv)
        b.specs.losses["leak"] = LossSpec("severity", LOSS)
        b.effect("leaks", "settle", rows.SETTLE, "leak")
        return b.build()


@dataclass(frozen=True)
class Fee:
    """A fee a month for as long as a relationship lives, which ends with a hazard a month."""

    a_month: float
    hazard: float
    months: int

    def plan(self, planted: Planted = "", by: float = ERROR) -> Plan:
        """Measures: `live`, the share of the month that the relationship lived."""
        b = Builder(self.months)
        s = b.specs
        stream(b, "endings", self.hazard * off("rate", planted, by))
        s.relationships["deal"] = ("went-live", "went-over")
        b.effect(START, "live", rows.PHASE, "deal", amount=float(rows.LIVE))
        b.effect("endings", "end", rows.PHASE, "deal", amount=float(rows.ENDED), low=2.0)
        meter(b, "live", "deal:live")
        s.charges["fee"] = ChargeSpec(FEE, -1.0, self.a_month * off("fee", planted, by), basis="live")
        return b.build()


def measured(model: Model, seed: int, worlds: int, planted: Planted = "", by: float = ERROR) -> dict[str, Array]:
    """Run worlds through the compiled engine; give each measure and (by its party) each account, shape (worlds, months)."""
    plan = model.plan(planted, by)
    parts = [run_block(plan, seed, first, min(BLOCK, worlds - first)) for first in range(0, worlds, BLOCK)]
    found = {name: np.concatenate([p.measures[:, :, i] for p in parts]) for i, name in enumerate(plan.books.measures)}
    for i, account in enumerate(plan.books.accounts):
        found[account.party] = np.concatenate([p.amounts[:, :, i] for p in parts])
    return found

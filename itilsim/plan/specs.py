"""What a builder is told: rows in names instead of indices. Their order does not matter; building sorts them by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from itilsim.plan.accounts import Account
from itilsim.plan.number import Number

Amount = Number | float
INFINITE = float("inf")


@dataclass(frozen=True)
class Distribution:
    """A random quantity: value = a, a + b*standard(shape), min(c, a*exp(b*z)) or an exponential of mean a, by family of `rules.chance`."""

    family: int
    a: Amount
    b: Amount = 0.0
    c: Amount = INFINITE
    shape: tuple[str, ...] = ()


@dataclass(frozen=True)
class Times:
    """A modifier: a factor read from a slot."""

    slot: str
    form: int = 0
    a: Amount = 0.0
    b: Amount = 1.0
    low: Amount = -INFINITE
    high: Amount = INFINITE


@dataclass(frozen=True)
class ProductSpec:
    """See `itilsim.plan.rows.Product`: base x modifiers + the slot `plus`."""

    base: Amount = 1.0
    modifiers: tuple[Times, ...] = ()
    plus: str = ""


@dataclass(frozen=True)
class EffectSpec:
    """A verb in a bundle; see `itilsim.plan.rows.Effect`."""

    name: str
    verb: int
    target: Any
    amount: Amount = 1.0
    quantity: str = ""
    scale: str = ""
    chance: str = ""
    chance_quantity: str = ""
    delay: str = ""
    low: Amount = -INFINITE
    high: Amount = INFINITE


@dataclass(frozen=True)
class StreamSpec:
    """See `itilsim.plan.rows.Stream`; `bundle` is what happens when a candidate is taken."""

    rate: str
    bundle: str
    bound: Amount
    unit: Amount = 1.0
    clock: str = ""
    period: Amount = 0.0
    offset: Amount = 0.0


@dataclass(frozen=True)
class TeamSpec:
    """See `itilsim.plan.rows.Team`; `backlog` is a stock."""

    people: str
    calendar: str = ""
    crew: Amount = 1.0
    relationship: str = ""
    backlog: str = ""


@dataclass(frozen=True)
class WorkSpec:
    """See `itilsim.plan.rows.Work`; `done`, `failed` and `left` are bundles, `patience` is a quantity."""

    team: str
    content: str
    priority: int = 2
    content_scale: str = ""
    package: Amount = 0.0
    speed: str = ""
    calendar: str = ""
    target: Amount = INFINITE
    done: str = ""
    failed: str = ""
    failure: str = ""
    failure_quantity: str = ""
    patience: str = ""
    left: str = ""


@dataclass(frozen=True)
class LossSpec:
    """See `itilsim.plan.rows.Loss`."""

    severity: str
    account: Account
    scale: str = ""
    cap: Amount = INFINITE
    deductible: Amount = 0.0
    indemnity: Account | None = None
    share: Amount = 0.0
    liability: str = ""
    assets: str = ""
    cover: Account | None = None
    cover_deductible: Amount = 0.0
    cover_left: str = ""


@dataclass(frozen=True)
class ChargeSpec:
    """See `itilsim.plan.rows.Charge`; `sign` is -1 for what the account's party bears."""

    account: Account
    sign: float
    amount: Amount
    scale: str = ""
    basis: str = ""
    horizon: bool = False


@dataclass(frozen=True)
class PromiseSpec:
    """See `itilsim.plan.rows.Promise`."""

    relationship: str
    value: str
    live: str
    target: Amount
    credit: Amount
    at_risk: Amount
    fee: Account
    broken: str
    weight: Amount = 1.0


@dataclass(frozen=True)
class DecisionSpec:
    """See `itilsim.plan.rows.Decision`; `holds` names what `frozen` must hold for the row to be left out."""

    kind: int
    stock: str
    a: str = ""
    b: str = ""
    c: str = ""
    meters: tuple[str, str] = ("", "")
    watches: tuple[tuple[Account, Amount], ...] = ()
    schedule: tuple[Amount, ...] = ()
    profile: tuple[tuple[float, float], ...] = ()
    quantity: str = ""
    bundle: str = ""
    every: int = 1
    offset: int = 1
    clock: str = ""
    p: tuple[Amount, ...] = ()
    holds: str = ""
    order: int = 5
    """Decisions of a month end are carried out by order, then by name."""


@dataclass
class Specs:
    """All that a builder has been told, by name."""

    stocks: dict[str, Amount] = field(default_factory=dict)
    levels: dict[str, Amount] = field(default_factory=dict)
    products: dict[str, ProductSpec] = field(default_factory=dict)
    calendars: dict[str, tuple[float, ...]] = field(default_factory=dict)
    clocks: dict[str, tuple[str, str]] = field(default_factory=dict)
    quantities: dict[str, Distribution] = field(default_factory=dict)
    streams: dict[str, StreamSpec] = field(default_factory=dict)
    teams: dict[str, TeamSpec] = field(default_factory=dict)
    works: dict[str, WorkSpec] = field(default_factory=dict)
    effects: dict[str, dict[str, EffectSpec]] = field(default_factory=dict)
    losses: dict[str, LossSpec] = field(default_factory=dict)
    flows: dict[str, tuple[str, str]] = field(default_factory=dict)
    charges: dict[str, ChargeSpec] = field(default_factory=dict)
    promises: dict[str, PromiseSpec] = field(default_factory=dict)
    relationships: dict[str, tuple[str, str]] = field(default_factory=dict)
    decisions: dict[str, DecisionSpec] = field(default_factory=dict)
    unknowns: dict[str, Distribution] = field(default_factory=dict)
    measures: dict[str, tuple[str, str]] = field(default_factory=dict)
    counters: set[str] = field(default_factory=set)
    finals: dict[str, str] = field(default_factory=dict)
    accounts: set[Account] = field(default_factory=set)

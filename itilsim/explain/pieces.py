"""The pieces of a story: what happened, with its consequence, and what came of quiet months."""

from __future__ import annotations

from dataclasses import dataclass

from itilsim.explain.happenings import Identity
from itilsim.plan.accounts import Account
from itilsim.text.dimension import Dimension


@dataclass(frozen=True)
class Unknown:
    """An input unknown to the planner and how it came out in this world, in canonical units."""

    key: str
    label: str
    low: float
    likely: float
    high: float
    value: float
    dimension: Dimension
    share_below: float
    """The share of worlds in which it comes out lower."""


@dataclass(frozen=True)
class Money:
    """What one party bore (negative) or got (positive) of an event: nominal, and at the decision maker's rate."""

    account: Account
    party: str
    counterparty: str
    source: str
    amount: float
    present_value: float


@dataclass(frozen=True)
class Moved:
    """A stock or level that people talk about, before and after."""

    slot: str
    title: str
    before: float
    after: float
    share: bool
    """Whether it is a share of 1, as trust and availability are."""


@dataclass(frozen=True)
class Told:
    """One step of a happening with its consequence."""

    hour: float
    month: int
    kind: str
    """What it is in twins alike: the kind and name of its event."""
    sentence: str
    money: tuple[Money, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Happening:
    """Something that happened, with all that followed from it; `present_value` is what it posted to the decision maker."""

    identity: Identity
    steps: tuple[Told, ...]
    present_value: float


@dataclass(frozen=True)
class Stretch:
    """A quiet stretch: months `first` to `last` (counted from 1), how often what happened, what it brought the decision maker (nominal)."""

    first: int
    last: int
    counts: dict[str, int]
    outcome: float
    cost: float
    risk: float
    present_value: float
    moved: tuple[Moved, ...]

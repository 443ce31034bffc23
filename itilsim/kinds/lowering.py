"""Lowering: what a block turns itself into rows with. Names here are the agreement between kinds.

Slots: `users:GROUP` (people), `wages` and `prices` (indices), `SERVICE:adoption`, `SERVICE:utility`, `SERVICE:use` (share of work done the
new way, now or after a wait), `SERVICE:waiting`, `RELATIONSHIP:live`, `RELATIONSHIP:active`, `RELATIONSHIP:trust`,
`RELATIONSHIP:engagement` (the consumer's effort), `RELATIONSHIP:commitment` (the provider's), `RELATIONSHIP:speed`,
`RELATIONSHIP:shock`, `ACTIVITY:left` (share of the old activity that goes on), `CONTROL` (a control that runs: 1).
Levels: `SERVICE:gap`, `SERVICE:availability`, `SERVICE:continuity`, `SERVICE:capacity`, `SERVICE:security`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from itilsim.kinds.leaf import Leaf
from itilsim.kinds.signing import is_deferred
from itilsim.kinds.unknown import paid_group
from itilsim.plan import rows
from itilsim.plan.accounts import Account, Component
from itilsim.plan.build import ONE, START, Builder
from itilsim.plan.number import Number
from itilsim.plan.specs import (
    INFINITE,
    Amount,
    ChargeSpec,
    DecisionSpec,
    Distribution,
    ProductSpec,
    StreamSpec,
    Times,
)
from itilsim.rules.chance import CONSTANT

MONTHS_A_YEAR = 12.0
HOURS_A_MONTH = 730.0
CALENDARS = ("office", "always", "extended")


@dataclass(frozen=True)
class Setting:
    """What a case says for all: its horizon, rates and the blocks of one alternative by section and name."""

    months: int
    runoff: int
    discount_rate: float
    currency: str
    parents: Mapping[str, str | None]
    decision_maker: str
    blocks: Mapping[str, Mapping[str, Any]]
    caps: float = 1.0
    """Factor on the caps of losses: 2 to show what the caps hide."""


class Lowering:
    """The builder of one alternative's plan, with what kinds often need."""

    def __init__(self, setting: Setting, builder: Builder) -> None:
        self.setting, self.builder = setting, builder
        self.specs = builder.specs
        self.last: list[Callable[[], None]] = []
        """Called when all blocks are lowered: for what looks at all works, losses and streams, and may make accounts for them."""
        self.reviews: list[Callable[[], None]] = []
        """Called at the very end: for reviews that look at all accounts."""
        self.expected: dict[str, list[str]] = {}
        """Slots with the expected loss a month of each risk, by relationship."""
        self.old_month: list[tuple[str, Number]] = []
        """(party, what a month of the old way costs at declared means, >= 0): decisions compare a service's months with it."""

    # ---- names

    def block(self, section: str, name: str) -> Any:
        """Give another block of this alternative."""
        return self.setting.blocks[section][name]

    def blocks(self, section: str) -> Mapping[str, Any]:
        """Give all blocks of a section."""
        return self.setting.blocks.get(section, {})

    def tree(self, party: str) -> set[str]:
        """Give a party and all its departments."""
        parents = self.setting.parents
        found = {party}
        while more := {p for p, parent in parents.items() if parent in found} - found:
            found |= more
        return found

    def buyer(self, party: str) -> set[str]:
        """Give who decides for a consumer: the case's decision maker, or else the consumer's legal person, each with its departments."""
        deciding = self.tree(self.setting.decision_maker)
        if party in deciding:
            return deciding
        while parent := self.setting.parents.get(party):
            party = parent
        return self.tree(party)

    # ---- inputs

    def unknown(self, leaf: Leaf) -> None:
        """Register a leaf that the planner does not know."""
        if leaf.unknown:
            self.specs.unknowns[leaf.key] = leaf.over_worlds()

    def quantity(self, name: str, leaf: Leaf, scale: Amount = 1.0, *, cap: Amount = INFINITE) -> str:
        """Register a quantity under a name and give the name."""
        self.specs.quantities[name] = leaf.distribution(scale, cap=cap)
        return name

    def constant(self, name: str, amount: Amount) -> str:
        """Register a quantity that does not vary."""
        self.specs.quantities[name] = Distribution(CONSTANT, Number.of(amount))
        return name

    def dice(self, name: str) -> str:
        """Register the name under which a probability is drawn."""
        return self.constant(name, 0.0)

    # ---- state

    def stock(self, name: str, initial: Amount = 0.0) -> str:
        """Register a stock."""
        self.specs.stocks[name] = initial
        return name

    def product(self, name: str, base: Amount = 1.0, *modifiers: Times | str, plus: str = "") -> str:
        """Register base x modifiers (+ a slot); a name alone is the slot itself as a factor."""
        full = tuple(Times(m) if isinstance(m, str) else m for m in modifiers)
        self.specs.products[name] = ProductSpec(base, full, plus)
        return name

    def flow(self, name: str, slot: str, calendar: str = "office") -> str:
        """Register the month's mean of a slot in the open hours of a calendar; `name` is its meter, `name:mean` its slot."""
        self.specs.flows[name] = (slot, "" if calendar == "always" else calendar)
        return name

    def measure(self, name: str, *, slot: str = "", meter: str = "") -> None:
        """Record a slot or a meter every month."""
        self.specs.measures[name] = ("meter", meter) if meter else ("slot", slot)

    def move(self, name: str, stock: str, target: str, *, up: Amount, down: Amount, holds: str = "", **rest: Any) -> None:
        """Let a stock move towards a target slot at month ends by shares of the way."""
        p = (up, down, rest.pop("drift", 0.0), rest.pop("low", -INFINITE), rest.pop("high", INFINITE))
        self.decide(name, rows.MOVE, stock, a=target, p=p, holds=holds, **rest)

    def decide(self, name: str, kind: int, stock: str, **rest: Any) -> None:
        """Register what moves or is decided at month ends."""
        self.specs.decisions[name] = DecisionSpec(kind, stock, **rest)

    # ---- events

    def stream(self, name: str, rate: str, bound: Amount, bundle: str = "", *, unit: Amount = 0.0, clock: str = "") -> str:
        """Register a stream under its rate slot (a month) and the highest rate that its modifiers allow."""
        self.dice(name)
        unit = unit if not isinstance(unit, float) or unit else bound
        self.specs.streams[name] = StreamSpec(rate, bundle or name, bound=bound, unit=unit, clock=clock)
        self.specs.effects.setdefault(bundle or name, {})
        return name

    def effect(self, bundle: str, name: str, verb: int, target: Any, **rest: Any) -> None:
        """Add a verb to a bundle."""
        self.builder.effect(bundle, name, verb, target, **rest)

    def expect(self, relationship: str, name: str, loss: Amount, rate: str) -> None:
        """Register what a risk of a relationship is expected to lose a month: a mean loss times a rate."""
        slot = self.product(f"{name}:expected", loss, rate)
        self.expected.setdefault(relationship, []).append(slot)

    def rare(self, bundle: str, source: str, **chance: Any) -> None:
        """Count in a bundle what is to have a line of its own beside the losses of a source, with the chance of the loss."""
        self.specs.counters.add(f"risk.{source}")
        self.effect(bundle, f"rare {source}", rows.COUNT, f"risk.{source}", **chance)

    def after(self, bundle: str, name: str, later: str, delay: str = "", **rest: Any) -> None:
        """Fire another bundle after a delay (a quantity), perhaps with a probability."""
        self.specs.effects.setdefault(later, {})
        self.effect(bundle, name, rows.FIRE, later, delay=delay, **rest)

    def signing(self, relationship: str) -> str:
        """Give the bundle that is fired when a relationship is signed: at hour 0, or when a gate that defers it says so."""
        return f"{relationship}:signs" if is_deferred(relationship, self.setting.blocks) else START

    def after_signing(self, relationship: str, name: str, later: str, hours: Amount) -> None:
        """Fire a bundle so many hours after a relationship is signed."""
        self.after(self.signing(relationship), name, later, self.constant(f"{name}:after", hours))

    def multiply(self, product: str, by: Times) -> None:
        """Multiply a product that another block has made, once all blocks have spoken (from `last`)."""
        spec = self.specs.products[product]
        self.specs.products[product] = replace(spec, modifiers=(*spec.modifiers, by))

    # ---- money

    def account(
        self, party: str, source: str, component: Component = "cost", *, to: str = "", cash: bool = True, one_off: bool = False
    ) -> Account:
        """Give an account; `to` is the other party of a transfer."""
        account = Account(party, source, component, to, cash, one_off)
        self.specs.accounts.add(account)
        return account

    def charge(
        self, name: str, account: Account, amount: Amount, *, scale: str = "", basis: str = "", gain: bool = False, horizon: bool = False
    ) -> None:
        """Post an amount (>= 0) every month: what the account's party bears, or gains."""
        sign = 1.0 if gain else -1.0
        self.specs.charges[name] = ChargeSpec(account, sign, amount, scale, basis, horizon)

    def hours(self, name: str, party: str, source: str, hours: Amount, *, scale: str = "", basis: str = "") -> None:
        """Post hours of a party's people every month at the value of an hour: not cash."""
        account = self.account(party, source, cash=False)
        slot = self.product(f"{name}:worth", 1.0, "wages", *([scale] if scale else []))
        self.charge(name, account, self.hour_value * hours, scale=slot, basis=basis)

    @property
    def hour_value(self) -> Number:
        """The worth of an hour of the company's people, saved or spent, in currency of the first year."""
        paid = paid_group(self.blocks("users"))
        return Number.of(0.0) if paid is None else paid.hour_value()


__all__ = ["CALENDARS", "HOURS_A_MONTH", "MONTHS_A_YEAR", "ONE", "START", "Lowering", "Setting"]

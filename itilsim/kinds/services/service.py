"""An IT service on a product: utility from requirements met, warranty from four aspects, adoption by mandate or of people's own will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles, Users
from itilsim.kinds.leaf import Duration, Factor, FixedDuration, Leaf, Share
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.services.chain import below, circle, has_outcome, lower_chain, lower_either
from itilsim.kinds.story import Slot
from itilsim.kinds.wording import months, percent
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Times
from itilsim.rules.behaviour import first_month_share

MANDATE = ("compliance", "ramp", "expected", "workaround", "mandate_effort")


class Service(Block):
    """A service that a relationship provides to a group of users.

    utility = max(0, ceiling - open gaps); warranty = availability x capacity x continuity x security, each 1 less what is degraded.
    Adoption follows a mandate: towards `compliance`, less `workaround` for each unit by which warranty x utility of the month was under
    `expected`, over a `ramp`; without the consumer's engagement a part of it (`mandate_effort`) does not come. People wait `patience`
    (hours of the clock) for an outage to be mended before they go back to the old way. `hosting` at nought: nothing runs.
    It `needs` other services: where one of those, or one that they need in turn, is out, so is this one. Of several in `any_of` one
    suffices: use goes over the first of them that is up, and only where all are out is this one out for it.
    Where there is no mandate, or for those whom it does not reach, a block of `adoptions` says how people take it up of their own will.
    """

    kind: Literal["service"] = "service"
    relationship: Relationship
    users: Users
    ceiling: Share
    compliance: Share | None = None
    ramp: FixedDuration | None = None
    expected: Share | None = None
    workaround: Factor | None = None
    mandate_effort: Share | None = None
    patience: Duration
    hosting: Share
    needs: Annotated[tuple[str, ...], Ref("services")] = ()
    any_of: Annotated[tuple[str, ...], Ref("services")] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        missing = [field for field in MANDATE if getattr(self, field) is None]
        if missing and len(missing) < len(MANDATE):
            first = next(field for field in MANDATE if field not in missing)
            yield first, f"found {first} without {', '.join(missing)}; a mandate states all five of {', '.join(MANDATE)}, or none"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.compliance is None and not any(b.service == name for b in blocks.get("adoptions", {}).values()):
            yield "users", (
                f"nobody would come to use '{name}': it has no mandate ({', '.join(MANDATE)}), and no block of adoptions names it"
            )
        relationship = blocks["relationships"][self.relationship]
        if relationship.provider == relationship.consumer:
            yield "relationship", (
                f"found '{self.relationship}', in which '{relationship.provider}' provides to itself; a service without a customer is none"
            )
        round_about = circle(name, blocks["services"])
        if round_about and name == min(round_about):
            path = ", which needs ".join(f"'{each}'" for each in (*round_about[1:], name))
            yield "needs", f"'{name}' needs {path}: services that need each other in a circle never run"
        if not round_about:
            yield from self.choices(name, blocks["services"])
        if not round_about and not has_outcome(name, blocks):
            yield "users", (
                f"nothing comes of '{name}': no activity, outcome or skill names it or its relationship, nor a service that needs it; "
                "a service without an outcome is none"
            )

    def choices(self, name: str, services: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Give what is wrong with the services of which any suffices."""
        if len(set(self.any_of)) < len(self.any_of):
            yield "any_of", "found a service twice; each stands once, in the order in which they are tried"
        for one in self.any_of:
            if one in below(name, services):
                yield "any_of", f"found '{one}', which '{name}' needs anyway: nothing else can stand in for it"
            elif any(services[each].any_of for each in (one, *below(one, services))):
                yield "any_of", f"found '{one}', which rests on a choice of its own; name the services that it chooses from here"

    def sentence(self, name: str) -> str:
        reach = f"is there for {self.users} who want it"
        if self.compliance is not None and self.ramp is not None:
            over = f"over {months(self.ramp.likely)}" if self.ramp.likely else "at once"
            reach = f"reaches {percent(self.compliance.likely)} of {self.users} {over}"
        patience = f"people wait {self.patience.likely:g} h" if self.patience.likely else "nobody waits"
        return (
            f"{self.say(name)} {reach}; "
            f"its utility has a ceiling of {percent(self.ceiling.likely)}, and {patience} for an outage to end."
            + (f" It needs {', '.join(self.needs)}." if self.needs else "")
            + self.say_choice()
        )

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        called, aspects = self.called(name), ("availability", "continuity", "capacity", "security")
        adopted = {f"{name}:adoption": "adoption", f"{name}:mandated": "mandated adoption", f"{name}:volunteered": "voluntary adoption"}
        return {
            f"{name}:gap": Slot(f"requirements that {called} meets"),
            **{f"{name}:{aspect}": Slot(f"{aspect} of {called}") for aspect in aspects},
            **{slot: Slot(f"{what} of {called}", steady=True) for slot, what in adopted.items()},
        }

    def say_choice(self) -> str:
        """Say over what its use goes, where any of several suffices."""
        if len(self.any_of) < 2:
            return f" It goes over {self.any_of[0]} alone." if self.any_of else ""
        return f" It goes over the first of {', '.join(self.any_of)} that is up."

    def lower(self, name: str, to: Lowering) -> None:
        patience = self.patience.number
        for level, hours in (("gap", 0.0), ("availability", patience), ("continuity", patience), ("capacity", 0.0), ("security", 0.0)):
            to.specs.levels[f"{name}:{level}"] = hours
        to.stock(f"{name}:served", 1.0)
        to.stock(f"{name}:debt")
        self.lower_use(name, to)
        self.lower_adoption(name, to)
        to.effect("start", f"{name}:gap", rows.OPEN, f"{name}:gap", amount=1.0)

    def lower_use(self, name: str, to: Lowering) -> None:
        """Lower utility, warranty and the share of work done the new way."""
        n, live = name, f"{self.relationship}:live"
        lost = self.ceiling.number - 1.0
        to.product(f"{n}:utility", 1.0, Times(f"{n}:gap", a=lost, b=1.0, low=0.0, high=1.0))
        carried = (f"{n}:served", f"{n}:capacity", f"{n}:security")
        if self.needs or self.any_of:
            self.lower_through(n, carried, to)
        else:
            self.lower_alone(n, carried, to)
        to.product(f"{n}:quality", 1.0, f"{n}:warranty", f"{n}:utility")
        to.product(f"{n}:adopted", 1.0, f"users:{self.users}", f"{n}:adoption", live)
        for flow in ("use", "waiting", "up", "quality", "utility", "warranty"):
            to.flow(f"{n}:{flow}", f"{n}:{flow}")
            to.measure(f"{n}:{flow}", meter=f"{n}:{flow}")
        to.measure(f"{n}:adoption", slot=f"{n}:adoption")

    def lower_through(self, n: str, carried: tuple[str, ...], to: Lowering) -> None:
        """Lower the use of a service that needs others: their aspects are its own."""
        chain = lower_chain(n, below(n, to.blocks("services")), to)
        live = f"{self.relationship}:live"
        to.product(f"{n}:warranty", self.hosting.number, *carried, chain.now, *chain.firm)
        to.product(f"{n}:reach", self.hosting.number, live, f"{n}:adoption", f"{n}:utility", *carried, *chain.firm)
        to.product(f"{n}:use", 1.0, f"{n}:reach", chain.felt)
        to.product(f"{n}:waiting", 1.0, f"{n}:reach", chain.waiting)
        to.product(f"{n}:up", self.hosting.number, chain.up, *chain.running)
        if self.any_of:
            self.lower_ways(n, to)

    def lower_ways(self, n: str, to: Lowering) -> None:
        """Lower over which of several services use goes, and measure it: `SERVICE:by:ONE`."""
        lower_either(n, self.any_of, to)
        levels = [f"{s}:{a}" for s in (n, *below(n, to.blocks("services"))) for a in ("availability", "continuity")]
        for one in self.any_of:
            by = to.product(f"{n}:by:{one}", 1.0, f"{n}:reach", *levels, f"{n}:{one}:taken", f"{n}:{one}:serves")
            to.measure(f"{n}:by:{one}", meter=to.flow(f"{n}:by:{one}", by))

    def lower_alone(self, n: str, carried: tuple[str, ...], to: Lowering) -> None:
        """Lower the use of a service that needs no other."""
        live = f"{self.relationship}:live"
        to.product(f"{n}:warranty", self.hosting.number, *carried, f"{n}:availability", f"{n}:continuity")
        to.product(f"{n}:reach", self.hosting.number, live, f"{n}:adoption", f"{n}:utility", *carried)
        to.product(f"{n}:use", 1.0, f"{n}:reach", f"{n}:availability:felt", f"{n}:continuity:felt")
        waits = to.product(f"{n}:waits-for-data", 1.0, f"{n}:reach", f"{n}:availability", f"{n}:continuity:waiting")
        to.product(f"{n}:waiting", 1.0, f"{n}:reach", f"{n}:continuity:felt", f"{n}:availability:waiting", plus=waits)
        to.product(f"{n}:up", self.hosting.number, f"{n}:availability", f"{n}:continuity")

    def lower_adoption(self, name: str, to: Lowering) -> None:
        """Lower adoption: by mandate, and of those whom it does not reach the share that takes the service up of its own will."""
        n = name
        if not self.is_voluntary(name, to):
            self.lower_mandate(n, to.stock(f"{n}:adoption"), to)
            return
        mandated = to.stock(f"{n}:mandated")
        rest = to.product(f"{n}:of-own-will", 1.0, Times(mandated, a=1.0, b=-1.0), f"{n}:volunteered")
        to.product(f"{n}:adoption", 1.0, mandated, plus=rest)
        if self.compliance is not None:
            self.lower_mandate(n, mandated, to)

    def most_adopted(self, name: str, to: Lowering) -> Number:
        """Give the most users that can ever have adopted the service: what they ask for has a rate under this bound.

        A mandate moves adoption towards its compliance at most. The closer the bound, the fewer candidates are drawn that none can take.
        """
        most: Number = to.block("users", self.users).most(to.setting.months)
        return most if self.is_voluntary(name, to) or self.compliance is None else most * self.compliance.number

    def is_voluntary(self, name: str, to: Lowering) -> bool:
        """Say whether people may take the service up of their own will, beside a mandate or without one."""
        return any(block.service == name for block in to.blocks("adoptions").values())

    def lower_mandate(self, n: str, stock: str, to: Lowering) -> None:
        """Lower the mandate: the average over the coming month moves at month ends and at go-live."""
        compliance, ramp, expected, workaround, effort = (_stated(getattr(self, field)) for field in MANDATE)
        relationship, months = self.relationship, ramp.likely / HOURS_A_MONTH
        first, share = first_month_share(months)
        bad = to.product(
            f"{n}:disappointment",
            1.0,
            Times(f"{n}:quality:mean", a=expected.number, b=-1.0, low=0.0, high=1.0),
        )
        willing = Times(f"{relationship}:engagement", a=1.0 - effort.number, b=effort.number, low=0.0, high=1.0)
        put_off = Times(bad, a=1.0, b=-workaround.number, low=0.0, high=1.0)
        target = to.product(f"{n}:mandate", compliance.number, willing, put_off, f"{relationship}:live")
        at_once = to.product(f"{n}:mandate-at-live", compliance.number, willing)
        to.move(f"{n}:adoption", stock, target, up=share, down=share, low=0.0, high=1.0, clock=f"{relationship}:age", order=6)
        to.effect(f"{relationship}:goes-live", f"{n}:adoption", rows.ADD, stock, amount=Number.of(first), scale=at_once)


def _stated(leaf: Leaf | None) -> Leaf:
    """Give a quantity of a mandate, all of which are stated where one is."""
    if leaf is None:
        raise ValueError("a mandate states all of its quantities or none")
    return leaf

"""An accident with a thing in use: it costs its bearer, perhaps less what the provider takes over, and takes the thing away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles
from itilsim.kinds.leaf import DrawnMoney, Duration, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.risks.indemnity import repaid_by_provider
from itilsim.kinds.risks.thinning import controls_of
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec


class Accident(Block):
    """In the share `chance` of the uses that `demand` makes there is an accident, known when the thing should come back.

    It loses `severity`, `cap` at most, of `party`. Under a contract (`relationship`) its provider bears the share `repaid` of what exceeds
    the `excess`, up to its liability; within one organization nothing is repaid. A thing that is owned is `away` for so long besides; one
    to which access is granted is replaced at once. `includes` says what the severity contains; two lines about the same uses must not
    include the same. What is done another way because none was free has no accident: it is in somebody else's hands.
    """

    kind: Literal["accident"] = "accident"
    demand: Annotated[str, Ref("demand")]
    party: Party
    chance: Share
    severity: DrawnMoney
    cap: Money
    includes: tuple[str, ...]
    relationship: Annotated[str, Ref("relationships")] = ""
    excess: Money | None = None
    repaid: Share | None = None
    away: Duration | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        stated = [bool(self.relationship), self.excess is not None, self.repaid is not None]
        if any(stated) and not all(stated):
            yield "relationship", "relationship, excess and repaid belong together: who bears how much of what exceeds the excess"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        named = blocks["demand"][self.demand]
        if named.kind != "bookings":
            yield "demand", f"found '{self.demand}', {named.kind} by which nothing is taken; name bookings"
        elif self.away is not None and blocks["offerings"][named.offering].kind != "goods":
            yield "away", f"found a time for which one of '{named.offering}' is away; only goods are missed, the provider replaces the rest"

    def sentence(self, name: str) -> str:
        said = (
            f"{self.say(name)}: one comes with {percent(self.chance.likely)} of {self.demand} for which a thing is free; {self.party} "
            f"loses {self.severity.likely:,.0f} typically, {self.cap.likely:,.0f} at most"
        )
        if self.repaid is not None and self.excess is not None:
            said += f", and is repaid {percent(self.repaid.likely)} of what exceeds {self.excess.likely:,.0f} under {self.relationship}"
        if self.away is not None:
            said += f"; the thing is away for {counted(round(self.away.likely / 24.0, 1), 'day')}"
        return f"{said}."

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {name: self.say(name)}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {
            f"due {name}": Step(self.say(name)),
            f"loss {name}": Step("the loss is settled"),
            f"due {name}:mended": Step("the thing is back after {elapsed}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, cap = name, self.cap.number * to.setting.caps
        happens = to.product(f"{n}:happens", self.chance.number, *controls_of(n, to))
        to.dice(f"{n}:happens")
        to.after(f"{self.demand}:returned", f"accident {n}", n, chance=happens, chance_quantity=f"{n}:happens")
        to.rare(n, n)
        to.quantity(f"{n}:severity", self.severity, cap=cap)
        shared: dict[str, Any] = {}
        if self.repaid is not None and self.excess is not None:
            shared = repaid_by_provider(n, self.relationship, self.party, self.repaid, to)
            shared["deductible"] = self.excess.number
        account = to.account(self.party, n, "risk", to="public")
        to.specs.losses[n] = LossSpec(f"{n}:severity", account, cap=cap, **shared)
        to.effect(n, "loss", rows.SETTLE, n)
        if self.away is not None:
            offering = to.block("demand", self.demand).offering
            to.effect(n, "away", rows.ADD, f"{offering}:out", amount=1.0)
            to.constant(f"{n}:away", self.away.number)
            to.after(n, "mended", f"{n}:mended", f"{n}:away")
            to.effect(f"{n}:mended", "back", rows.ADD, f"{offering}:out", amount=-1.0, low=0.0)

    def counts(self) -> tuple[str, frozenset[str]]:
        return f"uses that {self.demand} makes", frozenset(self.includes)

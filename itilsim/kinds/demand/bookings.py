"""Bookings: people need a thing for a while; where none is free they help themselves otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles, Users
from itilsim.kinds.demand.requests import office_clock
from itilsim.kinds.leaf import CasePrice, DrawnDuration, FixedFactor, FixedShare, PerUserMonth
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.offerings.actions import Completion
from itilsim.kinds.story import Step
from itilsim.kinds.wording import counted
from itilsim.plan import rows
from itilsim.plan.specs import Times

UNIT = 8.0
"""Height of a layer of candidates, in bookings a month."""


class Bookings(Block):
    """Each of `users` needs one of `offering` (a thing owned, or one that access is granted to) `per_user` times a month.

    They come in office hours, with `monday` times the load of another day and a gamma factor for each day of coefficient of variation
    `dispersion`. One is taken for `duration` where one is free; where none is free, another way is found at once (a taxi) at `fallback`
    each, which `party` pays to `fallback_to`.
    """

    kind: Literal["bookings"] = "bookings"
    offering: Annotated[str, Ref("offerings")]
    users: Users
    per_user: PerUserMonth
    duration: DrawnDuration
    dispersion: FixedShare
    monday: FixedFactor
    party: Party
    fallback: CasePrice
    fallback_to: Party

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        named = blocks["offerings"][self.offering]
        if named.kind not in ("goods", "access"):
            yield "offering", f"found '{self.offering}', a {named.kind}, of which nothing can be taken for a while; name goods or access"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: each of {self.users} needs one of {self.offering} {counted(self.per_user.likely, 'time')} a month, for "
            f"{self.duration.likely:g} h (half of them less); where none is free, {self.party} pays {self.fallback.likely:,.0f} for "
            "another way."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} fallback": f"{self.say(name)} done another way"}

    def completions(self, name: str) -> Iterator[Completion]:
        """Give the meters of what is completed: as agreed on return, otherwise by the fallback, which owes nothing to the service."""
        yield f"{name}:served", 1.0, 0.0, True
        yield f"{name}:fell-back", 0.0, 1.0, False

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        called, offering = self.called(name), titles.of("offerings", self.offering)
        return {
            f"stream {name}": Step(f"{called}: a user needs one of {offering}", called=called, summed="always"),
            f"due {name}:returned": Step("it is given back after {elapsed}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, offering = name, self.offering
        users = to.block("users", self.users)
        clock = office_clock(to, dispersion=self.dispersion.likely, monday=self.monday.likely)
        to.product(f"{n}:rate", self.per_user.number, f"users:{self.users}")
        to.stream(n, f"{n}:rate", self.per_user.number * users.most(to.setting.months), unit=UNIT, clock=clock)
        taken = to.product(f"{n}:taken", -1.0, f"{offering}:in-use", plus=f"{offering}:room")
        free = to.product(f"{n}:free", 1.0, Times(taken, rows.AT_LEAST, a=1.0 - 1e-9, b=1.0))
        none = to.product(f"{n}:none-free", 1.0, Times(free, a=1.0, b=-1.0))
        to.dice(f"{n}:certain")
        served = {"chance": free, "chance_quantity": f"{n}:certain"}
        otherwise = {"chance": none, "chance_quantity": f"{n}:certain"}
        to.effect(n, "taken", rows.ADD, f"{offering}:in-use", amount=1.0, **served)
        to.quantity(f"{n}:duration", self.duration)
        to.after(n, "returned", f"{n}:returned", f"{n}:duration", **served)
        to.effect(f"{n}:returned", "returned", rows.ADD, f"{offering}:in-use", amount=-1.0, low=0.0)
        to.specs.counters |= {f"{n}:served", f"{n}:fell-back"}
        to.effect(f"{n}:returned", "served", rows.COUNT, f"{n}:served")
        to.effect(n, "fell-back", rows.COUNT, f"{n}:fell-back", **otherwise)
        cost = to.account(self.party, f"{n} fallback", to=self.fallback_to)
        to.effect(n, "fallback", rows.POST, cost, amount=-1.0 * self.fallback.number, **otherwise)
        to.measure(f"{n}:served", meter=f"{n}:served")
        to.measure(f"{n}:fell-back", meter=f"{n}:fell-back")

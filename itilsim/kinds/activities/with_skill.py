"""An activity that skilled people do better: cases that take less time and cost less where the skill is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Party, Ref, Titles, Users
from itilsim.kinds.leaf import CasePrice, Hours, PerUserMonth
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.unknown import old_hours_unknown
from itilsim.plan.specs import Times


class WithSkill(Block):
    """Cases of one kind, `per_user` a month, of which the share that `skill` is used (level times practice) is done with it.

    A case takes `old_hours` of people's time and costs `old_cost` (material, freight) without the skill, `new_hours` and `new_cost` with
    it; `party` bears both, the money goes to `paid_to`. What hangs on the old way - losses, whole units - follows the share that is left.
    """

    kind: Literal["with-skill"] = "with-skill"
    users: Users
    party: Party
    skill: Annotated[str, Ref("skills")]
    per_user: PerUserMonth
    old_hours: Hours
    new_hours: Hours
    old_cost: CasePrice
    new_cost: CasePrice
    paid_to: Party

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from old_hours_unknown(self, blocks)

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.per_user.likely:g} a user and month take {self.old_hours.likely:g} h and "
            f"{self.old_cost.likely:,.0f} each, or {self.new_hours.likely:g} h and {self.new_cost.likely:,.0f} where {self.skill} is used."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {f"{name} handling": f"hours on {title}", f"{name} spending": f"money spent on {title}"}

    def lower(self, name: str, to: Lowering) -> None:
        n, users, cases = name, f"users:{self.users}", self.per_user.number
        now = to.product(f"{n}:with-skill", 1.0, f"{self.skill}:practised", f"{self.skill}:level")
        share = f"{to.flow(f'{n}:new', now)}:mean"
        left = to.product(f"{n}:left", 1.0, Times(share, a=1.0, b=-1.0, low=0.0, high=1.0))
        to.product(f"{n}:left-now", 1.0, Times(now, a=1.0, b=-1.0, low=0.0, high=1.0))
        spent = to.account(self.party, f"{n} spending", to=self.paid_to)
        number = to.block("users", self.users).number.number
        to.old_month.append((self.party, cases * number * self.old_cost.number))
        to.old_month.append((self.party, to.hour_value * cases * self.old_hours.number * number))
        for way, done, hours, cost in (("old", left, self.old_hours, self.old_cost), ("new", share, self.new_hours, self.new_cost)):
            people = to.product(f"{n}:{way}-way", 1.0, users, done)
            to.hours(f"{n}:{way}", self.party, f"{n} handling", cases * hours.number, scale=people)
            to.charge(f"{n}:{way}-cost", spent, cases * cost.number, scale=people)
        to.measure(f"{n}:new", meter=f"{n}:new")

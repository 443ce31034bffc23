"""A failure mode of a service or product: it degrades one aspect of warranty until it is mended, perhaps with a visit on site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from itilsim.kinds.block import OptionalParty, OptionalStaff, Team, Titles
from itilsim.kinds.leaf import DrawnHours, DrawnMoney, Duration, Factor, Frequency, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.newcomers import newcomers_faults, newcomers_of
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.story import PASSES_ON, Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec, Times, WorkSpec

UNIT = 0.01
"""Height of a layer of candidates, in failures a month."""
MOST_DRIFT = 3.0
CARELESS = 1.3
"""A provider without commitment has 1.3 times the failures of a fully committed one. Judgement."""


class Failure(Carried):
    """A failure mode.

    `frequency` a year of upkeep without fault, times 1 + `drift` for each missed upgrade (3 at most) and up to 1.3 where the provider has
    no commitment; suspends the share `suspends` of use of `service`, or of every service on `product`, through `aspect` until the own
    person (`triage`) has seen it (`triage_hours`) and `mend` has worked `work`. A share `on_site` cannot be mended from afar: after
    `travel` the team comes for a `visit_fee` that `payer` pays. `recovery` is paid by the payer each time. A share `exploited` of the
    failures of security is used before it is mended, with a `loss` up to `loss_cap`. Where all people of `staff` are newcomers there are
    `newcomers` times as many failures.
    """

    kind: Literal["failure"] = "failure"
    aspect: Literal["availability", "capacity", "continuity", "security"]
    frequency: Frequency
    drift: Factor
    suspends: Share
    triage: Team
    triage_hours: DrawnHours
    mend: Team
    work: DrawnHours
    on_site: Share | None = None
    travel: Duration | None = None
    visit_fee: Money | None = None
    recovery: Money | None = None
    payer: OptionalParty = ""
    exploited: Share | None = None
    loss: DrawnMoney | None = None
    loss_cap: Money | None = None
    staff: OptionalStaff = ""
    newcomers: Factor | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from super().faults()
        for first, others in (("on_site", ("travel", "visit_fee")), ("exploited", ("loss", "loss_cap"))):
            for other in others:
                if (getattr(self, first) is None) != (getattr(self, other) is None):
                    yield first, f"{first} and {other} belong together; state both or neither"
        yield from newcomers_faults(self.staff, self.newcomers)

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {counted(self.frequency.likely * 12, 'time')} a year {percent(self.suspends.likely)} of use is suspended "
            f"({self.aspect}), until {self.mend} have worked {self.work.likely:g} h on it (half of the times less)."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {
            "visits on site": "visits on site",
            f"{name} recovery": f"recovery from {self.say(name)}",
            f"{name} used": f"an attack through {self.say(name)}",
        }

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, mend = name, titles.of("teams", self.mend)
        stops = f"{self.suspends.likely * 100.0:g} % of the use of {self.reached(titles)} stops through its {self.aspect}"
        return {
            f"stream {n}": Step(f"{self.called(n)}: {stops}", called=self.called(n), summed="very often"),
            f"done {n}:triage": PASSES_ON,
            f"done {n}:remote": Step("mended after {elapsed}{open}"),
            f"not accepted {n}:remote": Step(f"it cannot be mended from afar: {mend} must come"),
            f"due {n}:arrived": Step(f"the visit of {mend} on site begins"),
            f"done {n}:visit": Step("mended on site after {elapsed}{open}"),
            f"loss {n}:used": Step("the hole is used before it is mended"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, relationship = name, self.relationship_of(to)
        drift = Times(self.upkeep, a=1.0, b=self.drift.number, low=1.0, high=MOST_DRIFT)
        careless = Times(f"{relationship}:commitment", a=CARELESS, b=1.0 - CARELESS, low=1.0, high=CARELESS)
        newcomers, more = newcomers_of(self.staff, self.newcomers)
        to.product(f"{n}:rate", self.frequency.number, f"{relationship}:live", drift, careless, *newcomers)
        to.stream(n, f"{n}:rate", self.frequency.number * (MOST_DRIFT * CARELESS) * more, unit=UNIT)
        levels = {f" {s}" if self.product else "": f"{s}:{self.aspect}" for s in self.services(to)}
        for of, level in levels.items():
            to.effect(n, f"open{of}", rows.OPEN, level, amount=self.suspends.number)
        to.effect(n, "triage", rows.ENQUEUE, f"{n}:triage")
        to.quantity(f"{n}:triage", self.triage_hours)
        to.quantity(f"{n}:work", self.work)
        works = to.specs.works
        works[f"{n}:triage"] = WorkSpec(self.triage, f"{n}:triage", priority=0, done=f"{n}:seen")
        works[f"{n}:remote"] = WorkSpec(self.mend, f"{n}:work", priority=0, calendar="office", done=f"{n}:mended")
        to.effect(f"{n}:seen", "mend", rows.ENQUEUE, f"{n}:remote")
        if self.on_site is not None and self.travel is not None:
            to.dice(f"{n}:afar")
            to.product(f"{n}:not-from-afar", self.on_site.number)
            works[f"{n}:remote"] = replace(
                works[f"{n}:remote"], failed=f"{n}:visit", failure=f"{n}:not-from-afar", failure_quantity=f"{n}:afar"
            )
            works[f"{n}:visit"] = WorkSpec(self.mend, f"{n}:work", priority=0, calendar="office", done=f"{n}:mended")
            to.constant(f"{n}:travel", self.travel.number)
            to.after(f"{n}:visit", "travel", f"{n}:arrived", f"{n}:travel")
            to.effect(f"{n}:arrived", "work", rows.ENQUEUE, f"{n}:visit")
        for of, level in levels.items():
            to.effect(f"{n}:mended", f"close{of}", rows.CLOSE, level, amount=self.suspends.number)
        self.lower_money(n, to)

    def lower_money(self, n: str, to: Lowering) -> None:
        """Lower visits, recovery and what is lost where a hole is used."""
        relationship = to.block("relationships", self.relationship_of(to))
        payer = self.payer or relationship.consumer
        if self.visit_fee is not None and payer != relationship.provider:
            visit = to.account(payer, "visits on site", to=relationship.provider)
            to.effect(f"{n}:arrived", "fee", rows.POST, visit, amount=-1.0 * self.visit_fee.number)
        if self.recovery is not None:
            recovery = to.account(payer, f"{n} recovery", "risk", to="public")
            to.effect(f"{n}:mended", "recovery", rows.POST, recovery, amount=-1.0 * self.recovery.number)
        if self.exploited is None or self.loss is None or self.loss_cap is None:
            return
        cap = self.loss_cap.number * to.setting.caps
        to.quantity(f"{n}:loss", self.loss, cap=cap)
        to.specs.losses[f"{n}:used"] = LossSpec(f"{n}:loss", to.account(payer, f"{n} used", "risk", to="public"), cap=cap)
        to.dice(f"{n}:used")
        chance = {"chance": to.product(f"{n}:used-first", self.exploited.number), "chance_quantity": f"{n}:used"}
        to.effect(n, "used", rows.SETTLE, f"{n}:used", **chance)
        to.rare(n, f"{n} used", **chance)
        mean = self.exploited.number * self.loss.parsed.mean()
        to.expect(self.relationship_of(to), n, mean, f"{n}:rate")

"""A source leak: an unmanaged employee publishes the source code, from carelessness rather than malice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from itilsim.kinds.block import Block, OptionalStaff, Party, Relationship, Team, Titles
from itilsim.kinds.leaf import DrawnDuration, DrawnMoney, Factor, Frequency, Hours, Money, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.newcomers import newcomers_faults, newcomers_of
from itilsim.kinds.risks.indemnity import repaid_by_provider
from itilsim.kinds.risks.thinning import UNIT, controls_of
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.specs import LossSpec, Times, WorkSpec


class SourceLeak(Block):
    """A leak of source code.

    `frequency` a year while the relationship is active, less what controls take away, and up to half as much again where the provider has
    no commitment. Found after `discovery`, or `watched_discovery` where a watching control runs; then the consumer pays for a `test`, the
    `rotates` team rotates keys and reviews the code (`rotation` hours), and trust loses `trust_lost`. With probability `exploit` somebody
    attacks through it after `exploit_delay`, unless the keys have been rotated by then: a `loss` of the consumer, `loss_cap` at most, of
    which the provider repays the share `repaid` up to its liability cap, and a `fine` with probability `fined`.
    Where all people of `staff` are newcomers there are `newcomers` times as many leaks.
    """

    kind: Literal["source-leak"] = "source-leak"
    relationship: Relationship
    party: Party
    frequency: Frequency
    discovery: DrawnDuration
    watched_discovery: DrawnDuration
    rotates: Team
    rotation: Hours
    test: Money
    provider_cost: Money
    trust_lost: Share
    exploit: Share
    exploit_delay: DrawnDuration
    loss: DrawnMoney
    loss_cap: Money
    repaid: Share
    fined: Share
    fine: DrawnMoney
    fine_cap: Money
    staff: OptionalStaff = ""
    newcomers: Factor | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from newcomers_faults(self.staff, self.newcomers)

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: with a frequency of {self.frequency.likely * 12:.3g} a year an employee publishes the source; "
            f"in {percent(self.exploit.likely)} somebody attacks through it, at a loss of {self.loss.likely:,.0f} typically, "
            f"{self.loss_cap.likely:,.0f} at most."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {name: title, f"{name} exploit": f"an attack after: {title}", f"{name} fine": f"a fine after: {title}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, attack = name, "somebody tries to attack with what has leaked"
        rotated = f"the keys are rotated and the code is reviewed by {titles.of('teams', self.rotates)}, {{elapsed}} after it happened"
        return {
            f"stream {n}": Step(self.say(n), called=self.called(n), summed="often"),
            f"due {n}:found": Step("it is found after {elapsed}"),
            f"done {n}:rotation": Step(rotated),
            f"due {n}:attack": Step(attack, alone=f"{attack}, but the keys have been changed"),
            f"loss {n}:exploit": Step("the attack succeeds"),
            f"loss {n}:fine": Step("a fine is imposed"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        careless = Times(f"{r}:commitment", a=1.5, b=-0.5, low=1.0, high=1.5)
        newcomers, more = newcomers_of(self.staff, self.newcomers)
        to.product(f"{n}:rate", self.frequency.number, f"{r}:active", careless, *controls_of(n, to), *newcomers)
        to.stream(n, f"{n}:rate", self.frequency.number * 1.5 * more, unit=UNIT)
        mean = self.exploit.number * self.loss.parsed.mean() + self.test.number
        to.expect(r, n, mean, f"{n}:rate")
        watching = [Times(c, a=1.0, b=-1.0) for c, b in sorted(to.blocks("controls").items()) if b.risk == n and b.watches]
        to.product(f"{n}:unwatched", 1.0, *watching)
        to.product(f"{n}:watched", 1.0, Times(f"{n}:unwatched", a=1.0, b=-1.0))
        to.stock(f"{n}:open")
        to.rare(n, n)
        to.effect(n, "a-open", rows.ADD, f"{n}:open", amount=1.0)
        to.quantity(f"{n}:discovery", self.discovery)
        to.quantity(f"{n}:watched-discovery", self.watched_discovery)
        to.dice(f"{n}:who-finds")
        for how in ("", "watched-"):
            chance = f"{n}:watched" if how else f"{n}:unwatched"
            to.after(n, f"found-{how}", f"{n}:found", f"{n}:{how}discovery", chance=chance, chance_quantity=f"{n}:who-finds")
        self.lower_found(n, r, to)
        self.lower_exploit(n, r, to)

    def lower_found(self, n: str, r: str, to: Lowering) -> None:
        """Lower what follows when a leak is known."""
        contract = to.block("relationships", r)
        found = f"{n}:found"
        test = to.account(self.party, n, "risk", to="public")
        to.effect(found, "test", rows.POST, test, amount=-1.0 * self.test.number)
        if contract.provider != self.party:
            own = to.account(contract.provider, n, "risk", to="public")
            to.effect(found, "provider", rows.POST, own, amount=-1.0 * self.provider_cost.number)
        to.effect(found, "trust", rows.ADD, f"{r}:shock", amount=self.trust_lost.number)
        to.constant(f"{n}:rotation", self.rotation.number)
        to.specs.works[f"{n}:rotation"] = WorkSpec(self.rotates, f"{n}:rotation", priority=1, package=8.0, done=f"{n}:rotated")
        to.effect(found, "work", rows.ENQUEUE, f"{n}:rotation")
        to.effect(f"{n}:rotated", "closed", rows.ADD, f"{n}:open", amount=-1.0, low=0.0)

    def lower_exploit(self, n: str, r: str, to: Lowering) -> None:
        """Lower the attack through a leak, with a loss of its own."""
        to.dice(f"{n}:exploited")
        to.product(f"{n}:tempting", self.exploit.number)
        to.quantity(f"{n}:exploit-delay", self.exploit_delay)
        to.after(n, "exploit", f"{n}:attack", f"{n}:exploit-delay", chance=f"{n}:tempting", chance_quantity=f"{n}:exploited")
        still = to.product(f"{n}:still-open", 1.0, Times(f"{n}:open", low=0.0, high=1.0))
        to.dice(f"{n}:forestalled")
        cap = self.loss_cap.number * to.setting.caps
        to.quantity(f"{n}:loss", self.loss, cap=cap)
        source = f"{n} exploit"
        repaid = repaid_by_provider(source, r, self.party, self.repaid, to)
        to.specs.losses[f"{n}:exploit"] = LossSpec(f"{n}:loss", to.account(self.party, source, "risk", to="public"), cap=cap, **repaid)
        open_still = {"chance": still, "chance_quantity": f"{n}:forestalled"}
        to.effect(f"{n}:attack", "loss", rows.SETTLE, f"{n}:exploit", **open_still)
        to.rare(f"{n}:attack", f"{n} exploit", **open_still)
        fine_cap = self.fine_cap.number * to.setting.caps
        to.quantity(f"{n}:fine", self.fine, cap=fine_cap)
        to.specs.losses[f"{n}:fine"] = LossSpec(f"{n}:fine", to.account(self.party, f"{n} fine", "risk", to="public"), cap=fine_cap)
        fined = to.product(f"{n}:fined", self.fined.number, f"{n}:still-open")
        to.dice(f"{n}:fined")
        to.effect(f"{n}:attack", "fine", rows.SETTLE, f"{n}:fine", chance=fined, chance_quantity=f"{n}:fined")

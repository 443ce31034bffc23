"""Co-creation: the two trusts and the two efforts of a relationship, and the speed of joint work that follows."""

from __future__ import annotations

from itilsim.kinds.block import Block, Party, Titles
from itilsim.kinds.leaf import Factor, FixedShare, MoneyRate, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.signing import is_deferred
from itilsim.kinds.story import Notice, Slot, Step
from itilsim.plan import rows
from itilsim.plan.specs import Times

SLOWNESS = 1.0 / 3.0
"""Effort closes a third of the way to what trust suggests each month: people change their habits over a quarter. Judgement."""
TRUST_FALLS = 0.05
"""A fall of trust in one month that people notice even without an event behind it."""


class Cocreation(Block):
    """What every relationship has: `provider` and `consumer`, `trust` at the start (both sides), its `trust_gain` in a good month and
    `trust_loss_ratio`, the effort at trust nought (`effort_floor`), what the organizations allow (`consumer_effort`, `provider_effort`,
    1 is all that is needed), the consumer's part in joint work (`effort_exponent`), the availability at which a month is
    wholly bad (`bad_availability`), the open gap in utility that is borne without complaint (`gap_borne`),
    and the consumer's `appetite` for expected losses, above which the provider adds controls.
    """

    kind: str
    provider: Party
    consumer: Party
    trust: Share
    trust_gain: Share
    trust_loss_ratio: Factor
    effort_floor: Share
    consumer_effort: Share
    provider_effort: Share
    effort_exponent: Share
    bad_availability: FixedShare
    gap_borne: Share
    appetite: MoneyRate | None = None

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        n, provider, consumer = name, titles.of("parties", self.provider), titles.of("parties", self.consumer)
        return {
            f"due {n}:signs" if is_deferred(n, titles.blocks) else "start start": Step("the agreement is signed"),
            f"phase {n} {rows.TRANSITION}": Step(f"{provider} and {consumer} begin to work together: the transition starts"),
            f"phase {n} {rows.LIVE}": Step(f"{consumer} and {provider} go live"),
            f"phase {n} {rows.NOTICE}": Step(f"notice is given: the relationship of {consumer} and {provider} will end"),
            f"phase {n} {rows.ENDED}": Step(f"the relationship of {consumer} and {provider} ends"),
            f"due {n}:goes-live": Step("what is due at go-live", alone=""),
            f"due {n}:ends": Step("what is due at the end", alone=""),
        }

    def notices(self, name: str, titles: Titles) -> dict[str, Notice]:
        n = name
        return {
            f"{n}:trust": Notice(
                falls="a bad month", least=TRUST_FALLS, shock=f"{n}:shock", then="trust follows, and effort begins to",
                along=(f"{n}:engagement",),
            ),
            f"{n}:goodwill": Notice(falls="a bad month", least=TRUST_FALLS),
        }  # fmt: skip

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        n, provider, consumer = name, titles.of("parties", self.provider), titles.of("parties", self.consumer)
        return {
            f"{n}:trust": Slot(f"trust of {consumer} in {provider}", steady=True),
            f"{n}:goodwill": Slot(f"trust of {provider} in {consumer}", steady=True),
            f"{n}:engagement": Slot(f"effort of {consumer}", steady=True),
            f"{n}:commitment": Slot(f"effort of {provider}", steady=True),
            f"{n}:shock": Slot(f"shock to the trust of {consumer}"),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        to.specs.relationships[n] = (f"{n}:goes-live", f"{n}:ends")
        to.effect(to.signing(n), f"{n}:begins", rows.PHASE, n, amount=float(rows.TRANSITION))
        to.stock(f"{n}:age")
        age = to.product(f"{n}:older", 1.0, f"{n}:live", plus=f"{n}:age")
        to.move(f"{n}:age", f"{n}:age", age, up=1.0, down=1.0, order=0)
        to.stock(f"{n}:shock")
        to.stock(f"{n}:trust", self.trust.number)
        to.stock(f"{n}:goodwill", self.trust.number)
        to.stock(f"{n}:purse", 1.0)
        to.stock(f"{n}:margin-effort", 1.0)
        to.last.append(lambda: self.sum_expected(n, to))
        self.lower_trust(n, to)
        self.lower_effort(n, to)
        for what in ("trust", "goodwill", "engagement", "commitment"):
            to.measure(f"{n}:{what}", slot=f"{n}:{what}")
        to.specs.finals[f"{n}:trust"] = f"{n}:trust"
        to.specs.finals[f"{n}:goodwill"] = f"{n}:goodwill"

    def services(self, name: str, to: Lowering) -> list[str]:
        """Give the services that this relationship provides, sorted."""
        return sorted(s for s, block in to.blocks("services").items() if block.relationship == name)

    def sum_expected(self, n: str, to: Lowering) -> None:
        """Lower the expected loss a month of all risks of the relationship, once they are known."""
        total = to.product(f"{n}:expected-0", 0.0)
        for place, slot in enumerate(sorted(to.expected.get(n, []))):
            total = to.product(f"{n}:expected-{place + 1}", 1.0, slot, plus=total)
        to.product(f"{n}:expected", 1.0, total)

    def lower_trust(self, n: str, to: Lowering) -> None:
        """Lower what makes a month good to either side, and how trust follows.

        Where service levels are agreed a month is judged by them, else by its availability: one bad day is counted once.
        """
        promised = sum(block.weight() for block in to.blocks("promises").values() if block.relationship == n)
        seen: list[Times | str] = [Times(f"{n}:broken", a=1.0, b=-1.0 / promised, low=0.0, high=1.0)] if promised else []
        worst = self.bad_availability.likely
        slope = 1.0 / max(1e-6, 1.0 - worst)
        for service in self.services(n, to):
            if not promised:
                seen.append(Times(f"{service}:up:mean", a=-slope * worst, b=slope, low=0.0, high=1.0))
            seen.append(Times(f"{service}:gap", a=self.gap_borne.number, b=1.0, low=0.0, high=1.0))
        good = to.product(f"{n}:good-month", 1.0, *seen)
        p = (self.trust_gain.number, self.trust_loss_ratio.number)
        clock = f"{n}:age"
        to.decide(f"{n}:trust", rows.TRUST, f"{n}:trust", a=good, b=f"{n}:shock", p=p, clock=clock, holds="trust", order=3)
        to.stock(f"{n}:slight")
        fair = to.product(f"{n}:fair-month", 1.0, Times(f"{n}:engagement", a=0.0, b=1.0 / 0.6, low=0.0, high=1.0))
        to.decide(f"{n}:goodwill", rows.TRUST, f"{n}:goodwill", a=fair, b=f"{n}:slight", p=p, clock=clock, holds="trust", order=3)

    def lower_effort(self, n: str, to: Lowering) -> None:
        """Lower both efforts and the speed of joint work: e_c^a x e_p^(1-a)."""
        floor = self.effort_floor.number
        for effort, trust, allowed, limit in (
            ("engagement", "trust", self.consumer_effort.number, "purse"),
            ("commitment", "goodwill", self.provider_effort.number, "margin-effort"),
        ):
            follows = Times(f"{n}:{trust}", a=floor, b=1.0 - floor, low=0.0, high=1.0)
            target = to.product(f"{n}:{effort}-wanted", allowed, follows, f"{n}:{limit}")
            start = floor + (1.0 - floor) * self.trust.number
            to.stock(f"{n}:{effort}", allowed * start)
            to.move(f"{n}:{effort}", f"{n}:{effort}", target, up=SLOWNESS, down=SLOWNESS, holds="effort", order=4)
        a = self.effort_exponent.number
        to.product(
            f"{n}:speed",
            1.0,
            Times(f"{n}:engagement", rows.POWER, b=a),
            Times(f"{n}:commitment", rows.POWER, b=1.0 - a),
        )

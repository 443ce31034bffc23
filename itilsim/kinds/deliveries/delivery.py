"""A delivery: work that takes a service, or all on a product, live, in packages, at the speed of joint work, with one law of overrun."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Team
from itilsim.kinds.leaf import DrawnFactor, Duration, Factor, Hours, Leaf, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.products.carried import Carried
from itilsim.plan import rows
from itilsim.plan.specs import Times, WorkSpec


class Delivery(Carried):
    """Transition of a service, or in one investment of all services on a product.

    `work` hours times `overrun` (not known to the planner) times `luck` (drawn in each world, cut so that the product stays under
    `most`), done by `team` in packages of `package` hours from `begins` on. Acceptance fails with `failure` at full effort of the
    consumer and `failure_alone` without any; then `rework` of the content is done again. When accepted, the gap is closed and the
    service is live; of a product the gaps of all services on it, with their relationships.
    """

    kind: Literal["delivery"] = "delivery"
    team: Team
    work: Hours
    overrun: Factor
    luck: DrawnFactor
    most: Factor
    package: Hours
    begins: Duration
    failure: Share
    failure_alone: Share
    rework: Share

    def sentence(self, name: str) -> str:
        work: Leaf = self.work
        return (
            f"{self.say(name)}: {self.team} takes {self.service or self.product} live with {work.likely:,.0f} h of work, "
            f"{self.overrun.likely:g} times that likely and {self.most.likely:g} times at most; acceptance fails with "
            f"{self.failure.likely:.0%}, or {self.failure_alone.likely:.0%} where the consumer does nothing."
        )

    def lower(self, name: str, to: Lowering) -> None:
        relationship = self.relationship_of(to)
        content = self.work.number * self.overrun.number
        to.quantity(f"{name}:work", self.luck, content, cap=self.work.number * self.most.number)
        to.quantity(f"{name}:rework", self.luck, content * self.rework.number, cap=self.work.number * self.most.number)
        to.dice(f"{name}:acceptance")
        alone = self.failure_alone.number
        engaged = Times(f"{relationship}:engagement", a=alone, b=self.failure.number - alone, low=0.0, high=1.0)
        refused = to.product(f"{name}:refused", 1.0, engaged)
        for work in ("work", "rework"):
            to.specs.works[f"{name}:{work}"] = WorkSpec(
                self.team,
                f"{name}:{work}",
                priority=3,
                package=self.package.number,
                speed=f"{relationship}:speed",
                done=f"{name}:accepted",
                failed=f"{name}:refused",
                failure=refused,
                failure_quantity=f"{name}:acceptance",
            )
        to.after_signing(relationship, f"{name}:begins", f"{name}:begins", self.begins.number)
        to.effect(f"{name}:begins", "work", rows.ENQUEUE, f"{name}:work")
        to.effect(f"{name}:refused", "again", rows.ENQUEUE, f"{name}:rework", amount=2.0)
        to.effect(f"{name}:accepted", "live", rows.PHASE, relationship, amount=float(rows.LIVE))
        for service in self.services(to):
            of, under = f" {service}" if self.product else "", to.block("services", service).relationship
            to.effect(f"{name}:accepted", f"gap{of}", rows.CLOSE, f"{service}:gap", amount=1.0)
            if under != relationship:
                to.effect(f"{name}:accepted", f"live{of}", rows.PHASE, under, amount=float(rows.LIVE))

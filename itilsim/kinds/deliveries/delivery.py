"""A delivery: work that takes a service, or all on a product, live, in packages, at the speed of joint work, with one law of overrun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.again import refused_without_end
from itilsim.kinds.block import Team, Titles
from itilsim.kinds.leaf import DrawnFactor, Duration, Factor, Hours, Share
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.signing import is_deferred
from itilsim.kinds.story import Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.number import Number
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

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from super().faults()
        yield from refused_without_end(self)

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if not self.product:
            return
        product = blocks["products"][self.product]
        for service in product.carries:
            under = blocks["services"][service].relationship
            if under != product.relationship and is_deferred(under, blocks):
                yield "product", f"found '{self.product}', with which '{service}' goes live before a gate has signed '{under}'"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {self.service or self.product} goes live with {self.work.likely:,.0f} h of work by {self.team}, "
            f"times {self.overrun.likely:g} likely and times {self.most.likely:g} at most; acceptance fails with "
            f"{percent(self.failure.likely)}, or {percent(self.failure_alone.likely)} where the consumer does nothing."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        what = self.spoken(name)
        return {f"due {name}:begins": Step(f"work on {what} by {titles.of('teams', self.team)} begins"), **work_steps(name, what)}

    def spoken(self, name: str) -> str:
        """Give what is delivered in the middle of a sentence: the title as it stands, a name with its article."""
        called = self.called(name)
        return called if called == self.title else f"the {called}"

    def lower(self, name: str, to: Lowering) -> None:
        relationship = self.relationship_of(to)
        self.lower_works(name, self.work.number, relationship, to)
        to.after_signing(relationship, f"{name}:begins", f"{name}:begins", self.begins.number)
        to.effect(f"{name}:begins", "work", rows.ENQUEUE, f"{name}:work")
        to.effect(f"{name}:accepted", "live", rows.PHASE, relationship, amount=float(rows.LIVE))
        for service in self.services(to):
            of, under = f" {service}" if self.product else "", to.block("services", service).relationship
            to.effect(f"{name}:accepted", f"gap{of}", rows.CLOSE, f"{service}:gap", amount=1.0)
            if under != relationship:
                to.effect(f"{name}:accepted", f"live{of}", rows.PHASE, under, amount=float(rows.LIVE))

    def lower_works(self, name: str, hours: Number, relationship: str, to: Lowering) -> None:
        """Lower work of so many hours, `name:work`, under the law of this delivery; `name:accepted` is what happens in the end."""
        content = hours * self.overrun.number
        to.quantity(f"{name}:work", self.luck, content, cap=hours * self.most.number)
        to.quantity(f"{name}:rework", self.luck, content * self.rework.number, cap=hours * self.most.number)
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
        to.effect(f"{name}:refused", "again", rows.ENQUEUE, f"{name}:rework", amount=2.0)


def work_steps(name: str, what: str) -> dict[str, Step]:
    """Give what a story says of the work that `lower_works` makes under a name."""
    return {
        f"not accepted {name}:work": Step(f"{what} is refused at acceptance; a part of it is done again"),
        f"not accepted {name}:rework": Step(f"{what} is refused at acceptance once more"),
        f"done {name}:work": Step(f"{what} is accepted after {{elapsed}}"),
        f"done {name}:rework": Step(f"{what} is accepted after {{elapsed}}"),
    }

"""A pilot: a service starts with some of its users, and at a gate what was seen decides whether it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Service, Titles
from itilsim.kinds.deliveries.delivery import work_steps
from itilsim.kinds.leaf import FixedDuration, Hours, Share
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.relationships.contract import ENDED_EARLY
from itilsim.kinds.story import Step
from itilsim.kinds.wording import months, percent
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Times


class Pilot(Block):
    """The share `share` of users begins, at the share `fee` of the running fees of the contract.

    At the `gate`, so long after go-live, it goes on with everybody at the whole fee where the customer's trust is at least `trust` and the
    share of the pilot's users who have taken the service up at least `adoption`. Else notice is given, and the relationship ends without an
    exit fee, with its fallback. This is a decision (of the customer): held fixed, the pilot goes on as a pilot.
    Where a `rest` of hours is stated, all others come, and the whole fee is paid, once that is done too: by the team of the service's
    `delivery`, under the same law of overrun and acceptance.
    """

    kind: Literal["pilot"] = "pilot"
    service: Service
    share: Share
    fee: Share
    gate: FixedDuration
    trust: Share
    adoption: Share
    delivery: Annotated[str, Ref("deliveries")] = ""
    rest: Hours | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.delivery) != (self.rest is not None):
            yield "rest", "rest and delivery belong together: what is left to do for all, and the delivery that says who does it and how"
        if self.gate.likely < HOURS_A_MONTH:
            yield "gate", "found less than a month; nothing is seen of a pilot in that time"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        service = blocks["services"][self.service]
        if service.compliance is None:
            yield "service", f"found '{self.service}', which has no mandate that could begin with some of its users"
        if blocks["relationships"][service.relationship].kind != "contract":
            yield "service", f"found '{self.service}', which comes under '{service.relationship}' without a contract that could end"

    def sentence(self, name: str) -> str:
        others = f"; all others come once {self.rest.likely:,.0f} h more are done" if self.rest else ""
        return (
            f"{self.say(name)}: {self.service} begins with {percent(self.share.likely)} of its users at {percent(self.fee.likely)} of the "
            f"fee; after {months(self.gate.likely)} it goes on where trust is {percent(self.trust.likely)} and "
            f"{percent(self.adoption.likely)} of them use it, and else ends{others}."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        service = titles.of("services", self.service)
        more = f"{service} goes on to everybody" if self.rest is None else f"the work for everybody else on {service} begins"
        rest = {}
        if self.rest is not None:
            delivery: Any = titles.blocks["deliveries"][self.delivery]
            rest = work_steps(f"{name}:rest", f"the rest of {delivery.spoken(self.delivery)}")
        return {
            f"decision {name}:goes-on": Step(f"the gate of the pilot is passed: {more}"),
            f"decision {name}:stops": Step(f"the gate of the pilot is not passed: {service} is to end"),
            f"due {name}:over": Step("the notice has run out"),
            **rest,
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, s = name, self.service
        r = to.block("services", s).relationship
        goes_on, stopped = to.stock(f"{n}:goes-on"), to.stock(f"{n}:stopped")
        everybody = goes_on if self.rest is None else self.lower_rest(n, r, self.rest.number, to)
        reach = to.product(f"{n}:reach", 1.0, Times(everybody, a=self.share.number, b=1.0 - self.share.number))
        paid = to.product(f"{n}:paid", 1.0, Times(everybody, a=self.fee.number, b=1.0 - self.fee.number))
        due = {"every": 100_000, "offset": round(self.gate.likely / HOURS_A_MONTH), "clock": f"{r}:age", "holds": "decisions"}
        taken_up = to.product(f"{n}:taken-up", 1.0, f"{s}:adoption", Times(reach, rows.INVERSE, a=1.0, high=1e9))
        stays = Times(f"{r}:ending", a=1.0, b=-1.0, low=0.0, high=1.0)
        used = Times(taken_up, rows.AT_LEAST, a=self.adoption.number, b=1.0)
        enough = to.product(f"{n}:enough", 1.0, stays, used, f"{r}:live")
        trusted = to.product(f"{n}:trusted", 1.0, f"{r}:trust")
        to.decide(
            f"{n}:goes-on", rows.WHEN, goes_on, a=trusted, b=enough, p=(self.trust.number, 0.5), bundle=f"{n}:goes-on", order=5, **due
        )
        to.decide(
            f"{n}:stops", rows.LEAVE, stopped, a=goes_on, b=goes_on, c=goes_on, p=(-1.0, 0.5, to.setting.discount_rate),
            bundle=f"{n}:stops", order=6, **due,
        )  # fmt: skip
        for what in ("goes-on", "stops"):
            to.specs.counters.add(f"{n}:{what}")
            to.effect(f"{n}:{what}", "count", rows.COUNT, f"{n}:{what}")
        to.effect(f"{n}:stops", "phase", rows.PHASE, r, amount=float(rows.NOTICE))
        to.after(f"{n}:stops", "over", f"{n}:over", f"{r}:notice")
        to.effect(f"{n}:over", "ended", rows.PHASE, r, amount=float(rows.ENDED), low=ENDED_EARLY)
        to.last.append(lambda: self.lower_reach(r, reach, paid, to))

    def lower_rest(self, n: str, r: str, hours: Number, to: Lowering) -> str:
        """Lower the work that has to be done before all others come, and give the stock that says that it is."""
        to.block("deliveries", self.delivery).lower_works(f"{n}:rest", hours, r, to)
        to.effect(f"{n}:goes-on", "rest", rows.ENQUEUE, f"{n}:rest:work")
        everybody = to.stock(f"{n}:everybody")
        to.effect(f"{n}:rest:accepted", "everybody", rows.ADD, everybody, amount=1.0)
        return everybody

    def lower_reach(self, r: str, reach: str, paid: str, to: Lowering) -> None:
        """Let the mandate reach the pilot's users only, and running fees be paid for them, once both are known."""
        for mandate in ("mandate", "mandate-at-live"):
            to.multiply(f"{self.service}:{mandate}", Times(reach))
        for name, charge in sorted(to.specs.charges.items()):
            if charge.account.source == f"{r} fee":
                scale = to.product(f"{name}:in-pilot", 1.0, paid, *([charge.scale] if charge.scale else []))
                to.specs.charges[name] = replace(charge, scale=scale)

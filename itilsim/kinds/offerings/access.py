"""Access to a resource: granted in agreed hours, within a capacity that others share, under the provider's control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Party, Ref, Titles
from itilsim.kinds.expansion import lower_order
from itilsim.kinds.leaf import Duration, Growth, MoneyRate, Share, Units, UnitsPerUser
from itilsim.kinds.lowering import CALENDARS, Lowering
from itilsim.kinds.offerings.profiles import Profile, hour_classes
from itilsim.kinds.products.carried import Carried
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import percent
from itilsim.plan import rows
from itilsim.plan.number import Number
from itilsim.plan.specs import Times


class Access(Carried):
    """Access to a resource of `capacity`, on which a service (or the services of a product) runs.

    In its busiest hour an adopted user takes `load` of it, which grows by `load_growth` a year where that is stated - or as much as of
    another access, `load_as` - and the provider's other consumers together `others`, which grows by `others_growth` a year; own use and
    theirs fall on the hours of a week by `profile` and `others_profile`. In each hour both are served in the share
    capacity / (own + others), 1 at most, and own use outside the agreed `hours` not at all. The provider decides on the resource: at
    `threshold` of load in the busiest hour, and with a commitment of at least `commitment`, it adds `step`, which is there after `lead`
    and costs it `cost` a year, paid to `paid_to`. Nothing of it stays when the relationship ends.
    """

    kind: Literal["access"] = "access"
    hours: str = "always"
    capacity: Units
    load: UnitsPerUser | None = None
    load_growth: Growth | None = None
    load_as: Annotated[str, Ref("offerings")] = ""
    profile: Profile = "office"
    others: Units
    others_growth: Growth
    others_profile: Profile = "evening"
    threshold: Share
    step: Units
    lead: Duration
    cost: MoneyRate
    paid_to: Party
    commitment: Share

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from super().faults()
        if self.hours not in CALENDARS:
            yield "hours", f"found '{self.hours}'; agreed hours are one of {', '.join(CALENDARS)}"
        if (self.load is None) != bool(self.load_as) or (self.load_growth and self.load_as):
            yield "load", "a user's load is stated here, perhaps with its growth, or is that of another access, as load_as: one of the two"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.load_as and getattr(blocks["offerings"][self.load_as], "load", None) is None:
            yield "load_as", f"found '{self.load_as}', which states no load of a user itself"
        mine = _carried(self, blocks)
        earlier = [(o, b) for o, b in blocks["offerings"].items() if b.kind == "access" and o < name]
        for other, block in (*blocks.get("capacities", {}).items(), *earlier):
            both = sorted(mine & _carried(block, blocks))
            if both:
                yield "product" if self.product else "service", f"found '{both[0]}', whose capacity '{other}' says already"

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: access to {self.capacity.likely:,.0f} units for {self.service or self.product}, hours: {self.hours}; "
            f"{self.say_load()}, others take {self.others.likely:,.0f} and "
            f"{percent(self.others_growth.likely)} more every year; at {percent(self.threshold.likely)} of load the provider adds "
            f"{self.step.likely:,.0f}."
        )

    def say_load(self) -> str:
        """Say what a user takes in the busiest hour, and how that grows where it does."""
        if self.load is None:
            return f"a user takes as much as of {self.load_as.replace('-', ' ')}"
        grows = f" and {percent(self.load_growth.likely)} more every year" if self.load_growth else ""
        return f"a user takes {self.load.likely:g} in the busiest hour{grows}"

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        return {f"{name} expansion": f"more capacity for {self.say(name)}"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        added = f"the load reaches its threshold: {self.step.likely:,g} units more are added to {self.called(name)}"
        return {f"decision {name}:order": Step(added), f"due {name}:arrives": Step("the capacity added is there")}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        return {
            f"{name}:capacity": Slot(f"capacity of {self.called(name)}", share=False),
            f"{name}:others": Slot(f"what others take of {self.called(name)}", share=False, steady=True),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n, relationship = name, self.relationship_of(to)
        capacity, others = to.stock(f"{n}:capacity", self.capacity.number), to.stock(f"{n}:others", self.others.number)
        to.constant(f"{n}:others-growth", self.others_growth.number)
        to.decide(f"{n}:others", rows.INDEX, others, quantity=f"{n}:others-growth", every=12, offset=12, p=(1e9,))
        self.lower_growth(n, to)
        own, (load, grown) = to.product(f"{n}:own-0", 0.0), self.load_of_user(n, to)
        for place, service in enumerate(self.services(to)):
            own = to.product(f"{n}:own-{place + 1}", load, f"{service}:adopted", *grown, plus=own)
        served = self.lower_hours(n, own, to)
        for service in self.services(to):
            to.move(f"{n}:served:{service}", f"{service}:served", served, up=1.0, down=1.0, order=7)
        self.lower_room(n, relationship, to)
        together = to.product(f"{n}:together", 1.0, own, plus=others)
        busiest = to.product(f"{n}:load", 1.0, together, Times(capacity, rows.INVERSE, a=1.0, high=1e9))
        to.measure(f"{n}:load", slot=busiest)
        self.lower_expansion(n, relationship, busiest, to)

    def load_of_user(self, n: str, to: Lowering) -> tuple[Number, tuple[str, ...]]:
        """Give what a user takes in the busiest hour, and the slots by which it grows."""
        stated: Access = to.block("offerings", self.load_as) if self.load_as else self
        if stated.load is None:
            raise ValueError("the load of a user is stated, here or there")
        return stated.load.number, (f"{self.load_as or n}:load-grown",) if stated.load_growth else ()

    def lower_growth(self, n: str, to: Lowering) -> None:
        """Lower how many times its first load a user takes, where that grows."""
        if self.load_growth is not None:
            grown = to.stock(f"{n}:load-grown", 1.0)
            to.constant(f"{n}:load-growth", self.load_growth.number)
            to.decide(f"{n}:load-grown", rows.INDEX, grown, quantity=f"{n}:load-growth", every=12, offset=12, p=(1e9,))

    def lower_hours(self, n: str, own: str, to: Lowering) -> str:
        """Lower the share of own use that is served, over the classes of hours in which there is any."""
        granted = () if self.hours == "always" else to.specs.calendars[self.hours]
        total = to.product(f"{n}:served-0", 0.0)
        for place, hour in enumerate(hour_classes(self.profile, self.others_profile, granted)):
            if not hour.granted:
                continue
            theirs = to.product(f"{n}:others-in-{place}", hour.others, f"{n}:others")
            load = to.product(f"{n}:load-in-{place}", hour.own, own, plus=theirs)
            headroom = to.product(f"{n}:headroom-in-{place}", 1.0, f"{n}:capacity", Times(load, rows.INVERSE, a=1.0, high=1e9))
            total = to.product(f"{n}:served-{place + 1}", hour.share, Times(headroom, low=0.0, high=1.0), plus=total)
        return to.product(f"{n}:served-share", 1.0, total)

    def lower_room(self, n: str, relationship: str, to: Lowering) -> None:
        """Lower what can be taken for a while, piece by piece: what others leave of it, while access is granted and the service is up."""
        to.stock(f"{n}:in-use")
        left = to.product(f"{n}:left", -1.0, f"{n}:others", plus=f"{n}:capacity")
        service = self.services(to)[0]
        to.product(f"{n}:room", 1.0, Times(left, low=0.0), f"{relationship}:live", f"{service}:availability", f"{service}:continuity")

    def lower_expansion(self, n: str, relationship: str, load: str, to: Lowering) -> None:
        """Lower what the provider adds to the resource."""
        to.stock(f"{n}:ordered")
        to.stock(f"{n}:steps")
        willing = Times(f"{relationship}:commitment", rows.AT_LEAST, a=self.commitment.number, b=1.0)
        can = to.product(f"{n}:can-add", 1.0, willing, f"{relationship}:live")
        lower_order(n, to, load=load, able=(can, 0.5), threshold=self.threshold.number, lead=self.lead, step=self.step)
        account = to.account(to.block("relationships", relationship).provider, f"{n} expansion", to=self.paid_to)
        paid = to.product(f"{n}:paid", 1.0, f"{n}:steps", f"{relationship}:live")
        to.charge(f"{n}:cost", account, self.cost.number, basis=to.flow(f"{n}:paid", paid, "always"))


def _carried(block: Any, blocks: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Give the services whose capacity a block says."""
    product = getattr(block, "product", "")
    return set(blocks["products"][product].carries) if product else {block.service}

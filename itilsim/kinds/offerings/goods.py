"""Goods: ownership passes, and with it wear, failures and what they still fetch at the end."""

from __future__ import annotations

from typing import Literal

from itilsim.kinds.block import Block, Party, Service, Titles
from itilsim.kinds.leaf import Duration, Frequency, Rate, Share, UnitPrice, Units
from itilsim.kinds.lowering import MONTHS_A_YEAR, Lowering
from itilsim.kinds.story import Slot, Step
from itilsim.kinds.wording import counted, percent
from itilsim.plan import rows
from itilsim.plan.specs import Times

UNIT = 0.1
"""Height of a layer of candidates, in failures a month."""
MOST_WEAR = 3.0
"""A thing fails three times as often as when new, at most."""


class Goods(Block):
    """`number` things that become the property of `owner` when the relationship of `service` goes live, and stay so when it ends.

    What is paid for them is a price or a cost of its own. Their book value, `worth` each when new, falls by `age_loss` a year and by
    `use_loss` for each month of use around the clock besides. A thing fails `frequency` a year, times 1 + `wear` for each year of age (3
    at most); the owner pays `repair` to `repairer`, the thing is away for `repair_time`, and in the share `written_off` it does not come
    back. At the horizon they are sold to `buyer` for the share `resale` of what they are worth then.
    """

    kind: Literal["goods"] = "goods"
    service: Service
    owner: Party
    number: Units
    worth: UnitPrice
    age_loss: Rate
    use_loss: Share
    frequency: Frequency
    wear: Share
    repair: UnitPrice
    repairer: Party
    repair_time: Duration
    written_off: Share
    resale: Share
    buyer: Party

    def sentence(self, name: str) -> str:
        return (
            f"{self.say(name)}: {counted(self.number.likely, 'thing')} worth {self.worth.likely:,.0f} each, property of {self.owner} from "
            f"go-live on; each loses {percent(self.age_loss.likely)} of its worth a year, fails "
            f"{counted(self.frequency.likely * MONTHS_A_YEAR, 'time')} a year at {self.repair.likely:,.0f}, and fetches "
            f"{percent(self.resale.likely)} of its worth at the horizon."
        )

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        title = self.say(name)
        return {f"{name} repair": f"repairs of {title}", f"{name} resale": f"the sale of {title} at the end"}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        called = self.called(name)
        fails = f"one of {called} fails and is taken away for repair"
        return {
            f"stream {name}:fails": Step(fails, called=f"failures of {called}", summed="often"),
            f"due {name}:back": Step("its repair ends after {elapsed}"),
        }

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        called = self.called(name)
        return {
            f"{name}:things": Slot(f"number of {called}", share=False),
            f"{name}:out": Slot(f"{called} away for repair", share=False),
        }

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        things, out = to.stock(f"{n}:things"), to.stock(f"{n}:out")
        to.stock(f"{n}:in-use")
        away = to.product(f"{n}:away", -1.0, out, plus=things)
        to.product(f"{n}:there", 1.0, Times(away, low=0.0))
        to.product(f"{n}:room", 1.0, f"{n}:there")
        relationship = to.block("services", self.service).relationship
        to.effect(f"{relationship}:goes-live", f"{n}:handed-over", rows.ADD, things, amount=self.number.number)
        self.lower_worth(n, relationship, to)
        self.lower_failures(n, to)
        to.measure(f"{n}:things", slot=things)

    def lower_worth(self, n: str, relationship: str, to: Lowering) -> None:
        """Lower the book value, which falls at month ends by age and by the month's use, and the sale at the horizon."""
        worth = to.stock(f"{n}:worth")
        to.effect(f"{relationship}:goes-live", f"{n}:worth", rows.ADD, worth, amount=self.worth.number)
        kept = to.product(f"{n}:kept-a-year", 1.0 - self.age_loss.number)
        to.flow(f"{n}:in-use", f"{n}:in-use", "always")
        busy = to.product(f"{n}:busy", 1.0, f"{n}:in-use:mean", Times(f"{n}:things", rows.INVERSE, a=1.0, high=1e9))
        used = Times(busy, a=1.0, b=-1.0 * self.use_loss.number, low=0.0, high=1.0)
        after = to.product(f"{n}:worth-after", 1.0, worth, Times(kept, rows.POWER, b=1.0 / MONTHS_A_YEAR), used)
        to.move(f"{n}:worth", worth, after, up=1.0, down=1.0, order=6)
        book = to.product(f"{n}:book-value", 1.0, after, f"{n}:things")
        to.measure(f"{n}:book-value", slot=book)
        to.measure(f"{n}:in-use", meter=f"{n}:in-use")
        sale = to.account(self.owner, f"{n} resale", "outcome", to=self.buyer, one_off=True)
        to.charge(f"{n}:resale", sale, self.resale.number, scale=book, gain=True, horizon=True)

    def lower_failures(self, n: str, to: Lowering) -> None:
        """Lower failures, which come to the owner whether or not the relationship still lives."""
        age = to.stock(f"{n}:age")
        older = to.product(f"{n}:older", 1.0 / MONTHS_A_YEAR, Times(f"{n}:things", rows.AT_LEAST, a=1e-9, b=1.0), plus=age)
        to.move(f"{n}:age", age, older, up=1.0, down=1.0, order=6)
        worn = Times(age, a=1.0, b=self.wear.number, low=1.0, high=MOST_WEAR)
        to.product(f"{n}:failing", self.frequency.number, f"{n}:there", worn)
        to.stream(f"{n}:fails", f"{n}:failing", self.frequency.number * self.number.number * MOST_WEAR, unit=UNIT)
        repair = to.account(self.owner, f"{n} repair", to=self.repairer)
        to.effect(f"{n}:fails", "cost", rows.POST, repair, amount=-1.0 * self.repair.number)
        to.effect(f"{n}:fails", "away", rows.ADD, f"{n}:out", amount=1.0)
        to.constant(f"{n}:repair-time", self.repair_time.number)
        to.after(f"{n}:fails", "back", f"{n}:back", f"{n}:repair-time")
        to.effect(f"{n}:back", "back", rows.ADD, f"{n}:out", amount=-1.0, low=0.0)
        to.dice(f"{n}:beyond-repair")
        lost = to.product(f"{n}:written-off", self.written_off.number)
        to.effect(f"{n}:back", "gone", rows.ADD, f"{n}:things", amount=-1.0, low=0.0, chance=lost, chance_quantity=f"{n}:beyond-repair")

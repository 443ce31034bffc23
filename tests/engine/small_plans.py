"""Plans of a few rows, for engines to be tested without a case."""

from __future__ import annotations

from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.plan.build import Builder
from itilsim.plan.plan import Plan
from itilsim.plan.specs import ChargeSpec, Distribution, ProductSpec, StreamSpec, TeamSpec, WorkSpec
from itilsim.rules.chance import CONSTANT, EXPONENTIAL

HOURS = Account("users", "waiting", "cost", "", False, False)


def queue_plan(
    *,
    rates: tuple[float, ...] = (0.8,),
    work: tuple[float, ...] = (1.0,),
    people: float = 1.0,
    months: int = 12,
    grid: float = 0.0,
    content: str = "exponential",
) -> Plan:
    """One team and a stream of requests for each priority, at rates an hour, with mean work in hours; waiting is posted as a cost."""
    b = Builder(months, grid=grid)
    b.specs.stocks["people"] = people
    b.specs.teams["team"] = TeamSpec(people="people")
    for priority, (rate, mean) in enumerate(zip(rates, work, strict=True)):
        name = f"requests-{priority}"
        a_month = rate * 730.0
        b.specs.products[name + ":rate"] = ProductSpec(a_month)
        b.specs.quantities[name] = Distribution(CONSTANT, 0.0)
        b.specs.quantities[name + ":content"] = Distribution(
            EXPONENTIAL if content == "exponential" else CONSTANT, mean
        )
        b.specs.streams[name] = StreamSpec(name + ":rate", name, bound=a_month, unit=a_month)
        b.specs.works[name] = WorkSpec("team", name + ":content", priority=priority)
        b.effect(name, "enqueue", rows.ENQUEUE, name)
        b.specs.charges[name] = ChargeSpec(HOURS, -1.0, 1.0, basis=f"{name}:elapsed")
    return b.build()

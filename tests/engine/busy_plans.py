"""A plan that uses every verb, every kind of decision and every form of modifier at once, with knobs to turn."""

from __future__ import annotations

from dataclasses import dataclass

from itilsim.plan import rows
from itilsim.plan.accounts import Account
from itilsim.plan.build import START, Builder
from itilsim.plan.number import Number
from itilsim.plan.plan import Plan
from itilsim.plan.specs import (
    ChargeSpec,
    DecisionSpec,
    Distribution,
    LossSpec,
    ProductSpec,
    PromiseSpec,
    StreamSpec,
    TeamSpec,
    Times,
    WorkSpec,
)
from itilsim.rules.chance import CONSTANT, EXPONENTIAL, LOGNORMAL, SPREAD
from itilsim.rules.clock import MONTH

FEE = Account("buyer", "service", "cost", "provider", True, False)
HOURS = Account("buyer", "waiting", "cost", "", False, False)
LEAK = Account("buyer", "leak", "risk", "", True, False)
INDEMNITY = Account("buyer", "leak", "risk", "provider", True, False)
OUTCOME = Account("buyer", "work", "outcome", "", False, False)
COVER = Account("buyer", "leak", "risk", "insurer", True, False)
ONCE = Account("buyer", "set-up", "cost", "provider", True, True)
OFFICE = tuple(1.0 if day < 5 and 9 <= hour < 18 else 0.0 for day in range(7) for hour in range(24))
NORMAL = ("normal",)


@dataclass(frozen=True)
class Busy:
    """The knobs: hours, shares, and rates an hour."""

    months: int = 3
    runoff: int = 2
    grid: float = 0.0
    people: float = 2.0
    crew: float = 1.0
    package: float = 1.5
    patience: float = 6.0
    requests: float = 1.0
    faults: float = 0.02
    endings: float = 0.0003
    leaks: float = 0.004
    failing: float = 0.2
    content: float = 1.0
    floor: float = 0.6
    """Trust under which nobody works: jobs are parked until a review finds more."""
    idle: float = 0.0
    """Months before the work begins at all."""
    tolerance: float = 0.45
    """Trust under which the provider asks whether to leave."""
    discovery: float = 0.7 * MONTH
    helpers: float = 2.0
    nerves: float = 5.0
    """Hours, in the mean, after which somebody whose request has not been begun gives up."""
    office: bool = True
    factor: bool = True


def busy_plan(knobs: Busy) -> Plan:
    """Build the plan of one setting of the knobs."""
    b = Builder(knobs.months, runoff=knobs.runoff, grid=knobs.grid)
    _state(b, knobs)
    _streams(b, knobs)
    _effects(b)
    _work(b, knobs)
    _months(b, knobs)
    return b.build()


def _state(b: Builder, knobs: Busy) -> None:
    s = b.specs
    s.stocks |= {"people": knobs.people, "helpers": knobs.helpers, "trust": 0.7, "shock": 0.0, "adoption": 0.4, "wage": 1.0, "age": 0.0}
    s.stocks |= {"expanded": 0.0, "left": 0.0, "archive": 4.0, "archive-wait": 0.0, "served": 1.0, "budget": 1.0, "seen": 0.0}
    s.stocks |= {"in-time": 1.0, "liability": 3000.0, "assets": 50000.0, "insured": 2000.0, "hurry": 0.0, "desk-backlog": 0.0}
    s.levels |= {"fault": knobs.patience, "gap": 0.0}
    s.calendars["office"] = OFFICE
    s.clocks["week"] = ("office", "day-factor" if knobs.factor else "")
    s.unknowns["price"] = Distribution(SPREAD, 50.0, 20.0, shape=("beta", "1.0", "1.0"))
    s.unknowns["frailty"] = Distribution(LOGNORMAL, 1.0, 0.3, 2.0, NORMAL)
    s.products |= {
        "quality": ProductSpec(1.0, (Times("fault:felt"), Times("gap", low=0.1))),
        "speed": ProductSpec(
            1.0,
            (
                Times("trust", rows.AT_LEAST, knobs.floor, 1.0),
                Times("age", rows.AT_LEAST, knobs.idle, 1.0),
                Times("hurry", rows.INVERSE, 1.0, low=0.5, high=2.0),
            ),
        ),
        "failing": ProductSpec(knobs.failing, (Times("trust", a=1.5, b=-1.0, low=0.0),)),
        "need": ProductSpec(1.0, (Times("adoption", a=1.0, b=-1.0, low=0.0),)),
        "headroom": ProductSpec(1.0, (Times("adoption", rows.INVERSE, 0.6, low=0.1, high=10.0),)),
        "worth": ProductSpec(2.0, (Times("quality"), Times("adoption")), plus="in-time"),
        "often": ProductSpec(0.5, (Times("trust", rows.POWER, b=0.5),)),
    }


def _streams(b: Builder, knobs: Busy) -> None:
    s = b.specs
    asked, broken = knobs.requests * MONTH, knobs.faults * MONTH * Number.unknown("frailty")
    leaking, ending = knobs.leaks * MONTH, knobs.endings * MONTH
    s.products |= {
        "requests:rate": ProductSpec(asked, (Times("adoption", high=1.0), Times("relation:active"))),
        "faults:rate": ProductSpec(broken, (Times("hurry", a=1.0, low=1.0, high=3.0), Times("fault"))),
        "leaks:rate": ProductSpec(leaking, (Times("trust", rows.POWER, b=-0.5, low=0.5, high=2.0),)),
        "endings:rate": ProductSpec(ending),
    }
    s.streams |= {
        "requests": StreamSpec("requests:rate", "asked", bound=asked, unit=asked / 6.0, clock="week"),
        "faults": StreamSpec("faults:rate", "broken", bound=3.0 * broken, unit=broken),
        "leaks": StreamSpec("leaks:rate", "leaked", bound=2.0 * leaking, unit=leaking),
        "endings": StreamSpec("endings:rate", "ended", bound=ending, unit=ending),
        "upkeep": StreamSpec("relation:active", "due-upkeep", bound=1.0, period=97.25, offset=5.0),
    }
    s.quantities |= {name: Distribution(CONSTANT, 0.0) for name in s.streams}
    s.quantities |= {
        "day-factor": Distribution(SPREAD, 0.0, 0.1, shape=("gamma", "10.0")),
        "content": Distribution(LOGNORMAL, knobs.content, 0.8, 40.0, NORMAL),
        "mending": Distribution(EXPONENTIAL, 2.0 * knobs.content),
        "size": Distribution(SPREAD, 0.1, 0.4, shape=("beta", "2.0", "3.0")),
        "severity": Distribution(LOGNORMAL, 900.0, 1.2, 1e6, NORMAL),
        "discovery": Distribution(LOGNORMAL, knobs.discovery, 1.0, 1e6, NORMAL),
        "drift": Distribution(SPREAD, 0.01, 0.02, shape=NORMAL),
        "effort": Distribution(LOGNORMAL, 6.0, 0.7, 60.0, NORMAL),
        "whole-hours": Distribution(CONSTANT, 8.0),
        "nerves": Distribution(EXPONENTIAL, knobs.nerves),
        "accepted": Distribution(CONSTANT, 0.0),
        "known": Distribution(CONSTANT, 0.0),
    }


def _effects(b: Builder) -> None:
    b.effect(START, "go-live", rows.FIRE, "go-live", delay="whole-hours")
    b.effect("go-live", "phase", rows.PHASE, "relation", amount=float(rows.LIVE))
    b.effect("went-live", "post", rows.POST, ONCE, amount=-500.0)
    b.effect("went-live", "work", rows.ENQUEUE, "upkeep")
    b.effect("asked", "count", rows.COUNT, "asked", quantity="size")
    b.effect("asked", "work", rows.ENQUEUE, "request")
    b.effect("served", "hurry", rows.ADD, "hurry", amount=-0.02, low=0.0, high=2.0)
    b.effect("served", "post", rows.POST, OUTCOME, amount=3.0, scale="worth")
    b.effect("gave-up", "post", rows.POST, HOURS, amount=-4.0, scale="worth")
    b.effect("gave-up", "work", rows.ENQUEUE, "chase")
    b.effect("again", "post", rows.POST, HOURS, amount=-1.0, scale="wage")
    b.effect("again", "work", rows.ENQUEUE, "request", amount=2.0)
    b.effect("broken", "hurry", rows.ADD, "hurry", amount=0.3, low=0.0, high=2.0)
    b.effect("broken", "open", rows.OPEN, "fault", quantity="size")
    b.effect("broken", "shock", rows.ADD, "shock", amount=0.02, low=0.0, high=1.0)
    b.effect("broken", "work", rows.ENQUEUE, "mend")
    b.effect("mended", "close", rows.CLOSE, "fault", quantity="size")
    b.effect("leaked", "find", rows.FIRE, "found", delay="discovery", chance="often", chance_quantity="known")
    b.effect("leaked", "settle", rows.SETTLE, "leak", amount=0.5)
    b.effect("found", "settle", rows.SETTLE, "leak")
    b.effect("found", "tell", rows.FIRE, "told", delay="whole-hours")
    b.effect("found", "work", rows.ENQUEUE, "upkeep")
    b.effect("told", "gap", rows.OPEN, "gap", amount=0.05)
    b.effect("told", "post", rows.POST, LEAK, amount=-10.0)
    b.effect("told", "work", rows.ENQUEUE, "chase")
    b.effect("ended", "phase", rows.PHASE, "relation", amount=float(rows.ENDED), low=2.0)
    b.effect("leave", "phase", rows.PHASE, "relation", amount=float(rows.ENDED), low=3.0)
    b.effect("went-over", "gap", rows.OPEN, "gap", amount=0.5)
    b.effect("went-over", "post", rows.POST, ONCE, amount=-200.0)
    b.effect("went-over", "work", rows.ENQUEUE, "upkeep")
    b.effect("due-upkeep", "work", rows.ENQUEUE, "upkeep")
    b.effect("kept-up", "shock", rows.ADD, "shock", amount=-0.01, low=0.0, high=1.0)
    b.effect("expand", "people", rows.ADD, "people", amount=1.0)
    b.effect("expand", "work", rows.ENQUEUE, "upkeep")


def _work(b: Builder, knobs: Busy) -> None:
    s, calendar = b.specs, "office" if knobs.office else ""
    s.teams["desk"] = TeamSpec("people", calendar, relationship="relation", backlog="desk-backlog")
    s.teams["own"] = TeamSpec("helpers", crew=knobs.crew)
    s.works["request"] = WorkSpec(
        "desk", "content", 1, package=knobs.package, speed="speed", calendar=calendar, target=6.0, done="served", failed="again",
        failure="failing", failure_quantity="accepted", patience="nerves", left="gave-up",
    )  # fmt: skip
    s.works["mend"] = WorkSpec("desk", "mending", 0, content_scale="wage", speed="speed", target=24.0, done="mended")
    s.works["upkeep"] = WorkSpec("own", "effort", 3, package=2.0, done="kept-up")
    s.works["chase"] = WorkSpec("desk", "effort", 0, speed="speed", done="kept-up")
    s.losses["leak"] = LossSpec(
        "severity", LEAK, scale="wage", cap=20000.0, deductible=100.0, indemnity=INDEMNITY, share=0.6,
        liability="liability", assets="assets", cover=COVER, cover_deductible=50.0, cover_left="insured",
    )  # fmt: skip
    s.relationships["relation"] = ("went-live", "went-over")


def _months(b: Builder, knobs: Busy) -> None:
    s, price = b.specs, Number.unknown("price")
    s.counters.add("asked")
    s.flows |= {"quality": ("quality", "office"), "open": ("fault", "")}
    s.charges |= {
        "fee": ChargeSpec(FEE, -1.0, 20.0 * price, scale="relation:active"),
        "each": ChargeSpec(FEE, -1.0, price + 1.0, scale="wage", basis="asked"),
        "backlog": ChargeSpec(HOURS, -1.0, 0.5, scale="desk-backlog"),
        "waiting": ChargeSpec(HOURS, -1.0, 1.0, basis="request:elapsed"),
        "outcome": ChargeSpec(OUTCOME, 1.0, 100.0, scale="served", basis="quality"),
        "rest": ChargeSpec(ONCE, 1.0, 77.0, scale="archive", horizon=True),
    }
    s.promises |= {
        "open": PromiseSpec("relation", "quality:mean", "relation:live", 0.97, 0.08, 0.12, FEE, "relation:broken", 2.0),
        "response": PromiseSpec("relation", "in-time", "relation:live", 0.8, 0.08, 0.12, FEE, "relation:broken"),
    }
    s.decisions |= {
        "adopt": DecisionSpec(rows.MOVE, "adoption", "quality:mean", p=(0.3, 0.5, 0.02, 0.0, 1.0), order=1),
        "age": DecisionSpec(rows.MOVE, "age", p=(0.0, 0.0, 1.0, 0.0, 99.0), order=0),
        "trust": DecisionSpec(rows.TRUST, "trust", "quality:mean", "shock", p=(0.4, 2.0)),
        "expand": DecisionSpec(rows.WHEN, "expanded", "age", "adoption", bundle="expand", p=(2.0, 0.1)),
        "expand-again": DecisionSpec(rows.MOVE, "expanded", p=(0.0, 0.0, -1.0, 0.0, 1.0), every=3, order=8),
        "archive": DecisionSpec(rows.STEP, "archive", "need", "archive-wait", p=(4.0, 0.0)),
        "served": DecisionSpec(rows.SERVED, "served", "headroom", profile=((0.5, 0.5), (2.0, 0.5))),
        "wage": DecisionSpec(rows.INDEX, "wage", quantity="drift", every=2, clock="age", p=(0.1,)),
        "budget": DecisionSpec(rows.SCHEDULE, "budget", schedule=(1.0, 2.0 * price)),
        "seen": DecisionSpec(rows.WATCH, "seen", watches=((FEE, 1.0), (HOURS, 0.5)), p=(1200.0, 1.0, 2.0), order=6),
        "in-time": DecisionSpec(rows.RATIO, "in-time", meters=("request:within", "request:done"), p=(1.0,)),
        "leave": DecisionSpec(rows.LEAVE, "left", "seen", "", "trust", bundle="leave", p=(0.0, knobs.tolerance, 0.08), order=7),
    }
    slots: tuple[str, ...] = ("adoption", "trust", "quality", "fault", "fault:felt", "fault:waiting", "speed", "desk-backlog")
    slots = (*slots, "budget", "served", "in-time", "relation:broken")
    s.measures |= {f"slot.{name}": ("slot", name) for name in slots}
    meters = ("quality", "open", "request:elapsed", "mend:hours", "mend:elapsed", "upkeep:elapsed", "chase:elapsed", "asked")
    s.measures |= {f"meter.{name}": ("meter", name) for name in meters}
    kept = ("trust", "wage", "archive", "archive-wait", "liability", "assets", "insured", "hurry", "gap", "relation:phase")
    s.finals |= {name: name for name in kept}

"""Small cases in which every kind is used, and the events that a plan can have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from itilsim.case import Case, load_case
from itilsim.plan import rows
from itilsim.plan.plan import Plan
from tests.case import test_by_hand as by_hand
from tests.case.small_cases import write_case
from tests.concepts import offering_cases as offerings
from tests.concepts import people_cases as people
from tests.concepts.contract_cases import DESK, FIXED, OUTAGE, PATCHES, contract, terms
from tests.concepts.test_contract_rows import WHOLE, made
from tests.concepts.test_extensions import EXTENDED
from tests.concepts.test_insurance import insured
from tests.concepts.test_offerings_uses import CRASH, FUEL
from tests.concepts.test_people_desk import levels

PHASES = (rows.TRANSITION, rows.LIVE, rows.NOTICE, rows.ENDED)
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
OA: dict[str, Any] = {"service": "oa", "triage": "builders", "triage_hours": "0.1 h"}
OLD: dict[str, Any] = {"costs": {"clerks": {
    "kind": "stepped", "party": "company", "to": "market", "activity": "approvals", "leave_below": ["50 %"], "stay": "1 unit",
    "price": "96 k CNY / year", "notice": "3 months", "severance": "30 k CNY",
}}}  # fmt: skip
HELD: dict[str, Any] = {
    "promises": {
        "up": {"kind": "availability", "relationship": "supply", "service": "oa", "targets": ["99.9 %", "95 %"], "credits": ["5 %", "5 %"]},
        "answers": {
            "kind": "response", "relationship": "supply", "demand": "support", "priority": "urgent", "target": "95 %", "credit": "2 %",
        },
    },
    "failures": {"hole": {
        **OA, "aspect": "security", "frequency": "6 / year", "drift": 0, "suspends": "10 %", "mend": "menders", "work": "10 h",
        "on_site": "50 %", "travel": "20 h", "visit_fee": "100 CNY", "exploited": "50 %", "loss": "1 k CNY", "loss_cap": "2 k CNY",
    }},
    "capacities": {"servers": {
        "kind": "expandable", "service": "oa", "capacity": "90 users", "threshold": "80 %", "step": "50 users", "lead": "2 months",
        "price": "1 k CNY / year", "payer": "company", "seller": "public", "orders": "builders",
    }},
    "controls": {"vetting": {
        "kind": "control", "risk": "leak", "relationship": "supply", "party": "vendor", "paid_to": "market", "cost": "1 k CNY / year",
        "remaining": "50 %", "running": False,
    }},
    "risks": {"leak": {
        **people.LEAK["risks"]["leak"], "rotates": "menders", "exploit": "80 %", "fined": "50 %", "trust_lost": "30 %",
        "frequency": "2 / year",
    }},
    "relationships": {"supply": {"appetite": "1 CNY / year", "consumer_effort": "80 %", "purse_cut": "50 %", "plan": ["12 k CNY / year"]}},
    "teams": {"late": {
        "party": "vendor", "relationship": "supply", "people": "1 person", "calendar": "always", "pay": "1 k CNY / person / month",
        "hiring": "2 months", "hiring_cost": "20 %", "paid_to": "market",
    }},
    "deliveries": {"transition": {"failure": "90 %"}},
}  # fmt: skip
LEAVING = terms(expected_month="1 CNY / month", exit_fees=["5 k CNY"], trust_to_end="100 %", term="24 months")
RECHARGED: dict[str, Any] = {"prices": {"desk": {"kind": "recharge", "service": "oa", "amount": "10 CNY / user / month"}}}
UPDATED: dict[str, Any] = {"upkeep": {"patches": {"service": "oa", "team": "builders", "every": "3 months", "work": "5 h"}}}
PILOT: list[dict[str, Any]] = [*WHOLE["pilot"], {"gates": {"x": {"delivery": "transition", "rest": "40 h"}}}]


def small_cases(folder: Path) -> Iterator[Case]:
    """Give the cases, each in a folder of its own."""
    for name in sorted(WHOLE):
        yield made(name, folder / name)
    yield contract(folder / "held", FIXED, OUTAGE, DESK, HELD, OLD, months=36)
    yield contract(folder / "left", OUTAGE, DESK, LEAVING, months=36)
    yield contract(folder / "extended", FIXED, EXTENDED, terms(term="60 months"), {"changes": {"own": {"breaks": "100 %"}}})
    yield contract(folder / "built", *PILOT)
    yield contract(folder / "patched", FIXED, PATCHES)
    yield insured(folder / "insured")
    files = {"today": {}, "system": by_hand.OUTSOURCED}
    (folder / "by hand").mkdir()
    yield load_case(write_case(folder / "by hand", by_hand.HEAD, files, by_hand.SHARED))
    yield people.desk(folder / "desk", people.LEAK, UPDATED, RECHARGED)
    yield people.voluntary(folder / "voluntary")
    yield people.skill(folder / "skill", every="5 months")
    yield people.process(folder / "process", triage="50 %")
    yield people.small(folder / "withdrawn", people.CONTRACT)
    yield levels(folder / "levels", "1 person", patience="10 h")
    crash = {"risks": {"crash": {**CRASH, "away": "1 month"}}, "costs": {"fuel": FUEL}}
    yield people.small(folder / "fleet", people.SYSTEM, offerings.fleet(cars={"frequency": "2 / year", "written_off": "30 %"}), crash)
    yield people.small(folder / "line", people.SYSTEM, offerings.line(step="50 units", threshold="80 %"))
    yield people.small(folder / "courses", people.SYSTEM, offerings.courses())
    yield people.small(folder / "suite", people.SYSTEM, offerings.suite())
    yield people.small(folder / "trade", people.SYSTEM, offerings.trade())


def shipped_cases() -> Iterator[Case]:
    """Give the cases that are shipped."""
    for path in sorted(SCENARIOS.glob("*/case.toml")):
        yield load_case(path.parent)


def events_of(plan: Plan) -> set[str]:
    """Give every event that a plan can have and that has a meaning, by its kind and name; that work begins says nothing."""
    r, names = plan.rows, plan.names
    fired = {effect.target for effect in r.effects if effect.verb == rows.FIRE}
    fired |= {bundle for relationship in r.relationships for bundle in (relationship.live_bundle, relationship.end_bundle)}
    found = {"start start"}
    found |= {f"due {names['bundles'][bundle]}" for bundle in fired}
    for kind, row in (("stream", "streams"), ("loss", "losses"), ("missed", "promises"), ("done", "works")):
        found |= {f"{kind} {name}" for name in names[row]}
    for name, work in zip(names["works"], r.works, strict=True):
        found |= {f"not accepted {name}"} if work.fail_x >= 0 else set()
        found |= {f"gives up {name}"} if work.patience_q >= 0 else set()
    decided = (rows.WHEN, rows.LEAVE)
    found |= {f"decision {name}" for name, d in zip(names["decisions"], r.decisions, strict=True) if d.kind in decided and d.bundle >= 0}
    return found | {f"phase {name} {phase}" for name in names["relationships"] for phase in PHASES}

"""Small cases about people, without noise where a test is exact: 100 people, one service or skill, and a provider inside the company."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest import MonkeyPatch

from itilsim.case import Case, load_case
from itilsim.kinds.leaf import Canonical, read_leaf
from tests.case.small_cases import write_case

USERS, HOUR = 100.0, 30.0
"""People, and the worth of an hour of theirs."""
SHARED: dict[str, Any] = {
    "parties": {
        "company": {}, "it": {"parent": "company"}, "market": {"contracting": False}, "public": {"contracting": False},
        "employees": {"contracting": False},
    },
    "users": {"staff": {
        "party": "company", "number": "100 users", "growth": "0 % / year", "wage_growth": "0 % / year", "hour": "60 CNY / h",
        "realisation": "50 %",
    }},
    "activities": {"approvals": {
        "users": "staff", "party": "company", "per_user": "2 / user / month", "old_hours": "0.5 h", "new_hours": "0.2 h",
        "sheets": "0 sheets / case", "sheet_price": "0 CNY / sheet", "old_days": 3.0, "new_days": 1.0, "day_value": "10 CNY / case",
        "special": "0 %", "special_loss": "0 CNY / case", "waiting": 0,
    }},
}  # fmt: skip
TRUSTING = {
    "trust": "100 %", "trust_gain": "0 %", "trust_loss_ratio": 3, "effort_floor": "0 %", "consumer_effort": "100 %",
    "provider_effort": "100 %", "effort_exponent": "40 %", "bad_availability": "0 %", "gap_borne": "100 %",
}  # fmt: skip
PEOPLE = {"relationship": "supply", "calendar": "always", "pay": "0 CNY / person / month", "paid_to": "market"}
SERVICE = {"relationship": "supply", "users": "staff", "ceiling": "100 %", "patience": "0 h", "hosting": "100 %"}
MANDATE = {"compliance": "100 %", "ramp": "0 months", "expected": "0 %", "workaround": 0, "mandate_effort": "0 %"}
SYSTEM: dict[str, Any] = {
    "activities": {"approvals": {"service": "oa"}},
    "relationships": {"supply": {"kind": "internal", "provider": "it", "consumer": "company", **TRUSTING}},
    "services": {"oa": {**SERVICE, **MANDATE}},
    "teams": {"builders": {"party": "it", "people": "1 person", **PEOPLE}},
    "deliveries": {"transition": {
        "service": "oa", "team": "builders", "work": "1 h", "overrun": 1, "luck": 1, "most": 2, "package": "200 h", "begins": "0 months",
        "failure": "0 %", "failure_alone": "0 %", "rework": "100 %",
    }},
}  # fmt: skip
VOLUNTARY = {"service": "oa", "innovation": "0.03 / year", "imitation": "0.38 / year", "ceiling": "100 %", "expected": "0 %", "drift": 0}
DESK: dict[str, Any] = {
    "teams": {
        **SYSTEM["teams"], "desk": {"party": "it", "people": "1 person", **PEOPLE},
        "menders": {"party": "it", "people": "4 people", **PEOPLE, "pay": "10 k CNY / person / month"},
    },
    "failures": {"outage": {
        "service": "oa", "aspect": "availability", "frequency": "12 / year", "drift": 0, "suspends": "10 %", "triage": "desk",
        "triage_hours": "2 h", "mend": "menders", "work": "20 h",
    }},
}  # fmt: skip
"""A desk that sees failures and a team that mends them."""
TURNOVER: dict[str, Any] = {
    "team": "menders", "attrition": "1 / year", "unhappy": 3, "borne": "100 %", "morale_lost": 5, "to_hire": "2 months",
    "hiring_cost": "20 %", "learning": "6 months", "newcomer_pace": "50 %", "specific": "50 %", "knowledge": "100 %",
    "handed_over": "20 %", "sufferer": "employees", "frustration": "200 CNY / person / month",
}  # fmt: skip
TEACHING: dict[str, Any] = {
    "relationships": SYSTEM["relationships"], "teams": {"teachers": {"party": "it", "people": "1 person", **PEOPLE}},
    "skills": {"selling": {
        "relationship": "supply", "users": "staff", "team": "teachers", "every": "200 months", "seats": "20 users", "work": "16 h",
        "attended": "8 h / user", "learned": "50 %", "start": "40 %", "half_life": "6 months", "leavers": "0 % / year",
        "skilled_hires": "0 %", "practice": "100 %", "practice_hours": "0 h / user / month", "worth": "100 CNY / user / month",
    }},
}  # fmt: skip

BUSY = {"upkeep": {"patches": {"service": "oa", "team": "menders", "every": "10 h", "work": "40 h"}}}
"""Work for all the hours that four people have."""
LEAK: dict[str, Any] = {"risks": {"leak": {
    "kind": "source-leak", "relationship": "supply", "party": "company", "frequency": "6 / year", "discovery": "10 days",
    "watched_discovery": "1 day", "rotates": "desk", "rotation": "8 h", "test": "100 CNY", "provider_cost": "0 CNY", "trust_lost": "0 %",
    "exploit": "10 %", "exploit_delay": "20 days", "loss": "1 k CNY", "loss_cap": "1 k CNY", "repaid": "0 %", "fined": "0 %",
    "fine": "1 CNY", "fine_cap": "1 CNY",
}}}  # fmt: skip
CONTRACT: dict[str, Any] = {
    "parties": {"school": {}},
    "relationships": {"supply": {
        "kind": "contract", "provider": "school", "consumer": "company", **TRUSTING, "term": "12 months", "notice": "0 months",
        "indexation": "0 % / year", "renewal_rise": "0 % / year", "first_review": "12 months", "trust_to_end": "0 %",
        "exit_fees": ["0 CNY"], "fallback_cost": "0 CNY", "liability_cap": "0 CNY", "expected_month": "1 k CNY / month",
        "thin_margin": "0 %", "thin_margin_cut": "0 %", "plan": ["9 M CNY / year"], "tolerance": "10 %", "purse_cut": "0 %",
        "fallback_to": "public",
    }},
    "services": SYSTEM["services"], "deliveries": SYSTEM["deliveries"], "activities": SYSTEM["activities"],
    "teams": SYSTEM["teams"],
    "risks": {"gone": {"kind": "withdrawal", "relationship": "supply", "frequency": "60 / year"}},
}  # fmt: skip


def small(folder: Path, *parts: Mapping[str, Any], months: int = 24, values: Mapping[str, Any] | None = None) -> Case:
    """Write a case of an alternative "system" made of sections, the later parts over the earlier, and of today; give it as changed."""
    head = {
        "title": "people", "question": "Is it worth it?", "currency": "CNY", "horizon": f"{months} months", "runoff": "0 months",
        "discount_rate": "0 % / year", "baseline": "today", "decision_maker": "company",
    }  # fmt: skip
    made: dict[str, Any] = {}
    for part in parts:
        for section, tables in part.items():
            made[section] = {**made.get(section, {}), **tables}
    folder.mkdir(parents=True, exist_ok=True)
    case = load_case(write_case(folder, head, {"today": {}, "system": made}, SHARED))
    return case.with_values(dict(values)) if values else case


def desk(folder: Path, *parts: Mapping[str, Any], months: int = 24, values: Mapping[str, Any] | None = None, **turnover: Any) -> Case:
    """Give a case with a desk, menders and the turnover of the menders."""
    staff = {"staff": {"people": {**TURNOVER, **turnover}}}
    return small(folder, SYSTEM, DESK, staff, *parts, months=months, values=values)


def voluntary(folder: Path, months: int = 60, *, service: Mapping[str, Any] | None = None, **fields: Any) -> Case:
    """Give a case in which people take the service up of their own will."""
    services = {"oa": {**SERVICE, **(service or {})}}
    return small(folder, SYSTEM, {"services": services, "adoptions": {"word": {**VOLUNTARY, **fields}}}, months=months)


def skill(folder: Path, months: int = 24, *parts: Mapping[str, Any], **fields: Any) -> Case:
    """Give a case of a skill with changed fields."""
    skills = {"selling": {**TEACHING["skills"]["selling"], **fields}}
    return small(folder, TEACHING, {"skills": skills}, *parts, months=months)


def process(folder: Path, *parts: Mapping[str, Any], **fields: Any) -> Case:
    """Give a case with a desk and menders under a process of changed quality."""
    processes = {"desk": {"relationship": "supply", "triage": "100 %", "change": "100 %", "hand_over": "100 %", **fields}}
    return small(folder, SYSTEM, DESK, {"processes": processes}, *parts)


def without(kind: type, method: str) -> Any:
    """Give a break that leaves out a part of a kind's lowering."""

    def take_away(monkeypatch: MonkeyPatch) -> None:
        monkeypatch.setattr(kind, method, lambda *args: None)

    return take_away


def fixed(kind: type, **fields: Any) -> Any:
    """Give a break that lowers a kind as if fields had other values."""
    real = kind.lower

    def take_away(monkeypatch: MonkeyPatch) -> None:
        def lowered(self: Any, name: str, to: Any) -> None:
            changed = {f: read_leaf(Canonical(v), getattr(self, f).dimension, currency="CNY") for f, v in fields.items()}
            real(self.model_copy(update=changed), name, to)

        monkeypatch.setattr(kind, "lower", lowered)

    return take_away

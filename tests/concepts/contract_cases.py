"""Small cases about contracts, without noise where a test is exact: 100 people, one service of a vendor from the first hour on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytest import MonkeyPatch

from itilsim.case import Case, load_case
from tests.case.small_cases import write_case

FEE, HOUR = 10_000.0, 30.0
"""What the vendor asks a month, and the worth of an hour of the company's people."""
HEAD = {
    "title": "contract", "question": "Is it worth it?", "currency": "CNY", "runoff": "6 months", "discount_rate": "0 % / year",
    "baseline": "today", "decision_maker": "company",
}  # fmt: skip
SHARED: dict[str, Any] = {
    "parties": {
        "company": {}, "it": {"parent": "company"}, "public": {"contracting": False}, "market": {"contracting": False},
    },
    "users": {"staff": {
        "party": "company", "number": "100 users", "growth": "0 % / year", "wage_growth": "0 % / year", "hour": "60 CNY / h",
        "realisation": "50 %",
    }},
    "activities": {"approvals": {
        "users": "staff", "party": "company", "per_user": "20 / user / month", "old_hours": "0.5 h", "new_hours": "0.2 h",
        "sheets": "0 sheets / case", "sheet_price": "0 CNY / sheet", "old_days": 3, "new_days": 1, "day_value": "5 CNY / case",
        "special": "0 %", "special_loss": "0 CNY / case", "waiting": 0,
    }},
}  # fmt: skip
TERMS: dict[str, Any] = {
    "kind": "contract", "provider": "vendor", "consumer": "company", "trust": "100 %", "trust_gain": "0 %", "trust_loss_ratio": 3,
    "effort_floor": "0 %", "consumer_effort": "100 %", "provider_effort": "100 %", "effort_exponent": "40 %",
    "bad_availability": "0 %", "gap_borne": "100 %", "term": "12 months", "notice": "3 months", "indexation": "0 % / year",
    "renewal_rise": "0 % / year", "first_review": "12 months", "trust_to_end": "0 %", "exit_fees": ["0 CNY"], "fallback_cost": "0 CNY",
    "liability_cap": "0 CNY", "expected_month": "10 k CNY / month", "thin_margin": "0 %", "thin_margin_cut": "0 %",
    "plan": ["9 M CNY / year"], "tolerance": "10 %", "purse_cut": "0 %", "fallback_to": "public",
}  # fmt: skip
PEOPLE = {"party": "vendor", "relationship": "supply", "calendar": "always", "pay": "0 CNY / person / month", "paid_to": "market"}
SYSTEM: dict[str, Any] = {
    "parties": {"vendor": {}},
    "activities": {"approvals": {"service": "oa"}},
    "relationships": {"supply": TERMS},
    "services": {"oa": {
        "relationship": "supply", "users": "staff", "ceiling": "100 %", "compliance": "100 %", "ramp": "0 months", "expected": "0 %",
        "workaround": 0, "mandate_effort": "0 %", "patience": "0 h", "hosting": "100 %",
    }},
    "teams": {"builders": {"people": "1 person", **PEOPLE}, "menders": {"people": "2 people", **PEOPLE}},
    "deliveries": {"transition": {
        "service": "oa", "team": "builders", "work": "1 h", "overrun": 1, "luck": 1, "most": 2, "package": "200 h", "begins": "0 months",
        "failure": "0 %", "failure_alone": "0 %", "rework": "100 %",
    }},
}  # fmt: skip
FIXED = {"prices": {"service": {"kind": "fixed-fee", "relationship": "supply", "amount": "10 k CNY / month"}}}
LEAK: dict[str, Any] = {"risks": {"leak": {
    "kind": "data-leak", "relationship": "supply", "party": "company", "frequency": "6 / year", "discovery": "10 days", "loss": "5 k CNY",
    "loss_cap": "5 k CNY", "repaid": "0 %", "trust_lost": "0 %", "fined": "0 %", "fine": "1 CNY", "fine_cap": "1 CNY",
}}}  # fmt: skip
OUTAGE: dict[str, Any] = {"failures": {"outage": {
    "service": "oa", "aspect": "availability", "frequency": "24 / year", "drift": 0, "suspends": "100 %", "triage": "builders",
    "triage_hours": "0.1 h", "mend": "menders", "work": "60 h",
}}}  # fmt: skip
DESK: dict[str, Any] = {"demand": {"support": {
    "service": "oa", "users": "company", "per_user": "0.2 / user / month", "shares": ["20 %", "50 %", "30 %"], "triage": "builders",
    "triage_hours": "0.1 h", "solved": "50 %", "support": "menders", "work": "2 h", "work_factor": 1, "waiting": ["0 %", "0 %", "0 %"],
    "targets": ["8 h", "16 h", "40 h"], "dispersion": "0 %", "monday": 1, "sufferer": "public", "frustration": "0 CNY / h",
}}}  # fmt: skip
PATCHES = {"upkeep": {"patches": {"service": "oa", "team": "menders", "every": "730 h", "work": "25 h"}}}
"""25 hours of work in each month from the second on."""


def terms(**fields: Any) -> dict[str, Any]:
    """Give the contract with changed terms."""
    return {"relationships": {"supply": fields}}


def falling(growth: str = "-20 % / year") -> dict[str, Any]:
    """Give a market whose prices move by so much every year, as everybody knows."""
    return {"markets": {"rates": {"kind": "price-index", "growth": growth}}}


def contract(folder: Path, *parts: Mapping[str, Any], months: int = 24, wages: str = "0 % / year") -> Case:
    """Write a case of today and of an alternative "system" made of the base and of parts, each over those before it, block by block."""
    made: dict[str, Any] = {}
    for part in (SYSTEM, *parts):
        for section, tables in part.items():
            held = made.setdefault(section, {})
            for name, table in tables.items():
                held[name] = {**held.get(name, {}), **table}
    shared = {**SHARED, "users": {"staff": {**SHARED["users"]["staff"], "wage_growth": wages}}}
    folder.mkdir(parents=True, exist_ok=True)
    return load_case(write_case(folder, {**HEAD, "horizon": f"{months} months"}, {"today": {}, "system": made}, shared))


def dropping(kind: type, rows: str, *suffixes: str) -> Callable[[MonkeyPatch], None]:
    """Give a break that leaves rows of a kind out of `specs.ROWS`: NAME and a suffix, or for effects BUNDLE/EFFECT with NAME in them."""

    def take_away(monkeypatch: MonkeyPatch) -> None:
        real = kind.lower  # type: ignore[attr-defined]

        def lowered(self: Any, name: str, to: Any) -> None:
            real(self, name, to)

            def drop() -> None:
                for suffix in suffixes:
                    bundle, _, effect = suffix.partition("/")
                    if rows == "effects":
                        del to.specs.effects[bundle.replace("NAME", name)][effect.replace("NAME", name)]
                    else:
                        del getattr(to.specs, rows)[f"{name}{suffix}"]

            to.last.append(drop)

        monkeypatch.setattr(kind, "lower", lowered)

    return take_away


def doing_nothing(kind: type) -> Callable[[MonkeyPatch], None]:
    """Give a break that leaves all rows of a kind out."""
    return lambda monkeypatch: monkeypatch.setattr(kind, "lower", lambda self, name, to: None)

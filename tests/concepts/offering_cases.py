"""Small cases about offerings, without noise where a test is exact: a fleet, a line, courses, two services on one product, a chain."""

from __future__ import annotations

from typing import Any

from tests.concepts.people_cases import CONTRACT, MANDATE, PEOPLE, SERVICE, SYSTEM, TRUSTING

WORTH = 100_000.0
"""A car when new."""
CARS: dict[str, Any] = {
    "kind": "goods", "service": "oa", "owner": "company", "number": "3 units", "worth": "100 k CNY / unit", "age_loss": "20 % / year",
    "use_loss": "0 %", "frequency": "0 / year", "wear": "0 %", "repair": "2 k CNY / unit", "repairer": "public", "repair_time": "5 days",
    "written_off": "0 %", "resale": "50 %", "buyer": "market",
}  # fmt: skip
VISITS: dict[str, Any] = {
    "kind": "bookings", "offering": "cars", "users": "staff", "per_user": "1 / user / month", "duration": "8 h", "dispersion": "0 %",
    "monday": 1, "party": "company", "fallback": "80 CNY / case", "fallback_to": "public",
}  # fmt: skip
VISITED: dict[str, Any] = {
    "kind": "completed", "service": "oa", "demand": "visits", "party": "company", "amount": "300 CNY / case", "otherwise": "60 %",
}  # fmt: skip
LINE: dict[str, Any] = {
    "kind": "access", "service": "oa", "capacity": "100 units", "load": "1 unit / user", "others": "0 units", "others_growth": "0 % / year",
    "threshold": "100 %", "step": "0 units", "lead": "2 months", "cost": "1200 CNY / year", "paid_to": "public", "commitment": "100 %",
}  # fmt: skip
HELP: dict[str, Any] = {
    "kind": "actions", "service": "oa", "team": "helpers", "per_user": "0.1 / user / month", "work": "2 h", "target": "900 h",
}  # fmt: skip
HELPED: dict[str, Any] = {
    "kind": "completed", "service": "oa", "action": "help", "party": "company", "amount": "500 CNY / case", "otherwise": "40 %",
}  # fmt: skip
HELPERS: dict[str, Any] = {"party": "it", "people": "2 people", **PEOPLE, "calendar": "office"}
MENDERS: dict[str, Any] = {name: {"party": "it", "people": "1 person", **PEOPLE} for name in ("desk", "menders")}
OUTAGE: dict[str, Any] = {
    "aspect": "availability", "frequency": "12 / year", "drift": 0, "suspends": "50 %", "triage": "desk", "triage_hours": "1 h",
    "mend": "menders", "work": "20 h",
}  # fmt: skip
AGREED: dict[str, Any] = {key: value for key, value in CONTRACT["relationships"]["supply"].items() if key not in ("provider", "consumer")}
"""The terms of a contract, whoever the parties are."""
LOOSE = {"term": "5 years", "trust_to_end": "100 %"}
"""Terms under which trust keeps nobody."""
WORKED: dict[str, Any] = {key: value for key, value in SYSTEM["deliveries"]["transition"].items() if key != "service"}
"""A delivery of an hour, of whatever it is."""
SALES_PEOPLE: dict[str, Any] = {
    "kind": "workforce", "party": "company", "number": "40 users", "growth": "0 % / year", "wage_growth": "0 % / year",
    "hour": "60 CNY / h", "realisation": "50 %",
}  # fmt: skip


def fleet(*, cars: dict[str, Any] | None = None, visits: dict[str, Any] | None = None, offering: dict[str, Any] | None = None) -> Any:
    """Give sections of a fleet with what is changed of it, or of another offering in its place."""
    return {
        "offerings": {"cars": offering or {**CARS, **(cars or {})}},
        "demand": {"visits": {**VISITS, **(visits or {})}},
        "outcomes": {"visited": VISITED},
    }


def line(**fields: Any) -> Any:
    """Give sections of a line with changed fields."""
    return {"offerings": {"line": {**LINE, **fields}}}


def courses(*, people: str = "2 people", **fields: Any) -> Any:
    """Give sections of actions by helpers, with their outcome."""
    return {
        "offerings": {"help": {**HELP, **fields}}, "outcomes": {"helped": HELPED},
        "teams": {**SYSTEM["teams"], "helpers": {**HELPERS, "people": people}},
    }  # fmt: skip


def suite(**fields: Any) -> Any:
    """Give sections of a product that carries two services for two groups, with a delivery and a failure of the product."""
    return {
        "users": {"sales": SALES_PEOPLE},
        "services": {
            "oa": {**SERVICE, **MANDATE, "ceiling": "90 %"}, "crm": {**SERVICE, **MANDATE, "users": "sales", "ceiling": "60 %"},
        },
        "products": {"suite": {"relationship": "supply", "carries": ["oa", "crm"]}},
        "deliveries": {"transition": {"product": "suite", **WORKED}},
        "teams": {**SYSTEM["teams"], **MENDERS},
        "failures": {"outage": {"product": "suite", **OUTAGE, **fields}},
        "outcomes": {"sold": {"kind": "flow", "service": "crm", "party": "company", "potential": "1 k CNY / user / month"}},
    }  # fmt: skip


def linked(needs: dict[str, list[str]], broken: str) -> Any:
    """Give sections of services that need others, all of one relationship, of which one breaks down."""
    return {
        "services": {name: {**SERVICE, **MANDATE, "needs": below} for name, below in needs.items()},
        "deliveries": {f"{name}-comes": {"service": name, **WORKED} for name in needs},
        "teams": {**SYSTEM["teams"], **MENDERS},
        "failures": {"outage": {"service": broken, **OUTAGE}},
    }


def trade() -> Any:
    """Give sections of a chain: a vendor provides to the IT department, that to the company's sales, the company to its clients."""
    return {
        "parties": {"vendor": {}, "sales": {"parent": "company"}, "clients": {}},
        "users": {
            "sellers": {**SALES_PEOPLE, "party": "sales"},
            "buyers": {"kind": "clientele", "party": "clients", "number": "1000 users", "growth": "0 % / year"},
        },
        "relationships": {
            "supply": {"kind": "contract", "provider": "vendor", "consumer": "it", **AGREED},
            "desk": {"kind": "internal", "provider": "it", "consumer": "sales", **TRUSTING},
            "shop": {"kind": "contract", "provider": "company", "consumer": "clients", **AGREED, **LOOSE},
        },
        "services": {
            "oa": {**SERVICE, **MANDATE, "users": "sellers"},
            "crm": {**SERVICE, **MANDATE, "relationship": "desk", "users": "sellers", "needs": ["oa"]},
            "store": {**SERVICE, **MANDATE, "relationship": "shop", "users": "buyers", "needs": ["crm"]},
        },
        "deliveries": {f"{name}-comes": {"service": name, **WORKED} for name in ("oa", "crm", "store")},
        "prices": {
            "fee": {"kind": "fixed-fee", "relationship": "supply", "amount": "120 k CNY / year"},
            "recharge": {"kind": "recharge", "service": "crm", "amount": "300 CNY / user / month"},
            "sale": {"kind": "per-user", "relationship": "shop", "users": "buyers", "amount": "20 CNY / user / month"},
        },
        "outcomes": {"bought": {"kind": "flow", "service": "store", "party": "clients", "potential": "30 CNY / user / month"}},
    }  # fmt: skip

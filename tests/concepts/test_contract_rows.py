"""What holds for every kind about contracts: both engines agree on it, its transfers cancel, and each of its fields moves something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.case import Case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block as compiled
from itilsim.engine.reference import run_block as reference
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.transfers import check_ledger
from itilsim.text.dimension import MONEY_BASE
from itilsim.text.distribution import Amount
from tests.case.small_cases import ALL_FROZEN, same, times
from tests.concepts.contract_cases import DESK, FIXED, LEAK, OUTAGE, PATCHES, contract, falling, terms

LONG = terms(term="60 months")
MENDER = {"teams": {"menders": {"people": "1 person", "pay": "2 k CNY / person / month"}}}
STEERING = {"governance": {"board": {
    "risks": ["leak"], "relationship": "supply", "hours": "30 h / month", "scale": "20 h / month", "rate": "50 CNY / h",
    "paid_to": "market",
}}}  # fmt: skip
METERED = {"kind": "metered", "relationship": "supply"}
SHARE = {"kind": "share-of-outcome", "relationship": "supply", "source": "approvals sooner", "share": "20 %"}
WHOLE: dict[str, list[dict[str, Any]]] = {
    "metered requests": [DESK, {"prices": {"x": {**METERED, "demand": "support", "request": "20 CNY / request"}}}],
    "metered actions": [DESK, {"prices": {"x": {**METERED, "team": "menders", "action": "50 CNY / action"}}}],
    "blocks of hours": [PATCHES, {"prices": {"x": {
        **METERED, "team": "menders", "hour": "100 CNY / h", "block": "8 h", "blocks": 3,
    }}}],
    "share at most": [{"prices": {"x": {**SHARE, "at_most": "4.1 k CNY / month"}}}],
    "share at least": [{"prices": {"x": {**SHARE, "at_least": "3.8 k CNY / month"}}}],
    "purchase": [{"prices": {"x": {
        "kind": "purchase", "relationship": "supply", "number": "10 units", "price": "700 CNY / unit", "deposit": "30 %",
    }}, "deliveries": {"transition": {"begins": "2 months"}}}],
    "indexed to a cap": [falling("30 % / year"), {"prices": {"x": {
        "kind": "indexed", "relationship": "supply", "amount": "10 k CNY / month", "market": "rates", "passed_on": "50 %",
        "cap": "14.5 % / year", "floor": "-2 % / year",
    }}}],
    "indexed to a floor": [falling("triangular(-10 % / year, -5 % / year, -2 % / year)"), {"prices": {"x": {
        "kind": "indexed", "relationship": "supply", "amount": "10 k CNY / month", "market": "rates", "passed_on": "50 %",
        "cap": "3 % / year", "floor": "-2 % / year",
    }}}, LONG],
    "renegotiation": [FIXED, falling("-10 % / year"), terms(trust="90 %"), {"clauses": {"x": {
        "kind": "renegotiation", "relationship": "supply", "market": "rates", "towards_market": "50 %", "wanted_margin": "95 %",
        "for_margin": 0.4, "for_trust": 0.3, "most_rise": "10 %", "most_fall": "11 %",
    }}}],
    "renegotiation down": [FIXED, falling("-10 % / year"), {"clauses": {"x": {
        "kind": "renegotiation", "relationship": "supply", "market": "rates", "towards_market": "90 %", "wanted_margin": "95 %",
        "for_margin": 0, "for_trust": 0, "most_rise": "10 %", "most_fall": "8.5 %",
    }}}],
    "renegotiation up": [FIXED, falling("30 % / year"), {"clauses": {"x": {
        "kind": "renegotiation", "relationship": "supply", "market": "rates", "towards_market": "50 %", "wanted_margin": "95 %",
        "for_margin": 0, "for_trust": 0, "most_rise": "14 %", "most_fall": "8.5 %",
    }}}],
    "early": [{"opportunities": {"x": {
        "kind": "early-delivery", "relationship": "supply", "due": "95 h", "bonus": "5 k CNY", "penalty": "2 k CNY",
    }}, "deliveries": {"transition": {"begins": "89 h"}}}],
    "late": [{"opportunities": {"x": {
        "kind": "early-delivery", "relationship": "supply", "due": "1 month", "bonus": "5 k CNY", "penalty": "2 k CNY",
    }}, "deliveries": {"transition": {"begins": "3 months"}}}],
    "chance": [FIXED, {"opportunities": {"x": {
        "kind": "chance", "relationship": "supply", "party": "company", "payer": "public", "chance": "50 %",
        "delay": "lognormal(median 5 months, sigma 0.5)",
        "gain": "lognormal(median 10 k CNY, sigma 0.5)", "most": "9 k CNY", "owned": False,
    }}}],
    "customers": [FIXED, {"opportunities": {"x": {
        "kind": "customer", "service": "oa", "party": "vendor", "payer": "public", "frequency": "12 / year",
        "margin": "300 CNY / customer / month", "stays": "lognormal(median 5 months, sigma 0.5)",
    }}}],
    "credits or mending": [FIXED, OUTAGE, LONG, MENDER, {"failures": {"outage": {"work": "150 h"}}}, {
        "promises": {"up": {
            "kind": "availability", "relationship": "supply", "service": "oa", "targets": ["99.9 %"], "credits": ["15 %"],
        }},
        "behaviours": {"x": {
            "kind": "credits-or-mending", "relationship": "supply", "team": "menders", "people": "1 person", "hiring": "1 month",
            "goodwill": "700 CNY / month",
        }},
    }],
    "improvement": [FIXED, OUTAGE, LONG, terms(provider_effort="84 %"), {"behaviours": {"x": {
        "kind": "improvement", "service": "oa", "commitment": "80 %", "pace": "20 %", "fading": "50 %", "most": "90 %",
        "cost": "12 k CNY / year", "paid_to": "market",
    }}}],
    "fading improvement": [FIXED, OUTAGE, LONG, terms(trust="90 %", trust_gain="10 %"), {
        "behaviours": {"x": {
            "kind": "improvement", "service": "oa", "commitment": "84 %", "pace": "20 %", "fading": "50 %", "most": "90 %",
            "cost": "12 k CNY / year", "paid_to": "market",
        }},
    }, {"relationships": {"supply": {"consumer_effort": "55 %"}}}],
    "governance": [FIXED, LEAK, STEERING, {"risks": {"leak": {"frequency": "24 / year"}}}],
    "supply": [FIXED, {"parties": {"carrier": {}, "next": {}}, "outsiders": {"x": {
        "kind": "supply", "service": "oa", "supplier": "carrier", "fee": "24 k CNY / year", "frequency": "12 / year",
        "lasts": "lognormal(median 20 h, sigma 0.5)", "suspends": "50 %", "penalty": "100 CNY", "gives_up": "1 / year",
        "replacement": "1 month", "successor": "next", "dearer": "50 %",
    }}}],
    "investor": [FIXED, LONG, MENDER, OUTAGE, {"parties": {"fund": {}}, "outsiders": {"x": {
        "kind": "investor", "relationship": "supply", "investor": "fund", "stake": "50 k CNY", "dividend": "6 k CNY / year",
        "least": "78 %", "notice": "2 months", "returned": "60 %", "team": "menders", "people": "0.9 people",
    }}}],
    "regulator": [FIXED, LEAK, {"risks": {"leak": {"frequency": "12 / year"}}}, {"parties": {"authority": {}}, "outsiders": {"x": {
        "kind": "regulator", "regulator": "authority", "risk": "leak", "party": "company", "delay": "lognormal(median 1 month, sigma 0.5)",
        "orders": "50 %", "service": "oa", "team": "menders", "work": "40 h", "suspends": "30 %", "fines": "50 %",
        "fine": "lognormal(median 7 k CNY, sigma 1)", "fine_cap": "8 k CNY",
    }}}],
    "public": [FIXED, LEAK, {"outsiders": {"x": {
        "kind": "public", "public": "public", "party": "company", "number": "1,000 customers", "margin": "10 CNY / customer / month",
        "incident": "leak", "turn_away": "40 %", "come_back": "25 %",
    }}}],
    "deferred": [FIXED, {"gates": {"x": {"kind": "defer", "relationship": "supply", "until": "6 months"}}}],
    "deferred for a market": [FIXED, falling(), {"gates": {"x": {
        "kind": "defer", "relationship": "supply", "until": "13 months", "market": "rates", "below": 0.84,
    }}}],
    "pilot": [FIXED, terms(trust="52 %"), {"services": {"oa": {"compliance": "62 %"}}}, {"gates": {"x": {
        "kind": "pilot", "service": "oa", "share": "10 %", "fee": "25 %", "gate": "6 months", "trust": "50 %", "adoption": "60 %",
    }}}],
    "priced changes": [{"changes": {"x": {
        "service": "oa", "frequency": "12 / year", "weight": 0.01, "triage": "builders", "triage_hours": "0.1 h", "team": "menders",
        "work": "5 h", "package": "8 h", "unfit": "10 %", "failure": "30 %", "failure_alone": "50 %", "breaks": "10 %", "repair": "1 h",
        "price": "10 CNY / h", "each": "1 k CNY",
    }}}],
}  # fmt: skip
"""Each kind with its fields where they matter: thresholds lie near what they are compared with."""
OWN = ("prices", "markets", "clauses", "opportunities", "behaviours", "governance", "outsiders", "gates")
ELSEWHERE: dict[str, set[str]] = {
    "indexed to a cap": {"prices.x.floor"},
    "indexed to a floor": {"prices.x.cap"},
    "renegotiation": {"clauses.x.most_rise", "clauses.x.most_fall"},
    "renegotiation down": {"clauses.x.most_rise", "clauses.x.wanted_margin", "clauses.x.for_margin", "clauses.x.for_trust"},
    "renegotiation up": {"clauses.x.most_fall", "clauses.x.wanted_margin", "clauses.x.for_margin", "clauses.x.for_trust"},
    "early": {"opportunities.x.penalty"},
    "late": {"opportunities.x.bonus", "opportunities.x.due"},
    "improvement": {"behaviours.x.fading"},
}
"""What moves nothing in one case, since a limit or a chance is not reached, and has to move something in another."""
WORLDS = 24


def made(name: str, folder: Path) -> Case:
    """Give one of the cases."""
    return contract(folder, *WHOLE[name], months=48 if name == "fading improvement" else 24)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_both_engines_keep_the_same_books(name: str, tmp_path: Path) -> None:
    """To the last bit in three worlds, with ties and without, held fixed too; transfers cancel, and every amount is a number."""
    case = made(name, tmp_path)
    for frozen, grid in ((frozenset[str](), 0.0), (frozenset[str](), 1.0), (ALL_FROZEN, 0.0)):
        plan = lower(case, "system", frozen, grid=grid)
        fast, slow = compiled(plan, 1, 0, 3), reference(plan, 1, 0, 3)
        check_ledger(fast)
        for array in ("amounts", "counts", "finals", "measures", "endings"):
            np.testing.assert_array_equal(getattr(fast, array), getattr(slow, array), err_msg=f"{array} {frozen} {grid}")


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_every_block_says_what_it_does_and_every_amount_has_a_title(name: str, tmp_path: Path) -> None:
    """A sentence of each block, and a title of each source that is posted."""
    case = made(name, tmp_path)
    said = list(case["system"].sentences())
    assert all(sentence.endswith(".") and "None" not in sentence for _, _, sentence in said), said
    posted = {account.source for account in lower(case, "system").books.accounts}
    assert posted <= set(case["system"].source_titles), posted - set(case["system"].source_titles)


def changes(leaf: Leaf) -> list[Any]:
    """Give the values to try: a tenth less and a tenth more; a nought becomes something small."""
    if isinstance(leaf.parsed, Amount) and leaf.parsed.value == 0.0:
        return [1000.0 if leaf.dimension.power(MONEY_BASE) else 0.1]
    if not isinstance(leaf.parsed, Amount) and leaf.parsed.family == "triangular":
        return ["triangular(-11 % / year, -5 % / year, -2 % / year)"]
    most = leaf.parsed.support()[1] if not isinstance(leaf.parsed, Amount) else leaf.parsed.value
    return [times(leaf, 0.9), *([] if leaf.dimension.share and 1.1 * most > 1.0 else [times(leaf, 1.1)])]


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_every_field_moves_something(name: str, tmp_path: Path) -> None:
    """Each stated number of the case's kinds, a tenth less or more."""
    case = made(name, tmp_path)
    before = compiled(lower(case, "system"), 1, 0, WORLDS)
    still = set()
    for leaf in case["system"].leaves():
        if leaf.key.split(".")[0] in OWN or leaf.key == "changes.x.each":
            changed = (case.with_values({f"system:{leaf.key}": value}) for value in changes(leaf))
            if all(same(compiled(lower(each, "system"), 1, 0, WORLDS), before) for each in changed):
                still.add(leaf.key)
    assert still <= ELSEWHERE.get(name, set()), still

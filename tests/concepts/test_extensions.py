"""What begins small or is added to: extensions of a rented service, a pilot whose rest is to be built, a price that waits for a market."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.kinds.changes.extensions import Extensions
from itilsim.kinds.gates.pilot import Pilot
from itilsim.kinds.outsiders.regulator import Regulator
from itilsim.kinds.prices.milestones import Milestones
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ALL_FROZEN, counted, measured, net_values, posted, run
from tests.concepts.contract_cases import FEE, FIXED, LEAK, TERMS, contract, dropping, falling, terms

COCREATION = (
    "trust", "trust_gain", "trust_loss_ratio", "effort_floor", "consumer_effort", "provider_effort", "effort_exponent", "bad_availability",
    "gap_borne",
)  # fmt: skip
OWN = {"kind": "internal", "provider": "it", "consumer": "company", **{field: TERMS[field] for field in COCREATION}}
EXTENDED: dict[str, Any] = {
    "relationships": {"extension": OWN},
    "services": {"oa": {"ceiling": "80 %"}},
    "teams": {"developer": {
        "party": "it", "relationship": "extension", "people": "1 person", "calendar": "always", "pay": "16 k CNY / person / month",
        "busy_only": True, "paid_to": "market",
    }},
    "upkeep": {"patches": {"service": "oa", "team": "menders", "every": "730 h", "work": "1 h"}},
    "changes": {"own": {
        "kind": "extensions", "service": "oa", "relationship": "extension", "number": 4, "closes": "50 %", "team": "developer",
        "work": "730 h", "overrun": 1, "package": "10 h", "failure": "0 %", "failure_alone": "0 %", "upgrades": "patches", "breaks": "0 %",
        "suspends": "100 %", "repair": "73 h",
    }},
}  # fmt: skip


def extended(folder: Path, *parts: Any, worlds: int = 1, months: int = 12, **fields: Any) -> Any:
    """Give the ledger of a service that reaches 80 % and is extended: four months of one person for half of what is missing."""
    case = contract(folder, FIXED, EXTENDED, terms(term="60 months"), {"changes": {"own": fields}}, *parts, months=months)
    return run(case, "system", worlds)


# ---- extensions


@pytest.mark.concept("utility", broken_by=dropping(Extensions, "effects", "NAME:accepted/built"))
def test_each_extension_adds_its_part_of_what_the_standard_does_not_fit(tmp_path: Path) -> None:
    """A fortieth a month, from 0.8 to 0.9 after four, at 100 CNY an hour; nothing more after that."""
    ledger = extended(tmp_path)
    found = measured(ledger, "oa:utility")[0]
    np.testing.assert_allclose(found[5:], 0.9, rtol=1e-9)
    np.testing.assert_allclose(found[1:5], [0.825, 0.85, 0.875, 0.9], atol=1e-3)
    assert found[0] == pytest.approx(0.8, abs=2e-3)
    assert -posted(ledger, "developer pay").sum() == pytest.approx(4 * 730.0 * 100.0)


@pytest.mark.concept("utility", broken_by=dropping(Extensions, "effects", "NAME:breaks/broken"))
def test_an_upgrade_breaks_what_was_built_until_it_is_mended(tmp_path: Path) -> None:
    """Each monthly upgrade breaks all of it for a tenth of the month; while a part is built it breaks as often as that part is large."""
    ledger = extended(tmp_path, breaks="100 %", months=24, worlds=20)
    found = measured(ledger, "oa:utility")
    np.testing.assert_allclose(found[:, 8:], 0.8 + 0.1 * 0.9, atol=6e-3)  # office hours are more than a tenth of it, or less
    assert found[:, 8:].mean() == pytest.approx(0.89, abs=1e-3)
    breaks = counted(ledger, "own:breaks")
    assert (breaks >= 17).all() and (breaks <= 22).all() and len(set(breaks)) > 1
    half = extended(tmp_path / "half", breaks="100 %", suspends="50 %", months=24)
    np.testing.assert_allclose(measured(half, "oa:utility")[0, 8:], 0.8 + 0.1 * 0.95, atol=3e-3)


def of_its_own_accord(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let extensions come about whoever takes part."""
    real = Extensions.lower_building

    def lowered(self: Extensions, n: str, to: Any) -> None:
        real(self, n, to)
        to.specs.works[f"{n}:work"] = replace(to.specs.works[f"{n}:work"], speed="")

    monkeypatch.setattr(Extensions, "lower_building", lowered)


@pytest.mark.concept("value co-creation", broken_by=of_its_own_accord)
@pytest.mark.parametrize("idle", ["consumer_effort", "provider_effort"])
def test_neither_side_of_the_second_relationship_extends_alone(tmp_path: Path, idle: str) -> None:
    """With the effort of either at nought nothing is built, whatever the provider of the standard does; with both something is."""
    assert measured(extended(tmp_path / "both"), "own:added").any()
    ledger = extended(tmp_path / "one", {"relationships": {"extension": {idle: "0 %"}}})
    assert not measured(ledger, "own:added").any() and measured(ledger, "oa:use").any()


def test_the_last_of_two_and_a_half_extensions_closes_half_as_much(tmp_path: Path) -> None:
    """0.04, 0.04 and 0.02 of what is missing, a month of work each."""
    added = measured(extended(tmp_path, number=2.5), "own:added")[0]
    np.testing.assert_allclose(added[[1, 2, 3, 11]], [0.04, 0.08, 0.1, 0.1], rtol=1e-9)


def test_refused_extensions_are_worked_on_again_and_paid_again(tmp_path: Path) -> None:
    ledger = extended(tmp_path, failure="50 %", failure_alone="50 %", months=36, worlds=20)
    assert measured(ledger, "own:added")[:, -1] == pytest.approx(0.1)
    again = counted(ledger, "own:work:done") * 730.0 * 100.0
    assert (-posted(ledger, "developer pay").sum(axis=1) >= again - 1e-6).all()
    assert -posted(ledger, "developer pay").sum() > 1.5 * again.sum()


def test_extensions_end_with_the_service_that_they_extend(tmp_path: Path) -> None:
    """When the provider withdraws nothing more is built, and nobody is paid for it."""
    gone = {"risks": {"gone": {"kind": "withdrawal", "relationship": "supply", "frequency": "12 / year"}}}
    ledger = extended(tmp_path, gone, terms(notice="0 months"), worlds=6)
    ends = {name: ledger.lived[:, list(ledger.books.relationships).index(name)] for name in ("supply", "extension")}
    early = ends["supply"] < 3.0
    assert early.any()
    np.testing.assert_allclose(ends["extension"], ends["supply"])
    paid = -posted(ledger, "developer pay").sum(axis=1)
    assert (paid[early] <= 100.0 * (730.0 * ends["supply"][early] + 10.0)).all()
    assert (ledger.endings > 0).all()


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"number": 0.5}, "counted"), ({"relationship": "supply"}, "another one")],
    ids=["half an extension", "the provider itself"],
)
def test_extensions_that_make_no_sense_are_refused(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyInput, match=said):
        extended(tmp_path, **fields)


def test_a_service_is_extended_by_one_block(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="extends already"):
        extended(tmp_path, {"changes": {"second": EXTENDED["changes"]["own"]}})


# ---- a pilot whose rest is still to be built

PRICE = {"prices": {"build": {
    "kind": "milestones", "relationship": "supply", "hours": "100 h", "rate": "100 CNY / h", "licence": "0 CNY", "at_start": "20 %",
    "at_live": "30 %", "later": "1 month",
}}}  # fmt: skip
STAGED: dict[str, Any] = {**PRICE, "gates": {"trial": {
    "kind": "pilot", "service": "oa", "share": "10 %", "fee": "25 %", "gate": "6 months", "trust": "50 %", "adoption": "60 %",
    "delivery": "transition", "rest": "1500 h",
}}}  # fmt: skip
GATED = {"prices": {"build": {"gate": "trial"}}}


def staged(folder: Path, *parts: Any) -> Any:
    """Give the ledger of a pilot after which one person works for a little over two months before all others come."""
    return run(contract(folder, FIXED, STAGED, GATED, *parts), "system", 1)


@pytest.mark.concept("service relationship management", broken_by=dropping(Pilot, "effects", "NAME:rest:accepted/everybody"))
def test_all_others_come_once_the_rest_is_built(tmp_path: Path) -> None:
    """The gate is at six months, and two months of work and a little more follow; until then the pilot's users pay the pilot's fee."""
    ledger = staged(tmp_path)
    np.testing.assert_allclose(measured(ledger, "oa:adoption")[0], [*[0.1] * 9, *[1.0] * 15], rtol=1e-9)
    paid = -posted(ledger, "supply fee")[0, 1:24]
    np.testing.assert_allclose(paid[:7], 0.25 * FEE)
    np.testing.assert_allclose(paid[7:], FEE)


@pytest.mark.concept("service relationship management", broken_by=dropping(Milestones, "effects", "NAME:rest/rest"))
def test_the_rest_of_a_price_falls_due_where_the_pilot_goes_on(tmp_path: Path) -> None:
    """2,000 at signing and 3,000 at go-live; 5,000 a month after the gate, and never where it says no."""
    ledger, stopped = staged(tmp_path / "on"), staged(tmp_path / "off", terms(trust="40 %"))
    assert [-posted(ledger, "build price")[0, month] for month in (0, 6)] == [5_000.0, 5_000.0]
    assert -posted(ledger, "build price").sum() == 10_000.0
    assert -posted(stopped, "build price").sum() == 5_000.0
    assert counted(stopped, "trial:stops")[0] == 1 and not counted(stopped, "trial:rest:work:done")[0]


def test_the_rest_is_refused_and_overruns_as_the_first_part_does(tmp_path: Path) -> None:
    """Twice the content, and a quarter of it again for each refusal."""
    law = {"deliveries": {"transition": {"overrun": 2, "most": 4, "rework": "25 %"}}}
    ledger = run(contract(tmp_path, FIXED, STAGED, GATED, law, months=36), "system", 1)
    assert (measured(ledger, "oa:adoption")[0] > 0.5).argmax() == 11
    refused = {"deliveries": {"transition": {"failure": "60 %", "failure_alone": "60 %", "work": "1 h", "rework": "25 %"}}}
    many = run(contract(tmp_path / "refused", FIXED, STAGED, GATED, refused, months=36), "system", 40)
    assert counted(many, "trial:rest:rework:done").mean() == pytest.approx(0.6, abs=0.25)
    later = (measured(many, "oa:adoption") > 0.5).argmax(axis=1) - 9.0
    assert (later >= 0.0).all() and later.mean() == pytest.approx(0.6 / 0.4 * 0.25 * 1500.0 / 730.0, abs=0.5)


def test_what_belongs_together_at_a_gate_is_stated_together(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="belong together"):
        contract(tmp_path, FIXED, {"gates": {"trial": {**STAGED["gates"]["trial"], "delivery": ""}}})
    with pytest.raises(FaultyInput, match="nobody decides"):
        contract(
            tmp_path / "defer", FIXED, PRICE, {"gates": {"trial": {"kind": "defer", "relationship": "supply", "until": "6 months"}}}, GATED
        )


# ---- a price that waits for a market


@pytest.mark.concept("service consumer: customer, user, sponsor", broken_by=lambda patch: patch.setattr(
    Milestones, "levels", lambda self, to: ("", "")
))  # fmt: skip
def test_a_deferred_delivery_costs_what_the_market_asks_then(tmp_path: Path) -> None:
    """At 0.64 of today's price after two years: 6,400 in place of 10,000, in its parts; as today where no market is waited for."""
    gate = {"gates": {"later": {"kind": "defer", "relationship": "supply", "until": "6 months", "market": "rates", "below": 0.7}}}
    ledger = run(contract(tmp_path, FIXED, falling(), PRICE, gate, terms(term="60 months"), months=36), "system", 1)
    paid = -posted(ledger, "build price")[0]
    np.testing.assert_allclose(paid[[24, 25]], [3_200.0, 3_200.0])
    np.testing.assert_allclose(paid.sum(), 6_400.0)
    plain = {"gates": {"later": {"kind": "defer", "relationship": "supply", "until": "6 months"}}}
    late = run(contract(tmp_path / "plain", FIXED, falling(), PRICE, plain, terms(term="60 months"), months=36), "system", 1)
    np.testing.assert_allclose(-posted(late, "build price")[0].sum(), 10_000.0)


def test_nothing_is_signed_at_the_end_of_the_horizon(tmp_path: Path) -> None:
    """The index comes down just when all is over: nothing would be lived of what is signed then, so nothing is paid for it."""
    for months, waits in ((24, {"market": "rates", "below": 0.7}), (12, {})):
        gate = {"gates": {"later": {"kind": "defer", "relationship": "supply", "until": "12 months", **waits}}}
        late = run(contract(tmp_path / str(months), FIXED, falling(), PRICE, gate, terms(term="60 months"), months=months), "system", 1)
        assert not posted(late, "build price").any() and not counted(late, "later:signed").any()
        more = contract(tmp_path / f"more-{months}", FIXED, falling(), PRICE, gate, terms(term="60 months"), months=months + 1)
        assert posted(run(more, "system", 1), "build price").any()


# ---- a regulator who stands for people outside

ORDER: dict[str, Any] = {
    "parties": {"authority": {"contracting": False}},
    "outsiders": {"orders": {
        "kind": "regulator", "regulator": "authority", "risk": "leak", "party": "company", "delay": "2 days", "orders": "0 %",
        "service": "oa", "team": "menders", "work": "1 h", "suspends": "0 %", "fines": "0 %", "fine": "1 CNY", "fine_cap": "1 CNY",
        "harm": "500 CNY",
    }},
}  # fmt: skip


@pytest.mark.concept("other stakeholders", broken_by=dropping(Regulator, "effects", "NAME:learns/harm"))
def test_a_regulator_sees_what_an_event_does_to_people_outside(tmp_path: Path) -> None:
    """500 for each leak of which it learns, on its own account and in nobody's company: an outcome affected, not money."""
    case = contract(tmp_path, FIXED, LEAK, ORDER)
    ledger, today = run(case, "system", 10), run(case, "today", 10)
    harmed = -posted(ledger, "orders harm", parties=("authority",)).sum(axis=1)
    leaks = counted(ledger, "leak")
    assert ((harmed / 500.0 == leaks) | (harmed / 500.0 == leaks - 1)).all() and harmed.any()
    value = net_values(case, ledger, today)["authority"]
    np.testing.assert_allclose(value.components["outcomes_affected"], harmed)
    assert not value.cash.any()
    without = {"outsiders": {"orders": {key: each for key, each in ORDER["outsiders"]["orders"].items() if key != "harm"}}}
    silent = run(contract(tmp_path / "without", FIXED, LEAK, {"parties": ORDER["parties"]}, without), "system", 10, frozen=ALL_FROZEN)
    assert "orders harm" not in {account.source for account in silent.books.accounts}
    with pytest.raises(FaultyInput, match="nobody's money"):
        contract(tmp_path / "inside", FIXED, LEAK, ORDER, {"outsiders": {"orders": {"regulator": "vendor"}}})

"""What the parties of a contract and outsiders do of their own accord: credits, improvement, governance, opportunities, supply, orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from itilsim.kinds.behaviours.credits_or_mending import CreditsOrMending
from itilsim.kinds.behaviours.improvement import Improvement
from itilsim.kinds.governance.joint import Joint
from itilsim.kinds.opportunities.chance import Chance
from itilsim.kinds.opportunities.customer import Customer
from itilsim.kinds.opportunities.early_delivery import EarlyDelivery
from itilsim.kinds.outsiders.investor import Investor
from itilsim.kinds.outsiders.public import Public
from itilsim.kinds.outsiders.regulator import Regulator
from itilsim.kinds.outsiders.supply import Supply
from itilsim.kinds.relationships.contract import Contract
from tests.case.small_cases import ALL_FROZEN, counted, measured, net_values, posted, run
from tests.concepts.contract_cases import FIXED, HOUR, LEAK, OUTAGE, contract, dropping, terms

PROVISION = "service provision"
UNCERTAINTY = "risk as uncertainty"
OTHERS = "other stakeholders"
RISKS = "risk removed / imposed"


# ---- the provider's behaviour


def credited(folder: Path, credit: str, goodwill: str = "0 CNY / month", worlds: int = 6, **how: Any) -> Any:
    """Give the ledger of a service that is often down for long, with a credit and a mender more at 2,000 a month to be had."""
    return run(contract(
        folder, FIXED, OUTAGE, {"failures": {"outage": {"work": "250 h"}}}, terms(term="60 months"), {
            "teams": {"menders": {"people": "1 person", "pay": "2 k CNY / person / month"}},
            "promises": {"up": {
                "kind": "availability", "relationship": "supply", "service": "oa", "targets": ["99.9 %"], "credits": [credit],
            }},
            "behaviours": {"choice": {
                "kind": "credits-or-mending", "relationship": "supply", "team": "menders", "people": "1 person", "hiring": "1 month",
                "goodwill": goodwill,
            }},
        }, months=36), "system", worlds, **how)  # fmt: skip


@pytest.mark.concept(PROVISION, broken_by=dropping(CreditsOrMending, "decisions", ":mends"))
def test_a_provider_mends_only_where_credits_are_dearer(tmp_path: Path) -> None:
    """Credits of 10 % of 10,000 are cheaper than 2,000 for a mender and are paid to the end; of 50 % they are not; goodwill tips it too."""
    pays, mends = credited(tmp_path / "cheap", "10 %"), credited(tmp_path / "dear", "50 %")
    assert (measured(pays, "choice:mends") == 0.0).all()
    assert (counted(pays, "promise:up 1") > 20).all()
    assert (measured(mends, "choice:mends")[:, -1] == 1.0).all()
    pay = [-posted(ledger, "menders pay", parties=("vendor",))[:, 30] for ledger in (pays, mends)]
    np.testing.assert_allclose(pay[0], 2_000.0)
    np.testing.assert_allclose(pay[1], 4_000.0)
    assert (measured(mends, "oa:up")[:, 12:].mean(axis=1) >= measured(pays, "oa:up")[:, 12:].mean(axis=1)).all()
    assert measured(mends, "oa:up")[:, 12:].mean() > measured(pays, "oa:up")[:, 12:].mean() + 0.02
    assert (measured(credited(tmp_path / "good", "10 %", "1.5 k CNY / month"), "choice:mends")[:, -1] == 1.0).all()


def test_a_provider_pays_credits_where_decisions_are_held_fixed(tmp_path: Path) -> None:
    """Mending is a decision."""
    assert (measured(credited(tmp_path, "50 %", frozen=ALL_FROZEN), "choice:mends") == 0.0).all()


IMPROVES = {"behaviours": {"better": {
    "kind": "improvement", "service": "oa", "commitment": "80 %", "pace": "20 %", "fading": "50 %", "most": "90 %",
    "cost": "12 k CNY / year", "paid_to": "market",
}}}  # fmt: skip


def nothing_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the effect of improvement away: failures are as frequent as before."""
    monkeypatch.setattr(Improvement, "lower_failures", lambda self, improved, to: None)


@pytest.mark.concept(PROVISION, broken_by=nothing_learnt)
def test_a_committed_provider_has_ever_fewer_failures(tmp_path: Path) -> None:
    """1 - 0.8^k of what can be improved is so after k months, at 1,000 a month; failures fall by nine in ten, or not at all."""
    quick = {"failures": {"outage": {"work": "0.1 h"}}}
    cases = {
        "improves": contract(tmp_path / "a", FIXED, OUTAGE, quick, IMPROVES, terms(term="60 months"), months=48),
        "as-is": contract(tmp_path / "b", FIXED, OUTAGE, quick, terms(term="60 months"), months=48),
        "half-hearted": contract(
            tmp_path / "c", FIXED, OUTAGE, quick, IMPROVES, terms(term="60 months", provider_effort="70 %"), months=48
        ),
    }  # fmt: skip
    ledgers = {name: run(case, "system", 6) for name, case in cases.items()}
    improved = measured(ledgers["improves"], "better:improved")
    np.testing.assert_allclose(improved, [1.0 - 0.8 ** np.arange(48)] * 6, rtol=1e-12)
    np.testing.assert_allclose(-posted(ledgers["improves"], "better", parties=("vendor",))[:, 1:48], 1_000.0)
    failures = {name: counted(ledger, "outage") for name, ledger in ledgers.items()}
    assert (failures["improves"] < failures["as-is"]).all()
    assert failures["improves"].sum() < 0.35 * failures["as-is"].sum()
    assert (measured(ledgers["half-hearted"], "better:improved") == 0.0).all()
    assert (measured(run(cases["improves"], "system", 1, frozen=ALL_FROZEN), "better:improved") == 0.0).all()


COSTLY = {"costs": {"platform": {
    "kind": "periodic", "party": "vendor", "to": "market", "amount": "11 k CNY / month", "during": "active", "relationship": "supply",
}}}  # fmt: skip


@pytest.mark.concept(PROVISION, broken_by=dropping(Contract, "decisions", ":margin-effort"))
def test_a_provider_with_a_thin_margin_cuts_its_effort(tmp_path: Path) -> None:
    """From the first review on, by what its contract says; one that earns enough does not."""
    cut = terms(thin_margin="5 %", thin_margin_cut="40 %", term="60 months")
    thin = run(contract(tmp_path / "thin", FIXED, COSTLY, cut, months=36), "system", 1)
    fat = run(contract(tmp_path / "fat", FIXED, cut, months=36), "system", 1)
    assert (measured(thin, "supply:commitment")[0, :12] == 1.0).all()
    assert measured(thin, "supply:commitment")[0, -1] == pytest.approx(0.6, abs=1e-3)
    assert (measured(fat, "supply:commitment") == 1.0).all()


@pytest.mark.concept(PROVISION, broken_by=dropping(Contract, "decisions", ":provider-leaves"))
def test_a_provider_that_loses_leaves_at_the_end_of_its_term(tmp_path: Path) -> None:
    """After notice of three months; one that gains goes on."""
    loses = run(contract(tmp_path / "loses", FIXED, COSTLY), "system", 1)
    gains = run(contract(tmp_path / "gains", FIXED), "system", 1)
    assert (posted(loses, "supply fee")[0, 15:24] == 0.0).all() and (posted(loses, "supply fee")[0, :15] < 0.0).all()
    assert (posted(gains, "supply fee")[0, :24] < 0.0).all()
    assert loses.endings[0, 0] == 3


# ---- governance

RARE = {"risks": {"leak": {"frequency": "24 / year", "discovery": "0.1 h"}}}


def governed(folder: Path, hours: float, *parts: Any) -> Any:
    """Give the ledger of leaks under so many hours of governance a month."""
    steering = {"governance": {"board": {
        "risks": ["leak"], "relationship": "supply", "hours": f"{hours} h / month", "scale": "20 h / month", "rate": "50 CNY / h",
        "paid_to": "market",
    }}}  # fmt: skip
    return run(contract(folder, FIXED, LEAK, RARE, steering, *parts), "system", 40)


@pytest.mark.concept(RISKS, broken_by=lambda monkeypatch: monkeypatch.setattr(Joint, "remaining", 1.0))
def test_governance_pays_up_to_an_optimum(tmp_path: Path) -> None:
    """Loss 2 x 5,000 x exp(-h/20), cost h x (30 + 50): best at 20 ln(10,000 / 1,600) = 36.7 h; both more and less are worth less."""
    ledgers = {hours: governed(tmp_path / f"{hours}", hours) for hours in (0.0, 36.7, 150.0)}
    leaks = {hours: counted(ledger, "leak") for hours, ledger in ledgers.items()}
    assert (leaks[36.7] <= leaks[0.0]).all() and (leaks[150.0] <= leaks[36.7]).all()
    assert leaks[36.7].mean() == pytest.approx(leaks[0.0].mean() * np.exp(-36.7 / 20.0), rel=0.15)
    total = {
        hours: (posted(ledger, "leak") + posted(ledger, "board", parties=("company", "vendor"))).sum(axis=1).mean()
        for hours, ledger in ledgers.items()
    }
    assert total[36.7] > total[0.0] and total[36.7] > total[150.0], total
    np.testing.assert_allclose(-posted(ledgers[36.7], "board", parties=("company",))[:, :24], 36.7 * HOUR)
    np.testing.assert_allclose(-posted(ledgers[36.7], "board", parties=("vendor",))[:, :24], 36.7 * 50.0)


@pytest.mark.concept(RISKS, broken_by=lambda monkeypatch: monkeypatch.setattr(Joint, "remaining", 1.0))
def test_governance_takes_as_much_away_as_both_sides_work_at_it(tmp_path: Path) -> None:
    """Where the consumer does a tenth of what it should, 0.1^0.4 = 40 % of what governance takes away is taken."""
    half, both, none = (
        counted(governed(tmp_path / name, hours, terms(consumer_effort=effort)), "leak")
        for name, hours, effort in (("half", 50.0, "10 %"), ("both", 50.0, "100 %"), ("none", 0.0, "100 %"))
    )
    assert (both <= half).all() and (half <= none).all()
    taken = 1.0 - np.exp(-50.0 / 20.0)
    assert half.mean() == pytest.approx(none.mean() * (1.0 - 0.1**0.4 * taken), rel=0.1)
    assert both.mean() == pytest.approx(none.mean() * (1.0 - taken), rel=0.3)


# ---- opportunities


@pytest.mark.concept(UNCERTAINTY, broken_by=dropping(EarlyDelivery, "effects", "supply:goes-live/NAME:bonus", "NAME:due/a-penalty"))
@pytest.mark.parametrize(("begins", "paid"), [("0 months", 5_000.0), ("3 months", -2_000.0)])
def test_early_delivery_is_paid_and_late_delivery_pays_back(tmp_path: Path, begins: str, paid: float) -> None:
    """5,000 for being live within two months, 2,000 back otherwise: once."""
    bonus = {"opportunities": {"early": {
        "kind": "early-delivery", "relationship": "supply", "due": "2 months", "bonus": "5 k CNY", "penalty": "2 k CNY",
    }}}  # fmt: skip
    ledger = run(contract(tmp_path, {"deliveries": {"transition": {"begins": begins}}}, bonus), "system", 1)
    assert -posted(ledger, "early bonus").sum() == paid
    assert posted(ledger, "early bonus", parties=("vendor",)).sum() == paid
    assert counted(ledger, "early:in-time")[0] == (paid > 0.0)


REUSE: dict[str, Any] = {"opportunities": {"reuse": {
    "kind": "chance", "relationship": "supply", "party": "company", "chance": "100 %", "delay": "20 months", "gain": "10 k CNY",
    "most": "8 k CNY", "owned": True,
}}}  # fmt: skip


@pytest.mark.concept(UNCERTAINTY, broken_by=dropping(Chance, "effects", "NAME:comes/gain"))
def test_a_chance_of_good_counts_as_a_risk_of_the_other_sign(tmp_path: Path) -> None:
    """What was delivered is used again, 8,000 at most; what is not owned only while the relationship lasts; half the time at 50 %."""
    case = contract(tmp_path, FIXED, REUSE)
    today, ledger = (run(case, name, 2) for name in ("today", "system"))
    np.testing.assert_allclose(posted(ledger, "reuse")[:, 20], 8_000.0)
    np.testing.assert_allclose(net_values(case, ledger, today)["company"].components["risks_removed"], 8_000.0)
    over = (FIXED, COSTLY)  # the provider leaves in month 15
    for owned, gain in ((True, 8_000.0), (False, 0.0)):
        after = contract(tmp_path / f"{owned}", *over, REUSE, {"opportunities": {"reuse": {"owned": owned}}})
        np.testing.assert_allclose(posted(run(after, "system", 2), "reuse").sum(axis=1), gain)
    half = run(contract(tmp_path / "half", FIXED, REUSE, {"opportunities": {"reuse": {"chance": "50 %"}}}), "system", 200)
    assert 70 < counted(half, "reuse:comes").sum() < 130


COMES: dict[str, Any] = {"opportunities": {"others": {
    "kind": "customer", "service": "oa", "party": "vendor", "payer": "public", "frequency": "12 / year",
    "margin": "300 CNY / customer / month", "stays": "5 months",
}}}  # fmt: skip


@pytest.mark.concept(UNCERTAINTY, broken_by=dropping(Customer, "effects", "NAME/comes"))
def test_a_good_service_brings_its_provider_customers(tmp_path: Path) -> None:
    """300 for each customer and month, of those who stay for five months; a useless service brings none."""
    ledger = run(contract(tmp_path / "good", FIXED, COMES), "system", 6)
    assert (counted(ledger, "others") > 8).all()
    held = measured(ledger, "others:customers")
    np.testing.assert_allclose(posted(ledger, "others", parties=("vendor",))[:, :24], 300.0 * held)
    assert held.mean() == pytest.approx(5.0, rel=0.3)
    useless = contract(tmp_path / "bad", FIXED, COMES, {"services": {"oa": {"ceiling": "0 %"}}})
    assert (counted(run(useless, "system", 6), "others") == 0).all()


# ---- outsiders

LINE: dict[str, Any] = {"parties": {"carrier": {}, "other-carrier": {}}, "outsiders": {"line": {
    "kind": "supply", "service": "oa", "supplier": "carrier", "fee": "24 k CNY / year", "frequency": "12 / year", "lasts": "20 h",
    "suspends": "50 %", "penalty": "100 CNY", "gives_up": "0 / year", "replacement": "1 month", "successor": "other-carrier",
    "dearer": "50 %",
}}}  # fmt: skip


@pytest.mark.concept(OTHERS, broken_by=dropping(Supply, "effects", "NAME:fails/open"))
def test_a_supplier_delivers_or_fails(tmp_path: Path) -> None:
    """It is paid 2,000 a month less 100 for each failure; a failure takes half of use for 20 hours, longer ones take more."""
    ledger = run(contract(tmp_path / "short", FIXED, LINE), "system", 6)
    failed = counted(ledger, "line:fails")
    assert (failed > 8).all()
    earned = posted(ledger, "line", parties=("carrier",)).sum(axis=1)
    np.testing.assert_allclose(earned, 2_000.0 * (24.0 - 1.0 / 730.0) - 100.0 * failed)
    longer = run(contract(tmp_path / "long", FIXED, LINE, {"outsiders": {"line": {"lasts": "80 h"}}}), "system", 6)
    np.testing.assert_array_equal(counted(longer, "line:fails"), failed)
    assert (measured(longer, "oa:up").mean(axis=1) < measured(ledger, "oa:up").mean(axis=1)).all()
    assert (measured(ledger, "oa:up").mean(axis=1) < 1.0).all()


@pytest.mark.concept(OTHERS, broken_by=dropping(Supply, "effects", "NAME:replaced/replaced"))
def test_a_supplier_that_gives_up_is_replaced_at_a_price(tmp_path: Path) -> None:
    """Nothing runs for a month; then another delivers for 3,000 a month, and the first is paid no more."""
    gone = {"outsiders": {"line": {"frequency": "0 / year", "gives_up": "12 / year"}}}
    ledger = run(contract(tmp_path, FIXED, LINE, gone), "system", 8)
    assert (counted(ledger, "line:gives-up") == 1).all()
    first, later = (posted(ledger, "line", parties=(party,))[:, :24] for party in ("carrier", "other-carrier"))
    np.testing.assert_allclose(later[:, 23], 3_000.0)
    np.testing.assert_allclose(first[:, 23], 0.0)
    np.testing.assert_allclose((first / 2_000.0 + later / 3_000.0).sum(axis=1), 23.0 - 1.0 / 730.0)
    assert (measured(ledger, "oa:up").min(axis=1) < 0.6).all()


MONEY: dict[str, Any] = {"parties": {"fund": {}}, "outsiders": {"fund": {
    "kind": "investor", "relationship": "supply", "investor": "fund", "stake": "50 k CNY", "dividend": "6 k CNY / year", "least": "30 %",
    "notice": "2 months", "returned": "60 %", "team": "menders", "people": "1 person",
}}}  # fmt: skip


@pytest.mark.concept(OTHERS, broken_by=dropping(Investor, "decisions", ":withdraws"))
def test_an_investor_withdraws_from_a_provider_that_earns_too_little(tmp_path: Path) -> None:
    """After a year and notice 30,000 of 50,000 goes back, dividends end and a mender goes; with a good margin nothing of it happens."""
    paid = {"teams": {"menders": {"pay": "1 k CNY / person / month"}}}
    long = terms(term="60 months")
    thin = {"costs": {"platform": {**COSTLY["costs"]["platform"], "amount": "6 k CNY / month"}}}
    leaves = run(contract(tmp_path / "leaves", FIXED, MONEY, paid, long, thin), "system", 1)
    stays = run(contract(tmp_path / "stays", FIXED, MONEY, paid, long), "system", 1)
    stake = posted(leaves, "fund stake", parties=("fund",))[0]
    assert stake[0] == -50_000.0 and stake[1:].sum() == pytest.approx(30_000.0)
    np.testing.assert_allclose(posted(leaves, "fund dividend", parties=("fund",))[0, 1:24], [*[500.0] * 13, *[0.0] * 10])
    pay = -posted(leaves, "menders pay", parties=("vendor",))[0]
    assert pay[13] == pytest.approx(2_000.0) and pay[14] == pytest.approx(1_000.0)
    assert posted(stays, "fund stake", parties=("fund",)).sum() == -50_000.0
    np.testing.assert_allclose(posted(stays, "fund dividend", parties=("fund",))[0, 1:24], 500.0)
    assert counted(leaves, "fund:withdrawn")[0] == 1 and counted(stays, "fund:withdrawn")[0] == 0


WATCHDOG: dict[str, Any] = {"parties": {"authority": {"contracting": False}}, "outsiders": {"watchdog": {
    "kind": "regulator", "regulator": "authority", "risk": "leak", "party": "company", "delay": "1 month", "orders": "100 %",
    "service": "oa", "team": "menders", "work": "40 h", "suspends": "30 %", "fines": "100 %", "fine": "9 k CNY", "fine_cap": "7 k CNY",
}}}  # fmt: skip


@pytest.mark.concept(OTHERS, broken_by=dropping(Regulator, "effects", "NAME:learns/orders"))
def test_a_regulator_orders_work_and_fines(tmp_path: Path) -> None:
    """After each leak 7,000 go to the regulator and 30 % of use is suspended until the ordered work is done."""
    ledger = run(contract(tmp_path / "acts", FIXED, LEAK, WATCHDOG), "system", 6)
    fines, leaks = posted(ledger, "watchdog fine", parties=("authority",))[:, :24].sum(axis=1), counted(ledger, "leak")
    assert (leaks > 3).all()
    np.testing.assert_allclose(fines, 7_000.0 * counted(ledger, "risk.watchdog fine"))
    assert (leaks - counted(ledger, "risk.watchdog fine") <= 1).all()
    assert (np.abs(counted(ledger, "watchdog:work:done") - leaks) <= 2).all()
    asleep = {"outsiders": {"watchdog": {"orders": "0 %", "fines": "0 %"}}}
    idle = run(contract(tmp_path / "idle", FIXED, LEAK, WATCHDOG, asleep), "system", 6)
    assert (measured(ledger, "oa:warranty").mean(axis=1) < measured(idle, "oa:warranty").mean(axis=1)).all()
    assert (measured(idle, "oa:warranty") == 1.0).all() and (posted(idle, "watchdog fine") == 0.0).all()


CUSTOMERS: dict[str, Any] = {"outsiders": {"buyers": {
    "kind": "public", "public": "public", "party": "company", "number": "1,000 customers", "margin": "10 CNY / customer / month",
    "incident": "leak", "turn_away": "40 %", "come_back": "25 %",
}}}  # fmt: skip


@pytest.mark.concept(OTHERS, broken_by=dropping(Public, "effects", "leak:found/NAME:turn-away"))
def test_the_public_turns_away_after_an_incident_and_comes_back(tmp_path: Path) -> None:
    """1,000 customers bring 10,000 a month; after a leak four in ten are gone, and a quarter of them returns each month."""
    rare = {"risks": {"leak": {"frequency": "0.5 / year"}}}
    ledger = run(contract(tmp_path, FIXED, LEAK, rare, CUSTOMERS), "system", 12)
    earned, here = posted(ledger, "buyers")[:, :24], measured(ledger, "buyers:here")
    np.testing.assert_allclose(earned, 10_000.0 * here)
    leaked = counted(ledger, "leak") > 0
    assert leaked.any() and not leaked.all()
    np.testing.assert_allclose(here[~leaked], 1.0)
    once = [w for w in range(12) if counted(ledger, "leak")[w] == 1 and 0 < int(here[w].argmin()) < 16 and here[w].min() < 0.999]
    assert once
    for world in once:
        low = int(here[world].argmin())
        np.testing.assert_allclose(here[world, low : low + 5], 1.0 - 0.3 * 0.75 ** np.arange(5), atol=0.11)
        back = 1.0 - here[world, low + 1 : low + 5]
        np.testing.assert_allclose(back[1:] / back[:-1], 0.75)

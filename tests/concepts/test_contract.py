"""Contracts: what is paid and on which basis, what the prices follow, how a relationship ends, and when it is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.changes.requirements import Requirements
from itilsim.kinds.clauses.renegotiation import Renegotiation
from itilsim.kinds.gates.defer import Defer
from itilsim.kinds.gates.pilot import Pilot
from itilsim.kinds.lowering import START, Lowering
from itilsim.kinds.prices.indexed import Indexed
from itilsim.kinds.prices.metered import Metered
from itilsim.kinds.prices.purchase import Purchase
from itilsim.kinds.prices.share_of_outcome import ShareOfOutcome
from itilsim.kinds.relationships.contract import Contract
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ALL_FROZEN, counted, measured, posted, run
from tests.concepts.contract_cases import DESK, FEE, FIXED, PATCHES, contract, doing_nothing, dropping, falling, terms

OFFERING = "service offering: goods, access to resources, service actions"
MANAGEMENT = "service relationship management"
ROLES = "service consumer: customer, user, sponsor"
BY_HOUR = {"kind": "metered", "relationship": "supply", "team": "menders", "hour": "100 CNY / h"}


def fee(case: Any, worlds: int = 1, **how: Any) -> Any:
    """Give what the vendor is paid in each month of the horizon, shape (worlds, months)."""
    return -posted(run(case, "system", worlds, **how), "supply fee")[:, : case.horizon]


def priced(**fields: Any) -> dict[str, Any]:
    """Give a price under the contract."""
    return {"prices": {"service": {"relationship": "supply", **fields}}}


# ---- bases of fees


@pytest.mark.concept(OFFERING, broken_by=doing_nothing(Metered))
def test_each_request_is_paid_once_it_is_asked(tmp_path: Path) -> None:
    """20 CNY for each request that the meters have counted, of any priority."""
    case = contract(tmp_path, DESK, priced(kind="metered", demand="support", request="20 CNY / request"))
    ledger = run(case, "system", 3)
    asked = sum(counted(ledger, f"support-{priority}") for priority in ("urgent", "normal", "low"))
    assert (asked > 100).all()
    np.testing.assert_allclose(-posted(ledger, "supply fee").sum(axis=1), 20.0 * asked)


@pytest.mark.concept(OFFERING, broken_by=doing_nothing(Metered))
def test_each_completed_action_is_paid(tmp_path: Path) -> None:
    """50 CNY for each piece of work that the menders complete; what the desk solves at once costs nothing."""
    ledger = run(contract(tmp_path, DESK, priced(kind="metered", team="menders", action="50 CNY / action")), "system", 3)
    done = sum(counted(ledger, f"support-{priority}:support:done") for priority in ("urgent", "normal", "low"))
    assert (done > 50).all()
    np.testing.assert_allclose(-posted(ledger, "supply fee").sum(axis=1), 50.0 * done)


def by_the_hour(monkeypatch: MonkeyPatch) -> None:
    """Take blocks away: each hour is paid as it is worked."""
    monkeypatch.setattr(Metered, "lower", lambda self, name, to: to.last.append(lambda: self.lower_meters(name, to)))


@pytest.mark.concept(OFFERING, broken_by=by_the_hour)
@pytest.mark.parametrize(("blocks", "paid"), [(20, 30.0), (3, 30.0), (2, 25.0), (1, 25.0)])
def test_hours_are_paid_in_blocks_that_a_month_begins(tmp_path: Path, blocks: int, paid: float) -> None:
    """25 hours a month are three blocks of ten; beyond the most blocks a month it is the hours that count."""
    case = contract(tmp_path, PATCHES, {"prices": {"service": {**BY_HOUR, "block": "10 h", "blocks": blocks}}})
    np.testing.assert_allclose(fee(case)[0], [0.0, *[100.0 * paid] * 23])
    if paid == 25.0:
        by_hour = contract(tmp_path / "hours", PATCHES, {"prices": {"service": BY_HOUR}})
        np.testing.assert_allclose(fee(by_hour), fee(case))
        assert fee(contract(tmp_path / "full", PATCHES, {"prices": {"service": {**BY_HOUR, "block": "10 h", "blocks": 9}}}))[0, 5] == 3000.0


@pytest.mark.concept(OFFERING, broken_by=dropping(ShareOfOutcome, "effects", "NAME:bills/fee"))
def test_a_share_of_the_outcome_is_paid_within_its_limits(tmp_path: Path) -> None:
    """20 % of 20,000 a month; 3,000 at most where that is agreed, 5,000 at least where that is; in the last month too."""
    shared = {"kind": "share-of-outcome", "source": "approvals sooner", "share": "20 %"}
    ledger = run(contract(tmp_path, priced(**shared)), "system", 1)
    np.testing.assert_allclose(-posted(ledger, "supply fee"), 0.2 * posted(ledger, "approvals sooner"))
    assert posted(ledger, "approvals sooner")[0, 5] == pytest.approx(20_000.0)
    most = contract(tmp_path / "most", priced(**shared, at_most="3 k CNY / month"))
    least = contract(tmp_path / "least", priced(**shared, at_least="5 k CNY / month"))
    np.testing.assert_allclose(fee(most), 3_000.0)
    np.testing.assert_allclose(fee(least), 5_000.0)


def test_a_share_of_what_is_no_outcome_is_refused(tmp_path: Path) -> None:
    """The name of the outcome is checked."""
    with pytest.raises(FaultyInput, match="approvals sooner"):
        contract(tmp_path, priced(kind="share-of-outcome", source="approvals soner", share="20 %"))


@pytest.mark.concept(OFFERING, broken_by=dropping(Purchase, "effects", "supply:goes-live/NAME:rest"))
def test_goods_are_paid_once(tmp_path: Path) -> None:
    """Ten things at 700 each, 30 % of it at signing and the rest at go-live two months later."""
    later = {"deliveries": {"transition": {"begins": "2 months"}}}
    goods = {"prices": {"phones": {
        "kind": "purchase", "relationship": "supply", "number": "10 units", "price": "700 CNY / unit", "deposit": "30 %",
    }}}  # fmt: skip
    paid = -posted(run(contract(tmp_path, later, goods), "system", 1), "phones price")[0]
    np.testing.assert_allclose(paid, [2100.0, 0.0, 4900.0, *[0.0] * 27])


CHANGES = {
    "service": "oa", "frequency": "12 / year", "weight": 0.01, "triage": "builders", "triage_hours": "0.1 h", "team": "menders",
    "work": "5 h", "package": "8 h", "unfit": "0 %", "failure": "30 %", "failure_alone": "50 %", "breaks": "0 %", "repair": "1 h",
    "price": "0 CNY / h",
}  # fmt: skip


@pytest.mark.concept(OFFERING, broken_by=dropping(Requirements, "effects", "NAME:accepted/fee"))
def test_a_priced_change_is_paid_when_it_is_accepted(tmp_path: Path) -> None:
    """1,000 for each accepted change; work that was refused is done again for nothing. By the hour, it is paid again."""
    ledger = run(contract(tmp_path, {"changes": {"wishes": {**CHANGES, "each": "1 k CNY"}}}), "system", 3)
    accepted = counted(ledger, "wishes:work:done")
    assert (accepted > 5).all()
    np.testing.assert_allclose(-posted(ledger, "wishes fee").sum(axis=1), 1000.0 * accepted)
    by_hour = run(contract(tmp_path / "hours", {"changes": {"wishes": {**CHANGES, "price": "200 CNY / h"}}}), "system", 3)
    assert (-posted(by_hour, "wishes fee").sum(axis=1) > 1000.0 * accepted).any()


# ---- what prices follow

INDEXED = {
    "kind": "indexed", "amount": "10 k CNY / month", "passed_on": "50 %", "cap": "3 % / year", "floor": "-2 % / year",
}  # fmt: skip


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Indexed, "decisions", ":price"))
@pytest.mark.parametrize(("wages", "grown"), [("4 % / year", 1.02), ("10 % / year", 1.03), ("0 % / year", 1.0)])
def test_a_fee_follows_wages_in_part_and_under_a_cap(tmp_path: Path, wages: str, grown: float) -> None:
    """Half of what wages grow by, 3 % at most, from the second year of the service on: each year anew."""
    paid = fee(contract(tmp_path, priced(**INDEXED), months=36, wages=wages))[0]
    assert (np.abs(paid[12:24] - FEE * grown) < 1e-6).all()
    assert (np.abs(paid[24:36] - FEE * grown * grown) < 1e-6).all()
    if grown == 1.0:
        assert fee(contract(tmp_path / "more", priced(**INDEXED), wages="4 % / year"))[0, 20] == pytest.approx(FEE * 1.02)


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Indexed, "decisions", ":price"))
def test_a_fee_falls_with_its_market_to_a_floor(tmp_path: Path) -> None:
    """The market falls by 20 % a year, half of it is 10 %: the fee falls by the 2 % of its floor."""
    paid = fee(contract(tmp_path, falling(), priced(**INDEXED, market="rates")))[0]
    np.testing.assert_allclose(paid[12:], FEE * 0.98)


def test_prices_are_not_indexed_twice(tmp_path: Path) -> None:
    """A contract whose prices grow by themselves is refused beside an indexed fee."""
    with pytest.raises(FaultyInput, match="already"):
        contract(tmp_path, priced(**INDEXED), terms(indexation="3 % / year"))


CLAUSE: dict[str, Any] = {"clauses": {"renewal": {
    "kind": "renegotiation", "relationship": "supply", "market": "rates", "towards_market": "50 %", "wanted_margin": "0 %", "for_margin": 0,
    "for_trust": 0, "most_rise": "25 %", "most_fall": "25 %",
}}}  # fmt: skip


def renewed(folder: Path, *parts: Any, months: int = 24, **fields: Any) -> Any:
    """Give the fee of each month under a renegotiation, over the fee at the start."""
    return fee(contract(folder, FIXED, falling(), CLAUSE, {"clauses": {"renewal": fields}}, *parts, months=months))[0] / FEE


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Renegotiation, "decisions", ":settled"))
def test_a_renewal_brings_prices_towards_the_market_within_limits(tmp_path: Path) -> None:
    """The market is at 0.8 after a year: half of the way is 0.9, and where 5 % is the most that they fall 0.95."""
    moved = renewed(tmp_path)
    np.testing.assert_allclose(moved[1:13], 1.0)
    np.testing.assert_allclose(moved[13:], 0.9)
    np.testing.assert_allclose(renewed(tmp_path / "limit", most_fall="5 %")[13:], 0.95)


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Renegotiation, "decisions", ":settled"))
def test_a_renewal_moves_prices_by_margin_and_trust(tmp_path: Path) -> None:
    """A provider that earns too little gets more, a provider that is not trusted has to give something."""
    poor = {"costs": {"platform": {
        "kind": "periodic", "party": "vendor", "to": "market", "amount": "9 k CNY / month", "during": "active", "relationship": "supply",
    }}}  # fmt: skip
    asked = renewed(tmp_path, poor, towards_market="0 %", wanted_margin="30 %", for_margin=0.5)
    first = 10.0 / 730.0 / 12.0  # the first hour of the year earns no fee, of which the margin is a mean
    np.testing.assert_allclose(asked[13:], 1.0 + 0.5 * (0.3 - 0.1 + first / 10.0), rtol=1e-9)
    doubted = renewed(tmp_path / "doubt", terms(trust="60 %"), towards_market="0 %", for_trust=0.2)
    np.testing.assert_allclose(doubted[13:], 1.0 - 0.2 * 0.4)


def test_prices_stay_where_decisions_are_held_fixed(tmp_path: Path) -> None:
    """A renegotiation is a decision."""
    assert (fee(contract(tmp_path, FIXED, falling(), CLAUSE), frozen=ALL_FROZEN)[0, 1:] == FEE).all()


# ---- ends

DEAR = {"prices": {"service": {"amount": "200 k CNY / month"}}}


@pytest.mark.concept(ROLES, broken_by=dropping(Contract, "decisions", ":exit"))
@pytest.mark.parametrize(("review", "exit_fee"), [(12, 90_000.0), (24, 60_000.0), (36, 20_000.0)])
def test_leaving_later_costs_less_and_notice_is_paid(tmp_path: Path, review: int, exit_fee: float) -> None:
    """A dear service is left at its first review; three months are paid after that, and the exit fee of the year."""
    left = terms(
        term="60 months", first_review=f"{review} months", trust_to_end="100 %", exit_fees=["90 k CNY", "60 k CNY", "20 k CNY"]
    )  # fmt: skip
    case = contract(tmp_path, FIXED, DEAR, left, months=48)
    ledger = run(case, "system", 1)
    assert -posted(ledger, "supply exit").sum() == exit_fee
    paid = -posted(ledger, "supply fee")[0]
    assert (paid[1 : review + 3] == 200_000.0).all()
    assert (paid[review + 3 :] == 0.0).all()
    if review == 12:
        other = run(contract(tmp_path / "later", FIXED, DEAR, {**left, "relationships": {"supply": {
            **left["relationships"]["supply"], "first_review": "24 months"}}}, months=48), "system", 1)  # fmt: skip
        assert -posted(other, "supply exit").sum() < exit_fee


# ---- gates


def today_until(folder: Path, **fields: Any) -> Any:
    """Give the ledger of a deferred signing, and that of one that is not deferred."""
    gate = {"gates": {"later": {"kind": "defer", "relationship": "supply", **fields}}}
    first = {"costs": {"selection": {
        "kind": "once", "party": "company", "to": "public", "amount": "7 k CNY", "relationship": "supply",
    }}}  # fmt: skip
    hired = {"teams": {"menders": {"hiring": "1 month", "hiring_cost": "10 %", "pay": "1 k CNY / person / month"}}}
    cases = (
        contract(folder / name, FIXED, falling(), first, hired, terms(term="60 months"), *part, months=36)
        for name, part in (("deferred", [gate]), ("at-once", []))
    )
    return tuple(run(case, "system", 1) for case in cases)


def signed_at_once(monkeypatch: MonkeyPatch) -> None:
    """Take deferral away: whatever a gate says, all is signed at hour 0."""
    monkeypatch.setattr(Lowering, "signing", lambda self, relationship: START)


@pytest.mark.concept(ROLES, broken_by=signed_at_once)
def test_what_is_deferred_happens_as_much_later_and_today_goes_on(tmp_path: Path) -> None:
    """Six months later: no fee, no selection, no hiring until then, the old way in full; then all that would have happened at once."""
    deferred, at_once = today_until(tmp_path, until="6 months")
    assert (posted(deferred, "approvals sooner")[0, :6] == 0.0).all()
    for source in ("supply fee", "selection"):
        late, early = posted(deferred, source)[0, :36], posted(at_once, source)[0, :36]
        assert (late[:6] == 0.0).all() and early.any(), source
        np.testing.assert_allclose(late[6:], early[:30], rtol=1e-12, err_msg=source)
    for source in ("menders pay", "menders hiring"):
        late, early = (posted(ledger, source, parties=("vendor",))[0, :36] for ledger in (deferred, at_once))
        np.testing.assert_allclose(late[6:], early[:30], rtol=1e-12, err_msg=source)
        assert (late[:6] == 0.0).all() and early.any(), source
    np.testing.assert_allclose(posted(deferred, "approvals handling")[0, :6], -100 * 20 * 0.5 * 30.0)


@pytest.mark.concept(ROLES, broken_by=dropping(Defer, "decisions", ":signs"))
def test_a_signing_waits_for_the_market_and_gets_its_prices(tmp_path: Path) -> None:
    """The index is 0.8 after a year and 0.64 after two: under 0.7 it is signed then, and never under 0.1."""
    deferred, _ = today_until(tmp_path, until="6 months", market="rates", below=0.7)
    paid = -posted(deferred, "supply fee")[0]
    assert (paid[:24] == 0.0).all()
    np.testing.assert_allclose(paid[25:36], 0.64 * FEE)
    never, _ = today_until(tmp_path / "never", until="6 months", market="rates", below=0.1)
    assert (posted(never, "supply fee") == 0.0).all()


PILOT = {
    "kind": "pilot", "service": "oa", "share": "10 %", "fee": "25 %", "gate": "6 months", "trust": "50 %", "adoption": "60 %",
}  # fmt: skip


def piloted(folder: Path, *parts: Any, **how: Any) -> Any:
    """Give the ledger of a pilot."""
    return run(contract(folder, FIXED, {"gates": {"trial": PILOT}}, *parts), "system", 1, **how)


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Pilot, "decisions", ":goes-on"))
def test_a_pilot_that_is_good_enough_grows(tmp_path: Path) -> None:
    """A tenth of the users at a quarter of the fee until the gate; then all of them at the whole fee."""
    ledger = piloted(tmp_path)
    np.testing.assert_allclose(measured(ledger, "oa:adoption")[0], [*[0.1] * 6, *[1.0] * 18])
    np.testing.assert_allclose(-posted(ledger, "supply fee")[0, 1:24], [*[0.25 * FEE] * 5, *[FEE] * 18])
    assert counted(ledger, "trial:goes-on")[0] == 1 and counted(ledger, "trial:stops")[0] == 0


@pytest.mark.concept(MANAGEMENT, broken_by=dropping(Pilot, "decisions", ":stops"))
@pytest.mark.parametrize("seen", [terms(trust="40 %"), {"services": {"oa": {"compliance": "50 %"}}}], ids=["distrust", "few use it"])
def test_a_pilot_that_is_not_good_enough_ends(tmp_path: Path, seen: dict[str, Any]) -> None:
    """After notice, at the pilot's fee, and without an exit fee; the old way comes back."""
    ledger = piloted(tmp_path, seen, terms(exit_fees=["50 k CNY"]))
    np.testing.assert_allclose(-posted(ledger, "supply fee")[0, 1:24], [*[0.25 * FEE] * 8, *[0.0] * 15])
    assert (posted(ledger, "supply exit") == 0.0).all()
    np.testing.assert_allclose(posted(ledger, "approvals handling")[0, 10:24], -100 * 20 * 0.5 * 30.0)


def test_a_pilot_stays_a_pilot_where_decisions_are_held_fixed(tmp_path: Path) -> None:
    """Nobody decides at its gate."""
    assert (measured(piloted(tmp_path, frozen=ALL_FROZEN), "oa:adoption") == 0.1).all()

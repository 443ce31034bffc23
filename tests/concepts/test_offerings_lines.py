"""Lines of which any suffices, load that grows, traffic that is metered, and one relationship in the place of another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.kinds.failures.failure import Failure
from itilsim.kinds.gates.fallback import Fallback
from itilsim.kinds.gates.handover import Handover
from itilsim.kinds.offerings.access import Access
from itilsim.kinds.prices.traffic import Traffic
from itilsim.kinds.services import service
from itilsim.ledger.transfers import check_ledger
from tests.case.small_cases import counted, measured, posted, run
from tests.concepts.offering_cases import AGREED, LOOSE, MENDERS, OUTAGE, WORKED, line
from tests.concepts.people_cases import MANDATE, PEOPLE, SERVICE, SYSTEM, fixed, small
from tests.concepts.test_offerings_chains import BARE, refusal

WHOLE: dict[str, Any] = {**SERVICE, **MANDATE}
GONE: dict[str, Any] = {**OUTAGE, "suspends": "100 %"}
USED: dict[str, Any] = {"used": {"kind": "flow", "service": "top", "party": "company", "potential": "1 CNY / user / month"}}


def lines(*, any_of: list[str], a: dict[str, Any] | None = None, b: dict[str, Any] | None = None, **fields: Any) -> Any:
    """Give sections of a service that goes over two lines, all of one relationship, with their fields."""
    return {
        "services": {"oa": {**WHOLE, "any_of": any_of, **fields}, "a": {**WHOLE, **(a or {})}, "b": {**WHOLE, **(b or {})}},
        "deliveries": {f"{name}-comes": {"service": name, **WORKED} for name in ("oa", "a", "b")},
        "teams": {**SYSTEM["teams"], **MENDERS},
    }


BOTH = lines(any_of=["a", "b"])


def first_alone(monkeypatch: MonkeyPatch) -> None:
    """Let the first of several be the only one."""
    real = service.Service.lower_ways

    def alone(self: Any, n: str, to: Any) -> None:
        real(self.model_copy(update={"any_of": self.any_of[:1]}), n, to)

    monkeypatch.setattr(service.Service, "lower_ways", alone)


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=first_alone)
def test_use_goes_over_the_first_that_is_up(tmp_path: Path) -> None:
    """a is there for half of use, b for three fifths: 1 - 0.5 x 0.4 is carried, half of all by a and three fifths of the rest by b."""
    parts = lines(any_of=["a", "b"], a={"hosting": "50 %"}, b={"hosting": "60 %"})
    ledger = run(small(tmp_path, BARE, parts), "system", 1)
    for what in ("up", "use", "warranty"):
        np.testing.assert_allclose(measured(ledger, f"oa:{what}")[0, 1:], 0.8, rtol=1e-12, err_msg=what)
    np.testing.assert_allclose(measured(ledger, "oa:by:a")[0, 1:], 0.5, rtol=1e-12)
    np.testing.assert_allclose(measured(ledger, "oa:by:b")[0, 1:], 0.3, rtol=1e-12)


@pytest.mark.concept("warranty", broken_by=first_alone)
def test_nobody_waits_for_a_line_that_another_stands_in_for(tmp_path: Path) -> None:
    """a breaks down again and again, and people would wait six hours for it: with b nobody does, without b they do."""
    fault = {"failures": {"outage": {"service": "a", **GONE}}}
    patient = {"patience": "6 h"}
    parts = lines(any_of=["a", "b"], a=patient, b=patient)
    ledger = run(small(tmp_path / "two", BARE, parts, fault), "system", 5)
    np.testing.assert_allclose(measured(ledger, "oa:use")[:, 1:], 1.0, rtol=1e-12)
    assert measured(ledger, "a:up").min() < 0.95 and np.abs(measured(ledger, "oa:waiting")).max() < 1e-12
    whole = measured(ledger, "oa:by:a") + measured(ledger, "oa:by:b")
    np.testing.assert_allclose(whole[:, 1:], 1.0, rtol=1e-12)
    alone = lines(any_of=["a"], a=patient, b=patient)
    alone["services"]["top"] = {**WHOLE, "needs": ["b"]}
    alone["deliveries"]["top-comes"] = {"service": "top", **WORKED}
    alone["outcomes"] = USED
    assert measured(run(small(tmp_path / "one", BARE, alone, fault), "system", 5), "oa:waiting").max() > 0.01


def reaches_the_first(monkeypatch: MonkeyPatch) -> None:
    """Let what befalls a product befall its first service only."""
    monkeypatch.setattr(Failure, "services", lambda self, to: ("a",))


@pytest.mark.concept("product", broken_by=reaches_the_first)
def test_what_takes_both_lines_at_once_no_second_line_helps_against(tmp_path: Path) -> None:
    """Both lie in one duct: when it is cut the service is out for as long as they are."""
    duct = {"products": {"duct": {"relationship": "supply", "carries": ["a", "b"]}}, "failures": {"cut": {"product": "duct", **GONE}}}
    ledger = run(small(tmp_path, BARE, BOTH, duct), "system", 5)
    up = measured(ledger, "oa:up")
    assert up.min() < 0.95
    np.testing.assert_allclose(up, measured(ledger, "a:up"), rtol=1e-12)


def test_a_choice_passes_up_the_chain(tmp_path: Path) -> None:
    """What needs a service that goes over any of two lines has what that has."""
    parts = lines(any_of=["a", "b"], a={"hosting": "50 %"}, b={"hosting": "60 %"})
    parts["services"]["top"] = {**WHOLE, "needs": ["oa"]}
    parts["deliveries"]["top-comes"] = {"service": "top", **WORKED}
    parts["outcomes"] = USED
    ledger = run(small(tmp_path, BARE, parts), "system", 1)
    for what in ("up", "use", "warranty"):
        np.testing.assert_allclose(measured(ledger, f"top:{what}")[0, 1:], 0.8, rtol=1e-12, err_msg=what)


def test_a_choice_that_is_none_is_refused(tmp_path: Path) -> None:
    """Twice the same, one that is needed anyway, a choice within a choice, and a circle."""
    assert "found a service twice" in refusal(tmp_path / "1", BARE, lines(any_of=["a", "a"]))
    assert "found 'a', which 'oa' needs anyway" in refusal(tmp_path / "2", BARE, lines(any_of=["a", "b"], needs=["a"]))
    assert "rests on a choice of its own" in refusal(tmp_path / "3", BARE, lines(any_of=["a"], a={"any_of": ["b"]}))
    assert "in a circle" in refusal(tmp_path / "4", BARE, lines(any_of=["a", "b"], a={"needs": ["oa"]}))


# ---- load that grows, and is the same on every line


@pytest.mark.concept("service provision", broken_by=fixed(Access, load_growth=0.0))
def test_a_line_is_outgrown(tmp_path: Path) -> None:
    """A hundred users take all of it in the first year, and a quarter more in the second."""
    case = small(tmp_path, SYSTEM, line(load_growth="25 % / year", profile="even", others_profile="even"))
    served = measured(run(case, "system", 1), "oa:use")[0]
    np.testing.assert_allclose(served[2:12], 1.0, rtol=1e-12)
    np.testing.assert_allclose(served[13:], 0.8, rtol=1e-12)


def test_users_take_the_same_of_each_line(tmp_path: Path) -> None:
    """One load, not known and growing, on two lines of 100 and 200."""
    one = line(service="a", load={"low": 0.5, "likely": 1, "high": 2, "unit": "units / user"}, load_growth="25 % / year")
    two = line(service="b", capacity="200 units", load_as="line")["offerings"]["line"]
    two = {key: value for key, value in two.items() if key != "load"}
    parts = {"offerings": {**one["offerings"], "second": two}}
    ledger = run(small(tmp_path / "two", BARE, BOTH, parts), "system", 3)
    load = measured(ledger, "line:load")
    assert load[:, -1].std() > 0.05
    np.testing.assert_allclose(measured(ledger, "second:load"), load / 2.0, rtol=1e-12)
    said = refusal(tmp_path / "both", SYSTEM, {"offerings": {"line": {**line()["offerings"]["line"], "load_as": "line"}}})
    assert "one of the two" in said


# ---- traffic

METERED: dict[str, Any] = {
    "parties": {"school": {}},
    "relationships": {"spare": {
        "kind": "contract", "provider": "school", "consumer": "company", **AGREED, **LOOSE, "indexation": "10 % / year",
    }},
    "prices": {"data": {"kind": "traffic", "line": "b", "volume": "25 units / user / month", "price": "2 CNY / unit"}},
}  # fmt: skip


@pytest.mark.concept("service offering: goods, access to resources, service actions", broken_by=fixed(Traffic, price=1.0))
def test_what_goes_over_a_line_is_paid_by_the_unit(tmp_path: Path) -> None:
    """A quarter of use falls to b, 25 units a user and month at 2, a tenth dearer in the second year."""
    parts = lines(any_of=["a", "b"], a={"hosting": "75 %"}, b={"relationship": "spare"})
    ledger = run(small(tmp_path / "x", BARE, METERED, parts), "system", 1)
    check_ledger(ledger)
    fee = posted(ledger, "spare fee", parties=("company",))[0]
    expected = -0.25 * 25.0 * 2.0 * 100.0 * np.repeat([1.0, 1.1], 12)
    np.testing.assert_allclose(fee[1:], expected[1:], rtol=1e-12)
    never = lines(any_of=["a"], a={"needs": ["b"]}, b={"relationship": "spare"})
    assert "nothing ever goes over 'b'" in refusal(tmp_path / "never", BARE, METERED, never)


# ---- one relationship in the place of another

TERMS: dict[str, Any] = {**AGREED, "term": "5 years"}
TWO: dict[str, Any] = {
    "parties": {"school": {}, "other": {}},
    "relationships": {
        "supply": {"kind": "contract", "provider": "school", "consumer": "company", **TERMS},
        "next": {"kind": "contract", "provider": "other", "consumer": "company", **TERMS},
    },
    "services": {
        "oa": {**WHOLE, "any_of": ["a", "b"], "relationship": "inside"}, "a": {**WHOLE}, "b": {**WHOLE, "relationship": "next"},
    },
    "teams": {**SYSTEM["teams"], "others": {"party": "other", "people": "1 person", **PEOPLE, "relationship": "next"},
              "own": {"party": "it", "people": "1 person", **PEOPLE, "relationship": "inside"}},
    "prices": {
        "fee": {"kind": "fixed-fee", "relationship": "supply", "amount": "1 k CNY / month"},
        "next": {"kind": "fixed-fee", "relationship": "next", "amount": "2 k CNY / month"},
    },
}  # fmt: skip
ARRIVING: dict[str, Any] = {"deliveries": {
    "oa-comes": {"service": "oa", **WORKED, "team": "own"}, "a-comes": {"service": "a", **WORKED},
    "b-comes": {"service": "b", **WORKED, "team": "others"},
}}  # fmt: skip
INSIDE: dict[str, Any] = {"relationships": {
    **TWO["relationships"], "inside": {**SYSTEM["relationships"]["supply"]},
}}  # fmt: skip


def nothing(kind: type) -> Any:
    """Give a break in which a kind does nothing."""

    def take_away(monkeypatch: MonkeyPatch) -> None:
        monkeypatch.setattr(kind, "lower", lambda self, name, to: None)

    return take_away


@pytest.mark.concept("service relationship management", broken_by=nothing(Handover))
def test_the_old_provider_goes_when_the_new_one_has_come(tmp_path: Path) -> None:
    """The new one comes after six months; both are paid for two more, then the new one alone; nobody is ever without a line."""
    later = {"deliveries": {**ARRIVING["deliveries"], "b-comes": {**ARRIVING["deliveries"]["b-comes"], "begins": "6 months"}}}
    gate = {"gates": {"over": {"kind": "handover", "old": "supply", "new": "next", "overlap": "2 months"}}}
    ledger = run(small(tmp_path, BARE, TWO, INSIDE, later, gate), "system", 2)
    old, new = (posted(ledger, f"{name} fee", parties=("company",)) for name in ("supply", "next"))
    np.testing.assert_allclose(old[:, 1:8], -1000.0)
    assert (old[:, 9:] == 0.0).all() and (new[:, :6] == 0.0).all()
    np.testing.assert_allclose(new[:, 7:], -2000.0)
    np.testing.assert_allclose(measured(ledger, "oa:use")[:, 1:], 1.0, rtol=1e-12)
    assert (counted(ledger, "supply:ended") == 1).all()


@pytest.mark.concept("service relationship management", broken_by=nothing(Fallback))
def test_a_fallback_is_signed_when_the_other_is_given_notice(tmp_path: Path) -> None:
    """A provider that loses money leaves at the end of its year, with two months of notice: the other is signed then, once, and comes."""
    losing = {"costs": {"loss": {
        "kind": "periodic", "party": "school", "to": "market", "amount": "5 k CNY / month", "during": "live", "relationship": "supply",
    }}}  # fmt: skip
    ending = {"supply": {**INSIDE["relationships"]["supply"], "term": "12 months", "notice": "2 months"}}
    parts = {"relationships": {**INSIDE["relationships"], **ending}}
    gate = {"gates": {"relief": {"kind": "fallback", "relationship": "next", "instead_of": "supply"}}}
    ledger = run(small(tmp_path / "ends", BARE, TWO, parts, ARRIVING, gate, losing), "system", 2)
    new = posted(ledger, "next fee", parties=("company",))
    assert (counted(ledger, "supply:ended") == 1).all()
    assert (new[:, :12] == 0.0).all()
    np.testing.assert_allclose(new[:, 13:], -2000.0)
    assert (counted(ledger, "relief:called") == 1).all()
    np.testing.assert_allclose(measured(ledger, "oa:use")[:, 1:], 1.0, rtol=1e-12)
    stays = run(small(tmp_path / "stays", BARE, TWO, parts, ARRIVING, gate), "system", 2)
    assert (posted(stays, "next fee", parties=("company",)) == 0.0).all()


# ---- work without paper


def test_work_without_paper_leaves_it_out(tmp_path: Path) -> None:
    """No account of paper, of decisions sooner or of special cases; half of what belongs together is refused."""
    plain: dict[str, Any] = {"calls": {
        "users": "staff", "party": "company", "service": "oa", "per_user": "2 / user / month", "old_hours": "0.5 h", "new_hours": "0.2 h",
        "waiting": 0,
    }}  # fmt: skip
    ledger = run(small(tmp_path / "plain", SYSTEM, {"activities": {**SYSTEM["activities"], **plain}}), "system", 1)
    about = {account.source for account in ledger.books.accounts if account.source.startswith("calls")}
    assert about == {"calls handling", "calls waiting"}
    np.testing.assert_allclose(posted(ledger, "calls handling")[0, 1:], -2.0 * 0.2 * 100 * 30.0)
    half = {"activities": {**SYSTEM["activities"], "calls": {**plain["calls"], "sheets": "1 sheet / case"}}}
    assert "sheets and sheet_price belong together" in refusal(tmp_path / "half", SYSTEM, half)

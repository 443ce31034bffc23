"""Valuation keeps to its definitions: by hand, for random ledgers, and for ledgers that break a law of the books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, getcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itilsim.ledger.cashflow import budget_of, course_of, payback_month
from itilsim.ledger.entities import Cell, entities, legal_person
from itilsim.ledger.ledger import Ledger
from itilsim.ledger.perception import Perceiver, contributions, perceived_value
from itilsim.ledger.rare import loss_of, occurrences_of, risks_of
from itilsim.ledger.transfers import UnbalancedLedger, check_ledger
from itilsim.ledger.value import COMPONENTS, NetValue, Valuer, net_value_of, postings_of, recombined
from itilsim.ledger.viewpoint import Viewpoint
from itilsim.plan.accounts import Account, Books, mirror_of
from tests.study.fakes import PARENTS, FakePlan, fake_engine

RATE = 0.08


def ledger(accounts: tuple[Account, ...], amounts: Any, *, months: int, first: int = 0, risks: dict[str, int] | None = None) -> Ledger:
    """Make a ledger of accounts and amounts (worlds, months, accounts) with nothing else in it."""
    amounts = np.asarray(amounts, dtype=float)
    worlds, counters = len(amounts), tuple(f"risk.{risk}" for risk in risks or {})
    books = Books(accounts, (), counters, (), (), (), months, amounts.shape[1] - months)
    none = np.zeros((worlds, 0))
    counts = np.tile(np.array(list((risks or {}).values()), dtype=np.int64), (worlds, 1)).reshape(worlds, len(counters))
    return Ledger(books, first, amounts, np.zeros((worlds, months, 0)), counts, none, none, none.astype(np.int64), none)


def net_value(alternative: Ledger, baseline: Ledger, party: str, parents: dict[str, str | None] = PARENTS) -> NetValue:
    """Measure an alternative against a baseline."""
    entity = entities(parents)[party]
    a, b = (Valuer(postings_of(each), RATE).statement(entity) for each in (alternative, baseline))
    return net_value_of(a, b)


def cost(party: str, source: str, counterparty: str = "", *, cash: bool = True, one_off: bool = False) -> Account:
    """Make a cost account."""
    return Account(party, source, "cost", counterparty, cash, one_off)


def test_components_and_discounting_agree_with_a_calculation_by_hand() -> None:
    """Two months, one month of run-off: paper falls, a fee comes, a leak strikes late; worked out in decimals."""
    getcontext().prec = 40
    fee = cost("it", "fee", "vendor")
    accounts = (cost("business", "paper"), fee, Account("company", "leak", "risk", "", True, False), mirror_of(fee))
    speed = Account("business", "speed", "outcome", "", False, False)
    columns = (*accounts, speed)
    today = ledger(columns, [[[-100, 0, 0, 0, 10], [-100, 0, 0, 0, 10], [0, 0, 0, 0, 0]]], months=2)  # type: ignore[arg-type]
    new = ledger(columns, [[[-40, -25, 0, 25, 10], [-30, -25, 0, 25, 4], [0, 0, -500, 0, 0]]], months=2)  # type: ignore[arg-type]
    factors = [1 / Decimal("1.08") ** (Decimal(2 * month - 1) / 24) for month in (1, 2, 3)]
    expected = {
        "outcomes_supported": Decimal(0),
        "outcomes_affected": 6 * factors[1],
        "costs_removed": 60 * factors[0] + 70 * factors[1],
        "costs_imposed": 25 * factors[0] + 25 * factors[1],
        "risks_removed": Decimal(0),
        "risks_imposed": 500 * factors[2],
    }
    found = net_value(new, today, "company")
    for name in COMPONENTS:
        assert float(found.components[name][0]) == pytest.approx(float(expected[name]), rel=1e-14), name
    net = expected["costs_removed"] - expected["outcomes_affected"] - expected["costs_imposed"] - expected["risks_imposed"]
    assert float(found.net_value[0]) == pytest.approx(float(net), rel=1e-13)
    hours = -expected["outcomes_affected"]
    assert float(found.cash[0]) == pytest.approx(float(net - hours), rel=1e-13)
    vendor = net_value(new, today, "vendor")
    assert float(vendor.net_value[0]) == pytest.approx(float(expected["costs_imposed"]), rel=1e-14)


def test_a_source_that_is_cheaper_for_one_department_and_dearer_for_another_nets_in_the_company() -> None:
    """The company's components come from its consolidated ledger; its departments keep their own."""
    accounts = (cost("business", "help"), cost("it", "help"))
    today, new = (ledger(accounts, [[[a, b]]], months=1) for a, b in ((-100, 0), (-10, -60)))
    whole = net_value(new, today, "company")
    assert whole.components["costs_imposed"][0] == 0.0
    assert whole.components["costs_removed"][0] == pytest.approx(30 / 1.08 ** (1 / 24))
    assert net_value(new, today, "it").components["costs_imposed"][0] > 0.0


@st.composite
def balanced(draw: Callable[..., Any]) -> tuple[Ledger, Ledger]:
    """Draw two ledgers over different accounts, transfers mirrored."""
    seed, worlds, months = draw(st.integers(0, 2**32)), draw(st.integers(1, 4)), draw(st.integers(1, 30))
    rng = np.random.default_rng(seed)

    def one() -> Ledger:
        accounts: dict[Account, Any] = {}
        for _ in range(int(rng.integers(1, 12))):
            party = str(rng.choice(list(PARENTS)))
            other = str(rng.choice(["", *(p for p in PARENTS if p != party)]))
            account = Account(
                party,
                str(rng.choice(["a", "b", "c"])),
                str(rng.choice(["outcome", "cost", "risk"])),  # type: ignore[arg-type]
                other,
                bool(rng.random() < 0.5),
                bool(rng.random() < 0.3),
            )
            mirror = mirror_of(account)
            if account in accounts or mirror in accounts:
                continue
            amounts = rng.normal(size=(worlds, months)) * 10.0 ** rng.integers(-3, 9)
            accounts[account] = amounts
            if mirror is not None:
                accounts[mirror] = -amounts
        return ledger(tuple(accounts), np.stack(list(accounts.values()), axis=-1), months=months)

    return one(), one()


@settings(max_examples=60, deadline=None)
@given(balanced())
def test_six_components_recombine_to_the_direct_difference_for_every_party(pair: tuple[Ledger, Ledger]) -> None:
    """`net_value_of` raises where they do not; here the direct number is formed apart from it."""
    alternative, baseline = pair
    for party, entity in entities(PARENTS).items():
        found = net_value(alternative, baseline, party)
        assert all((found.components[name] >= 0.0).all() for name in COMPONENTS)
        total, gross = np.zeros(len(alternative)), np.zeros(len(alternative))
        for each, sign in ((alternative, 1.0), (baseline, -1.0)):
            factors = np.array([1.08 ** (-(m + 0.5) / 12) for m in range(each.amounts.shape[1])])
            for at, account in enumerate(each.books.accounts):
                if account.party in entity.members and account.counterparty not in entity.members:
                    total += sign * (each.amounts[:, :, at] * factors).sum(axis=1)
                    gross += (np.abs(each.amounts[:, :, at]) * factors).sum(axis=1)
        assert (np.abs(found.net_value - total) <= 1e-9 * gross).all()


@settings(max_examples=60, deadline=None)
@given(balanced())
def test_transfers_cancel_when_everybody_is_consolidated(pair: tuple[Ledger, Ledger]) -> None:
    """With all parties in one tree only what is nobody's transfer is left."""
    everybody: dict[str, str | None] = {"world": None, **{party: above or "world" for party, above in PARENTS.items()}}
    bare = []
    for each in pair:
        check_ledger(each)
        outside = [at for at, account in enumerate(each.books.accounts) if not account.counterparty]
        accounts = tuple(each.books.accounts[at] for at in outside)
        bare.append(replace(each, books=replace(each.books, accounts=accounts), amounts=each.amounts[:, :, outside]))
    found, without = net_value(*pair, "world", everybody), net_value(bare[0], bare[1], "world", everybody)
    assert (found.net_value == without.net_value).all()
    parts = sum(net_value(*pair, party).net_value for party in PARENTS if PARENTS[party] is None)
    scale = sum(np.abs(each.amounts).sum(axis=(1, 2)) for each in pair)
    assert (np.abs(found.net_value - parts) <= 1e-9 * scale).all()


def test_a_world_is_valued_alike_alone_and_among_others_and_as_plain_python_does_it() -> None:
    """The bits do not depend on neighbours, on the order of columns, or on who does the sums."""
    whole = fake_engine(FakePlan("x", 1.0), 3, 0, 9)
    base = fake_engine(FakePlan("today", 0.0), 3, 0, 9)
    other = fake_engine(FakePlan("x", 1.0, reordered=True), 3, 0, 9)
    alone = fake_engine(FakePlan("x", 1.0), 3, 5, 1)
    base_alone = fake_engine(FakePlan("today", 0.0), 3, 5, 1)
    for party in PARENTS:
        wanted = net_value(whole, base, party).net_value[5]
        assert net_value(alone, base_alone, party).net_value[0] == wanted
        here, there = (Valuer(postings_of(each), RATE).statement(entities(PARENTS)[party]) for each in (whole, other))
        assert (here.direct == there.direct).all() and here.value.keys() == there.value.keys()
        assert all((here.value[cell] == there.value[cell]).all() for cell in here.value)
    valuer = Valuer(postings_of(whole), RATE)
    for at in range(len(whole.books.accounts)):
        total = 0.0
        for month in range(whole.amounts.shape[1]):
            total += float(whole.amounts[5, month, at]) * 1.08 ** (-(month + 1 - 0.5) / 12)
        assert valuer.values[at, 5] == total


def test_an_alternative_equal_to_the_baseline_gives_six_noughts() -> None:
    """No rounding is left over."""
    same = fake_engine(FakePlan("x", 0.7), 1, 0, 20)
    for party in PARENTS:
        found = net_value(same, same, party)
        assert all((found.components[name] == 0.0).all() for name in COMPONENTS)
        assert (found.net_value == 0.0).all()


def test_amounts_times_eight_give_values_times_eight_to_the_bit() -> None:
    """A power of two scales everything exactly."""
    a, b = fake_engine(FakePlan("x", 1.0), 1, 0, 20), fake_engine(FakePlan("today", 0.0), 1, 0, 20)
    large = net_value(replace(a, amounts=8 * a.amounts), replace(b, amounts=8 * b.amounts), "company")
    assert (large.net_value == 8 * net_value(a, b, "company").net_value).all()


def _broken(change: Callable[[Ledger], Ledger]) -> str:
    with pytest.raises(UnbalancedLedger) as raised:
        check_ledger(change(fake_engine(FakePlan("x", 1.0), 1, 40, 3)))
    return str(raised.value)


def test_a_ledger_that_breaks_a_law_is_refused_with_its_place() -> None:
    """One unit in the last place of one side of one transfer is enough."""

    def nudged(each: Ledger) -> Ledger:
        at = next(i for i, account in enumerate(each.books.accounts) if account.source == "fee")
        amounts = each.amounts.copy()
        amounts[2, 4, at] = np.nextafter(amounts[2, 4, at], 0.0)
        return replace(each, amounts=amounts)

    def nan(each: Ledger) -> Ledger:
        amounts = each.amounts.copy()
        amounts[1, 0, 0] = np.nan
        return replace(each, amounts=amounts)

    def halved(each: Ledger) -> Ledger:
        keep = [i for i, account in enumerate(each.books.accounts) if account.party != "vendor" or account.source != "fee"]
        books = replace(each.books, accounts=tuple(each.books.accounts[i] for i in keep))
        return replace(each, books=books, amounts=each.amounts[:, :, keep])

    def doubled(each: Ledger) -> Ledger:
        books = replace(each.books, accounts=(*each.books.accounts, each.books.accounts[0]))
        return replace(each, books=books, amounts=np.concatenate([each.amounts, each.amounts[:, :, :1]], axis=2))

    assert "world 42, month 5" in _broken(nudged) and "exact negatives" in _broken(nudged)
    assert "not a number in world 41, month 1" in _broken(nan)
    assert "without its other side" in _broken(halved)
    assert "twice" in _broken(doubled)


def test_components_that_miss_the_direct_value_are_refused() -> None:
    """The check at run time is not vacuous."""
    entity = entities(PARENTS)["company"]
    a, b = (Valuer(postings_of(fake_engine(FakePlan("x", level), 1, 0, 3)), RATE).statement(entity) for level in (1.0, 0.0))
    off = replace(a, direct=a.direct + np.array([0.0, 1e-4, 0.0]))
    with pytest.raises(UnbalancedLedger, match="world 8"):
        net_value_of(off, b, first=7)


def test_net_value_is_the_published_formula() -> None:
    """A reader who recombines the stored columns gets the stored bits."""
    found = net_value(fake_engine(FakePlan("x", 1.0), 1, 0, 50), fake_engine(FakePlan("today", 0.0), 1, 0, 50), "company")
    c = found.components
    by_hand = c["outcomes_supported"] - c["outcomes_affected"] + c["costs_removed"] - c["costs_imposed"]
    by_hand = by_hand + c["risks_removed"] - c["risks_imposed"]
    assert (recombined(c) == by_hand).all() and (found.net_value == by_hand).all()


def test_payback_is_the_first_month_from_which_nothing_is_owed() -> None:
    """A path that comes up, falls and comes up again pays back the second time; one that ends below never does."""
    path = np.array([[1, -1, -1, 0, -1], [1, 1, -1, 0, 1], [1, -1, -1, 0, 1], [1, 1, -1, 0, -1]], dtype=float)
    found = payback_month(path)
    assert found[[0, 1, 3]].tolist() == [1.0, 4.0, 1.0]
    assert np.isnan(found[[2, 4]]).all()


def test_funding_budget_and_path_of_a_small_decision() -> None:
    """Thirteen months and one of run-off: 100 spent at once, 10 a month back, 5 of it hours, a bill of 7 in the run-off."""
    accounts = (cost("it", "build", one_off=True), cost("it", "bill"), Account("it", "hours", "outcome", "", False, False))
    amounts = np.zeros((1, 14, 3))
    amounts[0, 0, 0], amounts[0, :13, 1], amounts[0, :13, 2], amounts[0, 13, 1] = -100.0, 5.0, 5.0, -7.0
    postings = postings_of(ledger(accounts, amounts, months=13))
    positions = entities(PARENTS)["company"].positions(accounts)
    budget = budget_of(postings, positions)
    assert budget.one_off[:, 0].tolist() == [-100.0, 0.0]
    assert budget.running[:, 0].tolist() == [60.0, -2.0]
    course = course_of(postings.monthly(positions), postings.monthly(positions, cash_only=True), rate=0.0, months=13)
    assert course.peak_funding.tolist() == [95.0]
    assert course.value[:, 0].tolist() == [*(-100.0 + 10 * m for m in range(1, 13)), 130.0 - 107.0]
    assert course.cash[-1, 0] == 65.0 - 107.0
    assert payback_month(course.value)[0] == 10.0 and np.isnan(payback_month(course.cash)[0])


def test_perception_weighs_discounts_and_feels_a_loss_once() -> None:
    """The same ledger gives different value to different stakeholders."""
    accounts = (cost("it", "bill"), Account("it", "hours", "outcome", "", False, False))
    postings = postings_of(ledger(accounts, [[[-100.0, 60.0]], [[-10.0, 60.0]]], months=1))
    entity = entities(PARENTS)["it"]
    view = Viewpoint("cio", "CIO", "it", 0.0, 2.0, lambda account: 1.0 if account.cash else 0.5)
    own = Perceiver(postings, {}).by_source(view, entity)
    assert {name: values.tolist() for name, values in own.items()} == {"bill": [-100.0, -10.0], "hours": [30.0, 30.0]}
    assert perceived_value(view, contributions(own, {}, 2), 2).tolist() == [-140.0, 20.0]
    eager = Perceiver(postings, {}).by_source(replace(view, discount_rate=0.21), entity)
    assert eager["bill"][0] == pytest.approx(-100 / 1.21 ** (1 / 24))


def test_a_rare_risk_is_the_loss_of_the_decision_maker_by_that_source() -> None:
    """An indemnity lowers it; what others lose by it does not count."""
    leak = Account("company", "leak", "risk", "", True, False)
    indemnity = Account("company", "leak", "risk", "vendor", True, False)
    mirror = mirror_of(indemnity)
    assert mirror is not None
    each = ledger((leak, indemnity, mirror), [[[-100.0, 30.0, -30.0]]], months=1, risks={"leak": 2})
    check_ledger(each)
    statement = Valuer(postings_of(each), 0.0).statement(entities(PARENTS)["company"])
    assert risks_of(each.books.counters) == ("leak",)
    assert occurrences_of(each, "leak").tolist() == [2]
    assert loss_of(statement.value, "leak", 1).tolist() == [70.0]
    assert statement.value.keys() == {Cell("leak", "risk")}


def test_parties_form_a_tree() -> None:
    """An entity has all departments below it; a legal person is the top of the tree."""
    parents = {"a": None, "b": "a", "c": "b", "d": None}
    assert entities(parents)["a"].members == {"a", "b", "c"}
    assert legal_person(parents, "c") == "a" and legal_person(parents, "hosting") == "hosting"

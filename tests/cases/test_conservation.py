"""The laws of conservation notice what they are there for: a ledger of the shipped case is spoilt in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from itilsim.case import Case
from itilsim.plan.accounts import Account
from tests.cases import conservation
from tests.cases.lives import Lived, hanging, live
from tests.concepts.contract_cases import FIXED, contract
from tests.concepts.offering_cases import trade
from tests.concepts.people_cases import SYSTEM, small

Spoiling = Callable[[Lived], tuple[int, int, int, float]]
"""Gives (world, month, account, amount to add)."""


@cache
def ended() -> Lived:
    """Worlds of the shipped case in some of which a relationship ends."""
    from tests.case.small_cases import office

    lived = live(office(), "saas", 30)
    assert (lived.ledger.endings == 1).any()
    return lived


@cache
def before() -> Lived:
    """The same worlds today."""
    from tests.case.small_cases import office

    return live(office(), office().baseline, 30)


def place(lived: Lived, **about: object) -> int:
    """Give the first account of which so much is true."""
    return next(at for at, a in enumerate(lived.accounts) if all(getattr(a, field) == value for field, value in about.items()))


def spoilt(lived: Lived, *changes: tuple[int, int, int, float]) -> Lived:
    """Give a copy in which amounts have been added to."""
    amounts = lived.ledger.amounts.copy()
    for world, month, at, amount in changes:
        amounts[world, month, at] += amount
    return replace(lived, ledger=replace(lived.ledger, amounts=amounts))


def mirrored(lived: Lived, world: int, month: int, at: int, amount: float) -> Lived:
    """Give a copy in which a transfer has been added, on both sides."""
    other = lived.plan.rows.mirrors[at]
    return spoilt(lived, (world, month, at, amount), (world, month, other, -amount))


def test_a_sound_ledger_keeps_all_laws() -> None:
    conservation.keeps_its_books(ended(), before())
    conservation.accounts_move_by_postings_only(ended())


def test_a_missing_number_is_noticed() -> None:
    with pytest.raises(AssertionError, match="is no number"):
        conservation.everything_is_a_number(spoilt(ended(), (3, 4, 5, np.nan)))


def test_a_cent_that_nobody_receives_is_noticed() -> None:
    with pytest.raises(AssertionError, match="world 3, month 5"):
        conservation.transfers_cancel(spoilt(ended(), (3, 4, place(ended(), source="supply fee", party="company"), 0.01)))


def test_a_charge_after_the_horizon_is_noticed() -> None:
    fee = place(ended(), source="supply fee", party="company")
    with pytest.raises(AssertionError, match="month 62"):
        conservation.only_run_off_after_the_horizon(mirrored(ended(), 0, 61, fee, -1.0))


def test_a_fee_after_the_end_is_noticed() -> None:
    """In the month after the one in which the relationship ended, not in that one."""
    lived = ended()
    world = int(np.argmax(lived.ledger.endings[:, 0] == 1))
    month, fee = int(lived.ledger.lived[world, 0]), place(lived, source="supply fee", party="company")
    conservation.nothing_after_the_end(mirrored(lived, world, month, fee, -1.0))
    with pytest.raises(AssertionError, match="after the end of supply"):
        conservation.nothing_after_the_end(mirrored(lived, world, month + 1, fee, -1.0))


@pytest.mark.parametrize("source", ["supply fee", "coordinator pay", "managing"])
def test_the_law_of_the_end_looks_at_what_hangs_on_the_relationship(source: str) -> None:
    """And not at what stands alone: the old way, and work in hand."""
    lived = ended()
    assert hanging(lived, place(lived, source=source), to_the_end=True) == {"supply"}
    for alone in ("approvals handling", "clerks", "waiting for support", "visits on site"):
        assert not hanging(lived, place(lived, source=alone), to_the_end=True)


def test_a_deposit_before_signing_is_noticed(tmp_path_factory: pytest.TempPathFactory) -> None:
    gate = {"gates": {"later": {"kind": "defer", "relationship": "supply", "until": "6 months"}}}
    selling = {"costs": {"selling": {
        "kind": "once", "party": "vendor", "to": "public", "amount": "1 CNY", "relationship": "supply",
    }}}  # fmt: skip
    lived = live(contract(tmp_path_factory.mktemp("deferred"), FIXED, gate, selling), "system", 1)
    conservation.nothing_before_signing(lived)
    once = place(lived, source="selling", party="vendor")
    assert lived.ledger.amounts[0, :, once].nonzero()[0].tolist() == [6]
    with pytest.raises(AssertionError, match="before supply was signed"):
        conservation.nothing_before_signing(mirrored(lived, 0, 4, once, -1.0))


def test_an_account_that_moves_by_itself_is_noticed() -> None:
    lived = ended()
    month, at = (int(i) for i in np.argwhere(lived.ledger.amounts[0] != 0.0)[7])
    with pytest.raises(AssertionError, match=r"postings of|nothing was posted"):
        conservation.accounts_move_by_postings_only(spoilt(lived, (0, month, at, lived.ledger.amounts[0, month, at] * 1e-6)))
    empty = next(at for at in range(len(lived.accounts)) if not lived.ledger.amounts[0, 0, at])
    with pytest.raises(AssertionError, match="nothing was posted"):
        conservation.accounts_move_by_postings_only(spoilt(lived, (0, 0, empty, 1.0)))


def test_another_value_than_that_of_the_books_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A discount factor that is out by a ten-thousandth."""
    from itilsim.ledger import value

    real = value.month_factors
    monkeypatch.setattr(value, "month_factors", lambda rate, months: real(rate, months) * 1.0001)
    with pytest.raises(AssertionError, match="by hand"):
        conservation.value_follows_from_the_ledger(ended(), before())


def test_a_party_without_a_place_in_the_tree_is_noticed() -> None:
    lived = ended()
    stranger = Account("nobody", "gift", "cost", "", True, False)
    books = replace(lived.ledger.books, accounts=(*lived.accounts[:-1], stranger))
    with pytest.raises(AssertionError, match="nobody has books"):
        conservation.parts_make_the_whole(replace(lived, ledger=replace(lived.ledger, books=books)))


def test_a_transfer_that_is_not_eliminated_is_noticed() -> None:
    """A payment booked as if it went to nobody stays in the whole."""
    lived = ended()
    at = place(lived, source="supply fee", party="company")
    lonely = replace(lived.accounts[at], counterparty="")
    books = replace(lived.ledger.books, accounts=(*lived.accounts[:at], lonely, *lived.accounts[at + 1 :]))
    with pytest.raises(AssertionError, match="do not add up"):
        conservation.parts_make_the_whole(replace(lived, ledger=replace(lived.ledger, books=books)))


def chain(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A vendor provides to the IT department, that to sales, the company to its clients."""
    return small(tmp_path_factory.mktemp("chain"), SYSTEM, trade())


def test_a_party_that_stands_twice_in_a_chain_adds_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    lived = live(chain(tmp_path_factory), "system", 3)
    assert conservation.chains_add_up(lived) > 0
    fee = place(lived, source="supply fee", party="it")
    with pytest.raises(AssertionError, match="do not add up"):
        conservation.chains_add_up(spoilt(lived, (0, 3, fee, 1.0)))

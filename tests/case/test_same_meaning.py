"""The meaning of a case decides, not its spelling: copies, orders, units, currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from itilsim.case import Case, load_case
from itilsim.kinds.leaf import Leaf
from itilsim.ledger.value import COMPONENTS
from itilsim.study.simulate import simulate
from itilsim.text.dimension import MONEY_BASE
from itilsim.text.quantity import parse_quantity
from tests.case.respelling import one_file, respelt
from tests.case.small_cases import ALL_FROZEN, ARRAYS, net_values, office, office_copy, run, same, times, toml

ALTERNATIVES = ("in-house", "outsourced", "outsourced-governed", "saas")
WORLDS = 40


def with_alternatives(folder: Path, *names: str) -> None:
    """List more alternatives in a copy of the shipped case."""
    shared = folder / "case.toml"
    text = shared.read_text(encoding="utf-8")
    listed = ", ".join(f'"{name}"' for name in names)
    changed = re.sub(r"(alternatives = \[.*)\]", rf"\1, {listed}]", text)
    assert changed != text
    shared.write_text(changed, encoding="utf-8")


def test_units_are_respelt_to_the_same_amount() -> None:
    """The respelling itself is checked by hand."""
    assert respelt("1.2 M CNY / year") == "100000 CNY / month"
    assert respelt("229.6 k CNY / person / year") == "57400 CNY / quarter / person"
    assert respelt("lognormal(median 91 days, sigma 1.75)") == "lognormal(sigma 1.75, median 2184 h)"
    assert respelt("5 %") == "0.05"
    assert respelt("1 / year") == "0.25 / quarter"


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_a_copy_in_other_words_gives_identical_floats(name: str, tmp_path: Path) -> None:
    """Another name, one file instead of several, tables and keys turned around, other units: the same to the last bit."""
    folder = office_copy(tmp_path)
    content = toml({"alternative": {"title": "said otherwise"}, **one_file(office().raw[name])})
    (folder / "said-otherwise.toml").write_text(content, encoding="utf-8")
    with_alternatives(folder, "said-otherwise")
    case = load_case(folder)
    texts = [{leaf.key: leaf.parsed.text for leaf in case[each].leaves()} for each in (name, "said-otherwise")]
    changed = sum(texts[0][key] != texts[1][key] for key in texts[0])
    assert changed > 0.6 * len(texts[0]), f"only {changed} of {len(texts[0])} quantities are spelt otherwise"
    before, after = run(case, name, WORLDS), run(case, "said-otherwise", WORLDS)
    assert before.books == after.books
    for array in ARRAYS:
        np.testing.assert_array_equal(getattr(before, array), getattr(after, array), err_msg=array)


def test_an_alternative_equal_to_today_gives_six_noughts(tmp_path: Path) -> None:
    """In every world and for every party; nothing is gained or lost, and nothing is perceived."""
    folder = office_copy(tmp_path)
    (folder / "as-it-is.toml").write_text('[alternative]\ntitle = "as it is"\n', encoding="utf-8")
    with_alternatives(folder, "as-it-is")
    study = simulate(load_case(folder), WORLDS, alternatives=["as-it-is"], variants=False)
    for party in study.parties:
        for column in (*COMPONENTS, "net_value", "cash"):
            assert not study.value_of(column, "as-it-is", party=party).any(), (party, column)
    for stakeholder in study.stakeholders:
        assert not study.perceived("as-it-is", stakeholder).any(), stakeholder


def money_leaves(case: Case, alternative: str) -> Iterator[Leaf]:
    """Give every input of an alternative that is in money."""
    return (leaf for leaf in case[alternative].leaves() if leaf.dimension.power(MONEY_BASE) == 1)


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_eight_times_all_money_gives_eight_times_all_amounts(name: str) -> None:
    """A power of two, so that not a bit moves; lifetimes, decisions among them, are identical."""
    values = {f"{name}:{leaf.key}": times(leaf, 8.0) for leaf in money_leaves(office(), name) if leaf.source or leaf.trust}
    assert len(values) > 25
    before, after = run(office(), name, 2 * WORLDS), run(office().with_values(values), name, 2 * WORLDS)
    for array in ("counts", "finals", "lived", "endings"):
        np.testing.assert_array_equal(getattr(before, array), getattr(after, array), err_msg=array)
    np.testing.assert_array_equal(before.measures, after.measures)
    for at, account in enumerate(before.books.accounts):
        np.testing.assert_array_equal(8.0 * before.amounts[:, :, at], after.amounts[:, :, at], err_msg=str(account))


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_a_dearer_hour_leaves_cash_alone(name: str) -> None:
    """An hour becomes cash only where headcount or a bill changes: with decisions held, no account of cash moves."""
    dear = office().with_values({"users.staff.hour": {"low": 100, "likely": 144, "high": 190, "unit": "CNY / h"}})
    before, after = (run(case, name, WORLDS, frozen=ALL_FROZEN) for case in (office(), dear))
    moved = set()
    for at, account in enumerate(before.books.accounts):
        if account.cash:
            np.testing.assert_array_equal(before.amounts[:, :, at], after.amounts[:, :, at], err_msg=str(account))
        elif not np.array_equal(before.amounts[:, :, at], after.amounts[:, :, at]):
            np.testing.assert_array_equal(2.0 * before.amounts[:, :, at], after.amounts[:, :, at], err_msg=str(account))
            moved.add(account.source)
    assert {"approvals handling", "training", "waiting for support"} <= moved
    todays = [run(case, "today", WORLDS, frozen=ALL_FROZEN) for case in (office(), dear)]
    cash = [net_values(case, alternative, today)["company"].cash
            for case, alternative, today in zip((office(), dear), (before, after), todays, strict=True)]
    np.testing.assert_array_equal(cash[0], cash[1])


def test_equal_ledgers_are_told_from_unequal_ones() -> None:
    """The comparison used here sees one coin."""
    ledger = run(office(), "today", 2)
    other = run(office(), "today", 2)
    assert same(ledger, other)
    other.amounts[1, 5, 3] += 0.01
    assert not same(ledger, other)


def test_what_an_input_is_listed_with_says_the_same_as_its_file() -> None:
    """The likely value of each input in its unit, read again, is the likely value that the plan is made from."""
    case = office()
    for name, alternative in case.alternatives.items():
        rows = {row["key"].rpartition(":")[2]: row for row in case.inputs() if name in row["alternatives"]}
        for leaf in alternative.leaves():
            if (row := rows.get(leaf.key)) is not None:
                again = parse_quantity(f"{row['likely']!r} {row['unit']}".strip(), leaf.dimension, currency=case.currency).mean()
                assert again == pytest.approx(leaf.likely, rel=1e-9), leaf.key

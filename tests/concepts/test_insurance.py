"""A policy: what an insurer pays of which losses, until when, and who pays for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest import MonkeyPatch

from itilsim.case.lower import lower
from itilsim.engine import reference
from itilsim.engine.compiled import run_block
from itilsim.kinds.insurance.policy import Policy
from itilsim.ledger.transfers import check_ledger
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import ARRAYS, measured, posted, run
from tests.concepts.contract_cases import FIXED, LEAK, contract, terms

RISKS = "risk removed / imposed"
POLICY: dict[str, Any] = {
    "party": "company", "insurer": "insurer", "risks": ["leak"], "premium": "500 CNY / month", "deductible": "1 k CNY", "limit": "10 k CNY",
}  # fmt: skip


def insured(folder: Path, *parts: Any, **fields: Any) -> Any:
    """Give a case with six leaks a year of 5,000 each and a policy for the whole horizon."""
    policy = {"parties": {"insurer": {"contracting": False}}, "insurance": {"cyber": {**POLICY, **fields}}}
    return contract(folder, FIXED, LEAK, policy, *parts, months=36)


def uninsured(patch: MonkeyPatch) -> None:
    """Let the insurer pay nothing."""
    patch.setattr(Policy, "cover", lambda *args: None)


def losses(ledger: Any) -> Any:
    """Give the losses before any pay-out and the pay-outs, each by world and month."""
    gross, paid = (np.zeros(ledger.amounts.shape[:2]) for _ in range(2))
    for at, account in enumerate(ledger.books.accounts):
        if account.source == "leak" and account.party == "company":
            kind = paid if account.counterparty == "insurer" else gross
            kind += ledger.amounts[:, :, at]
    return -gross, paid


@pytest.mark.concept(RISKS, broken_by=uninsured)
def test_an_insurer_pays_each_loss_above_the_deductible_up_to_the_sum_of_the_year(tmp_path: Path) -> None:
    """Leaks of 5,000 with 1,000 retained: 4,000 each, two and a half of them a year."""
    ledger = run(insured(tmp_path), "system", 20)
    check_ledger(ledger)
    gross, paid = losses(ledger)
    for year in range(3):
        months = slice(12 * year, 12 * year + 12)
        np.testing.assert_allclose(paid[:, months].sum(axis=1), np.minimum(10_000.0, 0.8 * gross[:, months].sum(axis=1)))
    assert paid[:, :12].sum(axis=1).max() == 10_000.0
    np.testing.assert_array_equal(gross, losses(run(insured(tmp_path / "bare", deductible="1 M CNY"), "system", 20))[0])
    np.testing.assert_allclose(posted(ledger, "cyber premium", parties=("company",))[:, :36], -500.0)


@pytest.mark.concept(RISKS, broken_by=uninsured)
def test_what_the_other_side_repays_comes_first(tmp_path: Path) -> None:
    """Of 5,000 the provider repays half; the insurer pays what is left above its deductible."""
    ledger = run(
        insured(tmp_path, {"risks": {"leak": {"repaid": "50 %"}}}, terms(liability_cap="1 M CNY"), limit="1 M CNY"), "system", 20
    )
    gross, paid = losses(ledger)
    assert gross.sum() > 0.0
    np.testing.assert_allclose(paid, gross / 2.5 * 1.5)


@pytest.mark.concept(RISKS, broken_by=uninsured)
def test_a_policy_of_a_relationship_ends_with_it(tmp_path: Path) -> None:
    """The vendor leaves in the first years: from then on neither premium nor pay-out, and a sum of nought."""
    gone = {"risks": {"gone": {"kind": "withdrawal", "relationship": "supply", "frequency": "1 / year"}}}
    ledger = run(insured(tmp_path, gone, relationship="supply"), "system", 20)
    ended = ledger.lived[:, ledger.books.relationships.index("supply")]
    assert (ended < 30.0).sum() > 10
    _, paid = losses(ledger)
    premium = -posted(ledger, "cyber premium", parties=("company",))
    for world, months in enumerate(ended):
        after = int(months) + 1
        if after < 36:
            assert not premium[world, after:36].any()
            assert not paid[world, after:].any()
            assert not measured(ledger, "cyber:left")[world, after:].any()
    assert paid.sum() > 0.0


def test_both_engines_agree_on_a_policy(tmp_path: Path) -> None:
    plan = lower(insured(tmp_path, relationship="supply"), "system", grid=1.0)
    fast, read = run_block(plan, 1, 0, 3), reference.run_block(plan, 1, 0, 3)
    for array in ARRAYS:
        np.testing.assert_array_equal(getattr(fast, array), getattr(read, array), err_msg=array)


def test_two_policies_do_not_cover_the_same_loss(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="covers for company already"):
        insured(tmp_path, {"insurance": {"more": POLICY}})

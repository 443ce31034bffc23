"""Losses: every one of them passes through one function."""

from __future__ import annotations

from itilsim.rules.registry import rule


@rule
def settle(
    severity: float,
    cap: float,
    deductible: float,
    share: float,
    liability_left: float,
    assets_left: float,
    cover_deductible: float,
    cover_left: float,
) -> tuple[float, float, float]:
    """Give (loss borne before anything is repaid, indemnity, pay-out of the insurance) of one loss, all >= 0 in currency.

    The severity is cut at the line's cap and at what the bearer still owns (a limited company cannot lose more). Of what exceeds
    the deductible the other side repays a share, up to what is left of its liability cap. What the bearer is left with, less the
    deductible of the insurance, the insurer pays, up to what is left of the insured sum.
    """
    loss = min(severity, cap, assets_left)
    claim = max(0.0, loss - deductible) * share
    indemnity = max(0.0, min(claim, liability_left))
    payout = max(0.0, min(loss - indemnity - cover_deductible, cover_left))
    return loss, indemnity, payout

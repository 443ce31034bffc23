"""Losses: every one of them passes through one function."""

from __future__ import annotations

from itilsim.rules.registry import rule


@rule
def settle(
    severity: float, cap: float, deductible: float, share: float, liability_left: float, assets_left: float
) -> tuple[float, float]:
    """Give (loss borne before indemnity, indemnity) of one loss, both >= 0 in currency.

    The severity is cut at the line's cap and at what the bearer still owns (a limited company cannot lose more). Of what exceeds
    the deductible the other side repays a share, up to what is left of its liability cap.
    """
    loss = min(severity, cap, assets_left)
    claim = max(0.0, loss - deductible) * share
    return loss, max(0.0, min(claim, liability_left))

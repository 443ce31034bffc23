"""Thinning: layers of height, and the one rule by which a candidate is taken or not."""

from __future__ import annotations

from itilsim.rules.registry import small_rule


@small_rule
def layer_low(layer: int) -> float:
    """Give the lower edge of a layer of height: layers are [0,1), [1,2), [2,4), [4,8) ..."""
    if layer == 0:
        return 0.0
    return 1.0 * (1 << (layer - 1))


@small_rule
def layer_width(layer: int) -> float:
    """Give the width of a layer of height."""
    if layer <= 1:
        return 1.0
    return 1.0 * (1 << (layer - 1))


@small_rule
def height(layer: int, mark: float) -> float:
    """Give the height of a candidate in its stream's unit from its layer and its mark in (0, 1)."""
    return layer_low(layer) + mark * layer_width(layer)


@small_rule
def accept(candidate_height: float, rate: float) -> bool:
    """Say whether a candidate is taken: its height lies under the current rate (both in one unit)."""
    return candidate_height < rate

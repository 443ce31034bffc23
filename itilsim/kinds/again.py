"""Work done again: what is refused every time has to take time, or it would be done again without end at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from itilsim.kinds.leaf import Leaf

SIZES = ("work", "overrun", "luck", "most", "rework")
"""Fields of a delivery or a change by which the size of its work is multiplied or cut: with any of them at nought it takes no time."""


def refused_without_end(block: Any) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) for what may make work nought of a block that may be refused every time."""
    if max(block.failure.high, block.failure_alone.high) >= 1.0:
        for field in SIZES:
            if hasattr(block, field) and takes_no_time(getattr(block, field)):
                yield field, "found nought; what is refused every time and takes no time would be done again without end"


def takes_no_time(leaf: Leaf) -> bool:
    """Say whether the size of a piece of work may be nought."""
    return leaf.low <= 0.0


def never_accepted(teams: set[str], blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Give the names of the deliveries and changes of teams whose work may take no time."""
    for section in ("deliveries", "changes"):
        for name, block in sorted(blocks.get(section, {}).items()):
            if block.team in teams and any(takes_no_time(getattr(block, f)) for f in SIZES if hasattr(block, f)):
                yield name

"""Where the names of marks stand in a drawing, so that they cover neither each other nor a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from itilsim.figures.lines import breadth

LETTER, LINE, MARK = 6.4, 14.0, 9.0
"""Width of a letter, height of a line, and half the size of a mark, in pixels."""
Box = tuple[float, float, float, float]
SIDES = (
    *(("left", 1, 0), ("right", -1, 0), ("center", 0, 1), ("center", 0, -1)),
    *(("left", 1, 1), ("right", -1, 1), ("left", 1, -1), ("right", -1, -1)),
)
"""Anchor of a name with the side of its mark on which it then stands: right of it, left, above, below, and the corners."""


def placed(
    marks: Sequence[tuple[float, float]], names: Sequence[str], size: tuple[float, float], nought: tuple[float, float]
) -> list[dict[str, Any]]:
    """Returns for each name its anchor and shift as an annotation takes them.

    `marks`, and `nought`, where two lines cross, are places in pixels from the lower left corner of a drawing of a `size`. The first side
    that is free is taken, and of sides that are not, the one that covers least.
    """
    taken: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
    lines: list[Box] = [(0.0, nought[1] - 1, size[0], nought[1] + 1), (nought[0] - 1, 0.0, nought[0] + 1, size[1])]
    found = []
    for own, ((x, y), name) in enumerate(zip(marks, names, strict=True)):
        boxes = [_box(x, y, breadth(name) * LETTER, across, up) for _, across, up in SIDES]
        others = [box for at, box in enumerate(taken) if at != own]
        costs = [_outside(box, size) + sum(_overlap(box, other) for other in (*others, *lines)) for box in boxes]
        best = costs.index(min(costs))
        anchor, across, up = SIDES[best]
        taken.append(boxes[best])
        found.append({"xanchor": anchor, "xshift": across * (MARK + 2), "yanchor": "middle", "yshift": up * (MARK + LINE / 2)})
    return found


def _box(x: float, y: float, width: float, across: int, up: int) -> Box:
    left = x + MARK + 2 if across > 0 else x - MARK - 2 - width if across < 0 else x - width / 2
    middle = y + up * (MARK + LINE / 2)
    return left, middle - LINE / 2, left + width, middle + LINE / 2


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _outside(box: Box, size: tuple[float, float]) -> float:
    """Returns how much of a box lies outside, counted heavily: what is cut cannot be read."""
    inside = max(0.0, min(box[2], size[0]) - max(box[0], 0.0)) * max(0.0, min(box[3], size[1]) - max(box[1], 0.0))
    return 4 * ((box[2] - box[0]) * (box[3] - box[1]) - inside)

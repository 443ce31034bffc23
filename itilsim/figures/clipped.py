"""What a cut axis does not show: how many futures lie off it, and how far out the last of them is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from itilsim.figures.wording import Amount, Catalogue, Phrase

Side = Literal["left", "right", "top", "bottom"]


def off_chart(ends: Iterable[tuple[str, Side, int, float]], futures: int, catalogue: Catalogue) -> list[str]:
    """Says it in one sentence, or in none where every future is on the axis.

    `ends` are (title, side, count off that side, value of the last one); `futures` how many there are in all.
    """
    sides: dict[str, list[str]] = {}
    for title, side, count, end in ends:
        if count:
            fields = {"count": count, "side": Phrase(f"side.{side}", {}), "end": Amount(float(end), signed=True)}
            sides.setdefault(title, []).append(catalogue.word(Phrase("off.side", fields)))
    if not sides:
        return []
    parts = [catalogue.say("off.part", title=title, sides=catalogue.listed(said)) for title, said in sides.items()]
    return [catalogue.say("off.chart", parts=catalogue.template("list.clauses").join(parts), futures=futures)]

"""A deferral: a relationship is signed later, perhaps only where the market has come down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from itilsim.kinds.block import Block, Ref, Relationship, Titles
from itilsim.kinds.leaf import Factor, FixedDuration
from itilsim.kinds.lowering import HOURS_A_MONTH, Lowering
from itilsim.kinds.signing import signed_twice
from itilsim.kinds.story import Step
from itilsim.kinds.wording import months, percent
from itilsim.plan import rows
from itilsim.plan.specs import Times


class Defer(Block):
    """The relationship is signed at a month's end, `until` after the start; till then all goes on as today, and nothing of it is paid.

    Where a `market` is named it is signed at the first month's end from then on at which that index is `below` or lower, and not at all
    where it never is, or only at the end of the horizon; the contract then begins at the prices of the market. This is a decision (of the
    sponsor): held fixed, it waits.
    """

    kind: Literal["defer"] = "defer"
    relationship: Relationship
    until: FixedDuration
    market: Annotated[str, Ref("markets")] = ""
    below: Factor | None = None

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.market) != (self.below is not None):
            yield "market", "market and below belong together: which index is waited for, and how far it has to come down"
        if self.until.likely < HOURS_A_MONTH:
            yield "until", "found less than a month; a relationship that is not deferred needs no gate"

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        yield from signed_twice(name, self.relationship, blocks)

    def sentence(self, name: str) -> str:
        until = months(self.until.likely)
        if self.below is None:
            return f"{self.relationship} is signed after {until}."
        return (
            f"{self.relationship} is signed once {self.market} is at {percent(self.below.likely)} of its price at the start or lower, "
            f"after {until} at the earliest; if that never comes, nothing is signed and things stay as they are today."
        )

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        waited = "the time to sign has come"
        if self.below is not None:
            index = f"{titles.of('markets', self.market)}: {self.below.likely * 100.0:g} % of the start or lower"
            waited = f"{index}, so that the time to sign has come"
        return {f"decision {name}:signs": Step(waited)}

    def lower(self, name: str, to: Lowering) -> None:
        n, r = name, self.relationship
        signs = f"{r}:signs"
        to.specs.counters.add(f"{n}:signed")
        to.effect(signs, f"{n}:count", rows.COUNT, f"{n}:signed")
        to.after(f"{n}:signs", "signs", signs)
        due: dict[str, Any] = {"bundle": f"{n}:signs", "offset": round(self.until.likely / HOURS_A_MONTH), "order": 9}
        signed, open_still = to.stock(f"{n}:is-signed"), self.lower_horizon(n, to)
        if self.below is None:
            to.decide(f"{n}:signs", rows.WHEN, signed, b=open_still, p=(0.5, 0.5), **due)
            return
        index = f"market:{self.market}"
        cheap = to.product(f"{n}:cheap", 1.0, Times(index, a=self.below.number, b=-1.0))
        to.decide(f"{n}:signs", rows.WHEN, signed, a=cheap, b=open_still, p=(0.0, 0.5), holds="decisions", **due)
        if to.block("relationships", r).kind == "contract":
            moved = to.product(f"{n}:moved", 1.0, Times(index, a=-1.0, b=1.0))
            to.effect(signs, f"{n}:prices", rows.ADD, f"{r}:prices", amount=1.0, scale=moved)

    def lower_horizon(self, n: str, to: Lowering) -> str:
        """Give the stock that says that a signing would still be lived: at the end of the last month nothing is signed any more."""
        open_still, over = to.stock(f"{n}:open", 1.0), to.product(f"{n}:over", 0.0)
        to.move(f"{n}:closes", open_still, over, up=1.0, down=1.0, every=100_000, offset=to.setting.months, order=8)
        return open_still

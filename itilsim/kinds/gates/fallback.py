"""A fallback: another relationship that is called for when one ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from itilsim.kinds.block import Block, Relationship, Titles
from itilsim.kinds.lowering import Lowering
from itilsim.kinds.signing import signed_twice
from itilsim.kinds.story import Step
from itilsim.kinds.terms import without_contract
from itilsim.plan import rows
from itilsim.plan.specs import Times

NOTICES = ("early-end", "not-renewed", "provider-leaves")


class Fallback(Block):
    """`relationship` is dormant until `instead_of` is given notice, by whomever, or ends without notice; then it is signed.

    From then on it begins as any other: with its delivery, one-off costs and hiring. Where the other never ends it is never signed.
    """

    kind: Literal["fallback"] = "fallback"
    relationship: Relationship
    instead_of: Relationship

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        if self.relationship == self.instead_of:
            yield "relationship", f"found '{self.relationship}' on both sides; what is fallen back on is another relationship"
        else:
            yield from without_contract(self.instead_of, blocks, "term that could end", field="instead_of")
        yield from signed_twice(name, self.relationship, blocks)

    def sentence(self, name: str) -> str:
        return f"{self.say(name)}: {self.relationship} is signed once {self.instead_of} is given notice or ends, and not before."

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        return {f"due {name}:called": Step(f"{titles.of('gates', name)}: another is called for")}

    def lower(self, name: str, to: Lowering) -> None:
        n = name
        called = to.stock(f"{n}:is-called")
        to.dice(f"{n}:first")
        first = to.product(f"{n}:not-yet", 1.0, Times(called, a=1.0, b=-1.0, low=0.0, high=1.0))
        once = {"chance": first, "chance_quantity": f"{n}:first"}
        for bundle in (*NOTICES, "ends"):
            to.after(f"{self.instead_of}:{bundle}", f"{n}:called", f"{n}:called", **once)
        to.effect(f"{n}:called", "called", rows.ADD, called, amount=1.0, high=1.0)
        to.after(f"{n}:called", "signs", f"{self.relationship}:signs")
        to.specs.counters.add(f"{n}:called")
        to.effect(f"{n}:called", "count", rows.COUNT, f"{n}:called")

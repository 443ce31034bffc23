"""Worlds lived under one alternative of a case, and on the life of which relationships the money of each account hangs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from itilsim.case import Case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block
from itilsim.kinds.block import Block, Titles
from itilsim.ledger.ledger import Ledger
from itilsim.plan.accounts import Account
from itilsim.plan.plan import Plan

RECORDS = ("amounts", "measures", "counts", "finals", "lived", "endings", "theta")
STANDS_ALONE = {
    ("activities", "handled"): "the old way is there before a service and after it",
    ("activities", "with-skill"): "so is what is done without a skill",
    ("costs", "stepped"): "so are the clerks and rooms of the old way",
    ("demand", "bookings"): "people need a thing with or without the service, and help themselves otherwise",
    ("outcomes", "completed"): "what is booked is worth something by the fallback too",
    ("outcomes", "margin"): "today's customers bring it",
    ("outsiders", "public"): "customers were there before",
    ("outsiders", "regulator"): "a fine is about an event, of whichever time",
    ("offerings", "goods"): "ownership passes, and stays",
    ("skills", "skill"): "what people have learned stays with them",
    ("risks", "loss"): "losses of the old way",
}
"""Kinds whose money does not hang on the life of the relationship that they name, nor does that of what names them; and why."""
WORK_IN_HAND = {
    ("changes", "requirements"): "hours of a package that was begun are charged when it is done",
    ("prices", "metered"): "so are those of a metered price",
    ("costs", "per-use"): "an action in hand is paid when it is done",
    ("demand", "requests"): "who waits for work in hand waits until it is done",
    ("demand", "escalated"): "so does who is waited for on two levels",
    ("failures", "failure"): "who is on the road arrives",
}
"""Kinds some of whose money falls when work that was in hand at the end of the relationship is finished."""


@dataclass(frozen=True)
class Lived:
    """Worlds of one alternative, lived in the compiled engine."""

    case: Case
    alternative: str
    plan: Plan
    ledger: Ledger

    @cached_property
    def blocks(self) -> Mapping[str, Mapping[str, Block]]:
        """The blocks of the alternative."""
        return self.case[self.alternative].blocks

    @cached_property
    def makers(self) -> dict[str, list[Block]]:
        """The blocks that can post under each source."""
        titles = Titles(self.blocks)
        made: dict[str, list[Block]] = {}
        for held in self.blocks.values():
            for name, block in held.items():
                for source in block.sources(name, titles):
                    made.setdefault(source, []).append(block)
        for name, block in self.blocks.get("prices", {}).items():
            for relationship in relationships_of(block, name, self.blocks):
                made.setdefault(f"{relationship} fee", []).append(block)
        return made

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts, in the order of the ledger's columns."""
        return self.ledger.books.accounts

    def named(self, world: int, month: int, at: int) -> str:
        """Name a place of the ledger."""
        amount = float(self.ledger.amounts[world, month, at])
        return f"{self.alternative}, world {self.ledger.first + world}, month {month + 1}, {self.accounts[at]}: {amount!r}"


def live(case: Case, alternative: str, worlds: int, *, seed: int = 1, grid: float = 0.0) -> Lived:
    """Live worlds of an alternative."""
    plan = lower(case, alternative, grid=grid)
    return Lived(case, alternative, plan, run_block(plan, seed, 0, worlds))


def differing(a: Ledger, b: Ledger) -> list[str]:
    """Name the records in which two ledgers differ by a bit."""
    return [name for name in RECORDS if getattr(a, name).tobytes() != getattr(b, name).tobytes()]


OUTER = ("parties", "users", "markets", "stakeholders")
"""Sections whose blocks hang on no relationship."""


def named_by(block: Block, blocks: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Block]]:
    """Give the blocks that a block names and hangs on, with their names."""
    return [(target, blocks[section][target]) for _, section, target in block.references() if section not in OUTER]


def stands_alone(block: Block, blocks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether some money of a block is there without any relationship, because of what it is or of what it names."""
    if block.section == "relationships":
        return False
    own = (block.section, block.kind) in STANDS_ALONE or getattr(block, "during", "") == "always"
    return own or any(stands_alone(other, blocks) for _, other in named_by(block, blocks))


def relationships_of(block: Block, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Give the relationships on which a block hangs: the one that it is or may name, or else those of what it names."""
    if block.section == "relationships":
        return {name}
    if hasattr(block, "relationship"):
        return {block.relationship} - {""}
    return {found for n, other in named_by(block, blocks) for found in relationships_of(other, n, blocks)}


def hanging(lived: Lived, at: int, *, to_the_end: bool) -> set[str]:
    """Give the relationships on which all money of an account hangs, none where some of it stands alone (or may fall after the end)."""
    found: set[str] = set()
    for block in lived.makers.get(lived.accounts[at].source, []):
        name = next(n for n, b in lived.blocks[block.section].items() if b is block)
        of = relationships_of(block, name, lived.blocks)
        late = (block.section, block.kind) in WORK_IN_HAND or getattr(block, "busy_only", False)
        if not of or stands_alone(block, lived.blocks) or (to_the_end and late):
            return set()
        found |= of
    return found

"""Lowering: an alternative's blocks turn themselves into the rows of a plan."""

from __future__ import annotations

from itilsim.case.case import Case
from itilsim.kinds.lowering import Lowering
from itilsim.plan.build import Builder
from itilsim.plan.number import TooManyUnknown
from itilsim.plan.plan import Plan
from itilsim.text.faults import FaultyInput

ORDER = ("parties", "users", "relationships", "services")
"""Sections that others build on come first; the rest in the order of their names. Building sorts rows, so that order moves no number."""


def lower(case: Case, alternative: str, frozen: frozenset[str] = frozenset(), *, grid: float = 0.0) -> Plan:
    """Give the plan of an alternative; `frozen` holds "decisions", "trust" or "effort" fixed, `grid` rounds all times up to it."""
    setting = case.setting(alternative)
    builder = Builder(setting.months, runoff=setting.runoff, grid=grid, frozen=frozen)
    to = Lowering(setting, builder)
    office = [0.0] * 9 + [1.0] * 9 + [0.0] * 6
    to.specs.calendars["office"] = tuple(hour for day in range(7) for hour in (office if day < 5 else [0.0] * 24))
    extended = [0.0] * 7 + [1.0] * 15 + [0.0] * 2
    to.specs.calendars["extended"] = tuple(hour for _ in range(7) for hour in extended)
    to.stock("wages", 1.0)
    sections = [*ORDER, *sorted(set(setting.blocks) - set(ORDER))]
    for section in sections:
        for name, block in sorted(setting.blocks.get(section, {}).items()):
            for _, leaf in block.leaves():
                to.unknown(leaf)
            try:
                block.lower(name, to)
            except TooManyUnknown as wrong:
                raise FaultyInput([case.raw[alternative].fault((section, name), f"{wrong}: state one of them as known")]) from None
    for finish in to.last:
        finish()
    for review in to.reviews:
        review()
    return builder.build()



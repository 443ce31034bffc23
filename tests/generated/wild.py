"""Cases made wrong: one thing in a generated case is not what it ought to be."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.generated.cases import Generated
from tests.generated.fields import Pick

RUBBISH: tuple[Any, ...] = (
    "", "nothing", -3, 0, 1e40, True, [], {}, ["3 h"], {"low": 3}, {"value": []}, {"low": 3, "likely": 2, "high": 1, "unit": "h"}, "-5 %",
    "120 %", "3 EUR", "3 h", "3 k CNY", "lognormal(median 0 h, sigma 1)", "lognormal(median 3 h, sigma 90)", "0 users", "1e300 CNY",
    "1 / 0 years", "gamma(mean 1, cv 0)", "PERT(3, 2, 1) h", {"p10": 3, "p90": 2, "unit": "h"}, "company", "no-such-name", "nan", "1e-300",
)  # fmt: skip
"""What may stand in a field by mistake."""


def _other_value(block: dict[str, Any], pick: Pick) -> None:
    block[pick(sorted(block))] = pick(RUBBISH)


def _left_out(block: dict[str, Any], pick: Pick) -> None:
    del block[pick(sorted(block))]


def _swapped(block: dict[str, Any], pick: Pick) -> None:
    one, two = pick(sorted(block)), pick(sorted(block))
    block[one], block[two] = block[two], block[one]


def _misspelt(block: dict[str, Any], pick: Pick) -> None:
    name = pick(sorted(block))
    block[f"{name}x"] = block.pop(name)


def _another_kind(block: dict[str, Any], pick: Pick) -> None:
    block["kind"] = pick(("loss", "fixed-fee", "once", "contract", "no-such-kind", "service"))


WRONGS: tuple[Callable[[dict[str, Any], Pick], None], ...] = (_other_value, _left_out, _swapped, _misspelt, _another_kind, _other_value)


def made_wrong(generated: Generated, pick: Pick) -> Generated:
    """Give a copy in which one thing of one block is wrong, or a block is missing that others may name."""
    tables = copy.deepcopy(generated.tables)
    section = pick(sorted(section for section, held in tables.items() if held))
    name = pick(sorted(tables[section]))
    if pick(range(8)) == 7:
        del tables[section][name]
    else:
        pick(WRONGS)(tables[section][name], pick)
    return replace(generated, tables=tables)

"""Terms that only a contract has: prices, notice, liability, credits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def without_contract(
    relationship: str, blocks: Mapping[str, Mapping[str, Any]], missing: str, *, field: str = "relationship"
) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) where a field of a block names a relationship that is no contract; `missing` says what it lacks."""
    if blocks["relationships"][relationship].kind != "contract":
        yield field, f"found '{relationship}', a relationship without a contract, which has no {missing}"

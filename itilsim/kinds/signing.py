"""When a relationship is signed: at hour 0, unless a gate puts it off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def gates_of(relationship: str, blocks: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Give the names of the gates that put the signing of a relationship off, in their order."""
    gates = sorted(blocks.get("gates", {}).items())
    return [name for name, gate in gates if gate.kind in ("defer", "fallback") and gate.relationship == relationship]


def is_deferred(relationship: str, blocks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether a gate puts the signing of a relationship off."""
    return bool(gates_of(relationship, blocks))


def signed_twice(name: str, relationship: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) where a gate of an earlier name puts the signing off already."""
    for other in gates_of(relationship, blocks):
        if other < name:
            yield "relationship", f"found '{relationship}', whose signing '{other}' decides on already"

"""Unknown inputs that meet in one number: a plan multiplies four of them at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from itilsim.kinds.leaf import Leaf

MOST = 4


def old_hours_unknown(block: Any, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) where what the old way of an activity costs hangs on more unknown inputs than a plan multiplies."""
    hour = hour_of(blocks)
    yield from too_many("old_hours", *hour, block.per_user, block.old_hours, blocks["users"][block.users].number)


def paid_group(users: Mapping[str, Any]) -> Any:
    """Give the group whose hour is the worth of an hour of the company's people: the first by name that is paid, None where none is."""
    return next((group for _, group in sorted(users.items()) if hasattr(group, "hour_value")), None)


def hour_of(blocks: Mapping[str, Mapping[str, Any]]) -> tuple[Leaf, ...]:
    """Give the quantities of which the worth of an hour of the company's people is made."""
    paid = paid_group(blocks["users"])
    return (paid.hour, paid.realisation) if paid is not None else ()


def too_many(field: str, *leaves: Leaf) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) where more of these quantities, which are multiplied, are unknown than can be."""
    unknown = [leaf.key for leaf in leaves if leaf.unknown]
    if len(unknown) > MOST:
        yield field, f"found {len(unknown)} unknown inputs that are multiplied ({', '.join(unknown)}); {MOST} can be: state one as known"

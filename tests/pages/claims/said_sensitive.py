"""What figure 8 and the part on inputs claim of the inputs that were varied one at a time, read from sensitivity.parquet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from typing import Any

import pyarrow.parquet as pq

from tests.pages.claims.forms import Context, any_of, form, listed, same, titles
from tests.pages.claims.stored import Figure, Stored
from tests.pages.claims.words import SLACK, amount, amount_pattern, number, size, whole

SECTIONS = "inputs tornado"
Row = dict[str, Any]


def varied(stored: Stored) -> dict[str, list[Row]]:
    """Return the rows of each input that was varied, those with a change of first place in order, the largest swing first."""
    found: dict[str, list[Row]] = {}
    for row in pq.read_table(stored.folder / "sensitivity.parquet").to_pylist():
        found.setdefault(row["key"], []).append(row)
    order = sorted(found, key=lambda key: (-abs(found[key][0]["swing"]), key))
    return {key: sorted(found[key], key=lambda row: int(row["change"])) for key in order}


def calls(text: str, row: Row) -> bool:
    """Say whether a text is what an input is called: its label, or where it has none words of its key."""
    words = set(re.findall(r"\w+", row["key"].lower()))
    return same(text, row["label"]) or set(re.findall(r"\w+", text.lower())) <= words


def _turns(rows: list[Row]) -> bool:
    return any(row["change"] and row["change_is_sure"] for row in rows)


def _close(rows: list[Row]) -> bool:
    return not _turns(rows) and (any(row["change"] for row in rows) or not rows[0]["is_sure"])


def _figure(row: Row, name: str) -> Figure:
    return Figure(float(row[name]), float(row[f"{name}_error"]))


def _pair(context: Context) -> Iterator[str]:
    """The two that are compared are those whose difference is stored."""
    row = next(iter(varied(context.stored).values()))[0]
    for field, name in (("a", "a"), ("b", "b"), ("leader", "a")):
        if field in context.fields and context.choice(field) != row[name]:
            yield f"{context[field]!r} is not {row[name]}"
    if "futures" in context.fields and whole(context["futures"].split()[0]) != row["replications"]:
        yield f"there are {row['replications']} futures"


def _count(context: Context, right: int) -> Iterator[str]:
    text = context["count"]
    if (1 if text.startswith("one ") else whole(text.split()[0])) != right:
        yield f"they are {right}"


def _most(context: Context, *, alone: bool) -> Iterator[str]:
    """The inputs of the largest swing, each with the difference at either end."""
    stored, rows = context.stored, [each[0] for each in varied(context.stored).values()]
    yield from _pair(context)
    top, money = rows[0], amount_pattern(stored.currency)
    pattern = rf"(?P<label>.+?), on average from (?P<low>{money}) at its low to (?P<high>{money}) at its high"
    named = []
    for part in listed(context["parts"], pattern):
        row = next(row for row in rows if calls(part["label"], row))
        named.append(row["key"])
        yield from amount(part["low"], _figure(row, "difference_low"), signed=True)
        yield from amount(part["high"], _figure(row, "difference_high"), signed=True)
    near = [row for row in rows if row is top or (_moves(row) and _level(row, top))]
    if named != [row["key"] for row in near][: len(named)] or (len(near) == 1) != alone or (len(named) < min(3, len(near))):
        yield f"of the largest swing are {[row['key'] for row in near]}"


def _moves(row: Row) -> bool:
    return bool(abs(row["swing"]) > 2 * row["swing_error"])


def _level(row: Row, top: Row) -> bool:
    return bool(abs(abs(row["swing"]) - abs(top["swing"])) <= 2 * hypot(row["swing_error"], top["swing_error"]))


@form(SECTIONS, "One at a time, this input moves the difference between {a:choice} and {b:choice} most: {parts:text}.")
def input_most(context: Context) -> Iterator[str]:
    """One surely moves it most."""
    yield from _most(context, alone=True)


@form(
    SECTIONS,
    "One at a time, these inputs move the difference between {a:choice} and {b:choice} most, none of them surely more than another: "
    "{parts:text}.",
)
def input_most_level(context: Context) -> Iterator[str]:
    """Several cannot be told apart."""
    yield from _most(context, alone=False)


@form(SECTIONS, "No input that was varied surely moves the difference between {a:choice} and {b:choice}.")
def input_still(context: Context) -> Iterator[str]:
    """None surely moves it."""
    yield from _pair(context)
    if any(_moves(rows[0]) for rows in varied(context.stored).values()):
        yield "some do"


@form(SECTIONS, "Within its range each of these, by itself, takes first place from {leader:choice}: {parts:text}.")
def input_turns(context: Context) -> Iterator[str]:
    """Where which input surely changes first place, and to what."""
    stored, found = context.stored, varied(context.stored)
    yield from _pair(context)
    turning = [rows for rows in found.values() if _turns(rows)]
    text, _, more = re.fullmatch(r"(.+?)(, and ([\d,]+) more)?", context["parts"]).groups()  # type: ignore[union-attr]
    choice = any_of(titles(stored))
    parts = listed(text, rf"(?P<label>.+?) \((?P<side>above|below) (?P<value>[−\d.,]+)(?: [^()]*?)? (?P<first>{choice}) comes first\)")
    if len(parts) + (whole(more) if more else 0) != len(turning):
        yield f"changing first place are {[rows[0]['key'] for rows in turning]}"
    for part, rows in zip(parts, turning, strict=False):
        if not calls(part["label"], rows[0]):
            yield f"the next is {rows[0]['key']}"
        yield from _changes(context, part, rows)


def _changes(context: Context, part: re.Match[str], rows: list[Row]) -> Iterator[str]:
    """The first sure change of an input: its value, and what comes first on which side of it."""
    row = next(row for row in rows if row["change"] and row["change_is_sure"])
    other, side = (row["changes_from"], "below") if row["changes_to"] == row["a"] else (row["changes_to"], "above")
    if (part["side"], context.named(part["first"])) != (side, other):
        yield f"{side} it {other} comes first"
    yield from number(part["value"], float(row["changes_at"]), float(row["changes_at_error"]))


@form(SECTIONS, "{leader:choice} comes first over the whole range of every input that was varied.")
def input_never(context: Context) -> Iterator[str]:
    """None changes first place, nor may."""
    yield from _pair(context)
    if any(_turns(rows) or _close(rows) for rows in varied(context.stored).values()):
        yield "some may"


@form(SECTIONS, "Over the range of {count:text} first place is too close to call by {futures:futures}.")
def input_close(context: Context) -> Iterator[str]:
    """Of so many it can be told neither way."""
    yield from _pair(context)
    yield from _count(context, sum(_close(rows) for rows in varied(context.stored).values()))


@form(SECTIONS, "Over the whole range of {count:text}, each by itself, {leader:choice} comes first.")
def input_never_count(context: Context) -> Iterator[str]:
    """So many surely never change it."""
    yield from _pair(context)
    yield from _count(context, sum(not _turns(rows) and not _close(rows) for rows in varied(context.stored).values()))


@form(
    SECTIONS,
    "Differences are the mean of {a:choice} less {b:choice} over {futures:futures}, ± Monte Carlo error.",
    "note",
)
def input_note(context: Context) -> Iterator[str]:
    """What the differences are of."""
    yield from _pair(context)


@form(SECTIONS, "{count:text} more, not drawn, swing the difference by {swing:amount} or less.", "note")
def input_rest(context: Context) -> Iterator[str]:
    """How large the swings are that are not drawn."""
    yield from _undrawn(context, whole(context["count"].split()[0]))


@form(SECTIONS, "One input more, not drawn, swings the difference by {swing:amount}.", "note")
def input_rest_one(context: Context) -> Iterator[str]:
    """How large the only swing is that is not drawn."""
    yield from _undrawn(context, 1)


def _undrawn(context: Context, count: int) -> Iterator[str]:
    rows = [each[0] for each in varied(context.stored).values() if each[0]["swing"]]
    rest = rows[len(rows) - count :]
    yield from size(context["swing"], _figure(rest[0], "swing"))
    if any(abs(row["swing"]) > abs(rest[0]["swing"]) * SLACK for row in rest):
        yield "larger swings are left out"


@form(SECTIONS, "The difference does not depend on {count:text} at all.", "note")
def input_nothing(context: Context) -> Iterator[str]:
    """So many of those not drawn have no swing."""
    still = sum(not rows[0]["swing"] for rows in varied(context.stored).values())
    text = context["count"]
    if (1 if text.startswith("one ") else whole(text.split()[0])) > still:
        yield f"they are {still}"

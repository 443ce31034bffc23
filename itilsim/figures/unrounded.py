"""The numbers of a table as they were estimated, each error in a column of its own: what spreadsheets and programs take."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from math import isfinite

from itilsim.figures.wording import Amount, Catalogue, Chance, Months, NumberTable, Percent, Phrase, Strong

Value = float | str | None
"""A cell: a number as estimated, a text, or nothing."""
Found = tuple[str, Value]
"""A cell's unit, by its key, and its value."""


@dataclass(frozen=True)
class Unrounded:
    """Columns of numbers and texts: each head names its unit."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def as_csv(self) -> str:
        """Returns the columns as comma-separated text; a text that a spreadsheet would take for a formula begins with an apostrophe."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.heads)
        writer.writerows([_guarded(value) for value in row] for row in self.rows)
        return text.getvalue()


def _guarded(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "@", "+", "-", "\t") else value
    return "" if value is None else repr(value)


def unrounded(table: NumberTable, catalogue: Catalogue) -> Unrounded:
    """Returns a table's numbers at full precision.

    An amount or a share with an error becomes two columns, unless the table states the error itself; a cell that says several numbers
    becomes a column for each; time is in months, a share between 0 and 1. What is not a number stays as it is worded.
    """
    heads: list[str] = []
    columns: list[list[Value]] = []
    cells = [[dict(_parts(cell, catalogue)) for cell in column] for column in zip(*table.rows, strict=True)]
    for place, (head, parts) in enumerate(zip(_heads(table, catalogue), cells, strict=False)):
        stated = [each.get("", ("", None))[1] for each in cells[place + 1]] if place + 1 < len(cells) else []
        errors = [stated]
        for name in dict.fromkeys(name for each in parts for name in each):
            values = [each[name][1] if name in each else None for each in parts]
            if name.endswith("error"):
                if not any(values) or values in errors:
                    continue
                errors.append(values)
            unit = next((each[name][0] for each in parts if name in each and each[name][0]), "")
            heads.append(_head(head, name, unit, catalogue))
            columns.append(values)
    return Unrounded(tuple(heads), tuple(zip(*columns, strict=True)))


def _heads(table: NumberTable, catalogue: Catalogue) -> list[str]:
    """Returns the heads; one that occurs more than once has the head before it in front."""
    heads = [catalogue.word(head) for head in table.heads]
    return [f"{heads[i - 1]}, {head}" if i and heads.count(head) > 1 else head for i, head in enumerate(heads)]


def _head(head: str, name: str, unit: str, catalogue: Catalogue) -> str:
    keys = [f"unrounded.{part}" for part in name.split()]
    said = [head, *(catalogue.word(Phrase(key, {})) if catalogue.has(key) else key.partition(".")[2] for key in keys)]
    measure = catalogue.currency if unit == "money" else catalogue.word(Phrase(f"unrounded.in-{unit}", {})) if unit else ""
    return ", ".join(said) + (f" ({measure})" if measure else "")


def _parts(cell: object, catalogue: Catalogue) -> Iterator[tuple[str, Found]]:
    """Gives what a cell holds: a number under the name "", its error under "error", the fields of a phrase under their names."""
    match cell:
        case Amount():
            yield from _estimate("money", cell.value, cell.error)
        case Percent() | Chance():
            yield from _estimate("share", cell.share.value, cell.share.error if cell.share.of else float("nan"))
        case Months():
            yield "", ("months", _number(cell.months))
        case bool() | None:
            yield "", ("", _text(catalogue.word(cell)))
        case int() | float():
            yield "", ("", _number(cell))
        case Phrase():
            yield from _fields(cell, catalogue)
        case Strong():
            yield "", ("", cell.title)
        case _:
            yield "", ("", _text(catalogue.word(cell)))


def _estimate(unit: str, value: float, error: float) -> Iterator[tuple[str, Found]]:
    yield "", (unit, _number(value))
    yield "error", (unit, _number(error))


def _fields(phrase: Phrase, catalogue: Catalogue) -> Iterator[tuple[str, Found]]:
    """Gives the numbers that a phrase says, and the whole of it as it is worded where it says anything else."""
    found = [(name, part) for name, field in phrase.fields.items() for part in _parts(field, catalogue)]
    if not found or any(isinstance(value, str) for _, (_, (_, value)) in found):
        yield "", ("", _text(catalogue.word(phrase)))
    yield from ((f"{name} {own}".strip(), cell) for name, (own, cell) in found if not isinstance(cell[1], str))


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _text(worded: str) -> str | None:
    """Returns what is worded in one line with plain spaces."""
    return worded.replace("\u00a0", " ").replace("\n", " · ").replace("**", "") or None

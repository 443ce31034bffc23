"""The part of the page that lists what the answer stands on: inputs with ranges, sources and trust."""

from __future__ import annotations

from html import escape

from itilsim.figures import first_place
from itilsim.figures.wording import Catalogue, NumberTable, Phrase, Plural
from itilsim.pages.markup import details, number_table, paragraphs, section
from itilsim.tables.inputs import Cell, Input, Inputs, read_inputs
from itilsim.tables.result import Result

name = "inputs"
after = 3


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML, or nothing where the manifest lists no input."""
    table = read_inputs(result)
    if not table.unknown and not table.known:
        return ""
    pieces = [paragraphs(_sentences(table, catalogue), "lead")]
    if table.sensitivity:
        pieces.append(paragraphs([first_place.note(table.sensitivity, catalogue)], "note"))
    if table.unknown:
        heading = catalogue.say("inputs.unknown-title")
        listed = number_table(_unknown(table, catalogue), catalogue, heading, kind="inputs cards")
        pieces.append(f"<h3>{escape(heading)}</h3>{listed}")
    if table.known:
        heading = catalogue.say("inputs.known-title", count=len(table.known))
        pieces.append(details(heading, number_table(_known(table, catalogue), catalogue, heading, kind="inputs cards")))
    return section(name, catalogue, catalogue.say("inputs.title"), *pieces)


def _sentences(table: Inputs, catalogue: Catalogue) -> list[str]:
    known, unknown = (Plural(len(rows), "input") for rows in (table.known, table.unknown))
    parts = [catalogue.say("inputs.trust-part", count=count, trust=trust) for trust, count in table.trusts.items()]
    trust = catalogue.say("inputs.trust", parts=catalogue.listed(parts))
    varied = first_place.sentences(table.sensitivity, catalogue) if table.sensitivity else []
    return [catalogue.say("inputs.sentence", unknown=unknown, known=known) + " " + trust, *varied]


def _label(row: Input) -> str:
    return f"{row.label}\n{row.note}" if row.note else row.label


def _cell(value: Cell, catalogue: Catalogue) -> str:
    return catalogue.number(float(value), 4) if isinstance(value, int | float) else (value or "")


def _unknown(table: Inputs, catalogue: Catalogue) -> NumberTable:
    heads, cells = _varied(table, table.unknown, catalogue)
    rows = [
        (_label(row), *(_cell(value, catalogue) for value in (row.low, row.likely, row.high)), row.unit, *more, row.source, row.trust)
        for row, more in zip(table.unknown, cells, strict=True)
    ]
    numeric = frozenset((5,)) if heads else frozenset()
    return NumberTable(_heads(("label", "low", "likely", "high", "unit", *heads, "source", "trust"), catalogue), tuple(rows), numeric)


def _known(table: Inputs, catalogue: Catalogue) -> NumberTable:
    heads, cells = _varied(table, table.known, catalogue)
    ranges = [(_range(row, catalogue),) if heads else () for row in table.known]
    rows = [
        (_label(row), _cell(row.likely if row.value is None else row.value, catalogue), row.unit, *span, *more, row.source, row.trust)
        for row, span, more in zip(table.known, ranges, cells, strict=True)
    ]
    varied = ("varied", *heads) if heads else ()
    numeric = frozenset((4,)) if heads else frozenset()
    return NumberTable(_heads(("label", "value", "unit", *varied, "source", "trust"), catalogue), tuple(rows), numeric)


def _heads(names: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(catalogue.say(f"inputs.head-{name}") for name in names)


def _varied(table: Inputs, rows: tuple[Input, ...], catalogue: Catalogue) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Returns the columns, with each row's cells, that a stored sensitivity adds; none where none of the inputs was varied."""
    if table.sensitivity is None or not any(row.sensitive for row in rows):
        return (), [()] * len(rows)
    cells: list[tuple[object, ...]] = []
    for row in rows:
        own = row.sensitive
        if own is None:
            cells.append(("", ""))
            continue
        place = first_place.first_place(own, table.sensitivity, catalogue)
        ends = Phrase("sensitivity.ends", {"low": first_place.difference(own.at_low), "high": first_place.difference(own.at_high)})
        cells.append((ends, place))
    return ("ends", "first"), cells


def _range(row: Input, catalogue: Catalogue) -> str:
    if row.sensitive is None:
        return ""
    low, high = (catalogue.number(value, 4) for value in (row.sensitive.low, row.sensitive.high))
    return catalogue.word(Phrase("inputs.range", {"low": low, "high": f"{high} {row.sensitive.unit}".strip()}))

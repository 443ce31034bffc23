"""The part of the page that lists what the answer stands on: inputs with ranges, sources and trust."""

from __future__ import annotations

from html import escape

from itilsim.figures.wording import Catalogue, NumberTable, Plural
from itilsim.pages.markup import details, number_table, paragraphs, section
from itilsim.tables.inputs import Cell, Input, Inputs, read_inputs
from itilsim.tables.result import Result

name = "inputs"


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML, or nothing where the manifest lists no input."""
    table = read_inputs(result)
    if not table.unknown and not table.known:
        return ""
    pieces = [paragraphs(_sentences(table, catalogue), "lead")]
    if table.unknown:
        heading = catalogue.say("inputs.unknown-title")
        listed = number_table(_unknown(table.unknown, catalogue), catalogue, heading, kind="inputs cards")
        pieces.append(f"<h3>{escape(heading)}</h3>{listed}")
    if table.known:
        heading = catalogue.say("inputs.known-title", count=len(table.known))
        pieces.append(details(heading, number_table(_known(table.known, catalogue), catalogue, heading, kind="inputs cards")))
    return section(name, catalogue.say("inputs.title"), *pieces)


def _sentences(table: Inputs, catalogue: Catalogue) -> list[str]:
    known, unknown = (Plural(len(rows), "input") for rows in (table.known, table.unknown))
    parts = [catalogue.say("inputs.trust-part", count=count, trust=trust) for trust, count in table.trusts.items()]
    trust = catalogue.say("inputs.trust", parts=catalogue.listed(parts))
    return [catalogue.say("inputs.sentence", unknown=unknown, known=known) + " " + trust]


def _label(row: Input) -> str:
    return f"{row.label}\n{row.note}" if row.note else row.label


def _cell(value: Cell, catalogue: Catalogue) -> str:
    return catalogue.number(float(value), 4) if isinstance(value, int | float) else (value or "")


def _unknown(rows: tuple[Input, ...], catalogue: Catalogue) -> NumberTable:
    heads = tuple(catalogue.say(f"inputs.head-{key}") for key in ("label", "low", "likely", "high", "unit", "source", "trust"))
    return NumberTable(
        heads,
        tuple(
            (_label(row), *(_cell(value, catalogue) for value in (row.low, row.likely, row.high)), row.unit, row.source, row.trust)
            for row in rows
        ),
    )


def _known(rows: tuple[Input, ...], catalogue: Catalogue) -> NumberTable:
    heads = tuple(catalogue.say(f"inputs.head-{key}") for key in ("label", "value", "unit", "source", "trust"))
    return NumberTable(
        heads,
        tuple(
            (_label(row), _cell(row.likely if row.value is None else row.value, catalogue), row.unit, row.source, row.trust) for row in rows
        ),
    )

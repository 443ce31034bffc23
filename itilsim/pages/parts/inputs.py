"""The first table of the page: what the answer stands on, what the planner does not know first, and where first place changes."""

from __future__ import annotations

from html import escape

from itilsim.figures import first_place
from itilsim.figures.wording import Catalogue, NumberTable, Phrase, Plural
from itilsim.pages.markup import details, emphasised, number_table, paragraphs, section
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
    if table.unknown:
        heading = catalogue.say("inputs.unknown-title")
        listed = number_table(_unknown(table, catalogue), catalogue, heading, kind="inputs cards")
        pieces.append(f"<h3>{escape(heading)}</h3>{listed}{_how(table, catalogue)}")
    if table.known:
        heading = catalogue.say("inputs.known-title", count=len(table.known))
        pieces.append(details(heading, number_table(_known(table, catalogue), catalogue, heading, kind="inputs cards")))
    return section(name, catalogue, catalogue.say("inputs.title"), *pieces)


def _sentences(table: Inputs, catalogue: Catalogue) -> list[str]:
    known, unknown = Plural(len(table.known), "stated"), Plural(len(table.unknown), "unknown")
    parts = [catalogue.say("inputs.trust-part", count=count, trust=_trust(trust, catalogue)) for trust, count in table.trusts.items()]
    trust = catalogue.say("inputs.trust", parts=catalogue.listed(parts))
    turning = first_place.turning(table.sensitivity, catalogue) if table.sensitivity else []
    return [catalogue.say("inputs.sentence", unknown=unknown, known=known, trust=trust), *turning]


def _how(table: Inputs, catalogue: Catalogue) -> str:
    """Says how the values at which first place changes came about, or by which command to get them."""
    if table.sensitivity:
        return paragraphs([first_place.note(table.sensitivity, catalogue)], "note")
    before, after_it = (emphasised(catalogue.word(Phrase(f"inputs.find-{place}", {}))) for place in ("before", "after"))
    return f'<p class="note">{before} <code>{escape(table.command)}</code> {after_it}</p>'


def _trust(trust: str, catalogue: Catalogue) -> str:
    key = f"inputs.trusted-{trust}"
    return catalogue.template(key) if catalogue.has(key) else trust


def _label(row: Input, catalogue: Catalogue) -> str:
    only = catalogue.say("inputs.only", alternatives=catalogue.listed(list(row.only))) if row.only else ""
    return "\n".join(text for text in (row.label, row.note, only) if text)


def _source(row: Input, catalogue: Catalogue) -> str:
    """Words how far to trust an input, and under it where it is from; a source that begins with the same word says it already."""
    trust = _trust(row.trust or "unstated", catalogue)
    source = row.source
    for said in (row.trust, trust):
        source = source.removeprefix(said).lstrip(":：;；,， ")
    return f"{trust}\n{source}" if source else trust


def _cell(value: Cell, catalogue: Catalogue) -> str:
    return catalogue.number(float(value), 4) if isinstance(value, int | float) else (value or "")


def _unknown(table: Inputs, catalogue: Catalogue) -> NumberTable:
    first = _changes(table, table.unknown, catalogue)
    rows = []
    for row, more in zip(table.unknown, first, strict=True):
        values = [_cell(value, catalogue) for value in (row.low, row.likely, row.high)]
        rows.append((_label(row, catalogue), *values, _unit(row), *more, _source(row, catalogue)))
    heads = ("label", "low", "likely", "high", "unit", *(["first"] if any(first) else []), "source")
    return NumberTable(_heads(heads, catalogue), tuple(rows), frozenset((1, 2, 3)))


def _known(table: Inputs, catalogue: Catalogue) -> NumberTable:
    first = _changes(table, table.known, catalogue)
    spans = [(_range(row, catalogue),) if more else () for row, more in zip(table.known, first, strict=True)]
    rows = [
        (_label(row, catalogue), _stated(row, catalogue), *span, *more, _source(row, catalogue))
        for row, span, more in zip(table.known, spans, first, strict=True)
    ]
    heads = ("label", "value", *(["varied", "first"] if any(first) else []), "source")
    return NumberTable(_heads(heads, catalogue), tuple(rows))


def _unit(row: Input) -> str:
    """Keeps each part of a unit beside its stroke, so that a narrow column breaks it before one."""
    return row.unit.replace("/ ", "/\u00a0")


def _stated(row: Input, catalogue: Catalogue) -> str:
    return f"{_cell(row.likely if row.value is None else row.value, catalogue)} {_unit(row)}".strip()


def _heads(names: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(catalogue.say(f"inputs.head-{name}") for name in names)


def _changes(table: Inputs, rows: tuple[Input, ...], catalogue: Catalogue) -> list[tuple[str, ...]]:
    """Returns the cell of each row that a stored sensitivity adds, an empty one where a row was not varied; none where none was."""
    found = table.sensitivity
    if found is None or not any(row.sensitive for row in rows):
        return [()] * len(rows)
    return [(first_place.first_place(row.sensitive, found, catalogue) if row.sensitive else "",) for row in rows]


def _range(row: Input, catalogue: Catalogue) -> str:
    if row.sensitive is None:
        return ""
    low, high = (catalogue.number(value, 4) for value in (row.sensitive.low, row.sensitive.high))
    return catalogue.word(Phrase("inputs.range", {"low": low, "high": f"{high} {row.sensitive.unit}".strip()}))

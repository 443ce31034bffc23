"""The spreadsheet of inputs: one row for each input that matters, to be filled in and given back.

The columns are `key, low, likely, high, unit, note, source`. An input that is known has `likely` alone. The
file is written as CSV in UTF-8 with a byte order mark, which spreadsheet programs open rightly, and read back
as these programs save it: with commas, semicolons or tabs, a byte order mark or none, thousands separators, a
decimal comma beside semicolons, blank rows and columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from itilsim.text.cells import number_in_cell
from itilsim.text.faults import Fault, FaultyInput, FaultyQuantity, shown, unknown_name
from itilsim.text.files import first_bad_byte, read_bytes

COLUMNS = ("key", "low", "likely", "high", "unit", "note", "source")
_NUMBERS = ("low", "likely", "high")
_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])[,;\t]*", re.IGNORECASE)
_FORMULA_SIGNS = ("=", "+", "-", "@", "'")
_OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or another zipped file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}

Cells = list[str]


@dataclass(frozen=True)
class SheetRow:
    """One input: its key, its likely value, low and high where it is uncertain (both or none), unit, note and source.

    Numbers stand in the unit of the row. `row` is the number of the row in the spreadsheet, from 1, and
    `positions` are those of its columns in the order of `COLUMNS`, so that faults found later can point
    there.
    """

    key: str
    low: float | None
    likely: float
    high: float | None
    unit: str
    note: str = ""
    source: str = ""
    row: int = field(default=0, compare=False)
    positions: tuple[int, ...] = field(default=tuple(range(1, 8)), compare=False, repr=False)


def sheet_text(rows: Iterable[SheetRow]) -> str:
    """Spell rows as comma-separated text with a heading, without a byte order mark.

    A text that a spreadsheet would take for a formula gets a leading apostrophe, which `read_sheet` takes
    away.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        numbers = (_spelt(row.low), _spelt(row.likely), _spelt(row.high))
        texts = (_harmless(text) for text in (row.unit, row.note, row.source))
        writer.writerow((_harmless(row.key), *numbers, *texts))
    return out.getvalue()


def write_sheet(rows: Iterable[SheetRow], path: Path) -> None:
    """Write rows as a CSV file that spreadsheet programs open rightly: UTF-8 with a byte order mark."""
    path.write_bytes(sheet_text(rows).encode("utf-8-sig"))


def read_sheet(path: Path) -> list[SheetRow]:
    """Read the rows of a sheet as a spreadsheet program saved it; texts are stripped of spaces around them.

    Raises FaultyInput with all faults at once; line and column of a fault are row and column of the
    spreadsheet, and its message names both: "row 4, column 'high': found 'abc'; a number is needed".
    """
    separator, text = _separated(_decoded(read_bytes(path, kind="CSV"), path))
    rows = _cells(text, separator, path)
    heading = next(rows, None)
    if heading is None:
        raise _refused(path, 1, f"this sheet is empty; its first row has to be {','.join(COLUMNS)}")
    layout = _Layout(path, separator == ";", _columns(heading, path))
    faults: list[Fault] = []
    found: list[SheetRow] = []
    for number, cells in rows:
        texts = {name: cells[at] if at < len(cells) else "" for name, at in layout.columns.items()}
        wrong = [*layout.strangers(number, cells), *layout.wrong_cells(number, texts)]
        if not wrong:
            found.append(layout.row(number, texts))
        faults.extend(wrong)
    faults.extend(_twice(found, path))
    if faults:
        raise FaultyInput(faults)
    return found


def cell_fault(path: Path, row: SheetRow, *, column: str, message: str) -> Fault:
    """Make a fault that points at one cell of a row that was read, for what only a scenario knows (a wrong unit)."""
    position = row.positions[COLUMNS.index(column)]
    return Fault(str(path), row.row, position, f"row {row.row}, column '{column}': {message}")


@dataclass(frozen=True)
class _Layout:
    """How one sheet is laid out: its decimal mark and at which position, from nought, each column stands."""

    path: Path
    decimal_comma: bool
    columns: dict[str, int]

    def number(self, text: str) -> float | None:
        return number_in_cell(text, decimal_comma=self.decimal_comma) if text else None

    def row(self, number: int, texts: dict[str, str]) -> SheetRow:
        low, likely, high = (self.number(texts[name]) for name in _NUMBERS)
        assert likely is not None, "a row without a likely value is at fault"
        words = {name: _meant(texts[name]) for name in ("key", "unit", "note", "source")}
        positions = tuple(self.columns[name] + 1 for name in COLUMNS)
        return SheetRow(low=low, likely=likely, high=high, row=number, positions=positions, **words)

    def strangers(self, number: int, cells: Cells) -> Iterator[Fault]:
        """Find what stands beside the columns of the sheet."""
        for position, cell in enumerate(cells):
            if cell and position not in self.columns.values():
                message = f"found {shown(cell)} outside the columns of the sheet; empty this cell"
                yield Fault(str(self.path), number, position + 1, f"row {number}, column {position + 1}: {message}")

    def wrong_cells(self, number: int, texts: dict[str, str]) -> Iterator[Fault]:
        """Find the cells of a row that are missing, no numbers, or not in order."""
        wrong = [] if texts["key"] else [("key", "this cell is empty; the key of an input is needed")]
        values: dict[str, float | None] = {}
        for name in _NUMBERS:
            try:
                values[name] = self.number(texts[name])
            except FaultyQuantity as refusal:
                wrong.append((name, str(refusal)))
        if len(values) == len(_NUMBERS):
            wrong.extend(_disorder(values, texts))
        for column, message in wrong:
            place = f"row {number}, column '{column}'"
            yield Fault(str(self.path), number, self.columns[column] + 1, f"{place}: {message}")


def _decoded(raw: bytes, path: Path) -> str:
    for start, kind in _OTHER_FORMATS.items():
        if raw.startswith(start):
            raise _refused(path, 1, f"this is {kind}; save the sheet as 'CSV UTF-8'")
    bad = first_bad_byte(raw)
    if bad is not None:
        line, column, byte = bad
        message = (
            f"found the byte 0x{byte:02x}, which is not UTF-8, so the sheet was saved in an older encoding"
            " (such as Windows-1252 or GB18030); save it as 'CSV UTF-8'"
        )
        raise FaultyInput([Fault(str(path), line, column, message)])
    text = raw.decode("utf-8-sig")
    if "\0" in text:
        raise _refused(path, 1, "found a byte 0x00, which no text has; save the sheet as 'CSV UTF-8'")
    return text


def _separated(text: str) -> tuple[str, str]:
    """Give the separator and the text without the line "sep=;", which Excel reads as an instruction and not as a row."""
    first, _, rest = text.partition("\n")
    told = _SEPARATOR_LINE.fullmatch(first.strip("\r"))
    if told is not None:
        return told[1], rest
    heading = next((line for line in text.splitlines() if line.strip(' \t,;"')), "")
    return max(_SEPARATORS, key=heading.count), text


def _cells(text: str, separator: str, path: Path) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield number, stripped
    except csv.Error as wrong:
        message = f"row {number + 1} is not valid CSV ({wrong}); check its quotation marks"
        raise _refused(path, number + 1, message) from None


def _columns(heading: tuple[int, Cells], path: Path) -> dict[str, int]:
    number, cells = heading
    columns: dict[str, int] = {}
    faults = []
    for position, cell in enumerate(cells):
        name = cell.lower()
        if name in COLUMNS and name not in columns:
            columns[name] = position
        elif name:
            again = f"the column {shown(name)} stands there twice; keep one"
            message = again if name in columns else unknown_name("column", cell, COLUMNS)
            faults.append(Fault(str(path), number, position + 1, f"row {number}: {message}"))
    missing = ", ".join(shown(name) for name in COLUMNS if name not in columns)
    if missing:
        message = f"row {number}: the heading lacks {missing}; it has to be {','.join(COLUMNS)}"
        faults.append(Fault(str(path), number, 1, message))
    if faults:
        raise FaultyInput(faults)
    return columns


def _disorder(values: dict[str, float | None], texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Name the cells that do not fit the others: missing ones, and what is not low <= likely <= high."""
    low, likely, high = (values[name] for name in _NUMBERS)
    spelt = {name: shown(text) for name, text in texts.items()}
    if likely is None:
        yield "likely", "this cell is empty; a number is needed"
    for name, value, other, there in (("low", low, "high", high), ("high", high, "low", low)):
        if value is None and there is not None:
            yield name, f"this cell is empty while {other} is {spelt[other]}; fill in both, or neither"
    if low is not None and likely is not None and low > likely:
        yield (
            "low",
            f"found {spelt['low']}, above the likely value {spelt['likely']}; it has to be at most that",
        )
    if high is not None and likely is not None and high < likely:
        yield (
            "high",
            f"found {spelt['high']}, below the likely value {spelt['likely']}; it has to be at least that",
        )
    if likely is None and low is not None and high is not None and low > high:
        yield "low", f"found {spelt['low']}, above high, which is {spelt['high']}; exchange them"


def _twice(rows: list[SheetRow], path: Path) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            message = f"found {shown(row.key)}, which row {first[row.key]} has too; keep one of the two rows"
            yield cell_fault(path, row, column="key", message=message)
        first.setdefault(row.key, row.row)


def _spelt(number: float | None) -> str:
    return "" if number is None else repr(number).removesuffix(".0")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _meant(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_SIGNS) else text


def _refused(path: Path, line: int, message: str) -> FaultyInput:
    return FaultyInput([Fault(str(path), line, 1, message)])

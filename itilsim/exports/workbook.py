"""A workbook of every table of the page: numbers as numbers, unrounded, the Monte Carlo error beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from itilsim.exports.needed import NotInstalled, whole
from itilsim.figures.unrounded import Value
from itilsim.figures.wording import Catalogue
from itilsim.pages.answer import answer
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.markup import downloads
from itilsim.pages.report import pieces
from itilsim.tables.net_value import read_strip
from itilsim.tables.provenance import read_provenance
from itilsim.tables.result import Result, open_result

LONGEST = 31
"""Letters of a sheet's name that spreadsheets take."""
NARROWEST, WIDEST, HEAD = 14, 42, 3
"""Letters of the narrowest and of the widest column; rows above the numbers."""


@dataclass(frozen=True)
class Sheet:
    """One table: the name of its sheet, its title, and its columns."""

    name: str
    title: str
    heads: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_workbook(result: Path, out: Path | None = None, *, language: str = "en") -> Path:
    """Writes the workbook of a stored result and returns where it is: `out`, or report.xlsx in the results folder.

    Raises ResultFault where the folder cannot be read, NotInstalled where the library is missing.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as missing:
        raise NotInstalled("spreadsheets", "XlsxWriter") from missing
    opened = open_result(result).in_language(language)
    catalogue = open_catalogue(language, opened.currency)
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}) as book:
        looks = {name: book.add_format(look) for name, look in _looks().items()}
        listed = list(sheets(opened, catalogue))
        _first(book.add_worksheet(_name(catalogue.say("workbook.first"), set())), opened, listed, looks, catalogue)
        for sheet in listed:
            _fill(book.add_worksheet(sheet.name), sheet, looks)
    return whole(out or Path(result) / "report.xlsx", content.getvalue())


def sheets(result: Result, catalogue: Catalogue) -> Iterator[Sheet]:
    """Gives every table that the page offers to keep, in the order of the page."""
    used = {_name(catalogue.say("workbook.first"), set()).lower()}
    for piece in pieces(result, catalogue):
        tables = list(downloads(piece.html))
        about = catalogue.say(f"nav.{piece.name}")
        for title, numbers in tables:
            name = _name(about if len(tables) == 1 else f"{about}, {title}", used)
            used.add(name.lower())
            heads, units = zip(*(_measured(head, catalogue) for head in numbers.heads), strict=True)
            yield Sheet(name, title if len(tables) == 1 else f"{about}: {title}", heads, units, numbers.rows)


def _name(title: str, used: set[str]) -> str:
    """Returns a title as the name of a sheet that no other has: without what spreadsheets refuse, and cut between words."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']+", " ", title).split())
    name, count = _cut(plain, LONGEST), 1
    while name.lower() in used:
        count += 1
        end = f" {count}"
        name = _cut(plain, LONGEST - len(end)) + end
    return name


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    whole_words = text[: longest + 1].rpartition(" ")[0]
    return (whole_words or text[:longest]).rstrip(" ,")


def _measured(head: str, catalogue: Catalogue) -> tuple[str, str]:
    """Parts a head from the unit that it names."""
    own, _, unit = head.removesuffix(")").rpartition(" (")
    known = (catalogue.currency, catalogue.template("unrounded.in-share"), catalogue.template("unrounded.in-months"))
    return (own, unit) if unit in known else (head, "")


def _looks() -> dict[str, dict[str, Any]]:
    return {
        "title": {"bold": True, "font_size": 14},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom"},
        "unit": {"italic": True, "bottom": 1},
        "number": {"num_format": "#,##0.0000"},
        "text": {"text_wrap": True, "valign": "top"},
    }


def _fill(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """Writes a table: its title, heads and units that stay in sight, and a row each under them."""
    page.write_string(0, 0, sheet.title, looks["title"])
    for column, (head, unit) in enumerate(zip(sheet.heads, sheet.units, strict=True)):
        page.write_string(HEAD - 2, column, head, looks["head"])
        page.write_string(HEAD - 1, column, unit, looks["unit"])
        longest = 0
        for place, row in enumerate(sheet.rows, start=HEAD):
            cell = row[column]
            if isinstance(cell, str):
                page.write_string(place, column, cell)
                longest = max(longest, len(cell))
            elif cell is not None:
                page.write_number(place, column, cell, looks["number"])
        page.set_column(column, column, min(WIDEST, max(NARROWEST, longest + 1)))
    page.freeze_panes(HEAD, 1)


def _first(page: Any, result: Result, listed: list[Sheet], looks: dict[str, Any], catalogue: Catalogue) -> None:
    """Writes what was asked and answered, how it was computed, and which sheets follow."""
    table = read_provenance(result)
    said = " ".join(answer(read_strip(result), catalogue)).replace("**", "").replace("\u00a0", " ")
    facts: list[tuple[str, Value]] = [
        (catalogue.say("workbook.question"), str(result.manifest.get("question") or "")),
        (catalogue.say("workbook.answer"), said),
        (catalogue.say("workbook.currency"), result.currency),
        (catalogue.say("workbook.baseline"), table.baseline.title),
        (catalogue.say("workbook.futures"), float(table.futures)),
        (catalogue.say("workbook.seed"), str(table.seed)),
        (catalogue.say("workbook.months"), float(table.horizon_months)),
        (catalogue.say("workbook.rate"), table.discount_rate),
        (catalogue.say("workbook.engine"), table.engine),
        *table.software.items(),
        *((f"{catalogue.say('method.hashes')}: {name}", text) for name, text in table.hashes.items()),
        (catalogue.say("method.again"), f"itilsim replay results/{table.folder}"),
        (catalogue.say("workbook.note"), catalogue.say("workbook.error")),
    ]
    page.write_string(0, 0, str(result.manifest["title"]), looks["title"])
    for row, (name, value) in enumerate(facts, start=HEAD - 1):
        page.write_string(row, 0, name, looks["text"])
        if isinstance(value, str):
            page.write_string(row, 1, value, looks["text"])
        elif value is not None:
            page.write_number(row, 1, value)
    for row, sheet in enumerate(listed, start=HEAD + len(facts)):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
        page.write_string(row, 1, sheet.title)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)

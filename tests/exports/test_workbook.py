"""The workbook holds every table of the page as numbers, and says on its first sheet what they are."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from itilsim.exports.needed import NotInstalled
from itilsim.exports.workbook import sheets, write_workbook
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.pages.report import pieces
from itilsim.tables.result import open_result
from tests.pages.synthetic import Made

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads back what XlsxWriter wrote")
pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")


@pytest.fixture(scope="module")
def book(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the workbook of the made-up result, read back."""
    return openpyxl.load_workbook(write_workbook(made.folder, tmp_path_factory.mktemp("books") / "book.xlsx"))


def test_every_table_of_the_page_is_a_sheet(made: Made, book: Any) -> None:
    listed = list(sheets(open_result(made.folder), open_catalogue("en", "CNY")))
    assert book.sheetnames == ["Question and answer", *(sheet.name for sheet in listed)]
    for sheet in listed:
        held = book[sheet.name]
        for row, numbers in enumerate(sheet.rows, start=4):
            for column, number in enumerate(numbers, start=1):
                found = held.cell(row, column).value
                assert found == (pytest.approx(number, rel=1e-15) if isinstance(number, float) else number)
        assert (held["A1"].value, held.freeze_panes) == (sheet.title, "B4")


@pytest.mark.parametrize("language", languages())
def test_no_table_is_left_out_in_any_language(made: Made, language: str) -> None:
    result, catalogue = open_result(made.folder), open_catalogue(language, "CNY")
    tables = sum(piece.html.count('<table class="numbers') for piece in pieces(result, catalogue))
    names = [sheet.name for sheet in sheets(result, catalogue)]
    assert len(names) == len({name.lower() for name in names}) == tables > 10
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_amounts_are_numbers_and_the_first_sheet_says_whence(made: Made, book: Any) -> None:
    strip = book["At a glance"]
    assert (strip["B2"].value, strip["B3"].value) == ("Mean", "CNY")
    means = [float(value.mean()) for value in made.values.values()]
    assert [strip.cell(row, 2).value for row in range(4, 8)] == pytest.approx(means, rel=1e-15)
    first = dict(book["Question and answer"].iter_rows(min_row=3, max_row=20, max_col=2, values_only=True))
    assert first["Question"].startswith("Should the company keep its approvals on paper")
    assert (first["Seed"], first["Futures"], first["Engine"]) == ("20260701", 400, "compiled")
    assert first["Hashes: inputs"] == "0123456789abcdef0123456789abcdef"


def test_without_the_library_a_sentence_says_how_to_get_it(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(NotInstalled, match=r"spreadsheets need XlsxWriter.*pip install 'itilsim\[export\]'"):
        write_workbook(made.folder)
    assert not (made.folder / "report.xlsx").exists()

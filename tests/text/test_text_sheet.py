"""Sheets survive spreadsheet programs, and every cell at fault is named by row and column, all at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itilsim.text.cells import number_in_cell
from itilsim.text.faults import FaultyInput, FaultyQuantity
from itilsim.text.sheet import COLUMNS, SheetRow, cell_fault, read_sheet, sheet_text, write_sheet

HEADING = "key,low,likely,high,unit,note,source\n"
ROWS = [
    SheetRow("demand.requests", 800.0, 1000.0, 1400.0, "requests / month", 'says "IT", roughly', "judgement"),
    SheetRow("contracts.support.fee", None, 90_000.5, None, "CNY / year", "两行\nnote", "facts"),
    SheetRow("leak", 0.001, 0.005, 0.01, "1 / year", "=1+1", "-"),
]


def sheet(text: str | bytes, tmp_path: Path) -> Path:
    path = tmp_path / "my.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def faults_of(text: str | bytes, tmp_path: Path) -> list[tuple[int, int, str]]:
    with pytest.raises(FaultyInput) as faulty:
        read_sheet(sheet(text, tmp_path))
    return [(fault.line, fault.column, fault.message) for fault in faulty.value.faults]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    write_sheet(ROWS, path)
    assert read_sheet(path) == ROWS
    assert [row.row for row in read_sheet(path)] == [2, 3, 4]


def test_the_file_opens_rightly_in_spreadsheet_programs(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    write_sheet(ROWS, path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfkey,low,likely,high,unit,note,source\r\n")
    assert b"'=1+1" in raw, "a note must not become a formula"
    assert b",1000," in raw, "whole numbers are written whole"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
FINITE = st.floats(-1e50, 1e50, allow_subnormal=False)


@given(TEXT.filter(bool), st.lists(FINITE, min_size=3, max_size=3).map(sorted), st.booleans(), TEXT, TEXT, TEXT)
def test_any_row_survives_the_way_there_and_back(key: str, numbers: list[float], known: bool, unit: str, note: str, source: str) -> None:
    low, likely, high = numbers
    row = SheetRow(key, None if known else low, likely, None if known else high, unit, note, source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.csv"
        write_sheet([row], path)
        assert read_sheet(path) == [row]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_sheets_of_any_spreadsheet_program_are_read(separator: str, mark: str, newline: str, tmp_path: Path) -> None:
    text = mark + "".join(separator.join(cells) + newline for cells in (COLUMNS, ("fee", "1", "2", "3", "h", "a note", "me")))
    assert read_sheet(sheet(text, tmp_path)) == [SheetRow("fee", 1.0, 2.0, 3.0, "h", "a note", "me")]


def test_excel_s_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    (row,) = read_sheet(sheet("sep=;\r\n" + HEADING.replace(",", ";") + "fee;;1,5;;h;a, b, c, d, e, f, g, h;\n", tmp_path))
    assert (row.likely, row.row) == (1.5, 2)


def test_blank_rows_and_columns_and_another_order_do_no_harm(tmp_path: Path) -> None:
    text = ",,,,,,,,\n,Key,unit,LOW,likely,high,,note,source\n,,,,,,,,\n,fee,h,1, 2 ,3,,,\n,,,,,,,,\n"
    path = sheet(text, tmp_path)
    (row,) = read_sheet(path)
    assert row == SheetRow("fee", 1.0, 2.0, 3.0, "h", "", "")
    fault = cell_fault(path, row, column="unit", message="found 'h'; a fee needs money")
    assert (fault.line, fault.column) == (4, 3)
    assert fault.message == "row 4, column 'unit': found 'h'; a fee needs money"


def test_a_short_row_is_a_row_with_empty_cells(tmp_path: Path) -> None:
    assert read_sheet(sheet(HEADING + "fee,,2\n", tmp_path)) == [SheetRow("fee", None, 2.0, None, "", "", "")]


def test_all_cells_at_fault_are_named_at_once(tmp_path: Path) -> None:
    text = (
        HEADING
        + "fee,1,2,3,h,,\n"
        + "\n"
        + "a,1,2,abc,h,,\n"
        + "b,x,90 k,,h,,\n"
        + ",1,2,3,h,,\n"
        + "c,,,,h,,\n"
        + "d,1,2,,h,,\n"
        + "e,,2,3,h,,\n"
        + "f,5,2,1,h,,\n"
        + "fee,1,2,3,h,,\n"
        + "g,1,2,3,h,,,more\n"
        + 'h,"1,2",2,3,h,,\n'
    )
    assert faults_of(text, tmp_path) == [
        (4, 4, "row 4, column 'high': found 'abc'; a number is needed"),
        (5, 2, "row 5, column 'low': found 'x'; a number is needed"),
        (5, 3, "row 5, column 'likely': found '90 k'; a number is needed, and 'k' belongs into column 'unit' or 'note'"),
        (6, 1, "row 6, column 'key': this cell is empty; the key of an input is needed"),
        (7, 3, "row 7, column 'likely': this cell is empty; a number is needed"),
        (8, 4, "row 8, column 'high': this cell is empty while low is '1'; fill in both, or neither"),
        (9, 2, "row 9, column 'low': this cell is empty while high is '3'; fill in both, or neither"),
        (10, 2, "row 10, column 'low': found '5', above the likely value '2'; it has to be at most that"),
        (10, 4, "row 10, column 'high': found '1', below the likely value '2'; it has to be at least that"),
        (11, 1, "row 11, column 'key': found 'fee', which row 2 has too; keep one of the two rows"),
        (12, 8, "row 12, column 8: found 'more' outside the columns of the sheet; empty this cell"),
        (13, 2, "row 13, column 'low': found '1,2', where ',' does not divide thousands; a number such as 1200.5 is needed"),
    ]


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"", "this sheet is empty; its first row has to be key,low,likely,high,unit,note,source"),
        (b"\n,,\n", "this sheet is empty"),
        (HEADING.encode() + "fee,,1,,h,Gebühr,\n".encode("cp1252"), "save it as 'CSV UTF-8'"),
        (HEADING.encode() + "fee,,1,,h,费用,\n".encode("gb18030"), "save it as 'CSV UTF-8'"),
        (HEADING.encode("utf-16"), "text in UTF-16; save the sheet as 'CSV UTF-8'"),
        (HEADING.encode("utf-16-le"), "0x00"),
        (b"PK\x03\x04rest", "an Excel workbook"),
        (HEADING.encode() + b'fee,,1,,h,"open,\n', "row 2 is not valid CSV"),
        (b"key,low,likly,high,unit,note,source\n", "unknown column 'likly'; did you mean 'likely'?"),
        (b"key,low,high,unit,note,source\n", "the heading lacks 'likely'"),
        (b"key,key,low,likely,high,unit,note,source\n", "the column 'key' stands there twice"),
        (b"fee,,1,,h,,\n", "the heading lacks"),
    ],
    ids=lambda case: repr(case)[:30],
)
def test_what_is_no_sheet_is_refused(raw: bytes, part: str, tmp_path: Path) -> None:
    assert any(part in message for _, _, message in faults_of(raw, tmp_path))


def test_the_byte_of_another_encoding_is_pointed_at(tmp_path: Path) -> None:
    ((line, column, message),) = faults_of(HEADING.encode() + "fee,,1,,h,Gebühr,\n".encode("cp1252"), tmp_path)
    assert (line, column) == (2, 14)
    assert "0xfc" in message


@pytest.mark.parametrize(
    ("cell", "decimal_comma", "number"),
    [
        ("1200", False, 1200.0),
        ("1,200", False, 1200.0),
        ("1,200,300.25", False, 1200300.25),
        ("-0.5", False, -0.5),
        ("\u22120.5", False, -0.5),
        (".5", False, 0.5),
        ("1e3", False, 1000.0),
        ("1 200", False, 1200.0),
        ("1\u202f200\u202f300", False, 1200300.0),
        ("1'200", False, 1200.0),
        ("0.125", True, 0.125),
        ("1200.5", True, 1200.5),
        ("1200,5", True, 1200.5),
        ("1.200,5", True, 1200.5),
        ("1.200.300", True, 1200300.0),
        ("1,200", True, 1.2),
        ("１２", False, 12.0),
    ],
)
def test_numbers_are_read_as_spreadsheets_write_them(cell: str, decimal_comma: bool, number: float) -> None:
    assert number_in_cell(cell, decimal_comma=decimal_comma) == number


@pytest.mark.parametrize(
    ("cell", "decimal_comma", "part"),
    [
        ("abc", False, "found 'abc'; a number is needed"),
        ("1,2", False, "',' does not divide thousands"),
        ("0,125", False, "',' does not divide thousands"),
        ("1,20,000", False, "',' does not divide thousands"),
        ("1.200", True, "may be 1200 or 1,200 in a sheet with semicolons"),
        ("99.5 %", False, "'%' belongs into column 'unit'"),
        ("=A1", False, "the formula '=A1'"),
        ("#REF!", False, "found '#REF!'; a number is needed"),
        ("nan", False, "found 'nan'; a number is needed"),
        ("inf", False, "found 'inf'; a number is needed"),
        ("1e99", False, "larger than can be meant"),
        ("1 2", False, "found '1 2'; a number is needed"),
    ],
)
def test_cells_that_are_no_numbers_are_refused(cell: str, decimal_comma: bool, part: str) -> None:
    with pytest.raises(FaultyQuantity) as refused:
        number_in_cell(cell, decimal_comma=decimal_comma)
    assert part in str(refused.value)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_faults(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.csv"
        path.write_bytes((HEADING + text).encode("utf-8", "replace"))
        try:
            read_sheet(path)
        except FaultyInput as faulty:
            assert faulty.faults


def test_the_sheet_as_text_has_no_byte_order_mark() -> None:
    assert sheet_text([]).startswith("key,")

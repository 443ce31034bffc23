"""The numbers that are given away are those that were estimated, to the last bit, each with its error; nothing in them is a formula."""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np

from itilsim.figures.decision_strip import numbers
from itilsim.figures.unrounded import unrounded
from itilsim.figures.wording import Amount, Mid, Months, NumberTable, Percent, Phrase
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.pages.markup import downloads, number_table
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from itilsim.tables.spread import Share
from tests.pages.synthetic import Made

ENGLISH = open_catalogue("en", "CNY")


def test_numbers_are_what_the_files_hold_to_the_last_bit(made: Made) -> None:
    table = unrounded(numbers(read_strip(open_result(made.folder)), ENGLISH), ENGLISH)
    columns = dict(zip(table.heads, zip(*table.rows, strict=True), strict=True))
    for place, value in enumerate(made.values.values()):
        assert columns["Mean (CNY)"][place] == float(value.mean())
        assert columns["Error of the mean (CNY)"][place] == float(value.std(ddof=1)) / np.sqrt(value.size)
        assert columns["Worth less (share)"][place] == (value < 0).mean()


def test_an_error_stands_beside_its_number_once(made: Made) -> None:
    heads = unrounded(numbers(read_strip(open_result(made.folder)), ENGLISH), ENGLISH).heads
    assert heads[:5] == ("Alternative", "Mean (CNY)", "Error of the mean (CNY)", "10 % (CNY)", "10 %, Monte Carlo error (CNY)")
    assert len(set(heads)) == len(heads)


def test_cells_of_every_kind_become_numbers_where_they_hold_any() -> None:
    cell = Phrase("people.cell-party", {"mean": Amount(1.25, 0.5), "positive": Percent(Share(1, 4))})
    table = NumberTable(
        ("Who", "Time", "Time", "Both"),
        (("a", Months(18.0), 3, cell), (Mid("B"), Months(float("inf")), "none", cell)),
    )
    found = unrounded(table, ENGLISH)
    assert found.heads[:4] == ("Who", "Who, Time (months)", "Time, Time", "Both, mean (CNY)")
    assert found.rows[0][:3] == ("a", 18.0, 3) and found.rows[1][:3] == ("b", None, "none")
    assert found.rows[0][3:6] == (1.25, 0.5, 0.25)


def test_text_that_a_spreadsheet_would_compute_is_text() -> None:
    heads, row = csv.reader(StringIO(unrounded(NumberTable(("a", "b"), (("=1+1", -2.5),)), ENGLISH).as_csv()))
    assert (heads, row) == (["a", "b"], ["'=1+1", "-2.5"])


def test_the_link_of_a_table_holds_its_numbers_in_every_language() -> None:
    odd = 'a "b" <c> & d, 100 % #1\tz\u3000\u4e07'
    table = NumberTable((odd, "n"), ((odd, 0.1 + 0.2), ("=", 1e-300)))
    for language in languages():
        ((title, found),) = downloads(number_table(table, open_catalogue(language, "CNY"), odd))
        assert title == odd
        assert found.heads == (odd, "n") and found.rows == ((odd, 0.1 + 0.2), ("=", 1e-300))


def test_a_table_of_no_rows_keeps_nothing_and_breaks_nothing() -> None:
    ((_, found),) = downloads(number_table(NumberTable(("a",), ()), ENGLISH, "t"))
    assert found.rows == ()

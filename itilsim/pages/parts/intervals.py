"""The part of the page with intervals of percentiles, for whoever needs to know how well each is known."""

from __future__ import annotations

from itilsim.figures.wording import Amount, Catalogue, NumberTable, Phrase, Plural
from itilsim.pages.markup import details, number_table, paragraphs, section
from itilsim.tables.intervals import LEVELS, Interval, Intervals, read_intervals
from itilsim.tables.result import Result

name = "intervals"
after = 11


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML; its table opens on demand."""
    table = read_intervals(result)
    title = catalogue.say("intervals.title")
    said = catalogue.say("intervals.sentence", futures=Plural(table.futures, "future"))
    body = number_table(numbers(table, catalogue), catalogue, title, kind="intervals cards")
    body += paragraphs([catalogue.say("intervals.note")], "note")
    opened = details(catalogue.say("page.open", title=title), body, kind="folded")
    return section(name, catalogue, title, paragraphs([said], "lead"), opened)


def numbers(table: Intervals, catalogue: Catalogue) -> NumberTable:
    """Returns a row an alternative, a column a percentile."""
    heads = (catalogue.say("strip.alternative"), *(catalogue.say("numbers.percentile", level=round(100 * level)) for level in LEVELS))
    rows = tuple(
        (alternative.title, *(_cell(cell) for cell in cells)) for alternative, cells in zip(table.alternatives, table.cells, strict=True)
    )
    return NumberTable(heads, rows, frozenset(range(1, len(LEVELS) + 1)))


def _cell(cell: Interval) -> Phrase:
    """Words a percentile over its interval; a side that nothing bounds is left open."""
    amounts = {
        name: Amount(value, cell.value.error, signed=True, bare=True)
        for name, value in (("value", cell.value.value), ("low", cell.low), ("high", cell.high))
        if value is not None
    }
    key = "cell" if len(amounts) == 3 else "cell-above" if cell.high is None and cell.low is not None else "cell-below"
    return Phrase(f"intervals.{key if len(amounts) > 1 else 'cell-open'}", amounts)

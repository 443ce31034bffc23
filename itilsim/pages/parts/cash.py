"""The part of the page about cash: beside value with hours, by budget year, peak funding and payback.

It stands after figure 5 although it belongs to figure 10: who pays a project back, when, and what has to be advanced are asked before
anything is signed, and the page's answer counts hours that are no cash. Figure 10 itself, hindsight, opens on demand at the end.
"""

from __future__ import annotations

from html import escape
from math import hypot, isfinite

from itilsim.figures.wording import Amount, Catalogue, Mid, Months, NumberTable, Percent, Strong
from itilsim.pages.markup import details, number_table, paragraphs, section
from itilsim.tables.cash import Budget, Budgets, CashBeside, Fundings, Year, read_budgets, read_cash_beside, read_fundings
from itilsim.tables.over_time import Payback
from itilsim.tables.result import Alternative, Result
from itilsim.tables.spread import Estimate

name = "cash"
after = 5

HALVES = frozenset((4, 6))
"""Columns of months that may hold a word instead."""
SHOWN = 4
"""Budgets that stand open; of more, those of the largest mean and of the baseline do."""
YEARS = {"year": "year", "after": "after", "all": "all-years"}


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML; what the folder holds no file for is left out."""
    beside = read_cash_beside(result)
    title = catalogue.say("cash.title")
    pieces = [
        paragraphs(_beside_sentences(beside, catalogue), "lead"),
        number_table(_beside(beside, catalogue), catalogue, title, kind="cards"),
        paragraphs([catalogue.say("cash.note")], "note"),
    ]
    if result.has("funding"):
        pieces.append(_funding(read_fundings(result), catalogue))
    if result.has("budget"):
        first = max(beside.rows, key=lambda row: row.hours.value).alternative
        pieces.append(_budgets(read_budgets(result), first, result.baseline, catalogue))
    return section(name, catalogue, title, *pieces)


def _beside_sentences(table: CashBeside, catalogue: Catalogue) -> list[str]:
    """Says of the alternative with the largest mean what it is worth in cash, and whose case rests on hours."""
    baseline = Mid(table.baseline.title)
    first = max(table.rows, key=lambda row: row.hours.value)
    amounts = {name: Amount(each.value, each.error, signed=True) for name, each in (("hours", first.hours), ("cash", first.cash))}
    said = [catalogue.say("cash.sentence", alternative=Strong(first.alternative.title), baseline=baseline, **amounts)]
    rests = [row for row in table.rows if row.hours.value > 2 * row.hours.error and row.cash.value < -2 * row.cash.error]
    if rests:
        names = catalogue.listed([catalogue.word(Strong(row.alternative.title)) for row in rests])
        said.append(catalogue.say("cash.cash-below" if len(rests) == 1 else "cash.cash-below-many", alternative=names, baseline=baseline))
    return said


def _beside(table: CashBeside, catalogue: Catalogue) -> NumberTable:
    keys = ("hours", "cash", "typical", "bad", "below")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"cash.head-{key}") for key in keys))
    rows = tuple(
        (
            row.alternative.title,
            Amount.cell(row.hours, signed=True),
            Amount.cell(row.cash, signed=True),
            Amount.cell(row.typical, signed=True),
            Amount.cell(row.bad, signed=True),
            Percent(row.below),
        )
        for row in table.rows
    )
    return NumberTable(heads, rows)


def _funding(table: Fundings, catalogue: Catalogue) -> str:
    keys = ("peak-typical", "peak-high", "paid-hours", "half-hours", "paid-cash", "half-cash")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"cash.{key}") for key in keys))
    rows = tuple(
        (
            row.alternative.title,
            Amount.cell(row.peak_typical),
            Amount.cell(row.peak_high),
            Percent(row.with_hours.paid),
            _half(row.with_hours, catalogue),
            Percent(row.in_cash.paid),
            _half(row.in_cash, catalogue),
        )
        for row in table.rows
    )
    title = catalogue.say("cash.funding-title")
    note = catalogue.say("cash.funding-note", baseline=Mid(table.baseline.title))
    listed = number_table(NumberTable(heads, rows, HALVES), catalogue, title, kind="cards")
    return f"<h3>{escape(title)}</h3>{listed}{paragraphs([note], 'note')}"


def _half(payback: Payback, catalogue: Catalogue) -> object:
    return Months(payback.median_month) if isfinite(payback.median_month) else catalogue.say("cash.unreached")


def _budgets(table: Budgets, first: Alternative, baseline: Alternative, catalogue: Catalogue) -> str:
    title = catalogue.say("cash.budget-title")
    note = catalogue.say("cash.budget-note", currency=table.currency, baseline=Mid(baseline.title))
    open_ones = [row for row in table.rows if row.alternative in (first, baseline)] if len(table.rows) > SHOWN else list(table.rows)
    others = [row for row in table.rows if row not in open_ones]
    more = details(catalogue.say("cash.budget-others", count=len(others)), _cards(others, catalogue)) if others else ""
    return (
        f"<h3>{escape(title)}</h3>{paragraphs([_largest(table, baseline.title, catalogue)], 'lead')}"
        f"{_cards(open_ones, catalogue)}{more}{paragraphs([note], 'note')}"
    )


def _cards(rows: list[Budget], catalogue: Catalogue) -> str:
    cards = "".join(f"<div><h4>{escape(row.alternative.title)}</h4>{_budget(row, catalogue)}</div>" for row in rows)
    return f'<div class="budgets">{cards}</div>'


def _budget(row: Budget, catalogue: Catalogue) -> str:
    keys = ("budget-year", "one-off-typical", "one-off-high", "running-typical", "running-high")
    heads = tuple(catalogue.say(f"cash.{key}") for key in keys)
    rows = tuple(
        (
            catalogue.say(f"cash.{YEARS[year.kind]}", year=year.year),
            Amount(year.one_off_typical.value, year.one_off_typical.error, bare=True),
            Amount(year.one_off_high.value, year.one_off_high.error, bare=True),
            Amount(year.running_typical.value, year.running_typical.error, bare=True),
            Amount(year.running_high.value, year.running_high.error, bare=True),
        )
        for year in row.years
    )
    return number_table(NumberTable(heads, rows), catalogue, row.alternative.title, kind="budget")


def _largest(table: Budgets, baseline: str, catalogue: Catalogue) -> str:
    """Names the largest single budget year among the alternatives, one-off and running together as typical amounts."""
    years = [(row, year) for row in table.rows for year in row.years if year.kind == "year" and row.alternative.title != baseline]
    row, year = max(years, key=lambda pair: _typical(pair[1]).value)
    first = _typical(year)
    others = [_typical(each) for _, each in years if each is not year]
    is_level = any(first.value - each.value <= 2 * hypot(first.error, each.error) for each in others)
    return catalogue.say(
        "cash.budget-level" if is_level else "cash.budget-sentence",
        year=str(year.year),
        alternative=Strong(row.alternative.title),
        one_off=Amount.of(year.one_off_typical),
        running=Amount.of(year.running_typical),
    )


def _typical(year: Year) -> Estimate:
    """Adds the typical one-off and running amounts of a year; their errors are taken as independent."""
    parts = year.one_off_typical, year.running_typical
    return Estimate(parts[0].value + parts[1].value, hypot(parts[0].error, parts[1].error))

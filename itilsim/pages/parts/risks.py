"""The part of the page about rare risks, a line for each risk and alternative."""

from __future__ import annotations

from itilsim.figures.wording import Amount, Catalogue, Chance, NumberTable, Phrase, Strong
from itilsim.pages.markup import details, number_table, paragraphs, section
from itilsim.tables.rare import RARE, RareRisk, RareRisks, read_rare_risks
from itilsim.tables.result import Result
from itilsim.tables.spread import Share
from itilsim.text.wording import rounded

name = "risks"
after = 6

MOST = 3
"""Rare risks that have a sentence; all have lines."""
LONG = 10
"""A table with more lines than this opens on request."""


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML, or nothing where rare.parquet is not stored."""
    if not result.has("rare"):
        return ""
    table = read_rare_risks(result)
    title = catalogue.say("risks.title")
    if not table.rows:
        return section(name, catalogue, title, paragraphs([catalogue.say("risks.none")], "lead"))
    lines = number_table(_numbers(table, catalogue), catalogue, title, kind="cards")
    pieces = [
        paragraphs(sentences(table, catalogue), "lead"),
        details(catalogue.say("page.numbers"), lines) if len(table.rows) > LONG else lines,
        paragraphs([catalogue.say("risks.note")], "note"),
    ]
    return section(name, catalogue, title, *pieces)


def sentences(table: RareRisks, catalogue: Catalogue) -> list[str]:
    """Says of each rare risk how often it happens under the alternative where it takes most on average, and what it then takes."""
    said = []
    for risk in dict.fromkeys(row.risk for row in table.rows):
        rows = [row for row in table.rows if row.risk == risk]
        worst = max(rows, key=lambda row: row.expected.value)
        if not worst.expected.value > 0 or max(row.happens.value for row in rows) > RARE:
            continue
        capped = {"loss": Amount(worst.capped.value, worst.capped.error), "count": round(worst.happens.count)}
        largest = "risks.largest-one" if worst.happens.count == 1 else "risks.largest"
        said.append(
            catalogue.say(
                "risks.sentence" if worst.most else "risks.sentence-level",
                risk=Strong(worst.risk),
                alternative=Strong(worst.alternative.title),
                chance=Chance(worst.happens),
                typical=Amount.of(worst.typical),
                capped=Phrase(largest if worst.is_largest else "risks.capped", capped),
            )
        )
    return said[:MOST] or [catalogue.say("risks.none-rare")]


def _numbers(table: RareRisks, catalogue: Catalogue) -> NumberTable:
    heads = (
        catalogue.say("risks.head-risk"),
        catalogue.say("strip.alternative"),
        *(catalogue.say(f"risks.head-{key}") for key in ("happens", "typical", "capped", "expected")),
    )
    rows = tuple(
        (
            row.risk,
            row.alternative.title,
            often(row, catalogue),
            Amount.cell(row.typical),
            catalogue.word(Amount.cell(row.capped)) + (catalogue.say("risks.star") if row.is_largest and row.happens.count else ""),
            Amount.cell(row.expected),
        )
        for row in table.rows
    )
    return NumberTable(heads, rows, frozenset({4}))


def often(row: RareRisk, catalogue: Catalogue) -> str:
    """Words how often a risk happens: once in so many lifetimes, or so many times a lifetime where most lifetimes see it."""
    if not row.happens.count:
        return catalogue.say("risks.never")
    if row.happens.value > 0.5:
        return catalogue.say("risks.often", times=catalogue.number(row.per_lifetime, 2))
    return catalogue.say("risks.one-in", n=catalogue.number(rounded_odds(row.happens), 3))


def rounded_odds(share: Share) -> float:
    """Returns N of "1 in N", no finer than its error: whole from 3 upwards, and with one figure where fewer than 100 lifetimes were hit."""
    one_in = 1 / share.value
    return (
        round(one_in, 1)
        if one_in < 3
        else rounded(one_in, 0.0, 1 if share.count < 100 and one_in >= 10 else max(1, len(str(int(one_in)))))[0]
    )

"""Figure 0: the decision strip, a row an alternative; words and a small bar in a table, which a phone shows as cards."""

from __future__ import annotations

from html import escape
from math import hypot, sqrt

from itilsim.figures.style import SERIES, symbol
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.tables.net_value import Standing, Strip, read_strip
from itilsim.tables.spread import Estimate

number = 0
title = "figure.decision-strip.title"
files = ("values",)
table = read_strip

COLUMNS = ("typical", "bad", "below", "best", "regret")
SHAPES = {
    "circle": '<circle cx="8" cy="8" r="6"/>',
    "square": '<rect x="2.5" y="2.5" width="11" height="11"/>',
    "diamond": '<path d="M8 1l7 7-7 7-7-7z"/>',
    "triangle-up": '<path d="M8 1.5l7 12.5H1z"/>',
    "pentagon": '<path d="M8 1l7 5.2-2.7 8.3H3.7L1 6.2z"/>',
    "star": '<path d="M8 .8l2.2 4.8 5.2.6-3.9 3.5 1.1 5.2L8 12.3l-4.6 2.6 1.1-5.2L.6 6.2l5.2-.6z"/>',
    "triangle-down": '<path d="M8 14.5l7-12.5H1z"/>',
    "cross": '<path d="M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5z"/>',
    "hexagon": '<path d="M4.5 2h7L15 8l-3.5 6h-7L1 8z"/>',
}


def swatch(place: int) -> str:
    """Returns the symbol of the alternative at a place in the case's order as inline SVG in its colour."""
    return f'<svg class="swatch series-{place % len(SERIES)}" viewBox="0 0 16 16" aria-hidden="true">{SHAPES[symbol(place)]}</svg>'


def draw(table: Strip, catalogue: Catalogue) -> str:
    """Returns the strip as HTML: a table whose cells name their column, so that it can be laid out as cards."""
    span = (min(0.0, *(row.bad.value for row in table.rows)), max(0.0, *(row.good.value for row in table.rows)))
    baseline = Mid(table.values.baseline.title)
    labels = {name: escape(catalogue.say(f"strip.{name}", baseline=baseline)) for name in COLUMNS}
    heads = "".join(f'<th scope="col">{label}</th>' for label in labels.values())
    lines = []
    for place, row in enumerate(table.rows):
        is_baseline = place == len(table.rows) - 1
        cells = {
            "best": escape(catalogue.word(Percent(row.best))),
            "regret": escape(catalogue.word(Amount(row.regret.value, row.regret.error))),
        }
        yardstick = {"typical": escape(catalogue.say("strip.yardstick"))}
        cells |= yardstick if is_baseline else _against_today(row, place, span, catalogue)
        tag = catalogue.say("strip.leader") if row is table.leader and table.pays > 0 else ""
        name = _name(row, "" if is_baseline else swatch(place), tag)
        lines.append(_line("baseline" if is_baseline else "other", name, cells, labels))
    first = escape(catalogue.say("strip.alternative"))
    head = f'<thead><tr><th scope="col">{first}</th>{heads}</tr></thead>'
    return f'<table class="strip">{head}<tbody>{"".join(lines)}</tbody></table>'


def _name(row: Standing, mark: str, tag: str) -> str:
    sentence = row.alternative.sentence
    said = f'<span class="said">{escape(sentence)}</span>' if sentence else ""
    label = f' <span class="tag">{escape(tag)}</span>' if tag else ""
    return f'{mark}<span><span class="name">{escape(row.alternative.title)}</span>{label}{said}</span>'


def _line(kind: str, name: str, cells: dict[str, str], labels: dict[str, str]) -> str:
    body = "".join(
        f'<td class="{column}" data-label="{label}"><div>{cells[column]}</div></td>' if column in cells else '<td class="blank"></td>'
        for column, label in labels.items()
    )
    return f'<tr class="{kind}"><th scope="row"><div>{name}</div></th>{body}</tr>'


def _against_today(row: Standing, place: int, span: tuple[float, float], catalogue: Catalogue) -> dict[str, str]:
    return {
        "typical": f"<strong>{_amount(catalogue, row.typical)}</strong>{_bar(row, place, span)}",
        "bad": _amount(catalogue, row.bad),
        "below": _below(row, catalogue),
    }


def _amount(catalogue: Catalogue, estimate: Estimate) -> str:
    return escape(catalogue.word(Amount(estimate.value, estimate.error, signed=True)))


def _below(row: Standing, catalogue: Catalogue) -> str:
    percent = escape(catalogue.word(Percent(row.below)))
    if not row.below.count:
        return percent
    loss = Amount(row.when_below.value, row.when_below.error)
    return f'{percent} <span class="then">{escape(catalogue.word(Phrase("strip.then", {"loss": loss})))}</span>'


def _bar(row: Standing, place: int, span: tuple[float, float]) -> str:
    low, high = span
    width = (high - low) or 1.0
    left, middle, right, nought = (100 * (v - low) / width for v in (row.bad.value, row.typical.value, row.good.value, 0.0))
    return (
        f'<svg class="bar series-{place % len(SERIES)}" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="range" x="{left:.2f}" y="3.5" width="{max(0.6, right - left):.2f}" height="5"/>'
        f'<rect class="middle" x="{max(0.0, middle - 0.6):.2f}" y="1" width="1.2" height="10"/>'
        f'<line class="nought" x1="{nought:.2f}" x2="{nought:.2f}" y1="0" y2="12"/></svg>'
    )


def sentences(table: Strip, catalogue: Catalogue) -> list[str]:
    """Says which choice is best most often, what it forgoes in hindsight, and where mean, chance and typical value disagree."""
    leader, often = table.leader, table.often
    second = sorted(table.rows, key=lambda row: -row.best.count)[1]
    even = often.best.count - second.best.count <= 2 * sqrt(often.best.count + second.best.count)
    said = [
        catalogue.say(
            "figure.decision-strip.even" if even else "figure.decision-strip.best",
            alternative=Strong(often.alternative.title),
            second=Strong(second.alternative.title),
            chance=Chance(often.best),
            regret=Amount.of(often.regret),
        )
    ]
    if often is not leader and not even:
        pair = next(pair for pair in table.against if pair.b.name == often.alternative.name)
        verdict = "disagree-level" if pair.level else "disagree" if pair.mean.value > 0 else "disagree-below"
        fields = {"often": Strong(often.alternative.title), "leader": Strong(leader.alternative.title), "gap": Amount.size(pair.mean)}
        said.append(catalogue.say(f"figure.decision-strip.{verdict}", **fields))
    typical = max(table.rows, key=lambda row: row.typical.value)
    if typical is not leader and typical is not often and _favours(typical, table):
        fields = {"typical": Strong(typical.alternative.title), "leader": Strong(leader.alternative.title)}
        said.append(catalogue.say("figure.decision-strip.typical", **fields))
    return said


def _favours(typical: Standing, table: Strip) -> bool:
    """Says that the middle future surely favours one choice and the average surely the leader."""
    pair = next(pair for pair in table.against if pair.b.name == typical.alternative.name)
    middles = typical.typical, table.leader.typical
    ahead = middles[0].value - middles[1].value > 2 * hypot(middles[0].error, middles[1].error)
    return ahead and pair.mean.value > 0 and not pair.level


def notes(table: Strip, catalogue: Catalogue) -> list[str]:
    """Says how to read the bar and what hindsight regret is not."""
    return [catalogue.say("figure.decision-strip.note", baseline=Mid(table.values.baseline.title))]


def numbers(table: Strip, catalogue: Catalogue) -> NumberTable:
    """Returns every figure of the strip with the Monte Carlo error of the mean."""
    keys = ("mean", "error", "p10", "p50", "p90", "below", "when-below", "best", "regret")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"numbers.{key}") for key in keys))
    rows = tuple(
        (
            row.alternative.title,
            Amount.cell(row.mean),
            Amount(row.mean.error, bare=True),
            Amount.cell(row.bad),
            Amount.cell(row.typical),
            Amount.cell(row.good),
            Percent(row.below),
            Amount.cell(row.when_below),
            Percent(row.best),
            Amount.cell(row.regret),
        )
        for row in table.rows
    )
    return NumberTable(heads, rows)


def columns(table: Strip, catalogue: Catalogue) -> NumberTable:
    """Returns the strip in the columns of the page, for where it is text."""
    baseline = Mid(table.values.baseline.title)
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"strip.{name}", baseline=baseline) for name in COLUMNS))
    return NumberTable(heads, tuple(_columns(row, row is table.rows[-1], catalogue) for row in table.rows))


def _columns(row: Standing, is_baseline: bool, catalogue: Catalogue) -> tuple[object, ...]:
    often = (Percent(row.best), Amount(row.regret.value, row.regret.error))
    if is_baseline:
        return (row.alternative.title, catalogue.say("strip.yardstick"), "", "", *often)
    below: object = Percent(row.below)
    if row.below.count:
        then = Phrase("strip.then", {"loss": Amount(row.when_below.value, row.when_below.error)})
        below = Phrase("strip.below-then", {"below": below, "then": then})
    amounts = (Amount(each.value, each.error, signed=True) for each in (row.typical, row.bad))
    return (row.alternative.title, *amounts, below, *often)

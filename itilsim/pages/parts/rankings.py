"""The part of the page that ranks again: at other horizons, and with the caps of heavy losses doubled."""

from __future__ import annotations

from itilsim.figures.wording import Amount, Catalogue, Mid, Months, NumberTable, Phrase, Plural, Strong
from itilsim.pages.markup import number_table, paragraphs, section
from itilsim.tables.result import Result
from itilsim.tables.variants import Variants, horizon_of, read_variants

name = "rankings"
after = 8

FAR = 1_000.0
"""Years beyond which a variant is no horizon."""


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML, or nothing where variants.parquet is not stored."""
    if not result.has("variants"):
        return ""
    table = read_variants(result)
    horizon = int(result.manifest["horizon_months"])
    title = catalogue.say("rankings.title")
    pieces = [
        paragraphs(sentences(table, horizon, catalogue), "lead"),
        number_table(_numbers(table, horizon, catalogue), catalogue, title, kind="rankings cards"),
        paragraphs([catalogue.say("rankings.note", baseline=Mid(table.baseline.title))], "note"),
    ]
    return section(name, catalogue, title, *pieces)


def _first(table: Variants, variant: int) -> str:
    place = table.ranking(variant)[0]
    return table.baseline.title if place < 0 else table.alternatives[place].title


def _label(table: Variants, variant: int, horizon: int, catalogue: Catalogue) -> str:
    label = table.names[variant]
    if variant == table.main:
        return catalogue.say("rankings.as-stated", years=Months(horizon))
    years = horizon_of(label)
    if years < FAR:
        return catalogue.say("rankings.horizon", years=Months(12 * years))
    key = f"variant.{label.replace(' ', '-')}"
    return catalogue.word(Phrase(key, {})) if catalogue.has(key) else label


def sentences(table: Variants, horizon: int, catalogue: Catalogue) -> list[str]:
    """Says whether the first place stays the same under every variant, where it does not, and where it is too close to call."""
    leader = _first(table, table.main)
    parts = []
    for variant in range(len(table.names)):
        if variant != table.main and _first(table, variant) != leader:
            futures = Plural(table.replications[variant], "future")
            fields = {
                "variant": _label(table, variant, horizon, catalogue),
                "leader": Strong(_first(table, variant)),
                "unsure": Phrase("rankings.unsure", {"futures": futures}) if table.unsure(variant) else "",
            }
            kind = "horizon" if horizon_of(table.names[variant]) < FAR else "other"
            parts.append(catalogue.word(Phrase(f"rankings.change-{kind}", fields)))
    if parts:
        return [catalogue.say("rankings.changes", leader=Strong(leader), parts=catalogue.listed(parts))]
    close = [_label(table, v, horizon, catalogue) for v in range(len(table.names)) if table.unsure(v)]
    said = [catalogue.say("rankings.same", leader=Strong(leader))]
    if close:
        said.append(catalogue.say("rankings.close", parts=catalogue.listed(close)))
    return said


def _place(table: Variants, variant: int, place: int, catalogue: Catalogue) -> str:
    """Words the place that an alternative, or the baseline (-1), takes under a variant."""
    rank = table.ranking(variant).index(place) + 1
    return catalogue.say(f"ordinal.{rank}" if rank < 4 else "ordinal.other", rank=rank)


def _numbers(table: Variants, horizon: int, catalogue: Catalogue) -> NumberTable:
    labels = (_label(table, v, horizon, catalogue) for v in range(len(table.names)))
    rows = []
    for place, alternative in enumerate(table.alternatives):
        cells = []
        for variant in range(len(table.names)):
            cell = table.cells[variant][place]
            fields = {
                "place": _place(table, variant, place, catalogue),
                "mean": Amount.cell(cell.mean, signed=True),
                "error": Amount(cell.mean.error, bare=True),
                "typical": Amount(cell.typical, cell.mean.error, signed=True, bare=True),
            }
            cells.append(Phrase("rankings.cell", fields))
        rows.append((alternative.title, *cells))
    places = [Phrase("rankings.baseline", {"place": _place(table, v, -1, catalogue)}) for v in range(len(table.names))]
    rows.append((table.baseline.title, *places))
    return NumberTable((catalogue.say("strip.alternative"), *labels), tuple(rows))

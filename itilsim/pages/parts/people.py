"""The part of the page about who gains: stakeholders, contracting parties, and whether the sponsor would sign."""

from __future__ import annotations

from html import escape

from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Phrase, Strong
from itilsim.pages.markup import emphasised, number_table, paragraphs, section
from itilsim.tables.people import People, read_people
from itilsim.tables.result import Result

name = "people"
after = 7


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML; what is not stored is left out."""
    table = read_people(result)
    title = catalogue.say("people.title")
    pieces = [paragraphs(_sentences(table, catalogue), "lead")]
    if table.stakeholders:
        pieces.append(number_table(_stakeholders(table, catalogue), catalogue, title, kind="people cards"))
        perceives = [f"**{each.title}**: {each.perceives}" for each in table.stakeholders if each.perceives]
        pieces.append(paragraphs([catalogue.say("people.note", baseline=Mid(table.baseline.title))], "note"))
        pieces.append(f'<ul class="note">{"".join(f"<li>{emphasised(text)}</li>" for text in perceives)}</ul>' if perceives else "")
    if any(table.parties):
        heading = catalogue.say("people.parties-title")
        pieces.append(f"<h3>{escape(heading)}</h3>{number_table(_parties(table, catalogue), catalogue, heading, kind='people cards')}")
    if table.sponsor:
        pieces.append(_sponsor(table, catalogue))
    return section(name, catalogue, title, *pieces)


def _sentences(table: People, catalogue: Catalogue) -> list[str]:
    parts = []
    alone = []
    for alternative, gains, all_gain in zip(table.alternatives, table.parties, table.all_gain, strict=True):
        if len(gains) == 1:
            alone.append(catalogue.word(Strong(alternative.title)))
        elif all_gain is not None:
            parts.append(catalogue.word(Phrase("people.part", {"alternative": Strong(alternative.title), "chance": Chance(all_gain)})))
    said = []
    if parts:
        said.append(catalogue.say("people.sentence", parts=catalogue.listed(parts)))
    if alone:
        said.append(catalogue.say("people.alone" if len(alone) == 1 else "people.alone-many", parts=catalogue.listed(alone)))
    return said


def _stakeholders(table: People, catalogue: Catalogue) -> NumberTable:
    heads = (catalogue.say("people.head-who"), *(alternative.title for alternative in table.alternatives))
    rows = []
    for who in table.stakeholders:
        cells: list[object] = []
        for value in who.values:
            if value is None:
                cells.append(catalogue.say("people.untouched"))
                continue
            fields = {
                "mean": Amount.cell(value.mean, signed=True),
                "bad": Amount.cell(value.bad, signed=True),
                "positive": Percent(value.positive),
            }
            cells.append(Phrase("people.cell", fields))
        rows.append((catalogue.say("people.who", title=who.title, party=who.party), *cells))
    return NumberTable(heads, tuple(rows))


def _parties(table: People, catalogue: Catalogue) -> NumberTable:
    heads = (catalogue.say("people.head-party"), *(alternative.title for alternative in table.alternatives))
    names = list(dict.fromkeys(gain.party for gains in table.parties for gain in gains))
    rows: list[tuple[object, ...]] = []
    for party in names:
        found = [next((gain for gain in gains if gain.party == party), None) for gains in table.parties]
        cells = [
            ""
            if gain is None
            else Phrase("people.cell-party", {"mean": Amount.cell(gain.mean, signed=True), "positive": Percent(gain.positive)})
            for gain in found
        ]
        rows.append((party, *cells))
    together = [catalogue.word(Percent(share)) if share is not None else "" for share in table.all_gain]
    return NumberTable(heads, (*rows, (catalogue.say("people.all-gain"), *together)))


def _sponsor(table: People, catalogue: Catalogue) -> str:
    items = []
    sponsors = {word.sponsor for word in table.sponsor if word.sponsor}
    for word in table.sponsor:
        verdict = "signs" if word.signs else "refuses"
        title = word.alternative.title
        if word.sponsor and len(sponsors) > 1:
            title = catalogue.say("people.sponsor-of", sponsor=word.sponsor, alternative=title)
        figures = catalogue.say("people.sponsor-figures", mean=Amount(word.mean, signed=True), cvar=Amount(word.cvar, signed=True))
        items.append(
            f'<div class="{verdict}"><dt>{escape(title)}<b>{escape(catalogue.say(f"people.{verdict}"))}</b></dt>'
            f'<dd>{emphasised(word.why)} <span class="note">{escape(figures)}</span></dd></div>'
        )
    heading = catalogue.say("people.sponsor-title")
    return f'<h3>{escape(heading)}</h3><dl class="sponsor">{"".join(items)}</dl>'

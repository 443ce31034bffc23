"""The part of the page about the contract: what each contracting party gains, and whether the sponsor would sign.

What each stakeholder perceives and both sides in the same future are figure 7, which leads; here stand the money of the parties and the
sponsor's word, for which no drawing says more than the words do.
"""

from __future__ import annotations

from html import escape
from math import hypot

from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, NumberTable, Percent, Strong
from itilsim.pages.markup import emphasised, number_table, paragraphs, section
from itilsim.tables.people import People, read_people
from itilsim.tables.result import Result

name = "people"
after = 7


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML; what is not stored is left out."""
    table = read_people(result)
    title = catalogue.say("people.title")
    pieces = [paragraphs(_sentences(table, catalogue), "lead"), _sponsor(table, catalogue) if table.sponsor else ""]
    if any(table.parties):
        heading = catalogue.say("people.parties-title")
        note = paragraphs([catalogue.say("people.note", baseline=Mid(table.baseline.title))], "note")
        pieces.append(f"<h3>{escape(heading)}</h3>{number_table(_parties(table, catalogue), catalogue, heading, kind='cards')}{note}")
    return section(name, catalogue, title, *pieces) if any(pieces) else ""


def _sentences(table: People, catalogue: Catalogue) -> list[str]:
    """Says which alternatives the sponsor would sign, and with which all contracting parties gain most often."""
    said = []
    sponsors = {word.sponsor for word in table.sponsor}
    if len(sponsors) == 1:
        signed = [catalogue.word(Strong(word.alternative.title)) for word in table.sponsor if word.signs]
        key = "signs-none" if not signed else "signs-all" if len(signed) == len(table.sponsor) else "signs-some"
        said.append(catalogue.say(f"people.{key}", parts=catalogue.listed(signed)))
    several = any(len(gains) > 2 for gains in table.parties)
    return [*said, _together(table, catalogue)] if several else said


def _together(table: People, catalogue: Catalogue) -> str:
    """Names the alternatives with which all parties gain most often: the first and those that cannot be told from it."""
    shared = [(alternative, share) for alternative, share in zip(table.alternatives, table.all_gain, strict=True) if share is not None]
    most = max((share for _, share in shared), key=lambda share: share.count)
    if not most.count:
        return catalogue.say("people.never-together")
    level = [each for each, share in shared if share is most or most.value - share.value <= 2 * hypot(most.error, share.error)]
    names = catalogue.listed([catalogue.word(Strong(alternative.title)) for alternative in level])
    return catalogue.say("people.together" if len(level) == 1 else "people.together-level", parts=names, chance=Chance(most))


def _parties(table: People, catalogue: Catalogue) -> NumberTable:
    """Returns a row for each alternative and contracting party, so that many alternatives need no wide table."""
    keys = ("party", "mean", "error", "gains", "all")
    heads = (catalogue.say("strip.alternative"), *(catalogue.say(f"people.head-{key}") for key in keys))
    rows: list[tuple[object, ...]] = []
    for alternative, gains, together in zip(table.alternatives, table.parties, table.all_gain, strict=True):
        for place, gain in enumerate(gains):
            shown = Percent(together) if together is not None and place == 0 else ""
            amounts = (Amount.cell(gain.mean, signed=True), Amount(gain.mean.error, bare=True))
            rows.append((alternative.title, gain.party, *amounts, Percent(gain.positive), shown))
    return NumberTable(heads, tuple(rows))


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

"""What changed against a pinned state: the same alternatives in the same worlds, before and now."""

from __future__ import annotations

from itilsim.figures.wording import Amount, Catalogue, Chance, NumberTable, Percent, Strong
from itilsim.live.held import Held
from itilsim.pages.markup import number_table, paragraphs, section
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import Floats
from itilsim.tables.spread import mean, share


def changes(before: Held, now: Held, catalogue: Catalogue) -> str:
    """Gives a section that compares two results of the same worlds; only alternatives that are in both are set beside each other."""
    title = catalogue.say("app.changes-title")
    earlier, later = (read_strip(each).values for each in (before, now))
    worlds = min(earlier.futures, later.futures)
    old = {each.name: values[:worlds] for each, values in zip(earlier.alternatives, earlier.values, strict=True)}
    rows, said = [], []
    for each, values in zip(later.alternatives, later.values, strict=True):
        if each.name in old:
            own = values[:worlds]
            rows.append((each.title, *_row(old[each.name], own)))
            said.append(_sentence(each.title, own - old[each.name], catalogue))
    if not rows:
        return section("changed", catalogue, title, paragraphs([catalogue.say("app.changes-none")], "lead"))
    heads = tuple(catalogue.say(f"app.changes-{name}") for name in ("alternative", "before", "now", "change", "better", "worse"))
    table = number_table(NumberTable(heads, tuple(rows)), catalogue, title, kind="cards")
    note = catalogue.say("app.changes-note", futures=worlds)
    return section("changed", catalogue, title, paragraphs([" ".join(said[:1])], "lead"), table, paragraphs([note], "note"))


def _row(old: Floats, new: Floats) -> tuple[object, ...]:
    difference = new - old
    return (
        Amount.cell(mean(old), signed=True),
        Amount.cell(mean(new), signed=True),
        Amount.cell(mean(difference), signed=True),
        Percent(share(difference > 0)),
        Percent(share(difference < 0)),
    )


def _sentence(title: str, difference: Floats, catalogue: Catalogue) -> str:
    change, better = mean(difference), share(difference > 0)
    if not difference.any():
        return catalogue.say("app.change-none", alternative=Strong(title))
    key = "level" if abs(change.value) <= 2 * change.error else "up" if change.value > 0 else "down"
    return catalogue.say(f"app.change-{key}", alternative=Strong(title), amount=Amount.size(change), chance=Chance(better))

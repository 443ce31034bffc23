"""Telling a story on a terminal: sentences wrapped at its width, and tables of money."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from itilsim.explain.story import Happening, Money, Moved, Story, Stretch, Told, Unknown
from itilsim.explain.twins import Part, Twins, line_title
from itilsim.explain.vocabulary import as_sentence, moment, span
from itilsim.text.printing import format_quantity
from itilsim.text.wording import in_sentence

NARROWEST = 60
FIXED = "\u00a0"
"""A space at which no line ends."""
IN_CENTS = 16
"""Letters of an amount in cents, sign and thousands included."""


def tell(story: Story, *, width: int) -> Iterator[str]:
    """Give the story line by line, none wider than `width` (60 at least)."""
    width = max(width, NARROWEST)
    case = story.alternative.case
    yield from _wrapped(
        f"{case.title}: {in_sentence(story.alternative.title)}, world {story.replication} of seed {story.seed}, played again in the "
        f"reference engine. Amounts in {story.currency}; a minus is borne. Months have 730 hours and hour 0 is a Monday.",
        width,
    )
    yield from ["", "What the planner did not know, and how it came out"]
    for unknown in story.unknowns:
        yield from _wrapped(_unknown(unknown, story.currency), width, indent="  ")
    yield from ["", "What happened"]
    yield from _course(story, width)
    yield from ["", *_ledger(story, width)]


def tell_twins(twins: Twins, *, width: int) -> Iterator[str]:
    """Give both stories' difference line by line: what happened in both, only here, only there; money by event and by source."""
    width = max(width, NARROWEST)
    here, there = twins.here, twins.there
    a, b = here.alternative.name, there.alternative.name
    yield from ["", f"Its twin: the same world under {b}"]
    yield from _wrapped(
        f"In present value {_maker(here)} has {_money(here.total)} {here.currency} under {a} and {_money(there.total)} under {b}: "
        f"a difference of {cents_in_words(twins.cents)}.",
        width,
    )
    yield ""
    yield from _wrapped(f"What the world held in store struck in both, only here ({a}), or only there ({b}):", width)
    for c in twins.counted:
        yield from _wrapped(f"{c.title}: {c.both} in both, {c.only_here} only here, {c.only_there} only there", width, indent="  ")
    for where, head in (("only here", f"Only here ({a})"), ("only there", f"Only there ({b})")):
        yield from ["", head]
        chosen = [pair for pair in twins.pairs if pair.where == where]
        for pair in chosen:
            happening = pair.here or pair.there
            assert happening is not None
            yield from _happening(happening, here, width)
        if not chosen:
            yield "  nothing"
    yield from ["", *_differing(twins, width), *_by_event(twins, width), "", *_by_source(twins, width)]


def _differing(twins: Twins, width: int) -> Iterator[str]:
    """Tell what happened in both but not in the same way; sum up what ended alike, only sooner or later."""
    yield "In both, but not alike"
    alike: dict[str, list[float]] = {}
    for pair in twins.pairs:
        if pair.where != "both" or pair.here is None or pair.there is None:
            continue
        here, there = ([s.kind for s in h.steps] for h in (pair.here, pair.there))
        if here == there and pair.cents == 0:
            later = pair.here.steps[-1].hour - pair.there.steps[-1].hour
            alike.setdefault(as_sentence(pair.here.steps[0].sentence), []).append(later)
            continue
        yield from _wrapped(pair.title, width, indent="  ")
        for story, happening in ((twins.here, pair.here), (twins.there, pair.there)):
            steps = "; ".join([s.sentence for s in happening.steps[1:]] or ["nothing more"])
            yield from _wrapped(f"{story.alternative.name}: {steps}; present value {_money(happening.present_value)}", width, indent="    ")
    at_once = sum(len(apart) for apart in alike.values() if not any(apart))
    yield from _wrapped(f"{at_once} other happenings came alike and at the same times.", width, indent="  ")
    for title, apart in alike.items():
        if any(apart):
            mean = sum(apart) / len(apart)
            when = f"{span(abs(mean))} {'later' if mean > 0.0 else 'sooner'} under {twins.here.alternative.name}"
            times = "" if len(apart) == 1 else f" ({len(apart)} times, on average)"
            yield from _wrapped(f"alike, but the last step came {when}{times}: {title}", width, indent="  ")
    yield ""


def _by_event(twins: Twins, width: int) -> Iterator[str]:
    yield from _wrapped(
        f"Difference in present value for {_maker(twins.here)} by what happened, {twins.here.alternative.name} less "
        f"{twins.there.alternative.name}",
        width,
    )
    moved = [part for part in twins.by_event if part.cents]
    moved.sort(key=lambda part: -abs(part.cents))
    yield from _parts(moved, twins.cents, width)


def _by_source(twins: Twins, width: int) -> Iterator[str]:
    yield from _wrapped("The same difference by source and line", width)
    for source in twins.by_source:
        if not source.cents and not any(part.cents for part in source.lines):
            continue
        yield from _row(source.title, source.cents, width, indent="  ")
        if len(source.lines) > 1:
            for part in source.lines:
                yield from _row(part.title, part.cents, width, indent="      ")
    yield from _sum(sum(part.cents for source in twins.by_source for part in source.lines), twins.cents, width)


def _parts(parts: list[Part], total: int, width: int) -> Iterator[str]:
    for part in parts:
        yield from _row(part.title, part.cents, width, indent="  ")
    yield from _sum(sum(part.cents for part in parts), total, width)


def _sum(found: int, total: int, width: int) -> Iterator[str]:
    yield from _row("sum of the lines", found, width, indent="  ")
    yield from _row("difference of the two present values", total, width, indent="  ")


def _row(title: str, cents: int, width: int, *, indent: str) -> Iterator[str]:
    """Give a title and an amount in cents at the right, the title wrapped."""
    lines = textwrap.wrap(title, width - IN_CENTS - 2, initial_indent=indent, subsequent_indent=indent + "  ")
    yield from lines[:-1]
    yield f"{lines[-1]:<{width - IN_CENTS}}{cents_in_words(cents):>{IN_CENTS}}"


def cents_in_words(cents: int) -> str:
    """Spell an amount of cents with its sign: "-1,234.50"."""
    sign = "-" if cents < 0 else ("+" if cents > 0 else "")
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


# ---- the course of a life


def _course(story: Story, width: int) -> Iterator[str]:
    """Tell happenings in the order of their beginning, and after each quiet stretch what it brought."""
    waiting = list(story.stretches)
    for happening in story.happenings:
        while waiting and happening.steps[0].hour > waiting[0].last * 730.0:
            yield from _stretch(waiting.pop(0), story, width)
        yield from _happening(happening, story, width)
    for stretch in waiting:
        yield from _stretch(stretch, story, width)


def _happening(happening: Happening, story: Story, width: int) -> Iterator[str]:
    before = -1.0
    for step in happening.steps:
        indent = "  " if step is happening.steps[0] else "      "
        when = "then" if step.hour == before else _when(step, story)
        yield from _wrapped(f"{when}: {as_sentence(step.sentence)}{_consequence(step, story)}", width, indent=indent)
        before = step.hour


def _when(step: Told, story: Story) -> str:
    return moment(step.hour, step.month, story.alternative.case.horizon)


def _consequence(step: Told, story: Story) -> str:
    said = [*(_borne(money, story.currency) for money in step.money), *(_moved(moved) for moved in step.moved)]
    return f" -> {'; '.join(said)}" if said else ""


def _borne(money: Money, currency: str) -> str:
    way = "to" if money.amount < 0.0 else "from"
    other = f" {way} {money.counterparty}" if money.counterparty else ""
    kind = "" if money.account.cash else ", not cash"
    return f"{_money(money.amount)} {currency} for {money.party}{other} ({money.source}{kind})"


def _moved(moved: Moved) -> str:
    return f"{moved.title} {_level(moved, moved.before)} to {_level(moved, moved.after)}"


def _level(moved: Moved, value: float) -> str:
    return f"{value * 100.0:.3g} %" if moved.share else f"{value:,.6g}"


def _stretch(stretch: Stretch, story: Story, width: int) -> Iterator[str]:
    counted = ", ".join(f"{number} x {title}" for title, number in stretch.counts.items())
    months = f"months {stretch.first} to {stretch.last}" if stretch.last > stretch.first else f"month {stretch.first}"
    if stretch.first > story.alternative.case.horizon:
        months = "run-off"
    sums = ((n, v) for n, v in (("outcomes", stretch.outcome), ("costs", stretch.cost), ("risks", stretch.risk)) if v)
    money = ", ".join(f"{name} {_money(value)}" for name, value in sums) or "nothing"
    said = [f"otherwise, in {months}: {counted or 'no requests'}", f"for {_maker(story)} {money} {story.currency}"]
    said += [_moved(moved) for moved in stretch.moved]
    yield from _wrapped("; ".join(said) + ".", width, indent="  ~ ")


def _ledger(story: Story, width: int) -> Iterator[str]:
    yield f"Ledger of {_maker(story)}, by source"
    rest = width - 2 * IN_CENTS
    yield f"{'':<{rest}}{'nominal':>{IN_CENTS}}{'present value':>{IN_CENTS}}"
    for title, group in groupby(story.lines, key=lambda line: line.title):
        lines = list(group)
        titles = [f"{title} ({line_title(line.key, line.counterparty)})" for line in lines]
        for name, line in zip(titles, lines, strict=True):
            wrapped = textwrap.wrap(name, rest - 1, initial_indent="  ", subsequent_indent="    ")
            yield from wrapped[:-1]
            yield f"{wrapped[-1]:<{rest}}{line.amount:>{IN_CENTS},.2f}{line.present_value:>{IN_CENTS},.2f}"
    total = sum(line.amount for line in story.lines)
    yield f"{'  total':<{rest}}{total:>{IN_CENTS},.2f}{story.total:>{IN_CENTS},.2f}"


def _unknown(unknown: Unknown, currency: str) -> str:
    low, likely, high, value = (
        format_quantity(v, unknown.dimension, currency=currency) for v in (unknown.low, unknown.likely, unknown.high, unknown.value)
    )
    return f"{unknown.label}: {value} (likely {likely}, from {low} to {high}; lower in {unknown.share_below * 100.0:.0f} % of all worlds)"


def _maker(story: Story) -> str:
    return story.alternative.case.party_titles[story.decision_maker]


def _money(value: float) -> str:
    return f"{value:+,.0f}" if abs(value) >= 0.5 else "0"


def _wrapped(text: str, width: int, *, indent: str = "") -> Iterator[str]:
    further = " " * (len(indent) + 2 if indent else 0)
    kept = text.replace(" %", f"{FIXED}%")
    yield from (line.replace(FIXED, " ") for line in textwrap.wrap(kept, width, initial_indent=indent, subsequent_indent=further))

"""Telling on a terminal how a story differs from its twin, to the cent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from itilsim.explain.telling import IN_CENTS, NARROWEST, signed, tell_happening, wrapped
from itilsim.explain.twins import Part, Twins
from itilsim.explain.vocabulary import as_sentence, span


def tell_twins(twins: Twins, *, width: int) -> Iterator[str]:
    """Give both stories' difference line by line: what happened in both, only here, only there; money by event and by source."""
    width = max(width, NARROWEST)
    here, there = twins.here, twins.there
    a, b = here.alternative.name, there.alternative.name
    yield from ["", f"Its twin: the same world under {b}"]
    yield from wrapped(
        f"In present value {here.frame.maker} has {signed(here.total)} {here.currency} under {a} and {signed(there.total)} under {b}: "
        f"a difference of {cents_in_words(twins.cents)}.",
        width,
    )
    yield ""
    yield from wrapped(f"What the world held in store struck in both, only here ({a}), or only there ({b}):", width)
    for c in twins.counted:
        yield from wrapped(f"{c.title}: {c.both} in both, {c.only_here} only here, {c.only_there} only there", width, indent="  ")
    for where, head in (("only here", f"Only here ({a})"), ("only there", f"Only there ({b})")):
        yield from ["", head]
        chosen = [pair for pair in twins.pairs if pair.where == where]
        for pair in chosen:
            happening = pair.here or pair.there
            assert happening is not None
            yield from tell_happening(happening, here.frame, width)
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
        yield from wrapped(pair.title, width, indent="  ")
        for story, happening in ((twins.here, pair.here), (twins.there, pair.there)):
            steps = "; ".join([s.sentence for s in happening.steps[1:]] or ["nothing more"])
            yield from wrapped(f"{story.alternative.name}: {steps}; present value {signed(happening.present_value)}", width, indent="    ")
    at_once = sum(len(apart) for apart in alike.values() if not any(apart))
    yield from wrapped(f"{at_once} other happenings came alike and at the same times.", width, indent="  ")
    for title, apart in alike.items():
        if any(apart):
            mean = sum(apart) / len(apart)
            when = f"{span(abs(mean))} {'later' if mean > 0.0 else 'sooner'} under {twins.here.alternative.name}"
            times = "" if len(apart) == 1 else f" ({len(apart)} times, on average)"
            yield from wrapped(f"alike, but the last step came {when}{times}: {title}", width, indent="  ")
    yield ""


def _by_event(twins: Twins, width: int) -> Iterator[str]:
    yield from wrapped(
        f"Difference in present value for {twins.here.frame.maker} by what happened, {twins.here.alternative.name} less "
        f"{twins.there.alternative.name}",
        width,
    )
    moved = [part for part in twins.by_event if part.cents]
    moved.sort(key=lambda part: -abs(part.cents))
    yield from _parts(moved, twins.cents, width)


def _by_source(twins: Twins, width: int) -> Iterator[str]:
    yield from wrapped("The same difference by source and line", width)
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

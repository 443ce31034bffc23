"""The stories of a few futures, played again in the reference engine at the end of a comparison and stored as plain rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from itilsim.ledger.futures import TOLD_FIRST, TOLD_THEN, nearest
from itilsim.study.progress import Progress
from itilsim.study.study import Study

SHARE = 0.1
"""The part of the run's time that further stories may take; the worst, the middle and the best one are told in any case."""
BY_MONEY, BY_MOVE = 8, 4
"""How many happenings of a story are kept for the money that they moved, and for the level that they moved for good."""
LEAST_MOVE = 0.02
MONTH = 730.0
COUNT = "count."
"""How the columns of lifetimes begin that count occurrences."""
Row = dict[str, Any]
Moved = tuple[str, float, float]
"""A level by its title, before and after."""
Called = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Teller:
    """Tells the story of an alternative's future as rows; `called` says of each alternative what the occurrences of an event are called."""

    tell: Callable[[str, int], list[Row]]
    called: Called


def teller(case: Any, study: Study) -> Teller:
    """Give what tells stories of a study of a case: the same world as the stored one, in the words of `itilsim explain`."""
    from itilsim.explain import trace
    from itilsim.explain.vocabulary import Vocabulary

    seed, frozen = int(study.manifest["seed"]), tuple(study.manifest["settings"]["frozen"])

    def tell(alternative: str, replication: int) -> list[Row]:
        return rows_of(alternative, replication, trace(case[alternative], seed, replication, frozen=frozen))

    called = {}
    for name in study.values:
        words = Vocabulary(case[name])
        streams = (each.removeprefix(COUNT) for each in study.table("lifetimes")[name].columns if each.startswith(COUNT))
        known = ((stream, words.named("stream", stream).step) for stream in streams if f"stream {stream}" in words.steps)
        called[name] = {stream: step.called for stream, step in known if step.called and step.summed != "always"}
    return Teller(tell, called)


def add_stories(study: Study, teller: Teller, progress: Progress, *, clock: Callable[[], float] = time.perf_counter) -> None:
    """Put the stories of a few futures of each alternative into a study.

    Its manifest then says how many were told and left out, and what events are called that are counted but not told one by one.
    Without stored months there are none. Stories beyond the first three of an alternative are left out once all of them together would
    take more than a tenth of the time that the run took.
    """
    chosen = list(_chosen(study))
    if not chosen:
        return
    allowed = SHARE * sum(float(spent) for name, spent in study.manifest["timings"].items() if name.endswith("_s"))
    certain = len(dict.fromkeys(future for future, is_certain in chosen if is_certain))
    futures = list(dict.fromkeys(future for future, _ in chosen))
    study.stories = []
    told = 0
    started = clock()
    progress.begin("stories of single futures", len(futures), 0)
    try:
        for alternative, replication in futures:
            if told >= certain and (clock() - started) * (told + 1) / told > allowed:
                break
            study.stories += teller.tell(alternative, replication)
            told += 1
            progress.advance(1)
    finally:
        progress.end()
    study.manifest["stories"] = {"told": told, "left_out": len(futures) - told, "called": teller.called}
    study.manifest["timings"] = {**study.manifest["timings"], "stories_s": clock() - started}


def _chosen(study: Study) -> Iterator[tuple[tuple[str, int], bool]]:
    """Give each (alternative, replication) worth telling, and whether it is told however long it takes; those come first."""
    paths = study.table("paths")
    for dots, is_certain in ((TOLD_FIRST, True), (TOLD_THEN, False)):
        for name, panel in paths.items():
            stored = np.arange(panel.worlds)
            places = nearest(study.net_value(name), stored)
            yield from (((name, int(stored[places[dot]])), is_certain) for dot in dots)


def rows_of(alternative: str, replication: int, story: Any) -> list[Row]:
    """Give the notable happenings of a story, a row each, in the order of time.

    `sentence` says what happened, `then` what followed; `present_value` is what it brought the decision maker under the alternative as it
    is, not against the baseline, and `source` what moved most of it, "" where nothing did; `level` is the level that it moved most and
    for good, from `before` to `after`, "" for none.
    """
    found = []
    for number, (happening, (level, before, after)) in enumerate(notable(story.happenings)):
        first, *rest = (_sentence(step.sentence) for step in happening.steps if step.sentence)
        found.append(
            {
                "alternative": alternative,
                "replication": replication,
                "event": number,
                "hour": happening.steps[0].hour,
                "month": happening.steps[0].month + 1,
                "sentence": first,
                "then": " ".join(rest),
                "present_value": happening.present_value,
                "source": _source(happening),
                "level": level,
                "before": before,
                "after": after,
            }
        )
    return found


def notable(happenings: Any) -> list[tuple[Any, Moved]]:
    """Choose the happenings that moved most money, those that moved a level most and for good, and every phase of a relationship.

    Each comes with the level that it moved most.
    """
    courses = _courses(happenings)
    said = [(each, _lasting(each, courses)) for each in happenings if any(step.sentence for step in each.steps)]
    by_money = sorted((pair for pair in said if pair[0].present_value), key=lambda pair: -abs(pair[0].present_value))[:BY_MONEY]
    far = [pair for pair in said if _distance(pair[1]) >= LEAST_MOVE]
    by_move = sorted(far, key=lambda pair: -_distance(pair[1]))[:BY_MOVE]
    phases = [pair for pair in said if pair[0].identity.name.startswith("phase ")]
    kept = {happening.identity for happening, _ in [*by_money, *by_move, *phases]}
    return [pair for pair in said if pair[0].identity in kept]


def _source(happening: Any) -> str:
    """Give the source of the largest part of the money that a happening moved."""
    sums: dict[str, float] = {}
    for money in (money for step in happening.steps for money in step.money):
        sums[money.account.source] = sums.get(money.account.source, 0.0) + money.present_value
    return max(sums, key=lambda source: abs(sums[source]), default="")


def _courses(happenings: Any) -> dict[str, list[tuple[float, float]]]:
    """Give for each share that happenings move its values by hour."""
    courses: dict[str, list[tuple[float, float]]] = {}
    for step in (step for happening in happenings for step in happening.steps):
        for moved in step.moved:
            if moved.share:
                courses.setdefault(moved.slot, []).append((step.hour, moved.after))
    return {slot: sorted(values, key=lambda value: value[0]) for slot, values in courses.items()}


def _lasting(happening: Any, courses: dict[str, list[tuple[float, float]]]) -> Moved:
    """Give the share that a happening moved most for good, with its values before and a month after; ("", 0, 0) where it moved none.

    What stood as far a month before already, as where one outage begins in another, was not moved for good.
    """
    ends: dict[str, Moved] = {}
    begins, until = happening.steps[0].hour - MONTH, happening.steps[-1].hour + MONTH
    for moved in (moved for step in happening.steps for moved in step.moved if moved.share):
        if moved.slot not in ends:
            course = courses[moved.slot]
            after = [value for hour, value in course if hour <= until][-1]
            earlier = [value for hour, value in course if hour < begins][-1:]
            before = min((moved.before, *earlier), key=lambda value: abs(after - value))
            ends[moved.slot] = (moved.title, before, after)
    return max((end for end in ends.values() if _distance(end)), key=_distance, default=("", 0.0, 0.0))


def _distance(moved: Moved) -> float:
    return abs(moved[2] - moved[1])


def _sentence(text: str) -> str:
    from itilsim.explain.vocabulary import as_sentence

    return as_sentence(text)

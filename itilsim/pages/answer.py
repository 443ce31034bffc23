"""The answer in one or two sentences, and the four figures that stand beside it."""

from __future__ import annotations

from html import escape

from itilsim.figures.same_future import pair_sentence
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, Percent, Strong
from itilsim.pages.markup import emphasised
from itilsim.tables.net_value import Strip
from itilsim.tables.spread import Estimate


def answer(table: Strip, catalogue: Catalogue) -> list[str]:
    """Says which alternative is worth most on average and how bad it is when wrong, then how it does against the next best."""
    leader = table.leader
    to_baseline = table.against[-1]
    fields: dict[str, object] = {
        "leader": Strong(leader.alternative.title),
        "baseline": Mid(table.values.baseline.title),
        "mean": Amount.size(leader.mean),
        "horizon": Months(table.values.horizon_months),
        "futures": table.values.futures,
        "above": Chance(to_baseline.better),
        "gain": Amount.of(to_baseline.when_better),
        "loss": Amount.of(leader.when_below),
        "chance": Chance(leader.below),
    }
    if not to_baseline.better.count and not to_baseline.worse.count:
        return [catalogue.say("answer.same", **fields)]
    if table.pays < 0:
        said = [catalogue.say("answer.down" if to_baseline.better.count else "answer.down-always", **fields)]
    else:
        fields["below"] = catalogue.say("answer.below" if leader.below.count else "answer.below-always", **fields)
        level = "even" if to_baseline.better.count and to_baseline.worse.count else "even-few"
        said = [catalogue.say("answer.up" if table.pays else f"answer.{level}", **fields)]
    if len(table.against) > 1:
        said.append(catalogue.say("answer.runner-up", pair=pair_sentence(table.against[0], catalogue)))
    return said


def headline(table: Strip, catalogue: Catalogue) -> str:
    """Returns the answer as HTML: sentences, then value with hours beside value in cash, the bad value, and the chance to be wrong."""
    leader = table.leader
    baseline = Mid(table.values.baseline.title)
    below = catalogue.say("answer.stat-below-never", futures=table.values.futures)
    if leader.below.count:
        below = catalogue.say("answer.stat-below-note", loss=Amount.of(leader.when_below))
    stats = (
        ("hours", catalogue.word(_signed(leader.mean)), catalogue.say("answer.stat-hours-note")),
        ("cash", catalogue.word(_signed(leader.cash)), catalogue.say("answer.stat-cash-note")),
        ("bad", catalogue.word(_signed(leader.bad)), catalogue.say("answer.stat-bad-note")),
        ("below", catalogue.word(Percent(leader.below)), below),
    )
    cards = "".join(_card(catalogue.say(f"answer.stat-{name}", baseline=baseline), value, note) for name, value, note in stats)
    title = emphasised(catalogue.say("answer.stats-title", leader=leader.alternative.title, baseline=baseline))
    said = "".join(f"<p>{emphasised(sentence)}</p>" for sentence in answer(table, catalogue))
    return f'<div class="answer">{said}</div><h2 class="stats-title">{title}</h2><dl class="stats">{cards}</dl>'


def _signed(estimate: Estimate) -> Amount:
    return Amount(estimate.value, estimate.error, signed=True)


def _card(title: str, value: str, note: str) -> str:
    return f"<div><dt>{escape(title)}</dt><dd><b>{escape(value)}</b><span>{escape(note)}</span></dd></div>"

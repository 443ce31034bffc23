"""What the head of the page claims: the answer, the four figures beside it, and the facts of the run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.pages.claims.forms import Context, form
from tests.pages.claims.stored import average, counted, level, surely_more
from tests.pages.claims.words import amount, chance, percent, size, time, whole


def pays(context: Context) -> int:
    """1: the leader is worth more than the baseline on average by over two errors, -1: less, 0: it cannot be told."""
    mean = average(context.stored.net[context.stored.leader])
    return 0 if abs(mean.value) <= 2 * mean.error else (1 if mean.value > 0 else -1)


def _led(context: Context, verdict: int) -> Iterator[str]:
    """Check who is named as leader and as baseline, over how long, and whether the average is as the sentence says."""
    stored = context.stored
    if context.choice("leader") != stored.leader:
        yield f"the largest mean is that of {stored.leader}"
    if context.choice("baseline") != stored.baseline:
        yield f"the baseline is {stored.baseline}"
    if "horizon" in context.fields:
        yield from time(context["horizon"], stored.manifest["horizon_months"])
    if pays(context) != verdict:
        yield f"the mean is {average(stored.net[stored.leader])}"


def _parts(context: Context) -> Iterator[str]:
    """Check how often the leader is worth more and less than the baseline, and by how much it then is."""
    net = context.stored.net[context.stored.leader]
    if "above" in context.fields:
        yield from chance(context["above"], counted(net > 0))
    if "gain" in context.fields:
        yield from size(context["gain"], average(net[net > 0]))
    if "chance" in context.fields:
        yield from chance(context["chance"], counted(net < 0))
    if "loss" in context.fields:
        yield from size(context["loss"], average(-net[net < 0]))
    if "futures" in context.fields and whole(context["futures"]) != net.size:
        yield f"there are {net.size} futures"
    if "mean" in context.fields:
        yield from size(context["mean"], average(net))


@form("answer", "On average {leader:choice} is worth {mean:amount} more than {baseline:choice} over {horizon:time}.", "answer")
def up(context: Context) -> Iterator[str]:
    """The leader is worth more than the baseline."""
    yield from _led(context, 1)
    yield from _parts(context)


@form("answer", "It is worth less than {baseline:choice} {chance:chance}, then by {loss:amount}.", "answer")
def below(context: Context) -> Iterator[str]:
    """How often it is wrong and by how much; after the sentence that names the leader."""
    if context.earlier[-1:] != ["up"]:
        yield "does not follow the sentence that says what 'it' is"
    yield from _parts(context)


@form("answer", "It is never worth less than {baseline:choice} in the {futures:count} futures.", "answer")
def below_always(context: Context) -> Iterator[str]:
    """It is never worth less."""
    yield from _parts(context)
    if (context.stored.net[context.stored.leader] < 0).any():
        yield "it is worth less in some futures"


@form(
    "answer",
    "On average none of the alternatives is worth as much as {baseline:choice}. The nearest is {leader:choice}: it is worth {mean:amount} "
    "less than {baseline2:choice} over {horizon:time}, and worth more {above:chance}, then by {gain:amount}.",
    "answer",
)
def down(context: Context) -> Iterator[str]:
    """The baseline is worth more than the best alternative."""
    yield from _led(context, -1)
    yield from _parts(context)
    yield from _nearest(context)


@form(
    "answer",
    "None of the alternatives is worth as much as {baseline:choice} in any of the {futures:count} futures. The nearest is {leader:choice}: "
    "on average it is worth {mean:amount} less over {horizon:time}.",
    "answer",
)
def down_always(context: Context) -> Iterator[str]:
    """The baseline is worth more in every future than every alternative."""
    yield from _led(context, -1)
    yield from _parts(context)
    yield from _nearest(context)
    if any((context.stored.net[name] >= 0).any() for name in context.stored.names):
        yield "some alternative is worth as much in some future"


def _nearest(context: Context) -> Iterator[str]:
    """One is called the nearest: where another may be as near, what follows says how the two compare."""
    stored = context.stored
    near = [name for name in stored.names if name != stored.leader and not surely_more(stored.net[stored.leader], stored.net[name])]
    if near and not any(said.text.startswith("In the same future, against the next alternative:") for said in context.page.said):
        yield f"{near} are as near"


@form(
    "answer",
    "On average the best of the alternatives, {leader:choice}, cannot be told apart from {baseline:choice} by {futures:count} futures over "
    "{horizon:time}: it is worth more {above:chance}, then by {gain:amount}, and less {chance:chance}, then by {loss:amount}.",
    "answer",
)
def even(context: Context) -> Iterator[str]:
    """Neither is surely worth more."""
    yield from _led(context, 0)
    yield from _parts(context)


@form(
    "answer",
    "On average the best of the alternatives, {leader:choice}, cannot be told apart from {baseline:choice} by so few futures.",
    "answer",
)
def even_few(context: Context) -> Iterator[str]:
    """As before, where it was never worth more or never worth less."""
    yield from _led(context, 0)


@form("answer", "{leader:choice} and {baseline:today} are worth the same in every one of the {futures:count} futures.", "answer")
def equal(context: Context) -> Iterator[str]:
    """Nothing differs."""
    yield from _led(context, 0)
    yield from _parts(context)
    if context.stored.net[context.stored.leader].any():
        yield "they differ"


@form("answer", "In the same future, against the next alternative:", "answer")
def runner_up(context: Context) -> Iterator[str]:
    """The pair that follows must be the leader and the second; the pair's own form checks what is said of them."""
    stored = context.stored
    ranked = sorted(stored.names, key=lambda name: -float(np.mean(stored.net[name])))
    pair = f"{stored.title(ranked[0])} ", f"{stored.title(ranked[1])}"
    if not all(title.lower() in context.said.text.lower() for title in pair):
        yield f"first and second are {ranked[:2]}"


@form("answer", "With hours\n{value:amount}\nMean, saved hours at their value", "stats")
def stat_hours(context: Context) -> Iterator[str]:
    """The mean with hours."""
    yield from amount(context["value"], average(context.stored.net[context.stored.leader]), signed=True)


@form("answer", "In cash\n{value:amount}\nMean, only what is paid or no longer paid", "stats")
def stat_cash(context: Context) -> Iterator[str]:
    """The mean in cash."""
    yield from amount(context["value"], average(context.stored.cash[context.stored.leader]), signed=True)


@form("answer", "1-in-10 bad value\n{value:amount}\nWith hours; 1 future in 10 is worse", "stats")
def stat_bad(context: Context) -> Iterator[str]:
    """The value that 1 future in 10 undercuts."""
    yield from amount(context["value"], level(context.stored.net[context.stored.leader], 0.1), signed=True)


@form("answer", "Worth less than {baseline:choice}\n{share:text}\nThen by {loss:amount}", "stats")
def stat_below(context: Context) -> Iterator[str]:
    """How often it is worth less than the baseline."""
    yield from percent(context["share"], counted(context.stored.net[context.stored.leader] < 0))
    yield from _parts(context)


@form("answer", "Worth less than {baseline:choice}\nnone\nIn {futures:count} simulated", "stats")
def stat_never(context: Context) -> Iterator[str]:
    """It is never worth less."""
    yield from _parts(context)
    if (context.stored.net[context.stored.leader] < 0).any():
        yield "it is worth less in some futures"


@form(
    "answer",
    "{futures:futures} simulated · {horizon:time} · present value at {rate:digits} % a year · every amount is a difference from "
    "{baseline:choice}",
    "facts",
)
def facts(context: Context) -> Iterator[str]:
    """What the run was."""
    manifest = context.stored.manifest
    if whole(context["futures"].split()[0]) != context.stored.futures or context.stored.futures != manifest["replications"]:
        yield f"there are {context.stored.futures} futures"
    yield from time(context["horizon"], manifest["horizon_months"])
    if abs(float(context["rate"]) - 100 * manifest["discount_rate"]) > 0.005 or context.choice("baseline") != context.stored.baseline:
        yield f"the rate is {manifest['discount_rate']} and the baseline {context.stored.baseline}"


@form("answer", "The run was interrupted: these are its first {futures:futures}.", "warning")
def incomplete(context: Context) -> Iterator[str]:
    """A run that was cut short."""
    if context.stored.manifest["complete"] or whole(context["futures"].split()[0]) != context.stored.futures:
        yield "the run is whole, or of another length"


@form("answer", 'Chances hold under the assumptions listed below under "Inputs" and "Method".', "facts")
def assumptions(context: Context) -> Iterator[str]:
    """The assumptions are listed there."""
    items = [said.text for said in context.page.said if said.section == "method" and said.kind == "item"]
    if not set(context.stored.manifest["caveats"]) <= set(items):
        yield "not all of them are listed"
    if context.stored.manifest["inputs"] and not any(said.section == "inputs" for said in context.page.said):
        yield "no inputs are listed"


@form("answer", "Figures need JavaScript; every number is in the tables below them.", "warning")
def no_script(context: Context) -> Iterator[str]:
    """Each drawing has a table in its section."""
    sections = {table.section for table in context.page.tables}
    yield from (f"{name} has no table" for name in context.page.drawn if name not in sections and name != "dark")

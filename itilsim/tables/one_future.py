"""Single futures under every alternative: how their value builds up, what it is made of, and the stories of a few of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from itilsim.ledger.futures import DOTS, TOLD_FIRST
from itilsim.tables.levels import Level, read_levels
from itilsim.tables.lifetimes import Counted, Ended, read_counts, read_endings
from itilsim.tables.net_value import Strip, read_dots
from itilsim.tables.result import Floats, Result, codes, readable


@dataclass(frozen=True)
class Event:
    """A notable happening of a told future; `value` is its present value under the alternative as it is, not against the baseline."""

    month: int
    sentence: str
    then: str
    value: float
    source: str
    level: str
    before: float
    after: float


@dataclass(frozen=True)
class Futures:
    """The futures that the dots open. Every array's axis of futures follows `numbers`; amounts are present values against the baseline."""

    strip: Strip
    stored: int
    """How many futures have their months stored."""
    numbers: NDArray[np.int64]
    """The replications of the futures that any dot opens, in rising order."""
    dots: NDArray[np.int64]
    """The place among them of the future that each dot opens, shape (alternatives, 50)."""
    quantiles: Floats
    """The value that each dot stands for, shape (alternatives, 50)."""
    values: Floats
    """The value of each future, shape (alternatives, futures)."""
    paths: Floats
    """Cumulative value by month, shape (alternatives, futures, months); the last month holds what is discovered after the horizon."""
    sources: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...]
    """What people call each source under each alternative, shape (alternatives, sources)."""
    risky: NDArray[np.bool_]
    """Which sources are risks, shape (sources,)."""
    amounts: Floats
    """What each source adds against the baseline in the same future, shape (alternatives, sources, futures)."""
    averages: Floats
    """The same on average over all simulated futures, shape (alternatives, sources)."""
    levels: Mapping[str, tuple[Level, ...]]
    counts: Mapping[str, tuple[Counted, ...]]
    endings: Mapping[tuple[str, int], tuple[Ended, ...]]
    stories: Mapping[tuple[str, int], tuple[Event, ...]]
    """The notable happenings of the futures whose stories are stored, by alternative and replication."""
    command: str
    """The command that tells the whole story of a future, with {alternative} and {replication} to be filled in."""

    @property
    def shown(self) -> tuple[int, int]:
        """The alternative and the dot shown first: the leader's future at its 1-in-20 bad value."""
        leader = self.strip.values.alternatives.index(self.strip.leader.alternative)
        return leader, TOLD_FIRST[1]

    def twin(self, alternative: int) -> int:
        """Gives the alternative that another one is set beside first: the leader, or for itself the next best on average; -1 for none."""
        order = sorted(range(len(self.strip.rows) - 1), key=lambda place: -self.strip.rows[place].mean.value)
        return next((place for place in order if place != alternative), -1)


@lru_cache(maxsize=2)
def read_futures(result: Result) -> Futures:
    """Reads the futures that the fifty dots of each alternative open."""
    dots = read_dots(result)
    alternatives = dots.strip.values.alternatives
    numbers, places = np.unique(dots.opens, return_inverse=True)
    worlds = result.worlds("paths", ["value"], step="month")
    stored = next(iter(worlds.values())).replications
    rows = np.searchsorted(stored, numbers)
    sources, risky, amounts, averages = _sources(result, numbers, dots.strip.values.futures)
    return Futures(
        strip=dots.strip,
        stored=int(stored.size),
        numbers=numbers,
        dots=places.reshape(len(alternatives), DOTS),
        quantiles=dots.quantiles,
        values=dots.strip.values.values[:, numbers],
        paths=np.stack([worlds[each.name]["value"][rows] for each in alternatives]),
        sources=sources,
        titles=tuple(tuple(_title(result, each.name, source) for source in sources) for each in alternatives),
        risky=risky,
        amounts=amounts,
        averages=averages,
        levels=read_levels(result, numbers),
        counts=read_counts(result, alternatives, numbers),
        endings=read_endings(result, numbers),
        stories=_stories(result),
        command=_command(result.manifest),
    )


def _title(result: Result, alternative: str, source: str) -> str:
    """Gives what people call a source under an alternative, or else under any that has it."""
    named = (each["name"] for each in result.manifest["alternatives"] if source in (each.get("sources") or {}))
    own = alternative if result.source_title(alternative, source) != readable(source) else next(named, alternative)
    return result.source_title(own, source)


def _sources(result: Result, numbers: NDArray[np.int64], futures: int) -> tuple[tuple[str, ...], NDArray[np.bool_], Floats, Floats]:
    """Reads what each source of the decision maker's adds against the baseline: in some futures, and on average over all."""
    columns = ["alternative", "replication", "source", "component", "value"]
    table = result.table("sources", columns, where={"party": result.decision_maker})
    (own, names), (posted, sources) = codes(table["alternative"]), codes(table["source"])
    replications, values = table["replication"].to_numpy(), table["value"].to_numpy()
    place = np.full(futures, -1)
    place[numbers] = np.arange(numbers.size)
    count = len(sources)
    shown = [each.name for each in (result.baseline, *result.alternatives)]
    amounts, averages = np.zeros((len(shown), count, numbers.size)), np.zeros((len(shown), count))
    for at, name in enumerate(shown):  # a party may have no source at all under an alternative
        rows = own == names.index(name) if name in names else np.zeros(own.size, dtype=np.bool_)
        averages[at] = np.bincount(posted[rows], weights=values[rows], minlength=count) / futures
        rows &= place[replications] >= 0
        keys = posted[rows] * numbers.size + place[replications[rows]]
        amounts[at] = np.bincount(keys, weights=values[rows], minlength=count * numbers.size).reshape(count, numbers.size)
    (component, components), risky = codes(table["component"]), np.zeros(count, dtype=np.bool_)
    risky[posted[component == components.index("risk")] if "risk" in components else []] = True
    return tuple(sources), risky, amounts[1:] - amounts[0], averages[1:] - averages[0]


def _stories(result: Result) -> dict[tuple[str, int], tuple[Event, ...]]:
    if not result.has("stories"):
        return {}
    keys = ("month", "sentence", "then", "present_value", "source", "level", "before", "after")
    found: dict[tuple[str, int], tuple[Event, ...]] = {}
    for row in result.table("stories", ["alternative", "replication", *keys]).to_pylist():
        key = (str(row["alternative"]), int(row["replication"]))
        told = row | {name: result.said(row[name]) for name in ("sentence", "then", "level") if row[name]}
        found[key] = (*found.get(key, ()), Event(*(told[name] for name in keys)))
    return found


def _command(manifest: Mapping[str, Any]) -> str:
    settings = manifest.get("settings") or {}
    asked = "".join(f" --set '{key}={value}'" for key, value in (manifest.get("values") or {}).items())
    asked += f" --frozen {','.join(settings['frozen'])}" if settings.get("frozen") else ""
    case = manifest.get("case") or "CASE"
    return f"itilsim explain {case}/{{alternative}}.toml --replication {{replication}} --seed {manifest['seed']}{asked}"

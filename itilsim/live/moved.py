"""A case as it stands after its levers were moved, with what its plans and its totals need, and the plans that were lowered before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from itilsim.case.blocks import Blocks
from itilsim.case.case import Case
from itilsim.case.lower import lower
from itilsim.ledger.entities import Entity, entities
from itilsim.live.held import Held
from itilsim.plan.plan import Plan
from itilsim.plan.priced import Priced, priced
from itilsim.study.manifest import contracting_parties, manifest_of
from itilsim.study.panel import Panels
from itilsim.study.reckoning import Setup
from itilsim.study.settings import Settings, settings_for
from itilsim.study.sponsor import sponsor_answers

MOST_PLANS = 6
"""Plans of an alternative that are remembered."""


class Plans:
    """Plans that were lowered, to be given again where an alternative's blocks are the same; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], list[tuple[Blocks, Plan, Priced]]] = {}
        self._lock = Lock()

    def of(self, case: Case, name: str) -> tuple[Plan, Priced]:
        """Give the plan of an alternative and its prices."""
        blocks = case.alternatives[name].blocks
        with self._lock:
            known = self._known.setdefault((name, case.horizon), [])
            for at, (before, plan, prices) in enumerate(known):
                if _same(blocks, before):
                    known.append(known.pop(at))
                    return plan, prices
        plan = lower(case, name)
        prices = priced(plan)
        with self._lock:
            known.append((blocks, plan, prices))
            del known[:-MOST_PLANS]
        return plan, prices

    def knows(self, case: Case, name: str) -> bool:
        """Say whether the plan of an alternative is remembered."""
        blocks = case.alternatives[name].blocks
        with self._lock:
            return any(_same(blocks, before) for before, _, _ in self._known.get((name, case.horizon), ()))

    @property
    def count(self) -> int:
        """How many plans are remembered."""
        with self._lock:
            return sum(len(known) for known in self._known.values())


def _same(a: Blocks, b: Blocks) -> bool:
    """Say whether two alternatives are made of the very same blocks; a block that says the same is read once."""
    if a is b:
        return True
    return a.keys() == b.keys() and all(
        a[section].keys() == b[section].keys() and all(a[section][name] is b[section][name] for name in a[section]) for section in a
    )


@dataclass(frozen=True)
class Moved:
    """A case with values moved; who looks at it may be another party than the one that decides."""

    case: Case
    settings: Settings
    setup: Setup
    parties: Mapping[str, Entity]
    about: Any
    """What totals depend on beside the plan."""

    @property
    def names(self) -> tuple[str, ...]:
        """The alternatives that are compared, the baseline too, in the order of the case."""
        return self.settings.alternatives


def move(
    case: Case, values: Mapping[str, Any], *, alternatives: tuple[str, ...], party: str | None, horizon: int | None, seed: int, wanted: int
) -> Moved:
    """Move a case's values; raises FaultyInput for a value that cannot be, WrongRequest for what cannot be compared."""
    moved = case.with_values(values) if values else case
    if horizon is not None and horizon != moved.horizon:
        moved = replace(moved, horizon_months=horizon)
    settings = settings_for(
        moved, replications=wanted, seed=seed, alternatives=alternatives, baseline=None, engine="compiled", keep="sources",
        frozen=(), precision=None, variants=False,
    )  # fmt: skip
    setup = Setup(
        {}, moved.baseline, party or moved.decision_maker, moved.parents, moved.viewpoints, moved.discount_rate, moved.horizon
    )
    about = (setup.decision_maker, setup.rate, repr(setup.viewpoints))
    return Moved(moved, settings, setup, entities(setup.parents), about)


def held_of(moved: Moved, plans: Mapping[str, Plan], panels: Panels, base: Mapping[str, Any], inputs: list[dict[str, Any]]) -> Held:
    """Give the result of the panels that are there; `base` is the manifest of the case before anything was moved."""
    case, worlds = moved.case, next(iter(panels["values"].values())).worlds
    options = {name: case.alternatives[name] for name in plans}
    titles = {name: option.source_titles for name, option in options.items()}
    contracting = contracting_parties(case, {name: plan.books.accounts for name, plan in plans.items()})
    manifest = {
        **base,
        "decision_maker": moved.setup.decision_maker,
        "alternatives": [
            {
                "name": name,
                "title": option.title,
                "sentence": option.sentence,
                "residual_value": option.residual_value,
                "contracting": contracting[name],
                "sources": titles[name],
            }
            for name, option in options.items()
        ],
        "inputs": inputs,
        "sponsor": sponsor_answers(
            moved.setup.viewpoints, panels, baseline=options[case.baseline].title, currency=case.currency, sources=titles
        ),
        "replications": worlds,
        "horizon_months": case.horizon,
        "settings": moved.settings.stored(),
        "complete": worlds >= moved.settings.replications,
    }
    return Held(Path(case.name), manifest, panels=panels)


def base_manifest(moved: Moved) -> dict[str, Any]:
    """Give the manifest of a case before anything is moved, without what the worlds say."""
    made = manifest_of(moved.case, moved.settings, replications=0, complete=False, contracting={}, sponsor=[], timings={})
    return {name: value for name, value in made.items() if name not in ("hashes", "folder")}

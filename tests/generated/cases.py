"""Generated cases: written as files, read and lived in both engines, held against the laws that every ledger keeps."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.engine.reference.draws import World
from itilsim.engine.reference.lifetime import Lifetime
from itilsim.engine.reference.state import Occurrence
from itilsim.kinds.block import kinds
from itilsim.plan import rows
from itilsim.plan.plan import Plan, Rows
from itilsim.world.unknowns import draw_unknowns
from tests.case.small_cases import write_case
from tests.cases import conservation
from tests.cases.lives import Lived, differing
from tests.generated.fields import fields_of
from tests.generated.maker import Kind, Tables, make_case

HEAD = {
    "title": "generated", "question": "Does it hold?", "currency": "CNY", "discount_rate": "8 % / year", "baseline": "today",
    "decision_maker": "company",
}  # fmt: skip
WORLDS = 4
MOST_EVENTS = 200_000
CROWD, INSTANT = 20_000, 1e-3
"""So many events within so few hours have no end; more than the most events at rates that are only high take too long to be tried."""


@dataclass(frozen=True)
class Generated:
    """The tables of a case and how it is to be lived."""

    tables: Tables
    horizon: int
    runoff: int
    grid: float
    frozen: frozenset[str]
    seed: int

    @property
    def kinds(self) -> set[Kind]:
        """The kinds that stand in it."""
        return {(section, table["kind"]) for section, held in self.tables.items() for table in held.values()}

    def write(self, folder: Path) -> Path:
        """Write the case: parties and users are shared, and today goes on without any service."""
        head = {**HEAD, "horizon": f"{self.horizon} months", "runoff": f"{self.runoff} months"}
        shared = {"parties": self.tables["parties"], "users": _alone("users", self.tables)}
        system = {section: held for section, held in self.tables.items() if section != "parties"}
        return write_case(folder, head, {"today": {"activities": _alone("activities", self.tables)}, "system": system}, shared)

    def read(self) -> Case:
        """Write and read it; raises FaultyInput where it is refused."""
        with tempfile.TemporaryDirectory() as folder:
            case = load_case(self.write(Path(folder)))
            assert set(case.alternatives) == {"today", "system"}
        return case


def _alone(section: str, tables: Tables) -> dict[str, dict[str, Any]]:
    """Give the blocks of a section that can do without what they name besides parties and users."""
    found = {}
    for name, table in tables.get(section, {}).items():
        kind = table.get("kind")
        block = kinds()[section].get(kind) if isinstance(kind, str) else None
        if block is None:
            continue
        needed = {key for key, info in block.model_fields.items() if info.is_required()} | {"kind"}
        kept = {key: value for key, value in table.items() if key in needed}
        outer = all(each.refers in ("", "parties", "users") for each in fields_of(block) if each.name in kept)
        if outer:
            found[name] = kept
    return found


@st.composite
def cases(draw: st.DrawFn, favourite: Kind, *, mends: bool = True) -> Generated:
    """Draw a case that has a block of a kind."""

    def pick(options: Any) -> Any:
        return options[draw(st.integers(0, len(options) - 1))]

    return Generated(
        make_case(pick, favourite, mends=mends),
        horizon=pick((12, 6, 18)),
        runoff=pick((3, 1, 6)),  # None at all: see test_found.
        grid=pick((0.0, 1.0, 0.25, 73.0)),
        frozen=frozenset(pick(((), (), ("decisions",), ("trust", "effort")))),
        seed=pick(range(1000)),
    )


class Endless(AssertionError):
    """Signals a lifetime that does not come to its end."""


class TooBusy(Exception):
    """Signals a lifetime that would come to its end, after more events than can be tried."""


class Watched(Lifetime):
    """A lifetime that notes when what happens, and stops where it does not end."""

    def __init__(self, plan: Plan, seed: int, replication: int) -> None:
        theta = [float(v) for v in draw_unknowns(plan, seed, replication, 1)[0]]
        super().__init__(plan, World(plan, seed, replication), theta)
        self.hours: list[float] = []
        self.whats: list[str] = []

    def noticed(self, what: str, index: int, seen: Occurrence) -> None:
        """Note it; raises Endless where there is no end to it, TooBusy where it is only far away."""
        now = self.clock.now
        if what not in ("begins", "phase", "decision", "loss"):
            self.hours.append(now)
        self.whats.append(what)
        if len(self.hours) > CROWD and now - self.hours[-CROWD] < INSTANT:
            raise Endless(f"{CROWD:,} events at hour {now:g}, the last of them: {', '.join(self.whats[-20:])}")
        if len(self.whats) > MOST_EVENTS:
            raise TooBusy(f"{len(self.whats):,} events by hour {now:g}")


@dataclass
class Reached:
    """What generated cases have come through."""

    cases: int = 0
    refused: int = 0
    too_large: int = 0
    too_busy: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    verbs: Counter[int] = field(default_factory=Counter)
    forms: Counter[int] = field(default_factory=Counter)
    decisions: Counter[int] = field(default_factory=Counter)
    families: Counter[int] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    endings: Counter[int] = field(default_factory=Counter)
    events: int = 0
    tied: dict[float, tuple[int, int]] = field(default_factory=dict)
    """Events at one instant with another one, of how many, by grid."""

    def note(self, generated: Generated) -> None:
        """Note the kinds of a case that was accepted."""
        self.cases += 1
        self.kinds.update(generated.kinds)

    def note_plan(self, plan: Plan) -> None:
        """Note what a plan is made of."""
        r = plan.rows
        self.rows.update(name for name, table in r._asdict().items() if len(table))
        self.verbs.update({e.verb for e in r.effects})
        self.forms.update({m.form for m in r.modifiers})
        self.decisions.update({d.kind for d in r.decisions})
        self.families.update({q.family for q in r.quantities})

    def note_life(self, life: Watched) -> None:
        """Note what happened in a lifetime, and how much of it at one instant with something else."""
        self.events += len(life.hours)
        self.happened.update(set(life.whats))
        _, counts = np.unique(life.hours, return_counts=True)
        tied, every = self.tied.get(life.z.grid, (0, 0))
        self.tied[life.z.grid] = tied + int(counts[counts > 1].sum()), every + len(life.hours)

    def shares(self) -> dict[str, tuple[int, int]]:
        """Give how many of each closed set were reached, of how many there are."""
        every = sum(len(held) for held in kinds().values())
        return {
            "kinds": (len(self.kinds), every),
            "tables of rows": (len(self.rows), len(Rows._fields)),
            "verbs": (len(self.verbs), rows.COUNT + 1),
            "forms of modifiers": (len(self.forms), rows.INVERSE + 1),
            "kinds of decision": (len(self.decisions), rows.LEAVE + 1),
            "families of quantities": (len(self.families), 4),
            "endings": (len(self.endings), 5),
        }

    def is_all(self) -> bool:
        """Say whether all of each closed set was reached."""
        return all(reached == every for reached, every in self.shares().values())

    def __str__(self) -> str:
        beside = f"{self.refused} refused, {self.too_large} too large for the compiled engine, {self.too_busy} too busy"
        told = [f"{self.cases} generated cases ({beside}), {self.events:,} events of the reference engine"]
        told += [f"{what}: {reached} of {every}" for what, (reached, every) in self.shares().items()]
        told += [f"tied on a grid of {grid:g} h: {tied / every:.0%} of events" for grid, (tied, every) in sorted(self.tied.items())]
        told += ["happened: " + ", ".join(f"{what} in {count}" for what, count in sorted(self.happened.items()))]
        return "\n".join(told)


def lives_by_the_laws(generated: Generated, case: Case, reached: Reached) -> None:
    """Live a case in both engines and hold its ledgers against all laws."""
    plans = {name: lower(case, name, generated.frozen, grid=generated.grid) for name in case.alternatives}
    for name, plan in plans.items():
        life = Watched(plan, generated.seed, 0)
        life.live()
        if name != case.baseline:
            reached.note_life(life)
            reached.note_plan(plan)
    lived = {name: Lived(case, name, plan, run_compiled(plan, generated.seed, 0, WORLDS)) for name, plan in plans.items()}
    for each in lived.values():
        conservation.keeps_its_books(each, lived[case.baseline])
        conservation.accounts_move_by_postings_only(each, seed=generated.seed)
        reached.endings.update(int(code) for code in np.unique(each.ledger.endings))
    plan = plans["system"]
    parted = differing(run_reference(plan, generated.seed, 1, 1), run_compiled(plan, generated.seed, 1, 1))
    assert not parted, f"the engines differ in {', '.join(parted)} of world 1"


def described(generated: Generated) -> str:
    """Say what a case is made of, for whoever has to find what it shows."""
    frozen = ", ".join(sorted(generated.frozen)) or "nothing"
    lines = [
        f"{generated.horizon} months and {generated.runoff} of run-off, grid {generated.grid} h, {frozen} frozen, seed {generated.seed}",
        *(f"[{s}.{n}] {_spelt(t)}" for s, held in sorted(generated.tables.items()) for n, t in held.items() if s != "parties"),
    ]
    return "\n".join(lines)


def _spelt(table: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} = {value!r}" for key, value in table.items())

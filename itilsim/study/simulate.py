"""Simulating a study: worlds in blocks until all are done, the precision is reached, or somebody interrupts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np

from itilsim.study.blocks import default_workers, in_order, worker_pool
from itilsim.study.engines import Chosen, choose
from itilsim.study.manifest import contracting_parties, manifest_of, software_hash
from itilsim.study.panel import Panels, head_of, join_blocks
from itilsim.study.precision import ROUND
from itilsim.study.progress import Progress, Silent
from itilsim.study.reckoning import Setup, net_values, run_block
from itilsim.study.settings import Settings, settings_for
from itilsim.study.sponsor import sponsor_answers
from itilsim.study.study import Study
from itilsim.study.subject import Engine, Subject, WrongRequest
from itilsim.study.variants import AS_STATED, WORLDS, variant_rows

Result = TypeVar("Result")


class Interrupted(KeyboardInterrupt):
    """Signals that a study was interrupted; `study` holds the worlds that were finished, None where there are none."""

    def __init__(self, study: Study | None) -> None:
        super().__init__("interrupted")
        self.study = study


def simulate(
    case: Subject,
    replications: int = 10_000,
    *,
    seed: int = 1,
    alternatives: Iterable[str] | None = None,
    baseline: str | None = None,
    engine: str | Engine = "compiled",
    workers: int | None = None,
    executor: Executor | None = None,
    block: int | None = None,
    keep: str = "sources",
    frozen: Iterable[str] = (),
    precision: str | None = None,
    variants: bool = True,
    resume: Study | None = None,
    progress: Progress | None = None,
) -> Study:
    """Simulate the alternatives of a case on the same worlds.

    All `alternatives` unless named; the baseline is always simulated with them. `workers` threads work on blocks of `block` worlds, or an
    `executor` does (its tasks are pure functions of plans, seed and range); neither changes a number. `keep` says how much is stored,
    `frozen` which behaviour is held fixed, `precision` when to stop before `replications`, `variants` whether the ranking is simulated
    again under other horizons and caps. `resume` goes on from an interrupted study with the same settings. Raises WrongRequest for what
    cannot be run and Interrupted, which carries the finished worlds, on Ctrl-C.
    """
    chosen = choose(engine)
    settings = settings_for(
        case,
        replications=replications,
        seed=seed,
        alternatives=alternatives,
        baseline=baseline,
        engine=chosen.name,
        keep=keep,
        frozen=frozen,
        precision=precision,
        variants=variants,
    )
    if workers is not None and workers < 1:
        raise WrongRequest(f"found {workers} workers; at least 1 is needed")
    if block is not None and block < 1:
        raise WrongRequest(f"found blocks of {block} worlds; at least 1 world is needed")
    return run_study(
        case,
        settings,
        chosen if block is None else replace(chosen, block=block),
        workers=workers or default_workers(),
        executor=executor,
        variants=settings.variants,
        resume=resume,
        progress=progress or Silent(),
    )


def run_study(
    case: Subject,
    settings: Settings,
    chosen: Chosen,
    *,
    workers: int,
    executor: Executor | None = None,
    variants: bool = True,
    resume: Study | None = None,
    progress: Progress,
) -> Study:
    """Simulate a study whose settings are checked already; see `simulate`."""
    run = _Run(case, settings, chosen, workers, progress)
    if chosen.is_cold:
        progress.note("compiling the engine (once, about 20 s)")
    with worker_pool(workers, executor) as pool:
        run.pool = pool
        try:
            run.live(resume)
            if variants:
                run.vary()
        except KeyboardInterrupt:
            raise Interrupted(run.study(complete=False) if run.done else None) from None
        finally:
            progress.end()
    return run.study(complete=True)


def setup_of(case: Subject, settings: Settings) -> Setup:
    """Lower every alternative of a study to a plan."""
    from itilsim.case import lower as lowering

    lower: Callable[[Any, str, frozenset[str]], Any] = lowering.lower
    frozen = frozenset(settings.frozen)
    return Setup(
        plans={name: lower(case, name, frozen) for name in settings.alternatives},
        baseline=settings.baseline,
        decision_maker=case.decision_maker,
        parents=case.parents,
        viewpoints=case.viewpoints,
        rate=case.discount_rate,
        months=case.horizon,
        keep=settings.keep,
    )


@dataclass
class _Run:
    """A study on its way."""

    case: Subject
    settings: Settings
    chosen: Chosen
    workers: int
    progress: Progress
    pool: Any = None
    panels: Panels = field(default_factory=dict)
    done: int = 0
    variants: list[dict[str, Any]] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        started = time.perf_counter()
        self.setup = setup_of(self.case, self.settings)
        self.timings["lowering_s"] = time.perf_counter() - started

    def live(self, resume: Study | None) -> None:
        """Live all worlds, or as many as the precision asks for."""
        if resume is not None:
            self._take_up(resume)
        wanted = self.settings.replications
        self.progress.begin("worlds", wanted, self.done)
        started, begun = time.perf_counter(), self.done
        try:
            while self.done < wanted and not self._is_settled():
                end = wanted if self.settings.precision is None else min(wanted, (self.done // ROUND + 1) * ROUND)
                self._live_until(end)
        finally:
            self.timings["worlds_s"] = time.perf_counter() - started
            self.timings["worlds_simulated"] = self.done - begun

    def _take_up(self, resume: Study) -> None:
        stored, own = resume.manifest, self.settings
        same = (
            stored["hashes"]["inputs"] == self.case.fingerprint
            and stored["hashes"]["software"] == software_hash()
            and stored["settings"] == own.stored()
        )
        if not same:
            raise WrongRequest("the study to go on from was made from other inputs, settings or software; start afresh")
        self.done = min(resume.replications, own.replications)
        self.panels = head_of({name: resume.table(name) for name in self.setup.tables}, self.done)

    def _live_until(self, end: int) -> None:
        task = partial(run_block, self.setup, self.chosen.run, self.settings.seed)
        found: list[tuple[int, Panels]] = [(self.done, self.panels)]
        try:
            for count, block in self._in_order(task, self.done, end):
                found.append((count, block))
                self.progress.advance(count)
        finally:
            self.done = sum(count for count, _ in found)
            self.panels = join_blocks([panels for _, panels in found])

    def _in_order(self, task: Callable[[int, int], Result], first: int, end: int) -> Iterable[tuple[int, Result]]:
        return in_order(self.pool, task, first, end, size=self.chosen.block, ahead=2 * self.workers)

    def _is_settled(self) -> bool:
        precision = self.settings.precision
        if precision is None or self.done == 0 or self.done % ROUND:
            return False
        return precision.is_reached(self.panels["values"], self.setup.decision_maker)

    def vary(self) -> None:
        """Simulate the ranking again under each variant of the case."""
        worlds = min(self.done, WORLDS)
        cases = self.case.variants()
        if not cases:
            return
        started = time.perf_counter()
        decider = self.setup.decision_maker
        values = {name: each["net_value"][:worlds, each.row(party=decider)] for name, each in self.panels["values"].items()}
        found = variant_rows(AS_STATED, values, self.setup.baseline)
        self.progress.begin("other horizons and caps", worlds * len(cases), 0)
        for name, case in cases.items():
            found += variant_rows(name, self._variant(case, worlds), self.setup.baseline)
        self.variants = [asdict(row) for row in found]
        self.timings["variants_s"] = time.perf_counter() - started

    def _variant(self, case: Subject, worlds: int) -> dict[str, Any]:
        task = partial(net_values, setup_of(case, self.settings), self.chosen.run, self.settings.seed)
        blocks = []
        for count, block in self._in_order(task, 0, worlds):
            blocks.append(block)
            self.progress.advance(count)
        return {name: np.concatenate([each[name] for each in blocks]) for name in blocks[0]}

    def study(self, *, complete: bool) -> Study:
        """Give the study of the worlds that are done."""
        titles: Mapping[str, Any] = self.case.alternatives
        manifest = manifest_of(
            self.case,
            self.settings,
            replications=self.done,
            complete=complete,
            contracting=contracting_parties(self.case, {n: plan.books.accounts for n, plan in self.setup.plans.items()}),
            sponsor=sponsor_answers(
                self.setup.viewpoints,
                self.panels,
                baseline=titles[self.settings.baseline].title,
                currency=self.case.currency,
                sources={name: option.source_titles for name, option in titles.items()},
            ),
            timings=self.timings,
        )
        return Study(manifest, self.panels, scenario=self.case.source_files, variants=self.variants)

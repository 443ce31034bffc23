"""Running a sweep: point after point, each in blocks of worlds over threads, stored as soon as it is whole.

All points are lived with the same seed, so on the same worlds, and what differs between them is what was varied. Memory holds the points in
flight. An alternative that a point leaves as it was at the point before is not lived again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from itilsim.study.blocks import default_workers, ranges, worker_pool
from itilsim.study.engines import Chosen
from itilsim.study.panel import Panel, Panels, join_blocks
from itilsim.study.progress import Progress, Silent
from itilsim.study.reckoning import Setup, run_block
from itilsim.study.simulate import setup_of
from itilsim.study.subject import WrongRequest
from itilsim.study.sweep.description import SweepStudy
from itilsim.study.sweep.folder import alone, done_points, folder_of, prepare, tables_of, write_point
from itilsim.text.faults import FaultyInput


class SweepInterrupted(KeyboardInterrupt):
    """Signals that a sweep was interrupted; the finished points are stored."""


def run_sweep(
    study: SweepStudy,
    directory: Path | str,
    chosen: Chosen,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Path:
    """Live every point of a sweep that is not stored yet and give the folder, `directory/<study>-<12 hex>`.

    `workers` threads work on blocks of worlds, or an `executor` does; neither changes a byte of what is stored. Raises SweepInterrupted on
    Ctrl-C, FaultyInput where the values of a point do not go together, WrongRequest where another process writes the same sweep; the
    points finished before stay, and the same call goes on from there.
    """
    if workers is not None and workers < 1:
        raise WrongRequest(f"found {workers} workers; at least 1 is needed")
    folder = Path(directory) / folder_of(study)
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        _Run(study, folder, chosen, workers or default_workers(), progress or Silent()).live(executor)
    return folder


@dataclass
class _Job:
    """A point on its way."""

    point: int
    setup: Setup
    """The baseline and the alternatives to be lived."""
    blocks: list[Panels] = field(default_factory=list)


_Block = tuple[_Job, int, bool, "Future[Panels]"]
"""A point, worlds in the block, whether it is the point's last block, and what comes of it."""


@dataclass
class _Run:
    """A sweep on its way."""

    study: SweepStudy
    folder: Path
    chosen: Chosen
    workers: int
    progress: Progress
    signatures: dict[str, str] = field(default_factory=dict)
    """What moves the values of each alternative at the point that was handed out last."""
    values: dict[str, Panel] = field(default_factory=dict)
    """The values of each alternative at the point that was stored last."""

    def __post_init__(self) -> None:
        self.done = prepare(self.study, self.folder)

    def live(self, executor: Executor | None) -> None:
        """Live the points that are not done."""
        if self.done.all():
            return
        if self.chosen.is_cold:
            self.progress.note("compiling the engine (once, about 20 s)")
        points, worlds = len(self.done), self.study.worlds
        self.progress.begin(f"worlds at {points:,} points", points * worlds, int(self.done.sum()) * worlds)
        try:
            with worker_pool(self.workers, executor) as pool:
                self._live(pool)
        except KeyboardInterrupt:
            stored = int(done_points(self.folder, points).sum())  # the interruption may have come right after a file was in place
            said = f"interrupted: {stored:,} of {points:,} points are kept in {self.folder}"
            raise SweepInterrupted(f"{said}; the same command goes on from there") from None
        finally:
            self.progress.end()

    def _live(self, pool: Executor) -> None:
        waiting: deque[_Block] = deque()
        todo = self._blocks(pool)
        fault: FaultyInput | None = None
        try:
            while True:
                try:
                    while len(waiting) < 2 * self.workers and (block := next(todo, None)) is not None:
                        waiting.append(block)
                except FaultyInput as wrong:
                    fault = wrong  # raised when the points before are stored; the generator has ended
                if not waiting:
                    break
                job, count, is_last, future = waiting[0]
                job.blocks.append(future.result())
                waiting.popleft()
                if is_last:
                    self._store(job)
                self.progress.advance(count)
        finally:
            for *_, future in waiting:
                future.cancel()
        if fault is not None:
            raise fault

    def _blocks(self, pool: Executor) -> Iterator[_Block]:
        """Hand out the blocks of each point that is not done; a point is lowered when its first block is asked for."""
        worlds = self.study.worlds
        for point in range(len(self.done)):
            if self.done[point]:
                continue
            job = self._job(point)
            task = partial(run_block, job.setup, self.chosen.run, self.study.settings.seed)
            for first, count in ranges(0, worlds, self.chosen.block):
                yield job, count, first + count == worlds, pool.submit(task, first, count)

    def _job(self, point: int) -> _Job:
        setup = setup_of(self.study.case_at(point), self.study.settings)
        if setup.keep != "values":
            return _Job(point, setup)
        about = repr((setup.parents, setup.plans[setup.baseline].fingerprint))
        found = {name: about + plan.fingerprint for name, plan in setup.plans.items()}
        lived = {name: plan for name, plan in setup.plans.items() if name == setup.baseline or found[name] != self.signatures.get(name)}
        self.signatures = found
        return _Job(point, replace(setup, plans=lived))

    def _store(self, job: _Job) -> None:
        panels = join_blocks(job.blocks)
        tables = {name: panels[name] for name in tables_of(self.study.settings.keep)}
        self.values |= tables["values"]
        others = (name for name in self.study.settings.alternatives if name != self.study.settings.baseline)
        tables["values"] = {name: self.values[name] for name in others}
        write_point(self.folder, job.point, tables, design=self.study.design)
        self.done[job.point] = True

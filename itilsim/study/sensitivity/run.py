"""Running a sensitivity: input after input, each at both ends and within its range, and narrowed where first place changes hands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

from itilsim.case.case import Case
from itilsim.study.blocks import default_workers, worker_pool
from itilsim.study.engines import choose
from itilsim.study.progress import Progress, Silent
from itilsim.study.sensitivity.finding import rows_of
from itilsim.study.sensitivity.lived import HeldEngine, Lives
from itilsim.study.sensitivity.ranges import Input, inputs_of
from itilsim.study.sensitivity.stored import Rows, Sensitivity, made_from
from itilsim.study.settings import Settings, settings_for
from itilsim.study.subject import WrongRequest
from itilsim.text.faults import FaultyInput, unknown_name

WORLDS = 500
"""Worlds that each value of an input is simulated for unless said."""


class SensitivityInterrupted(KeyboardInterrupt):
    """Signals that a sensitivity was interrupted; `found` holds the inputs that were finished, and those known before."""

    def __init__(self, found: Sensitivity) -> None:
        super().__init__("interrupted")
        self.found = found


@dataclass(frozen=True)
class Wish:
    """Which inputs are varied, and for whom: those unknown to the planner and the decision maker unless said."""

    party: str | None = None
    keys: tuple[str, ...] | None = None
    everything: bool = False


def settings_of(
    case: Case,
    worlds: int,
    *,
    seed: int = 1,
    alternatives: Iterable[str] | None = None,
    frozen: Iterable[str] = (),
    engine: str = "compiled",
) -> Settings:
    """Check what is asked for and give the settings of the study that a sensitivity belongs to; raises WrongRequest."""
    if worlds < 2:
        raise WrongRequest(f"found {worlds} replications; a difference with its error needs at least 2")
    return settings_for(
        case,
        replications=worlds,
        seed=seed,
        alternatives=alternatives,
        baseline=None,
        engine=engine,
        keep="sources",
        frozen=frozen,
        precision=None,
        variants=False,
    )


def sensitivity(
    case: Case,
    settings: Settings,
    wish: Wish | None = None,
    *,
    engine: str | HeldEngine = "compiled",
    workers: int | None = None,
    executor: Executor | None = None,
    known: Sensitivity | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Vary one input at a time, on the same worlds, and see what it does to the two best alternatives and to first place.

    The two best are those of the highest mean worth to the party with nothing held; the baseline is one of the alternatives. Inputs
    that `known` holds are not varied again. `workers` threads work on blocks of worlds, or an `executor` does; neither changes a number.
    Raises WrongRequest for what is not known, SensitivityInterrupted on Ctrl-C.
    """
    asked = wish or Wish()
    party = asked.party if asked.party is not None else case.decision_maker
    if party not in case.parents:
        raise WrongRequest(unknown_name("party", party, list(case.parents)))
    if workers is not None and workers < 1:
        raise WrongRequest(f"found {workers} workers; at least 1 is needed")
    inputs, left_out = inputs_of(case, everything=asked.everything, keys=asked.keys)
    before = known.rows if known is not None else []
    have = {row["key"] for row in before}
    run = _Run(case, settings, party, progress or Silent(), list(before), {**(known.left_out if known else {}), **left_out})
    todo = [each for each in inputs if each.key not in have and each.key not in run.left_out]
    if todo:
        run.live(todo, engine, workers or default_workers(), executor)
    return run.found()


@dataclass
class _Run:
    """A sensitivity on its way."""

    case: Case
    settings: Settings
    party: str
    progress: Progress
    rows: Rows
    left_out: dict[str, str] = field(default_factory=dict)

    def live(self, inputs: Collection[Input], engine: str | HeldEngine, workers: int, executor: Executor | None) -> None:
        """Vary inputs one after the other."""
        chosen = choose(engine)
        if chosen.is_cold:
            self.progress.note("compiling the engine (once, about 20 s)")
        try:
            with worker_pool(workers, executor) as pool:
                lives = Lives(self.case, self.settings, chosen, self.party, pool, workers)
                self.progress.note(
                    f"{len(inputs)} inputs, each held at 3 values and at a few more where first place changes: "
                    f"at most {3 * len(inputs) * len(lives.names) * self.settings.replications:,} lifetimes and those few"
                )
                self.progress.begin("inputs, one at a time", len(inputs) * self.settings.replications, 0)
                for each in inputs:
                    self._vary(lives, each)
                    self.progress.advance(self.settings.replications)
        except KeyboardInterrupt:
            raise SensitivityInterrupted(self.found()) from None
        finally:
            self.progress.end()

    def _vary(self, lives: Lives, given: Input) -> None:
        if not set(given.alternatives) & set(lives.names):
            self.left_out[given.key] = f"only {', '.join(given.alternatives)} states it, which is not looked at here"
            return
        try:
            reading = lives.reading(given)
            live = partial(lives.held, given, reading)
            self.rows += rows_of(given, lives.names, reading, as_stated=lives.worth, live=live)
        except FaultyInput as wrong:
            self.left_out[given.key] = f"it cannot be varied from {given.low * given.factor:g} to {given.high * given.factor:g}: " + (
                wrong.faults[0].message
            )

    def found(self) -> Sensitivity:
        """Give what is found so far."""
        return Sensitivity(made_from(self.case, self.settings, self.party), self.rows, self.left_out)

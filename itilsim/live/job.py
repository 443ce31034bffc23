"""A job: one whole study on its way, with its progress, stored every so often."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock
from typing import Literal

from itilsim.case.case import Case
from itilsim.explain.stories import add_stories, teller
from itilsim.live.stored import put, same_stored
from itilsim.study.engines import choose
from itilsim.study.folder import write_stories
from itilsim.study.progress import Silent
from itilsim.study.settings import Settings
from itilsim.study.simulate import Interrupted, run_study
from itilsim.study.study import Study

EVERY = 20.0
"""Seconds after which what is finished is stored."""
WORLDS = "worlds"
State = Literal["waiting", "running", "done", "cancelled", "failed"]


@dataclass(frozen=True)
class Stand:
    """How a job stands."""

    state: State
    label: str
    """What is counted: "worlds", then what the ranking is tried under, then stories."""
    done: int
    total: int
    said: str = ""
    """Why it failed."""


class Job:
    """A study that was asked for; how it stands may be asked at any time, from any thread."""

    def __init__(self, number: int, case: Case, settings: Settings, folder: Path, *, workers: int, every: float) -> None:
        self.number, self.case, self.settings = number, case, settings
        self.folder = folder
        """Where it is stored."""
        self._workers, self._every = workers, every
        self._stand = Stand("waiting", WORLDS, 0, settings.replications)
        self._lock = Lock()
        self._cancelled, self._ended = Event(), Event()

    @property
    def stand(self) -> Stand:
        """How it stands."""
        with self._lock:
            return self._stand

    @property
    def is_over(self) -> bool:
        """Whether it is done, cancelled or failed."""
        return self._ended.is_set()

    def cancel(self) -> None:
        """Stop it; what is finished is stored."""
        self._cancelled.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is over, and say whether it is."""
        return self._ended.wait(timeout)

    def change(self, **what: object) -> None:
        """Note how it stands now."""
        with self._lock:
            self._stand = replace(self._stand, **what)  # type: ignore[arg-type]

    def run(self) -> None:
        """Run it to its end, from what is stored of it; a fault is noted and raised to nobody."""
        try:
            if not self._cancelled.is_set() and self._finish():
                self.change(state="done", label=WORLDS, done=self.settings.replications, total=self.settings.replications)
            else:
                self.change(state="cancelled")
        except Exception as fault:  # whoever looks at the job reads it
            self.change(state="failed", said=str(fault) or type(fault).__name__)
        finally:
            self._ended.set()

    def _finish(self) -> bool:
        """Simulate what is missing; say whether all is there."""
        self.change(state="running")
        study = same_stored(self.folder, self.case, self.settings)
        while study is None or not study.complete:
            listener = _Listener(self, self._cancelled.is_set, self._every)
            try:
                study = run_study(
                    self.case, self.settings, choose("compiled"), workers=self._workers, variants=self.settings.variants, resume=study,
                    progress=listener,
                )  # fmt: skip
            except Interrupted as stop:
                if stop.study is None:
                    return False
                study = stop.study
            put(study, self.folder)
            if self._cancelled.is_set() and not study.complete:
                return False
        self._tell(study)
        return True

    def _tell(self, study: Study) -> None:
        """Add the stories of a few futures, where they are not there yet."""
        if "stories" not in study.manifest:
            add_stories(study, teller(self.case, study), _Listener(self, lambda: False, None))
            write_stories(study, self.folder)


class _Listener(Silent):
    """Notes a job's progress, and interrupts it where it is given up or what is finished ought to be stored."""

    def __init__(self, job: Job, given_up: Callable[[], bool], every: float | None) -> None:
        self._job, self._given_up, self._every = job, given_up, every
        self._label, self._done, self._began = "", 0, time.monotonic()

    def begin(self, label: str, total: int, done: int) -> None:
        """Hear that so many are to be done."""
        self._label, self._done = label, done
        self._job.change(label=label, total=total, done=done)

    def advance(self, worlds: int) -> None:
        """Hear that some more are done."""
        self._done += worlds
        self._job.change(done=self._done)
        # Only worlds are a prefix that can be stored; what follows them would begin again each time.
        is_due = self._label == WORLDS and self._every is not None and time.monotonic() - self._began > self._every
        if is_due or self._given_up():
            raise KeyboardInterrupt

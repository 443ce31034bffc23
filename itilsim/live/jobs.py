"""Jobs: whole studies that run beside the workbench, one after the other, and are stored as `compare` stores them.

A job stores the worlds that are finished every so often, so that an app that is killed loses no more than the last stretch: the same job,
begun again, goes on from there, and so does the same command.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

from itilsim.case.case import Case
from itilsim.live.job import EVERY, Job
from itilsim.live.stored import restore, unfinished
from itilsim.study.settings import Settings, settings_for
from itilsim.study.subject import WrongRequest

MOST_JOBS = 50
"""Jobs that are remembered; those that are not over always are."""


class Jobs:
    """The jobs of one results folder; safe to use from several threads."""

    def __init__(self, folder: Path, *, workers: int = 1, every: float = EVERY) -> None:
        """Takes the results folder, the threads of a job (one leaves the other cores to the workbench), and the seconds between stores."""
        self.folder, self.workers, self.every = folder, workers, every
        restore(folder)
        self._jobs: list[Job] = []
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = Lock()
        self._thread = Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def start(self, case: Case, *, alternatives: Sequence[str] | None = None, replications: int = 10_000, seed: int = 1) -> Job:
        """Begin a study, or go on with what is stored of it; raises WrongRequest for what cannot be run.

        A study that is on its way already is given as it stands.
        """
        if case.horizon_months is not None:
            raise WrongRequest("a horizon that no file states could not be simulated again; save the scenario first and run that")
        settings = settings_for(
            case, replications=replications, seed=seed, alternatives=alternatives, baseline=None, engine="compiled", keep="sources",
            frozen=(), precision=None, variants=True,
        )  # fmt: skip
        return self._begin(case, settings, settings.folder_name(case))

    def go_on(self, name: str) -> Job:
        """Go on with an unfinished result of this folder by its name; raises WrongRequest where there is none such."""
        case, settings = unfinished(self.folder, name)
        return self._begin(case, settings, name)

    def _begin(self, case: Case, settings: Settings, name: str) -> Job:
        with self._lock:
            known = next((job for job in self._jobs if job.folder.name == name and not job.is_over), None)
            if known is not None:
                return known
            number = self._jobs[-1].number + 1 if self._jobs else 1
            job = Job(number, case, settings, self.folder / name, workers=self.workers, every=self.every)
            over = [each for each in self._jobs if each.is_over][: max(0, len(self._jobs) + 1 - MOST_JOBS)]
            self._jobs = [*(each for each in self._jobs if each not in over), job]
        self._queue.put(job)
        return job

    def all(self) -> tuple[Job, ...]:
        """Give every job that is remembered, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs))

    def find(self, number: int) -> Job | None:
        """Give a job by its number, None where it is not remembered."""
        return next((job for job in self.all() if job.number == number), None)

    def close(self) -> None:
        """Stop every job, store what is finished, and wait for that."""
        for job in self.all():
            job.cancel()
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run()

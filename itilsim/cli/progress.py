"""Progress on stderr: a bar with rate and time left on a terminal, a note elsewhere only where somebody would wonder."""

from __future__ import annotations

import sys
import time
from typing import Any

from itilsim.cli.exits import say
from itilsim.study.progress import Progress, Silent


def progress_for(*, quiet: bool) -> Progress:
    """Give the progress that fits where stderr goes."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Notes()


class Notes(Silent):
    """Says only what is being waited for."""

    def note(self, sentence: str) -> None:
        """Print a sentence on stderr."""
        say(sentence)


class Bar:
    """A bar on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: Any = None
        self._since, self._worlds = 0.0, 0

    def note(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        self._bar.console.print(sentence)

    def begin(self, label: str, total: int, done: int) -> None:
        """Show a new bar."""
        self._bar.start()
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(label, total=total, completed=done, rate="")
        self._since, self._worlds = time.monotonic(), 0

    def advance(self, worlds: int) -> None:
        """Move the bar on."""
        self._bar.advance(self._task, worlds)
        self._worlds += worlds
        rate = self._worlds / max(time.monotonic() - self._since, 1e-9)
        self._bar.update(self._task, rate=f"{rate:,.0f} worlds/s")

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()

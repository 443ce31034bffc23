"""How fast this machine has been of late, so that a first answer holds as many worlds as its time allows."""

from __future__ import annotations

NEW = 0.2
"""Weight of the newest measurement."""


class Pace:
    """Seconds that lifetimes took with all workers at it, and the totals of a chunk; nought until the first was measured."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lifetimes: dict[str, float] = {}
        self.totals = 0.0

    def lifetime(self, alternative: str) -> float:
        """Give the seconds of a lifetime under an alternative; of one that was never lived, those of the slowest."""
        return self._lifetimes.get(alternative, max(self._lifetimes.values(), default=0.0))

    def lived(self, alternative: str, seconds: float, worlds: int) -> None:
        """Hear that one worker lived so many worlds of an alternative in so many seconds."""
        self._lifetimes[alternative] = _mixed(self._lifetimes.get(alternative, 0.0), seconds / worlds / self._workers)

    def reckoned(self, seconds: float) -> None:
        """Hear that the totals of an alternative's chunk took so many seconds."""
        self.totals = _mixed(self.totals, seconds)


def _mixed(before: float, now: float) -> float:
    return before + NEW * (now - before) if before else now

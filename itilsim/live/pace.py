"""How fast this machine has been of late, so that a first answer holds as many worlds as its time allows."""

from __future__ import annotations

NEW = 0.2
"""Weight of the newest measurement."""


class Pace:
    """Seconds that a lifetime took with all workers at it, and the totals of a chunk; nought until the first was measured."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.lifetime = 0.0
        self.totals = 0.0

    def lived(self, seconds: float, worlds: int) -> None:
        """Hear that one worker lived so many worlds in so many seconds."""
        self.lifetime = _mixed(self.lifetime, seconds / worlds / self._workers)

    def reckoned(self, seconds: float) -> None:
        """Hear that the totals of an alternative's chunk took so many seconds."""
        self.totals = _mixed(self.totals, seconds)


def _mixed(before: float, now: float) -> float:
    return before + NEW * (now - before) if before else now

"""Progress of a study, told to a person who waits, or to nobody."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears how a study goes on."""

    def note(self, sentence: str) -> None:
        """Hear what is being waited for."""

    def begin(self, label: str, total: int, done: int) -> None:
        """Hear that so many worlds are to be done, some of which are done already."""

    def advance(self, worlds: int) -> None:
        """Hear that some more worlds are done."""

    def end(self) -> None:
        """Hear that this part is over."""


class Silent:
    """Hears everything and says nothing."""

    def note(self, sentence: str) -> None:
        """Hear what is being waited for."""

    def begin(self, label: str, total: int, done: int) -> None:
        """Hear that so many worlds are to be done."""

    def advance(self, worlds: int) -> None:
        """Hear that some more worlds are done."""

    def end(self) -> None:
        """Hear that this part is over."""

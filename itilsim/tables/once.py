"""A result that reads each of its columns once, for whoever draws the same figures several times, in several languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from itilsim.tables.result import Result, Worlds

Read = TypeVar("Read")


@dataclass(frozen=True, eq=False)
class Once(Result):
    """A result over another one, `read`, whose columns stay in memory once they are read; in another language it shares them."""

    read: Result = field(kw_only=True, repr=False)
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)

    def has(self, name: str) -> bool:
        """Says whether there is the table `name`."""
        return self.read.has(name)

    def columns(self, name: str) -> tuple[str, ...]:
        """Gives the names of the columns of the table `name`."""
        return self.read.columns(name)

    def worlds(
        self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None, step: str | None = None
    ) -> dict[str, Worlds]:
        """Reads columns of each alternative, as `Result.worlds` does, or gives what was read before."""
        return self._kept(("worlds", name, *columns, step), where, lambda: self.read.worlds(name, columns, where=where, step=step))

    def table(self, name: str, columns: Sequence[str], *, where: Mapping[str, str] | None = None) -> Any:
        """Reads columns as an Arrow table, as `Result.table` does, or gives what was read before."""
        return self._kept(("table", name, *columns), where, lambda: self.read.table(name, columns, where=where))

    def _kept(self, asked: tuple[object, ...], where: Mapping[str, str] | None, read: Callable[[], Read]) -> Read:
        key = (*asked, *sorted((where or {}).items()))
        if key not in self.kept:
            self.kept[key] = read()
        found: Read = self.kept[key]
        return found


@contextmanager
def read_once(result: Result) -> Iterator[Once]:
    """Gives a result that reads each of its columns once, and lets go of them at the end."""
    once = Once(result.folder, result.manifest, result.words, read=result)
    try:
        yield once
    finally:
        once.kept.clear()

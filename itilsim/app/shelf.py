"""The shelf: the cases that can be opened, found below the path that the app was given and known to the browser by name alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from itilsim.case.case import Case
from itilsim.case.load import load_case
from itilsim.case.sources import SHARED
from itilsim.case.words import read_words
from itilsim.tables.language import Language, language
from itilsim.text.faults import FaultyInput

Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shelved:
    """A case on the shelf, or the fault for which it cannot be read."""

    name: str
    folder: Path
    case: Case | None
    fault: str = ""


class Shelf:
    """The cases below a path, read again where their files changed; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Takes a case folder, or a folder that holds cases."""
        self.path = path
        self.folder = path.parent if (path / SHARED).is_file() else path
        """Where scenarios are saved: beside the cases."""
        self._read: dict[str, tuple[Stamp, Shelved]] = {}
        self._lock = Lock()

    def cases(self) -> tuple[Shelved, ...]:
        """Gives every case in the order of the names."""
        folders = [self.path] if (self.path / SHARED).is_file() else [each.parent for each in sorted(self.path.glob(f"*/{SHARED}"))]
        return tuple(self._shelved(folder) for folder in folders)

    def find(self, name: str) -> Shelved | None:
        """Gives the case of a name, None where there is none."""
        return next((each for each in self.cases() if each.name == name), None)

    def _shelved(self, folder: Path) -> Shelved:
        name, stamp = folder.resolve().name, _stamp(folder)
        with self._lock:
            known = self._read.get(name)
            if known is None or known[0] != stamp:
                known = self._read[name] = stamp, _opened(name, folder)
            return known[1]


def _opened(name: str, folder: Path) -> Shelved:
    try:
        return Shelved(name, folder, load_case(folder))
    except (FaultyInput, OSError) as fault:
        return Shelved(name, folder, None, str(fault))


def _stamp(folder: Path) -> Stamp:
    return tuple((each.name, each.stat().st_mtime_ns) for each in sorted(folder.rglob("*.toml")))


def words_of(case: Case, code: str) -> Language | None:
    """Gives the words of a language for what a case says, None where there are none."""
    own = read_words(case.folder, case.raw, is_whole=not case.only)
    return language(code, own.get(code, {}))

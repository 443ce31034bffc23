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
        self._added: list[Path] = []
        self._read: dict[str, tuple[Stamp, Shelved]] = {}
        self._lock = Lock()

    def cases(self) -> tuple[Shelved, ...]:
        """Gives every case in the order of the names."""
        if (self.path / SHARED).is_file():
            folders = [self.path, *(each for each in self._added if (each / SHARED).is_file())]
        else:
            folders = [each.parent for each in sorted(self.path.glob(f"*/{SHARED}")) if not each.parent.name.startswith(".")]
        return tuple(self._shelved(folder) for folder in folders)

    def add(self, folder: Path) -> None:
        """Puts a scenario that was saved on the shelf, where it does not lie there by its place."""
        self._added.append(folder)

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


class Words:
    """Says the texts and units of a case in the language of a page; what nobody has translated stays as it is."""

    def __init__(self, words: Language | None) -> None:
        """Takes the words of a language, None for the case's own."""
        self._words = words

    def __call__(self, text: str) -> str:
        return text if self._words is None else self._words.of(text)

    def unit(self, text: str) -> str:
        """Says a unit."""
        return text if self._words is None else self._words.unit(text) or text


def words_of(case: Case, code: str) -> Words:
    """Gives the words of a language for what a case says."""
    own = read_words(case.folder, case.raw, is_whole=not case.only)
    return Words(language(code, own.get(code, {})))

"""Saving a scenario: a copy of a case's folder in which the values stand that were set, for the command line to read."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from itilsim.case.case import Case
from itilsim.case.load import load_case
from itilsim.case.overrides import apply_values
from itilsim.case.sources import SHARED, KeyPath
from itilsim.case.words import FOLDER
from itilsim.kinds.leaf import ABOUT, LEVER, Canonical, Leaf
from itilsim.study.subject import WrongRequest
from itilsim.text.printing import format_quantity
from itilsim.text.toml import Document, read_document

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 60


def save(case: Case, values: Mapping[str, Any], folder: Path, name: str, *, horizon: int | None = None) -> Path:
    """Write a case with values set as a folder `name` below a folder, and give it; it gives the same numbers as the case with the values.

    Appears whole or not at all. Raises WrongRequest for a name that cannot be or is taken, FaultyInput for a value that cannot be.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise WrongRequest(f"found the name '{name[:_LONGEST]}'; a name is made of small letters, digits and hyphens, as 'lower-fee'")
    target = folder / name
    if target.exists():
        raise WrongRequest(f"there is a scenario called '{name}' already; choose another name")
    changed = case.with_values(values)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".saving-") as place:
        copied = Path(place) / name
        _copy(case.folder, copied)
        for key in values:
            _Setting(case, changed, key, copied).write()
        if horizon is not None and horizon != case.header.horizon:
            _replace(copied / SHARED, ("case", "horizon"), f"{horizon} months")
        _hold_same(changed, load_case(copied))
        copied.rename(target)
    return target


def _copy(source: Path, target: Path) -> None:
    (target / FOLDER).mkdir(parents=True)
    for path in (*source.glob("*.toml"), *(source / FOLDER).glob("*.toml")):
        shutil.copyfile(path, target / path.relative_to(source))
    if not any((target / FOLDER).iterdir()):
        (target / FOLDER).rmdir()


class _Setting:
    """One value on its way into the files of a copied case."""

    def __init__(self, case: Case, changed: Case, key: str, folder: Path) -> None:
        self.case, self.changed, self.folder = case, changed, folder
        self.leaves = {name: leaf for leaf, names in changed.stated().values() for name in names if leaf.key == key.rpartition(":")[2]}
        self.concerned = [name for name, merged in case.raw.items() if apply_values(merged, {key: 0.0}, name)[1]]
        self.path = _path_of(case.raw[self.concerned[0]].data, key.rpartition(":")[2])

    def write(self) -> None:
        """Write the value where it stands; where others share the place, so that each alternative has its own afterwards."""
        files = {name: self._file(name) for name in self.case.raw}
        for file in dict.fromkeys(files[name] for name in self.concerned):
            own = [name for name in self.concerned if files[name] == file]
            others = [name for name, its in files.items() if its == file and name not in self.concerned]
            if not others or f"{own[0]}.toml" == file:
                _replace(self.folder / file, self.path, self._new(own[0]))
                for name in others:
                    _override(self.folder / f"{name}.toml", self.path[:3], _at(self.case.raw[name].data, self.path[:3]))
            else:
                for name in own:
                    _override(self.folder / f"{name}.toml", self.path[:3], _at(self._data(name), self.path[:3]))

    def _data(self, name: str) -> Any:
        """Give an alternative's data with the values set, as files spell them."""
        data = apply_values(self.case.raw[name], self.changed.values, name)[0]
        return _spelled(data, self.leaves.get(name), self.case.currency)

    def _file(self, name: str) -> str:
        """Give the file whose statement holds for an alternative, "" where it has none."""
        merged = self.case.raw[name]
        return next((d.path.name for d in reversed(merged.documents) if _at(d.data, self.path) is not None), "")

    def _new(self, name: str) -> Any:
        """Give what stands for the quantity now, what is said about it in the order in which it stood, with the lever that still holds."""
        old, new = _at(self.case.raw[name].data, self.path), _at(self._data(name), self.path)
        if not isinstance(old, Mapping) or not isinstance(new, Mapping):
            return new
        before = next(leaf for leaf in self.case.alternatives[name].leaves() if leaf.key == self.leaves[name].key)
        stated = self.leaves[name].stated
        lever: dict[str, Any] = {}
        if before.lever and before.stated and stated and stated[3] == before.stated[3] and before.lever.holds(stated[1]):
            lever = {LEVER: f"{before.lever.low:.12g} to {before.lever.high:.12g}"} if old[LEVER] is True else {LEVER: old[LEVER]}
        quantity = {key: each for key, each in new.items() if key not in ABOUT}
        return {**quantity, **lever, **{key: new[key] for key in (*old, *ABOUT) if key in ABOUT and key in new}}


def _spelled(value: Any, leaf: Leaf | None, currency: str) -> Any:
    """Give a value as files spell it; a program's number in the unit of its dimension, every digit kept."""
    if isinstance(value, Canonical) and leaf is not None:
        return format_quantity(value.value, leaf.dimension, currency=currency, digits=17)
    if isinstance(value, Mapping):
        return {key: _spelled(each, leaf, currency) for key, each in value.items()}
    return [_spelled(each, leaf, currency) for each in value] if isinstance(value, list) else value


def _path_of(data: Any, key: str) -> KeyPath:
    path: list[str | int] = []
    for part in key.split("."):
        path.append(int(part) if isinstance(data, list) else part)
        data = data[path[-1]]
    return tuple(path)


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        is_there = part < len(data) if isinstance(data, list) and isinstance(part, int) else isinstance(data, dict) and part in data
        if not is_there:
            return None
        data = data[part]
    return data


def _replace(file: Path, path: KeyPath, value: Any) -> None:
    """Put a value in the place of the one that stands at a path of a file."""
    document = read_document(file)
    place = document.places.values.get(path)
    if place is None:
        raise WrongRequest(f"{file.name}: {'.'.join(map(str, path))} is written as a table of its own, which saving cannot change")
    start = sum(len(line) + 1 for line in document.text.split("\n")[: place[0] - 1]) + place[1] - 1
    end = next(_ends(document, start, _at(document.data, path)))
    file.write_text(document.text[:start] + inline(value) + document.text[end:], encoding="utf-8")


def _ends(document: Document, start: int, value: Any) -> Iterator[int]:
    """Give where a value that begins at a place of the text can end: where it reads as that value, and a value may end."""
    text = document.text
    for end in range(start + 1, len(text) + 1):
        if text[end:].lstrip(" \t")[:1] in ("", ",", "]", "}", "\n", "#"):
            try:
                found = tomllib.loads(f"value = {text[start:end]}")
            except tomllib.TOMLDecodeError:
                continue
            if found == {"value": value}:
                yield end


def _override(file: Path, path: KeyPath, value: Any) -> None:
    """State a field in an alternative's own file, where nothing states it yet."""
    document = read_document(file)
    if _at(document.data, path) is not None:
        raise WrongRequest(f"{file.name}: {'.'.join(map(str, path))} holds for other alternatives too, which saving cannot part")
    header, line = f"[{'.'.join(map(str, path[:2]))}]", f"{path[2]} = {inline(value)}"
    lines = document.text.split("\n")
    at = next((number for number, each in enumerate(lines) if each.strip() == header), None)
    lines = [*lines, header, line, ""] if at is None else [*lines[: at + 1], line, *lines[at + 1 :]]
    file.write_text("\n".join(lines), encoding="utf-8")


def inline(value: Any) -> str:
    """Spell a value as TOML on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _hold_same(wanted: Case, saved: Case) -> None:
    """Raise WrongRequest unless two cases state the same quantities."""
    for name, alternative in wanted.alternatives.items():
        both = zip(_numbers(alternative.leaves()), _numbers(saved.alternatives[name].leaves()), strict=True)
        for own, other in both:
            if own != other:
                raise WrongRequest(f"'{own[0]}' could not be written so that it reads the same; set it in the files by hand")


def _numbers(leaves: Iterator[Leaf]) -> list[tuple[Any, ...]]:
    return [(leaf.key, leaf.unknown, leaf.parsed.mean(), leaf.parsed.support()) for leaf in leaves]

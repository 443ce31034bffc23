"""Places: the line and column of every key and value of a TOML document that is known to be valid.

`tomllib` gives values without places, so this second reader walks the same text and keeps nothing but places.
It trusts the text to be valid TOML and to have "\\n" at the end of lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
Place = tuple[int, int]

_BLANK = re.compile(r"[ \t]*")
_FILLER = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\", "e": "\x1b"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)


@dataclass(frozen=True)
class Places:
    """Where keys and values begin, by their path from the top: names of keys, and numbers of elements from nought."""

    keys: dict[KeyPath, Place] = field(default_factory=dict)
    values: dict[KeyPath, Place] = field(default_factory=dict)


def find_places(text: str) -> Places:
    """Find the place of every key and value of a valid TOML text; lines and columns count from 1, columns in characters."""
    return _Reader(text).read()


class _Reader:
    """Walks once through the text; `at` is the offset of the next character, `table` the path of the current header."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: KeyPath = ()
        self.lengths: dict[KeyPath, int] = {}
        self.places = Places()
        self._line, self._line_start = 1, 0

    def read(self) -> Places:
        self.skip(_FILLER)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self.header()
            else:
                self.pair(self.table)
            self.skip(_FILLER)
        return self.places

    def header(self) -> None:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = self.key()
        path: KeyPath = ()
        for number, (name, place) in enumerate(names):
            path = (*path, name)
            self.places.keys.setdefault(path, place)
            if number < len(names) - 1 and path in self.lengths:
                path = (*path, self.lengths[path] - 1)
        if many:
            element = self.lengths.get(path, 0)
            self.lengths[path] = element + 1
            path = (*path, element)
            self.places.keys[path] = names[-1][1]
        self.table = path
        self.skip(_BLANK)
        self.at += 2 if many else 1

    def pair(self, above: KeyPath) -> None:
        path = above
        for name, place in self.key():
            path = (*path, name)
            self.places.keys.setdefault(path, place)
        self.at += 1
        self.skip(_FILLER)
        self.value(path)

    def key(self) -> list[tuple[str, Place]]:
        names = []
        while True:
            self.skip(_BLANK)
            place = self.place()
            names.append((self.name(), place))
            self.skip(_BLANK)
            if self.text[self.at] != ".":
                return names
            self.at += 1

    def name(self) -> str:
        mark = self.text[self.at]
        if mark == '"':
            return _ESCAPE.sub(_unescaped, self.take(_BASIC)[1:-1])
        if mark == "'":
            return self.take(_LITERAL)[1:-1]
        return self.take(_BARE)

    def value(self, path: KeyPath) -> None:
        self.places.values[path] = self.place()
        mark = self.text[self.at]
        if mark == "[":
            self.array(path)
        elif mark == "{":
            self.inline_table(path)
        elif self.text.startswith('"""', self.at):
            self.skip(_LONG_BASIC)
        elif self.text.startswith("'''", self.at):
            self.skip(_LONG_LITERAL)
        else:
            self.skip({'"': _BASIC, "'": _LITERAL}.get(mark, _SCALAR))

    def array(self, path: KeyPath) -> None:
        element = 0
        while self.next_item("]"):
            self.places.keys[(*path, element)] = self.place()
            self.value((*path, element))
            element += 1

    def inline_table(self, path: KeyPath) -> None:
        while self.next_item("}"):
            self.pair(path)

    def next_item(self, end: str) -> bool:
        """Pass the opening bracket or a comma and what stands around it; pass the closing bracket and say no where it follows."""
        self.skip(_FILLER)
        if self.text[self.at] != end:
            self.at += 1
            self.skip(_FILLER)
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None, f"not the TOML that tomllib has read, at {self.place()}"
        self.at = match.end()
        return match.group()

    def skip(self, pattern: re.Pattern[str]) -> None:
        self.take(pattern)

    def place(self) -> Place:
        newlines = self.text.count("\n", self._line_start, self.at)
        if newlines:
            self._line += newlines
            self._line_start = self.text.rindex("\n", 0, self.at) + 1
        return self._line, self.at - self._line_start + 1


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    return chr(int(digits, 16)) if digits else _ESCAPES[match[4]]

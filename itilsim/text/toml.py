"""TOML documents that remember where each of their keys and values stands, so that a fault can point there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from itilsim.text.faults import Fault, FaultyInput
from itilsim.text.files import BOM, first_bad_byte, read_bytes
from itilsim.text.places import KeyPath, Place, Places, find_places

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_PLAINER = {
    "Cannot overwrite a value": "this key was given a value before; keep one of the two",
    "Invalid value": "a value is missing or misspelt; texts stand in quotes",
}


@dataclass(frozen=True)
class Document:
    """A TOML file as read: its data as `tomllib` gives it, and its text, in which places are looked up when a fault needs one.

    A key path holds names of keys and, for elements of arrays, their numbers from nought: `("risk", 0,
    "name")`.
    """

    path: Path
    data: dict[str, Any]
    text: str = field(repr=False)

    @cached_property
    def places(self) -> Places:
        """The place of every key and value; raises FaultyInput where the text is nested too deeply for that."""
        try:
            return find_places(self.text)
        except RecursionError:
            raise _too_deep(self.path) from None

    def locate(self, key_path: KeyPath) -> Place:
        """Give (line, column) of a key, or of its nearest ancestor that is there; (1, 1) where none is.

        The key of a table is where it is first named; the key of an element is where the element or its
        header begins.
        """
        for length in range(len(key_path), 0, -1):
            place = self.places.keys.get(key_path[:length])
            if place is not None:
                return place
        return 1, 1

    def locate_value(self, key_path: KeyPath) -> Place:
        """Give (line, column) of the value of a key; where it has no place of its own (a table), that of the key, as `locate`."""
        return self.places.values.get(key_path) or self.locate(key_path)

    def fault(self, key_path: KeyPath, message: str, *, at_value: bool = False) -> Fault:
        """Make a fault of this file that points at a key, or at its value."""
        line, column = self.locate_value(key_path) if at_value else self.locate(key_path)
        return Fault(str(self.path), line, column, message)


def read_document(path: Path) -> Document:
    """Read a TOML file of at most 5 MB in UTF-8 (a byte order mark is passed over).

    Raises FaultyInput with one fault for a file that is missing, is a folder, cannot be opened, is too large,
    is not UTF-8 or not TOML; the last two say where.
    """
    raw = read_bytes(path, kind="TOML")
    text = _decoded(raw, path).replace("\r\n", "\n")
    try:
        return Document(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as wrong:
        raise FaultyInput([_invalid(str(wrong), text, path)]) from None
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError:
        raise FaultyInput([_endless_number(text, path)]) from None


def _decoded(raw: bytes, path: Path) -> str:
    bad = first_bad_byte(raw)
    if bad is None:
        return raw.removeprefix(BOM).decode("utf-8")
    line, column, byte = bad
    message = f"found the byte 0x{byte:02x}, which is not UTF-8; save the file with the encoding UTF-8"
    raise FaultyInput([Fault(str(path), line, column, message)])


def _invalid(message: str, text: str, path: Path) -> Fault:
    where = _AT.search(message)
    reason = _AT.sub("", message)
    reason = _PLAINER.get(reason, reason[:1].lower() + reason[1:])
    if where is not None and where[1]:
        line, column = int(where[1]), int(where[2])
        found = text.split("\n")[line - 1].strip()
        said = f"found {found[:60]!r}, which" if found else "this"
        return Fault(str(path), line, column, f"{said} is not valid TOML: {reason}")
    line, column = _place(text, len(text))
    return Fault(str(path), line, column, f"this is not valid TOML at the end of the file: {reason}")


def _endless_number(text: str, path: Path) -> Fault:
    # The only error of tomllib without a place: Python refuses to make a number of thousands of digits.
    digits = re.search(r"\d[\d_]{4000,}", text)
    line, column = _place(text, digits.start() if digits else 0)
    return Fault(str(path), line, column, "found a number of thousands of digits; write one that can be meant")


def _place(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _too_deep(path: Path) -> FaultyInput:
    return FaultyInput([Fault(str(path), 1, 1, "tables or arrays are nested too deeply here; write them flatter")])

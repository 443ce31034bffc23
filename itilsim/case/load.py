"""Loading a case: its folder is read, overrides are laid over it, and every fault is named at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itilsim.case.case import Case
from itilsim.case.header import read_header
from itilsim.case.overrides import check_keys, sheet_values
from itilsim.case.sources import SHARED, read_alternative
from itilsim.case.words import read_words
from itilsim.text.faults import Fault, FaultyInput
from itilsim.text.toml import Document, read_document


def load_case(path: Path | str, values: Mapping[str, Any] | None = None, sheet: Path | None = None) -> Case:
    """Read a case folder, or one alternative's file of it; raises FaultyInput with every fault.

    `values` are overrides by key in the files' grammar, `sheet` a spreadsheet of inputs.
    """
    path = Path(path)
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise FaultyInput([Fault(str(path), 1, 1, "there is no such file or folder; a case is a folder with a case.toml")])
    if not (folder / SHARED).is_file():
        raise FaultyInput([Fault(str(folder), 1, 1, "found no case.toml here; a case is a folder with a case.toml")])
    shared = read_document(folder / SHARED)
    header = read_header(shared, folder)
    only: tuple[str, ...] = ()
    if path.is_file() and path.name != SHARED:
        only = (path.stem,)
        if path.stem not in header.alternatives:
            raise FaultyInput([Fault(str(path), 1, 1, f"case.toml does not list '{path.stem}' among its alternatives")])
    raw, faults = {}, []
    read: dict[Path, Document] = {}
    for name in header.alternatives:
        if only and name not in (*only, header.baseline):
            continue
        try:
            raw[name] = read_alternative(folder, name, shared, read)
        except FaultyInput as wrong:
            faults += list(wrong.faults)
    words: dict[str, dict[str, str]] = {}
    try:
        words = read_words(folder, raw, is_whole=not only and not faults)
    except FaultyInput as wrong:
        faults += list(wrong.faults)
    if faults:
        raise FaultyInput(faults)
    given = dict(values or {})
    if sheet is not None:
        given = {**sheet_values(sheet, Case(folder, header, shared, raw, {}, only).stated()), **given}
    case = Case(folder, header, shared, raw, given, only, words=words)
    check_keys(case.raw, case.values, case.stated)
    return case.agreed()

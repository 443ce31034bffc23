"""What a case says in other languages: its folder may hold words/zh.toml, a flat table of texts as in the case and their translations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from itilsim.case.sources import Merged
from itilsim.text.faults import Fault, FaultyInput, shown, unknown_name
from itilsim.text.toml import Document, read_document

FOLDER = "words"
_CODE = re.compile(r"[a-z]{2,3}")


def read_words(folder: Path, raw: Mapping[str, Merged], *, is_whole: bool) -> dict[str, dict[str, str]]:
    """Read the translations of a case by the code of their language; raises FaultyInput with every fault.

    A translation of what no file says is a fault; `is_whole` is False where only some files of the case have been read, so that this
    cannot be told.
    """
    known = set(_texts(raw)) if is_whole else None
    found: dict[str, dict[str, str]] = {}
    faults: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        document = read_document(path)
        if not _CODE.fullmatch(path.stem):
            faults.append(document.fault((), f"found {shown(path.name)}; the file is named by the code of its language, as zh.toml"))
        faults += _faults(document, known)
        found[path.stem] = dict(document.data)
    if faults:
        raise FaultyInput(faults)
    return found


def _faults(document: Document, known: set[str] | None) -> Iterator[Fault]:
    for text, said in document.data.items():
        if not isinstance(said, str) or not said.strip():
            message = f'found {shown(str(said))}; a translation is needed, as "the vendor" = "供应商"'
            yield document.fault((text,), message, at_value=True)
        elif known is not None and text not in known:
            yield document.fault((text,), unknown_name("text of the case", text, known))


def _texts(raw: Mapping[str, Merged]) -> Iterator[str]:
    """Give every text of the files, and the name of every block in words, by which it is called where it has no title."""
    for document in {document.path: document for merged in raw.values() for document in merged.documents}.values():
        yield from _strings(document.data)
        for section in document.data.values():
            yield from (name.replace("-", " ") for name in (section if isinstance(section, Mapping) else ()))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        inner: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
        for each in inner:
            yield from _strings(each)

"""The files of a case: what all alternatives share, and what each changes, merged so that every value knows its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itilsim.text.faults import Fault, FaultyInput
from itilsim.text.toml import Document, read_document

SHARED = "case.toml"
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Merged:
    """The data of one alternative and the documents that they come from, the most special last."""

    data: dict[str, Any]
    documents: tuple[Document, ...]

    def fault(self, path: KeyPath, message: str, *, at_value: bool = True) -> Fault:
        """Make a fault that points at the most special document that has the key, or its nearest ancestor."""
        for length in range(len(path), 0, -1):
            for document in reversed(self.documents):
                if _has(document.data, path[:length]):
                    return document.fault(path[:length], message, at_value=at_value and length == len(path))
        return self.documents[-1].fault((), message)


def _has(data: Any, path: KeyPath) -> bool:
    for key in path:
        within = key in data if isinstance(data, Mapping) else isinstance(data, list) and isinstance(key, int) and key < len(data)
        if not within:
            return False
        data = data[key]
    return True


def merged(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two tables: tables of blocks and blocks key by key, a stated quantity as a whole."""
    result = dict(lower)
    for key, value in upper.items():
        before = result.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping) and not _is_quantity(value):
            result[key] = merged(before, value)
        else:
            result[key] = value
    return result


def _is_quantity(table: Mapping[str, Any]) -> bool:
    return "value" in table or "low" in table or any(k[:1] == "p" and k[1:].isdigit() for k in table)


def read_alternative(
    folder: Path, name: str, shared: Document, read: dict[Path, Document], seen: tuple[str, ...] = ()
) -> Merged:
    """Read an alternative's file and those that it is like, over what the case shares; `read` keeps what has been read."""
    path = folder / f"{name}.toml"
    if path not in read:
        read[path] = read_document(path)
    document = read[path]
    about = document.data.get("alternative", {})
    like = about.get("like", []) if isinstance(about, dict) else []
    if not isinstance(like, list) or not all(isinstance(n, str) for n in like):
        message = 'like needs a list of names of files beside this one, as ["outsourced"]'
        raise FaultyInput([document.fault(("alternative", "like"), message)])
    data: dict[str, Any] = {k: v for k, v in shared.data.items() if k != "case"}
    documents: list[Document] = [shared]
    for other in like:
        if other in (*seen, name):
            raise FaultyInput([document.fault(("alternative", "like"), f"found '{other}', which is like this one in turn", at_value=True)])
        if not (folder / f"{other}.toml").is_file():
            files = sorted(p.stem for p in folder.glob("*.toml") if p.name != SHARED)
            message = f"found '{other}', but there is no file {other}.toml here; there are {', '.join(files)}"
            raise FaultyInput([document.fault(("alternative", "like"), message, at_value=True)])
        below = read_alternative(folder, other, shared, read, (*seen, name))
        data = merged(data, {k: v for k, v in below.data.items() if k != "alternative"})
        documents += [d for d in below.documents if d not in documents]
    return Merged(merged(data, document.data), (*documents, document))

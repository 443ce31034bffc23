"""From tables to blocks: every section and kind checked, every fault with its place, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from itilsim.case.sources import KeyPath, Merged
from itilsim.kinds.block import Block, kinds
from itilsim.text.faults import Fault, FaultyInput, shown, unknown_name

Blocks = dict[str, dict[str, Block]]
ABOUT_ALTERNATIVE = ("title", "sentence", "like")
NAME_RULE = "a name is made of small letters, digits and hyphens, as 'source-leak'"


def read_blocks(merged: Merged, *, currency: str) -> Blocks:
    """Read all blocks of an alternative; raises FaultyInput with every fault."""
    faults: list[Fault] = []
    blocks: Blocks = {}
    known = kinds()
    for section, tables in merged.data.items():
        if section == "alternative":
            faults += _about(tables, merged)
            continue
        if section not in known:
            faults.append(merged.fault((section,), unknown_name("section", section, [*known, "alternative"]), at_value=False))
        elif not isinstance(tables, Mapping):
            faults.append(merged.fault((section,), f"{section} needs named tables, as [{section}.NAME]"))
        else:
            blocks[section] = _section(section, tables, merged, currency, faults)
    if not faults:
        faults += _dangling(blocks, merged)
        faults += _counted_twice(blocks, merged) if faults == [] else []
    if not faults:
        faults += _cycles(blocks, merged)
        faults += _conflicts(blocks, merged)
    if faults:
        raise FaultyInput(faults)
    return {section: dict(sorted(held.items())) for section, held in sorted(blocks.items())}


def _about(table: Any, merged: Merged) -> list[Fault]:
    """Give faults of the table that says what an alternative is."""
    if not isinstance(table, Mapping):
        return [merged.fault(("alternative",), f"found {shown(str(table))}; a table is needed, as [alternative]")]
    faults = []
    for key, value in table.items():
        if key not in ABOUT_ALTERNATIVE:
            faults.append(merged.fault(("alternative", key), unknown_name("key", key, ABOUT_ALTERNATIVE), at_value=False))
        elif key != "like" and not isinstance(value, str):
            faults.append(merged.fault(("alternative", key), f"found {shown(str(value))}; a text is needed"))
    return faults


def _cycles(blocks: Blocks, merged: Merged) -> list[Fault]:
    """Give a fault for each party that is, in the end, a department of itself."""
    parties: Mapping[str, Any] = blocks.get("parties", {})
    faults = []
    for name, block in parties.items():
        above, seen = block.parent, set()
        while above and above not in seen:
            seen.add(above)
            above = parties[above].parent
        if name in seen:
            faults.append(merged.fault(("parties", name, "parent"), f"found '{block.parent}', which belongs to '{name}' in turn"))
    return faults


def _section(section: str, tables: Mapping[str, Any], merged: Merged, currency: str, faults: list[Fault]) -> dict[str, Block]:
    held: dict[str, Block] = {}
    known = kinds()[section]
    for name, table in tables.items():
        path: KeyPath = (section, name)
        if not name.replace("-", "").isalnum() or name != name.lower():
            faults.append(merged.fault(path, f"found the name {shown(name)}; {NAME_RULE}", at_value=False))
            continue
        if not isinstance(table, Mapping):
            faults.append(merged.fault(path, f"found {shown(str(table))}; a table is needed, as [{section}.{name}]"))
            continue
        kind = table.get("kind", next((k for k, block in known.items() if block.usual or len(known) == 1), None))
        if not isinstance(kind, str) or kind not in known:
            message = "the kind is missing" if kind is None else unknown_name(f"kind in {section}", str(kind), list(known))
            faults.append(merged.fault((*path, "kind"), message if kind else f"{message}; known here: {', '.join(known)}"))
            continue
        try:
            held[name] = _block(known[kind], kind, f"{section}.{name}", currency, _Written(table))
        except ValidationError as wrong:
            faults += [_fault(path, known[kind], error, merged) for error in wrong.errors()]
            continue
        faults += [merged.fault((*path, field), sentence) for field, sentence in held[name].faults()]
    return held


class _Written:
    """A block's table, equal to every other one in which the same is written."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table, self.text = table, repr(table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=4096)
def _block(block: type[Block], kind: str, key: str, currency: str, written: _Written) -> Block:
    """Read a block once: alternatives share most of them, and a block never changes. Raises ValidationError."""
    fields = {field: tuple(value) if isinstance(value, list) else value for field, value in written.table.items()}
    return block.model_validate({"kind": kind, **fields}, context={"currency": currency}).keyed(key)


def _fault(path: KeyPath, block: type[Block], error: Any, merged: Merged) -> Fault:
    place: KeyPath = (*path, *(part for part in error["loc"] if isinstance(part, (str, int))))
    found = shown(str(error.get("input")))
    kind, field = error["type"], str(error["loc"][0]) if error["loc"] else ""
    if kind == "extra_forbidden":
        fields = [f for f in block.model_fields if f != "title"]
        return merged.fault(place, unknown_name("key", field, fields), at_value=False)
    if kind == "missing":
        return merged.fault(path, f"the key '{field}' is missing; {block.section}.{path[1]} needs it", at_value=False)
    if kind == "quantity":
        return merged.fault(place, str(error["ctx"]["sentence"]))
    if kind == "literal_error":
        return merged.fault(place, f"found {found}; this is one of {error['ctx']['expected']}")
    return merged.fault(place, f"found {found}; {error['msg'][:1].lower()}{error['msg'][1:]}")


def _dangling(blocks: Blocks, merged: Merged) -> list[Fault]:
    faults = []
    for section, held in blocks.items():
        for name, block in held.items():
            for field, to, target in block.references():
                if target not in blocks.get(to, {}):
                    known = list(blocks.get(to, {}))
                    faults.append(merged.fault((section, name, field), unknown_name(f"name among {to}", target, known)))
    return faults


def _conflicts(blocks: Blocks, merged: Merged) -> list[Fault]:
    """Give a fault for what blocks say is wrong between them and others."""
    return [
        merged.fault((section, name, field), sentence)
        for section, held in sorted(blocks.items())
        for name, block in sorted(held.items())
        for field, sentence in block.conflicts(name, blocks)
    ]


def _counted_twice(blocks: Blocks, merged: Merged) -> list[Fault]:
    """Give a fault for each pair of lines that would count the same thing of the same event."""
    faults = []
    seen: dict[tuple[str, str], str] = {}
    for section, held in sorted(blocks.items()):
        for name, block in sorted(held.items()):
            event, included = block.counts()
            for what in sorted(included) if event else ():
                other = seen.setdefault((event, what), name)
                if other != name:
                    message = f"'{what}' of the event '{event}' is counted by '{other}' already; leave it out of one of the two"
                    faults.append(merged.fault((section, name, "includes"), message))
    return faults

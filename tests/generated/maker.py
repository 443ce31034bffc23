"""A maker of cases: blocks of all kinds that name each other, put right by what the reader itself finds wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from itilsim.kinds.block import Block, Titles, kinds
from tests.generated.fields import Field, Pick, fields_of, value

Kind = tuple[str, str]
Tables = dict[str, dict[str, dict[str, Any]]]
PARTIES: dict[str, dict[str, Any]] = {
    "company": {}, "it": {"parent": "company"}, "sales": {"parent": "company"}, "vendor": {}, "works": {"parent": "vendor"}, "partner": {},
    "public": {"contracting": False}, "people": {"contracting": False, "tolerance": "3 k CNY"}, "market": {"contracting": False},
}  # fmt: skip
"""Legal persons with departments, and accounts outside: who pays whom is drawn."""
PAIRS = (("vendor", "company"), ("it", "sales"), ("vendor", "it"), ("partner", "vendor"), ("company", "partner"), ("it", "company"))
"""Who provides to whom: the same party may stand on both sides of a chain."""
LIMITS = {"relationships": 4, "services": 6, "demand": 5}
"""Blocks of a section at which no more are made: a plan of the compiled engine holds so many relationships, levels and clocks."""
COMPANIONS: dict[Kind, tuple[Kind, dict[str, Any], tuple[str, ...]]] = {
    ("behaviours", "improvement"): (("failures", "failure"), {}, ("service", "product")),
    ("prices", "indexed"): (("relationships", "contract"), {"indexation": "0 % / year"}, ()),
    ("promises", "response"): (("demand", "requests"), {}, ()),
}
"""Kinds that chance alone seldom puts right: what they need beside them, with which fields, and which it has in common with them."""
MOST = 60
"""Blocks of a case, at which no more are made."""
TRIES = 10


def all_kinds() -> list[Kind]:
    """Give every kind there is."""
    return [(section, kind) for section, held in sorted(kinds().items()) for kind in sorted(held)]


class Dropped(Exception):
    """Signals that no block of a kind came out right."""


@dataclass
class Maker:
    """Makes tables of blocks; `pick` draws, `mends` says whether what is wrong is put right."""

    pick: Pick
    mends: bool = True
    tables: Tables = field(default_factory=dict)
    deep: int = 0

    def chance(self, percent: int) -> bool:
        """Say yes in so many of a hundred."""
        return bool(self.pick(range(100)) >= 100 - percent)

    @property
    def count(self) -> int:
        """The number of blocks so far."""
        return sum(len(held) for held in self.tables.values())

    # ---- one block

    def make(self, section: str, kind: str, **given: Any) -> str:
        """Make a block with what it names, and give its name; raises Dropped where none comes out right."""
        if self.deep > 8 or self.count > MOST or len(self.tables.get(section, {})) >= LIMITS.get(section, MOST):
            raise Dropped
        self.deep += 1
        try:
            block = kinds()[section][kind]
            table = {"kind": kind, **self.filled(block, given)}
            if self.mends and not self.put_right(block, table, given):
                raise Dropped
        finally:
            self.deep -= 1
        name = f"{kind}-{len(self.tables.get(section, {})) + 1}"
        self.tables.setdefault(section, {})[name] = table
        return name

    def filled(self, block: type[Block], given: Mapping[str, Any]) -> dict[str, Any]:
        """Fill the fields of a block: those that may be left out all, none, or each by chance."""
        stated = self.pick(("none", "all", "some"))
        table: dict[str, Any] = dict(given)
        for each in fields_of(block):
            left_out = each.optional and (stated == "none" or (stated == "some" and self.chance(50)))
            if each.name not in given and not left_out:
                self.fill(block, table, each)
        return table

    def fill(self, block: type[Block], table: dict[str, Any], each: Field) -> None:
        """Fill one field."""
        if each.refers:
            names = self.names(each)
            if names:
                table[each.name] = names if each.listed else names[0]
        elif each.name == "source":
            posted = self.posted()
            if posted and not each.optional:
                table[each.name] = self.pick(posted)
        elif each.name == "event":
            table[each.name] = self.pick(("", "fire"))
        else:
            table[each.name] = value(each, self.pick, block)

    def names(self, each: Field) -> list[str]:
        """Give names for a field: of what there is, or of what is made for it."""
        there = sorted(self.tables.get(each.refers, {}))
        known = sorted(kinds()[each.refers])
        if not there or (each.refers not in ("parties", *LIMITS) and not each.optional and self.chance(15)):
            if each.optional and not self.chance(60):
                return []
            return [self.make(each.refers, self.pick(known))]
        found = [self.pick(there)]
        if each.listed and self.chance(40):
            found.append(self.pick(there))
        return list(dict.fromkeys(found))

    def posted(self) -> list[str]:
        """Give the sources that can be posted."""
        try:
            blocks = self.read()
        except ValidationError:
            return []
        titles = Titles(blocks)
        return sorted({s for held in blocks.values() for name, block in held.items() for s in block.sources(name, titles)})

    def put_right(self, block: type[Block], table: dict[str, Any], given: Mapping[str, Any]) -> bool:
        """Draw again, or leave out, what the block itself finds wrong; say whether nothing is any more."""
        try:
            return self.drawn_again(block, table, given)
        except Dropped:
            return False

    def drawn_again(self, block: type[Block], table: dict[str, Any], given: Mapping[str, Any]) -> bool:
        """Draw again, or leave out, what the block itself finds wrong; raises Dropped where what it needs does not come out right."""
        fields = {each.name: each for each in fields_of(block)}
        for _ in range(TRIES):
            wrong = _wrong_fields(block, table)
            if not wrong:
                return True
            for name in wrong:
                if name in given or name not in fields:
                    optional = [each for each in fields.values() if each.optional and each.name not in given]
                    for each in optional:
                        table.pop(each.name, None)
                        if self.chance(50):
                            self.fill(block, table, each)
                elif fields[name].optional and name in table and self.chance(50):
                    del table[name]
                else:
                    self.fill(block, table, fields[name])
        return not _wrong_fields(block, table)

    # ---- between blocks

    def read(self) -> dict[str, dict[str, Block]]:
        """Give the blocks of all tables, as the reader makes them."""
        return {section: {name: _block(section, table) for name, table in held.items()} for section, held in self.tables.items()}

    def mend(self) -> None:
        """Put right, or drop, what is wrong between blocks, until nothing is."""
        tried: dict[tuple[str, str], int] = {}
        for _ in range(30 * TRIES):
            blocks = self.read()
            found = next(_conflicts(blocks), None)
            if found is None:
                return
            section, name, where, sentence = found
            tried[section, name] = tried.get((section, name), 0) + 1
            if tried[section, name] > TRIES or not self.helped(section, name, where, sentence):
                self.drop(section, name)
        for section, name, _, _ in list(_conflicts(self.read())):
            self.drop(section, name)

    def helped(self, section: str, name: str, where: str, sentence: str) -> bool:
        """Name another block in the field that is complained of, or make the one that is missed; say whether anything was done."""
        if section == "services" and where == "users":
            giving = [(s, k) for s, k in all_kinds() if kinds()[s][k].gives_outcome and "service" in kinds()[s][k].model_fields]
            missing = self.pick(giving) if "nothing comes of" in sentence else ("adoptions", "voluntary")
            return self.made(*missing, service=name)
        table = self.tables[section][name]
        each = next((e for e in fields_of(kinds()[section][table["kind"]]) if e.name == where), None)
        if each is None or section == "relationships":
            return False
        if self.accompanied(section, table, each):
            return True
        if each.refers:
            there = sorted(self.tables.get(each.refers, {}))
            room = len(there) < LIMITS.get(each.refers, MOST)
            if room and self.chance(40) and not self.made(each.refers, self.pick(sorted(kinds()[each.refers]))):
                return False
            new = sorted(self.tables.get(each.refers, {}))
            target = next((n for n in new if n not in there), None) or self.pick(new)
            table[where] = [target] if each.listed else target
        else:
            if each.optional:
                table.pop(where, None)
            self.fill(kinds()[section][table["kind"]], table, each)
        return not _wrong_fields(kinds()[section][table["kind"]], table) or self.put_right(kinds()[section][table["kind"]], table, {})

    def accompanied(self, section: str, table: dict[str, Any], each: Field) -> bool:
        """Make what a kind needs beside it, and name it where the field names such a one; say whether that was done."""
        known = COMPANIONS.get((section, table["kind"]))
        if known is None or not self.chance(60):
            return False
        (beside, kind), given, common = known
        shared = {name: table[name] for name in common if name in table}
        if not (each.refers == beside or shared) or not self.made(beside, kind, **given, **shared):
            return False
        if each.refers == beside:
            table[each.name] = next(reversed(self.tables[beside]))
        return True

    def made(self, section: str, kind: str, **given: Any) -> bool:
        """Make a block if one comes out right."""
        try:
            self.make(section, kind, **given)
        except Dropped:
            return False
        return True

    def drop(self, section: str, name: str) -> None:
        """Leave a block out, with all that cannot be without it."""
        self.tables[section].pop(name, None)
        for other_section, held in list(self.tables.items()):
            for other, table in list(held.items()):
                if other not in self.tables[other_section]:
                    continue
                for each in fields_of(kinds()[other_section][table["kind"]]):
                    if each.refers == section and each.name in table:
                        self.forget(other_section, other, each, name)

    def forget(self, section: str, name: str, each: Field, gone: str) -> None:
        """Take a name out of a field of a block; drop the block where it needs one there."""
        table = self.tables[section].get(name)
        if table is None or each.name not in table:
            return
        held = table[each.name]
        left = [n for n in held if n != gone] if each.listed else [] if held == gone else [held]
        if left:
            table[each.name] = left if each.listed else left[0]
        elif each.optional:
            del table[each.name]
        else:
            self.drop(section, name)
            return
        if self.mends and not self.put_right(kinds()[section][table["kind"]], table, {}):
            self.drop(section, name)


def _block(section: str, table: Mapping[str, Any]) -> Block:
    """Read a block as the reader does, once for each text; raises ValidationError."""
    return _read(section, repr(table))


@lru_cache(maxsize=20_000)
def _read(section: str, text: str) -> Block:
    table = ast.literal_eval(text)
    given = {key: tuple(item) if isinstance(item, list) else item for key, item in table.items()}
    return kinds()[section][table["kind"]].model_validate(given, context={"currency": "CNY"})


def _wrong_fields(block: type[Block], table: Mapping[str, Any]) -> list[str]:
    """Give the fields that the block finds at fault."""
    try:
        made = _block(block.section, table)
    except ValidationError as wrong:
        return [str(error["loc"][0]) for error in wrong.errors()]
    return [name for name, _ in made.faults()]


def _conflicts(blocks: Mapping[str, Mapping[str, Block]]) -> Iterator[tuple[str, str, str, str]]:
    """Give (section, name, field, sentence) for what is wrong between blocks."""
    seen: dict[tuple[str, str], str] = {}
    for section, held in sorted(blocks.items()):
        for name, block in sorted(held.items()):
            for where, sentence in block.conflicts(name, blocks):
                yield section, name, where, sentence
            event, included = block.counts()
            for what in sorted(included) if event else ():
                if seen.setdefault((event, what), name) != name:
                    yield section, name, "includes", "counted twice"


def make_case(pick: Pick, favourite: Kind, *, mends: bool = True) -> Tables:
    """Make the tables of a case that has a block of a kind, and others of any."""
    maker = Maker(pick, mends)
    maker.tables["parties"] = {name: {"kind": "organization", **about} for name, about in PARTIES.items()}
    _world(maker)
    for _ in range(pick((4, 8, 2, 0))):
        maker.made(*pick([each for each in all_kinds() if each[0] not in ("parties", "relationships")]))
    for _ in range(TRIES):
        if any(table["kind"] == favourite[1] for table in maker.tables.get(favourite[0], {}).values()):
            break
        any(maker.made(*favourite) for _ in range(TRIES))
        if mends:
            maker.mend()
    if mends:
        maker.mend()
    return maker.tables


def _world(maker: Maker) -> None:
    """Make users, one to three relationships, and a service or two of each, most of which go live."""
    maker.made("users", "workforce")
    for _ in range(maker.pick((1, 2, 3))):
        provider, consumer = maker.pick(PAIRS)
        maker.made("relationships", maker.pick(("contract", "internal", "contract")), provider=provider, consumer=consumer)
    for name in sorted(maker.tables.get("relationships", {})):
        for _ in range(maker.pick((1, 2))):
            if not maker.made("services", "service", relationship=name):
                continue
            service = next(reversed(maker.tables["services"]))
            maker.made("outcomes", "flow", service=service)
            if maker.chance(90) and maker.made("teams", "team", relationship=name):
                team = next(reversed(maker.tables["teams"]))
                maker.made("deliveries", "delivery", service=service, team=team, work="3 h", package="1 h")

"""A case: a question, its parties and stakeholders, what is there today, and the alternatives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from itilsim.case.blocks import Blocks, read_blocks
from itilsim.case.header import Appetite, Header
from itilsim.case.overrides import apply_values, canonical, check_keys
from itilsim.case.sources import Merged
from itilsim.case.titles import source_titles
from itilsim.case.together import disagreements
from itilsim.case.words import FOLDER
from itilsim.kinds.costs.residual import Residual
from itilsim.kinds.leaf import Leaf
from itilsim.kinds.lowering import Setting
from itilsim.ledger.viewpoint import Viewpoint
from itilsim.text.faults import FaultyInput
from itilsim.text.quantity import parse_quantity
from itilsim.text.shown import Shown
from itilsim.text.toml import Document


@dataclass(frozen=True)
class Alternative:
    """One way of doing it: its blocks by section and name."""

    name: str
    title: str
    sentence: str
    case: Case = field(repr=False)
    blocks: Blocks = field(repr=False)

    @property
    def residual_value(self) -> float:
        """What is stated to be owned at the horizon, likely value in currency."""
        return sum((b.amount.likely for b in self.blocks.get("costs", {}).values() if isinstance(b, Residual)), 0.0)

    @property
    def source_titles(self) -> dict[str, str]:
        """What people call each source of money, by the name under which it is posted."""
        return source_titles(self.blocks)

    def sentences(self) -> Iterator[tuple[str, str, str]]:
        """Give (section, name, sentence) for every block."""
        for section, held in self.blocks.items():
            for name, block in held.items():
                yield section, name, block.sentence(name)

    def leaves(self) -> Iterator[Leaf]:
        """Give every stated quantity with its key."""
        for held in self.blocks.values():
            for block in held.values():
                for _, leaf in block.leaves():
                    yield leaf


@dataclass(frozen=True)
class Case(Shown):
    """A frozen case. `values` are overrides by key; a changed copy is made by `with_values`."""

    folder: Path
    header: Header
    shared: Document = field(repr=False)
    raw: Mapping[str, Merged] = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    horizon_months: int | None = None
    caps: float = 1.0
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)
    """What its texts are in other languages, by the language's code; no number depends on it."""
    untouched: Mapping[str, Blocks] = field(default_factory=dict, repr=False, compare=False)
    """The blocks of alternatives as they were read before values were set that do not reach them."""

    @property
    def name(self) -> str:
        """The name of the case: its folder's."""
        return self.folder.resolve().name

    @property
    def title(self) -> str:
        """The title."""
        return self.header.title

    @property
    def question(self) -> str:
        """The planner's question."""
        return self.header.question

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.header.currency

    @property
    def horizon(self) -> int:
        """Months of the horizon."""
        return self.horizon_months or self.header.horizon

    @property
    def runoff(self) -> int:
        """Months after the horizon in which late discoveries are posted."""
        return self.header.runoff

    @property
    def discount_rate(self) -> float:
        """The decision maker's effective yearly rate."""
        return self.header.discount_rate

    @property
    def baseline(self) -> str:
        """The alternative that stands for today."""
        return self.header.baseline

    @property
    def decision_maker(self) -> str:
        """The party whose consolidated net value decides."""
        return self.header.decision_maker

    @cached_property
    def alternatives(self) -> dict[str, Alternative]:
        """All alternatives, the baseline among them, in the order of the case file."""
        made, faults = {}, []
        for name, merged in self.raw.items():
            try:
                blocks = self.untouched[name] if name in self.untouched else self._read(name)
            except FaultyInput as wrong:
                faults += list(wrong.faults)
                continue
            about = merged.data.get("alternative", {})
            made[name] = Alternative(name, str(about.get("title", name)), str(about.get("sentence", "")), self, blocks)
        if faults:
            raise FaultyInput(faults)
        return made

    def _read(self, name: str) -> Blocks:
        merged = self.raw[name]
        return read_blocks(Merged(apply_values(merged, self.values, name)[0], merged.documents), currency=self.currency)

    def agreed(self) -> Case:
        """Give the case itself; raises FaultyInput where its alternatives could not live in the same worlds."""
        if faults := list(disagreements(self.alternatives, self.raw)):
            raise FaultyInput(faults)
        return self

    def __getitem__(self, name: str) -> Alternative:
        return self.alternatives[name]

    @property
    def parents(self) -> dict[str, str | None]:
        """Each party's parent, None for legal persons and outside accounts."""
        return {name: block.parent or None for name, block in self.parties.items()}

    @property
    def parties(self) -> dict[str, Any]:
        """The parties of all alternatives, by name."""
        found: dict[str, Any] = {}
        for alternative in self.alternatives.values():
            found |= alternative.blocks.get("parties", {})
        return dict(sorted(found.items()))

    @property
    def party_titles(self) -> dict[str, str]:
        """Each party's title."""
        return {name: block.say(name) for name, block in self.parties.items()}

    @property
    def contracting(self) -> tuple[str, ...]:
        """The legal persons whose gain is asked for when all are to gain."""
        return tuple(n for n, p in self.parties.items() if p.contracting and not p.parent)

    @property
    def appetite(self) -> Appetite | None:
        """The losses by risks that the decision maker accepts, and how often, where the case states it."""
        return self.header.appetite

    @property
    def tolerances(self) -> dict[str, float]:
        """What outside people may lose at most for all to gain, in currency, by party."""
        return {n: p.tolerance.likely for n, p in self.parties.items() if p.tolerance is not None}

    @property
    def stakeholders(self) -> dict[str, Any]:
        """The stakeholders of all alternatives, by name."""
        found: dict[str, Any] = {}
        for alternative in self.alternatives.values():
            found |= alternative.blocks.get("stakeholders", {})
        return dict(sorted(found.items()))

    @property
    def viewpoints(self) -> tuple[Viewpoint, ...]:
        """How each stakeholder sees the ledger, by name."""
        return tuple(
            Viewpoint(
                name=name,
                title=block.say(name),
                party=block.party,
                discount_rate=block.discount_rate.likely,
                loss_aversion=block.loss_aversion.likely,
                weight=block.weight,
                attitude=block.attitude,
                tail=block.tail.likely if block.tail else 0.05,
                role=block.role,
                perceives=block.perceives(),
            )
            for name, block in self.stakeholders.items()
        )

    def setting(self, alternative: str) -> Setting:
        """Give what lowering needs to know of an alternative."""
        return Setting(
            self.horizon, self.runoff, self.discount_rate, self.currency, self.parents, self.decision_maker,
            self.alternatives[alternative].blocks, self.caps,
        )  # fmt: skip

    def with_values(self, values: Mapping[str, Any]) -> Case:
        """Give a changed copy; numbers are in canonical units (currency, hours, months, shares), texts in the files' grammar.

        Raises FaultyInput where a key is unknown or a value cannot be read.
        """
        given = {key: canonical(value) for key, value in values.items()}
        untouched = {n: self.alternatives[n].blocks for n, merged in self.raw.items() if not apply_values(merged, given, n)[1]}
        changed = replace(self, values={**self.values, **given}, untouched=untouched)
        check_keys(changed.raw, given, changed.stated)
        _ = changed.alternatives
        return changed

    def variants(self) -> dict[str, Case]:
        """Give the same case at other horizons and with the caps of losses doubled."""
        made = {}
        for years in (3, 5, 7):
            if years * 12 != self.horizon:
                made[f"horizon {years} years"] = replace(self, horizon_months=years * 12)
        made["caps doubled"] = replace(self, caps=2.0 * self.caps)
        return made

    def unknowns(self) -> dict[str, Leaf]:
        """Give the inputs unknown to the planner by key, over all alternatives."""
        found = {leaf.key: leaf for a in self.alternatives.values() for leaf in a.leaves() if leaf.unknown}
        return dict(sorted(found.items()))

    def stated(self) -> dict[str, tuple[Leaf, tuple[str, ...]]]:
        """Give every stated quantity with the alternatives that state it so, by the key under which it can be set.

        A key that alternatives state differently, or where it is a lever for some of them alone, is given for each statement, as
        `saas:services.oa.ceiling` or `a+b:section.name.field`, so that setting it changes only those.
        """
        ways: dict[str, dict[Any, tuple[Leaf, list[str]]]] = {}
        for alternative in self.alternatives.values():
            for leaf in alternative.leaves():
                ways.setdefault(leaf.key, {}).setdefault((leaf.parsed.text, leaf.lever), (leaf, []))[1].append(alternative.name)
        found = {}
        for key, statements in ways.items():
            for leaf, names in statements.values():
                found[key if len(statements) == 1 else f"{'+'.join(names)}:{key}"] = (leaf, tuple(names))
        return dict(sorted(found.items(), key=lambda item: (item[0].rpartition(":")[2], item[0])))

    def inputs(self) -> list[dict[str, Any]]:
        """Give every stated quantity that carries a source, a trust, a range or a lever, by the key under which it can be set."""
        return [
            _input(key, leaf, names, self.currency)
            for key, (leaf, names) in self.stated().items()
            if leaf.source or leaf.trust or leaf.unknown or leaf.lever
        ]

    @property
    def source_files(self) -> dict[str, bytes]:
        """The files as read, by name."""
        files = {d.path.name: d.path for m in self.raw.values() for d in m.documents}
        files |= {f"{FOLDER}/{code}.toml": self.folder / FOLDER / f"{code}.toml" for code in self.words}
        return {name: path.read_bytes() for name, path in sorted(files.items())}

    @property
    def fingerprint(self) -> str:
        """A hash of all that moves a number: the blocks as read, the header, the overrides."""
        blocks = {
            a.name: {s: {n: b.model_dump(mode="python") for n, b in held.items()} for s, held in a.blocks.items()}
            for a in self.alternatives.values()
        }
        text = json.dumps([repr(self.header), self.horizon, self.caps, repr(blocks)])
        return hashlib.sha256(text.encode()).hexdigest()


def _input(key: str, leaf: Leaf, names: tuple[str, ...], currency: str) -> dict[str, Any]:
    low, likely, high, unit = leaf.stated or _in_a_unit(leaf, currency)
    return {
        "key": key,
        "label": leaf.label or leaf.key.replace(".", " ").replace("-", " ").replace("_", " "),
        "low": low if leaf.unknown else None,
        "likely": likely,
        "high": high if leaf.unknown else None,
        "value": leaf.parsed.text,
        "unit": unit,
        "source": leaf.source,
        "trust": leaf.trust or "judgement",
        "note": leaf.note,
        "unknown": leaf.unknown,
        "lever": list(leaf.lever) if leaf.lever else None,
        "alternatives": list(names),
    }


def _in_a_unit(leaf: Leaf, currency: str) -> tuple[float, float, float, str]:
    """Give low, likely and high in the usual unit of what they are."""
    one = leaf.dimension.example(currency=currency, number="1")
    size = parse_quantity(one, leaf.dimension, currency=currency).mean()
    return leaf.low / size, leaf.likely / size, leaf.high / size, one.partition(" ")[2]

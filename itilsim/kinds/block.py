"""A block is one named thing of a scenario: `[section.name]` with a `kind`, its fields, its sentence and its rows."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict

from itilsim.kinds.leaf import Leaf
from itilsim.kinds.story import Notice, Slot, Step
from itilsim.text.faults import Fault, FaultyInput

if TYPE_CHECKING:
    from itilsim.kinds.lowering import Lowering

LONGEST = 60
"""How many letters of a title are still a name within a sentence; a longer one is told by its block's name."""


class Ref:
    """Marks a field that names another block of a section ("" or None: of none)."""

    def __init__(self, section: str) -> None:
        self.section = section


Party = Annotated[str, Ref("parties")]
OptionalParty = Annotated[str, Ref("parties")]
Team = Annotated[str, Ref("teams")]
Service = Annotated[str, Ref("services")]
Relationship = Annotated[str, Ref("relationships")]
Users = Annotated[str, Ref("users")]
OptionalStaff = Annotated[str, Ref("staff")]


class Block(BaseModel):
    """The base of every kind; a kind is final and lies in `itilsim/kinds/<section>/<kind>.py`."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, strict=True)

    section: ClassVar[str]
    usual: ClassVar[bool] = False
    """Whether it is what is meant in its section where no kind is stated."""
    gives_outcome: ClassVar[bool] = False
    """Whether it is an outcome of the service, or of the relationship, that it names."""
    kind: str
    title: str = ""

    def sentence(self, name: str) -> str:
        """Say in English what this block does, with its numbers."""
        raise TypeError(f"the kind {self.kind} says nothing")

    def lower(self, name: str, to: Lowering) -> None:
        """Turn the block into rows."""
        raise TypeError(f"the kind {self.kind} has no rows")

    def faults(self) -> Iterator[tuple[str, str]]:
        """Give (field, sentence) for what is wrong between fields."""
        return iter(())

    def conflicts(self, name: str, blocks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        """Give (field, sentence) for what is wrong between this block and others of its alternative, all of whose names are known."""
        return iter(())

    def counts(self) -> tuple[str, frozenset[str]]:
        """Give the event that a line of loss or benefit is about ("" for one of its own) and what the line includes of it."""
        return "", frozenset()

    def leaves(self) -> Iterator[tuple[str, Leaf]]:
        """Give (path within the block, leaf) for every stated quantity."""
        for field in type(self).model_fields:
            yield from _leaves(field, getattr(self, field))

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Give (field, section, name) for every named block."""
        for field, marker in _reference_fields(type(self)).items():
            value = getattr(self, field)
            needed = isinstance(value, tuple) or type(self).model_fields[field].is_required()
            for name in value if isinstance(value, tuple) else (value,):
                if name or needed:
                    yield field, marker.section, name

    def keyed(self, prefix: str) -> Block:
        """Give the block with each leaf knowing its key."""
        update = {}
        for field in type(self).model_fields:
            value = getattr(self, field)
            changed = _keyed(f"{prefix}.{field}", value)
            if changed is not value:
                update[field] = changed
        return self.model_copy(update=update)

    def sources(self, name: str, titles: Titles) -> dict[str, str]:
        """Give what people call each source of money that the block makes, by the name under which it is posted."""
        return {}

    def steps(self, name: str, titles: Titles) -> dict[str, Step]:
        """Give what a story says of each event that the block makes, by the kind of event and the row that it is named after.

        "stream NAME", "done WORK", "not accepted WORK", "gives up WORK", "due BUNDLE" (one that is fired), "decision NAME" (one that
        carries out a bundle), "loss NAME", "missed PROMISE", "phase RELATIONSHIP NUMBER", and "start start".
        """
        return {}

    def notices(self, name: str, titles: Titles) -> dict[str, Notice]:
        """Give what people notice or decide at month ends without an event, by the stock that moves."""
        return {}

    def slots(self, name: str, titles: Titles) -> dict[str, Slot]:
        """Give what people call the stocks and levels of the block that they talk about; the others are machinery."""
        return {}

    def say(self, name: str) -> str:
        """Give the title, or else the name in words."""
        return self.title or name.replace("-", " ")

    def called(self, name: str) -> str:
        """Give the title where it is short enough for the middle of a sentence, or else the name in words."""
        return self.title if self.title and len(self.title) <= LONGEST else name.replace("-", " ")


@dataclass(frozen=True)
class Titles:
    """What people call the blocks of one alternative, which are given by section and name."""

    blocks: Mapping[str, Mapping[str, Block]]

    def of(self, section: str, name: str) -> str:
        """Give what a block is called within a sentence."""
        held = self.blocks.get(section, {}).get(name)
        return name.replace("-", " ") if held is None else held.called(name)

    def provider(self, relationship: str) -> str:
        """Give the title of the party that provides under a relationship."""
        held: Any = self.blocks["relationships"][relationship]
        return self.of("parties", held.provider)

    def consumer(self, relationship: str) -> str:
        """Give the title of the party that consumes under a relationship."""
        held: Any = self.blocks["relationships"][relationship]
        return self.of("parties", held.consumer)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Leaf]]:
    if isinstance(value, Leaf):
        yield path, value
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _leaves(f"{path}.{i}", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}", item)


def _keyed(key: str, value: Any) -> Any:
    if isinstance(value, Leaf):
        return value.keyed(key)
    if isinstance(value, tuple) and any(isinstance(item, Leaf) for item in value):
        return tuple(_keyed(f"{key}.{i}", item) for i, item in enumerate(value))
    if isinstance(value, dict) and any(isinstance(item, Leaf) for item in value.values()):
        return {name: _keyed(f"{key}.{name}", item) for name, item in value.items()}
    return value


@cache
def _reference_fields(block: type[Block]) -> dict[str, Ref]:
    found = {}
    for field, about in block.model_fields.items():
        within = (mark for part in get_args(about.annotation) for mark in getattr(part, "__metadata__", ()))
        for mark in (*about.metadata, *within):
            if isinstance(mark, Ref):
                found[field] = mark
    return found


@cache
def kinds() -> dict[str, dict[str, type[Block]]]:
    """Search the folders of this package, and those that `outside` names, and give section -> kind -> class."""
    import itilsim.kinds as package
    from itilsim.kinds import outside

    found: dict[str, dict[str, type[Block]]] = {}
    for section in sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg):
        folder = importlib.import_module(f"{package.__name__}.{section}")
        held = found.setdefault(section, {})
        for module in sorted(m.name for m in pkgutil.iter_modules(folder.__path__)):
            for block in _defined(importlib.import_module(f"{folder.__name__}.{module}")):
                block.section = section
                held[module.replace("_", "-")] = block
    for file, content in outside.modules(found):
        section, kind = file.parent.name, file.stem.replace("_", "-")
        defined = [block for block in _defined(content) if kind in get_args(block.model_fields["kind"].annotation)]
        if len(defined) != 1 or kind in found[section]:
            needed = f'one class derived from Block with kind: Literal["{kind}"], the name of its file'
            wrong = f"there is a kind '{kind}' in {section} already" if defined else f"found no kind '{kind}'; a file holds {needed}"
            raise FaultyInput([Fault(str(file), 1, 1, wrong)])
        defined[0].section = section
        found[section][kind] = defined[0]
    return found


def _defined(content: ModuleType) -> list[type[Block]]:
    """Give the kinds that a module defines itself."""
    own = (v for v in vars(content).values() if isinstance(v, type) and issubclass(v, Block) and v.__module__ == content.__name__)
    return [block for block in own if get_args(block.model_fields["kind"].annotation)]

"""The file of a sweep: which case, which alternatives, which inputs over which values, on how many worlds.

```toml
case = "../office-automation"       # a case folder, beside this file
alternatives = ["outsourced"]       # all unless said
worlds = 200                        # at each point, the same at all of them
design = "grid"                     # or list, latin-hypercube, sobol; the last two need points = 64

[vary."prices.service.amount"]      # a key as `itilsim describe --json` lists it, or as --set takes it
low = 120
high = 480
steps = 7                           # in a grid; or values = [120, 240, 480]
unit = "k CNY / year"
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itilsim.study.settings import FREEZABLE, Settings, settings_for
from itilsim.study.subject import WrongRequest
from itilsim.study.sweep.design import DESIGNS, MOST_POINTS, SAMPLED, Design, designed, size_of
from itilsim.study.sweep.varied import Varied, read_varied
from itilsim.text.faults import Fault, FaultyInput, shown, unknown_name
from itilsim.text.places import KeyPath
from itilsim.text.toml import Document, read_document

if TYPE_CHECKING:
    from itilsim.case import Case

KEYS = ("title", "case", "alternatives", "baseline", "worlds", "seed", "keep", "frozen", "design", "points", "set", "vary")
DEGREES = ("values", "sources", "months")
WORLDS = 200
"""Worlds at each point unless said."""


@dataclass(frozen=True)
class SweepStudy:
    """A sweep as read and checked: its case, its settings at every point, and its points."""

    name: str
    title: str
    case: Case
    settings: Settings
    design: Design
    document: Document = field(repr=False)

    @property
    def worlds(self) -> int:
        """Worlds at each point."""
        return self.settings.replications

    def case_at(self, point: int) -> Case:
        """Give the case at a point; raises FaultyInput where the values of the point do not go together."""
        values = self.design.at(point)
        settings = {each.key: each.setting(values[each.key]) for each in self.design.inputs}
        try:
            return self.case.with_values(settings).agreed()
        except FaultyInput as wrong:
            where = ", ".join(f"{key} = {setting}" for key, setting in settings.items())
            faults = [self.document.fault(("vary",), f"at point {point} ({where}): {each.message}") for each in wrong.faults]
            raise FaultyInput(faults) from None


def read_study(path: Path | str, *, engine: str = "compiled", worlds: int | None = None, seed: int | None = None) -> SweepStudy:
    """Read the file of a sweep and its case; raises FaultyInput with every fault, each with its place.

    `worlds` and `seed` overrule what the file says; raises WrongRequest where they are none.
    """
    for name, least, given in (("worlds", 1, worlds), ("the seed", 0, seed)):
        if given is not None and not least <= given < 2**63:
            raise WrongRequest(f"found {given} for {name}; a whole number, at least {least}, is needed")
    document = read_document(Path(path))
    reader = _Reader(document)
    reader.unknown_keys()
    kind = reader.choice("design", "grid", DESIGNS)
    inputs = reader.inputs(kind)
    points = reader.points(kind, inputs)
    asked: dict[str, Any] = {
        "replications": reader.whole("worlds", WORLDS, least=1) if worlds is None else worlds,
        "seed": reader.whole("seed", 1, least=0) if seed is None else seed,
        "alternatives": reader.names("alternatives"),
        "baseline": reader.text("baseline"),
        "keep": reader.choice("keep", "values", DEGREES),
        "frozen": reader.names("frozen", FREEZABLE) or [],
    }
    case = reader.case()
    reader.end()
    assert case is not None
    for name, known in (("alternatives", asked["alternatives"] or ()), ("baseline", (asked["baseline"],) if asked["baseline"] else ())):
        reader.known_names(name, known, list(case.alternatives))
    for each in inputs:
        reader.check(each, case)
    reader.end()
    try:
        settings = settings_for(case, engine=engine, precision=None, variants=False, **asked)
    except WrongRequest as wrong:
        raise FaultyInput([document.fault(("alternatives",), str(wrong), at_value=True)]) from None
    title = reader.text("title") or document.path.stem
    return SweepStudy(document.path.stem, title, case, settings, designed(kind, inputs, points, seed=asked["seed"]), document)


class _Reader:
    """Reads the file of a sweep and gathers its faults."""

    def __init__(self, document: Document) -> None:
        self.document, self.data = document, document.data
        self.faults: list[Fault] = []

    def fault(self, path: KeyPath, sentence: str, *, at_value: bool = True) -> None:
        self.faults.append(self.document.fault(path, sentence, at_value=at_value))

    def end(self) -> None:
        """Raise what was found so far."""
        if self.faults:
            raise FaultyInput(self.faults)

    def unknown_keys(self) -> None:
        for key in self.data:
            if key not in KEYS:
                self.fault((key,), unknown_name("key", key, KEYS), at_value=False)

    def text(self, key: str) -> str | None:
        found = self.data.get(key)
        if found is None or isinstance(found, str):
            return found
        self.fault((key,), f"found {shown(str(found))}; {key} is a text in quotes")
        return None

    def choice(self, key: str, default: str, known: tuple[str, ...]) -> str:
        found = self.text(key)
        if found is not None and found not in known:
            self.fault((key,), unknown_name(key, found, known))
        return found if found in known else default

    def whole(self, key: str, default: int, *, least: int) -> int:
        found = self.data.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found < 2**63:
            self.fault((key,), f"found {shown(str(found))}; {key} is a whole number, at least {least}")
            return default
        return found

    def names(self, key: str, known: tuple[str, ...] | None = None) -> list[str] | None:
        found = self.data.get(key)
        if found is None:
            return None
        if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
            self.fault((key,), f"found {shown(str(found))}; {key} is a list of names in quotes with one at least")
            return None
        if known is not None:
            self.known_names(key, found, known)
        return found

    def known_names(self, key: str, names: Any, known: Any) -> None:
        """Add a fault for each name that is not known."""
        for at, name in enumerate(names):
            if name not in known:
                path: KeyPath = (key, at) if isinstance(self.data[key], list) else (key,)
                self.fault(path, unknown_name("alternative" if key != "frozen" else "behaviour to hold fixed", name, known))

    def inputs(self, design: str) -> list[Varied]:
        tables = self.data.get("vary")
        if not isinstance(tables, Mapping) or not tables:
            said = "" if tables is None else f"found {shown(str(tables))}; "
            self.fault(("vary",), f'{said}a sweep needs an input to vary at least, as [vary."prices.service.amount"]')
            return []
        found = [read_varied(self.document, key, table, design=design, faults=self.faults) for key, table in tables.items()]
        return [each for each in found if each is not None]

    def points(self, design: str, inputs: list[Varied]) -> int:
        asked = self.data.get("points")
        if design not in SAMPLED:
            if asked is not None:
                self.fault(("points",), f"found 'points', but the design '{design}' has as many points as its values give; leave it out")
            asked = 0
        elif asked is None:
            self.fault(("design",), f"'points' is missing; the design '{design}' needs the number of its points, as points = 64")
        else:
            asked = self.whole("points", 1, least=1)
        if self.faults or not inputs:
            return 0
        if design == "list" and len({len(each.values) for each in inputs}) > 1:
            said = ", ".join(f"{len(each.values)} of {each.key}" for each in inputs)
            self.fault(("vary",), f"found {said}; the design 'list' takes as many values of each input")
        size = size_of(design, inputs, int(asked or 0))
        if size > MOST_POINTS:
            self.fault(("points",) if asked else ("vary",), f"found {size:,} points; a sweep has at most {MOST_POINTS:,}")
        return size

    def case(self) -> Case | None:
        """Load the case with what is set at all points."""
        from itilsim.case import load_case

        where = self.text("case")
        held = self.data.get("set", {})
        if not isinstance(held, Mapping):
            self.fault(("set",), f"found {shown(str(held))}; a table is needed, as [set]")
            return None
        if where is None:
            if "case" not in self.data:
                self.fault((), "'case' is missing; it names a case folder from this file's folder, as case = \"../office-automation\"")
            return None
        folder = self.document.path.parent / where
        if not (folder / "case.toml").is_file():
            self.fault(("case",), f"found {shown(where)}; there is no case folder at {folder}, which would hold a case.toml")
            return None
        case = load_case(folder)
        for key, value in held.items():
            case = self._set(case, ("set", key), key, value) or case
        return case

    def check(self, each: Varied, case: Case) -> None:
        """Try the values that show whether all are allowed."""
        for place, value in each.extremes:
            at = ("vary", each.key, place) if isinstance(place, str) else ("vary", each.key, "values", place)
            if self._set(case, at, each.key, each.setting(value)) is None:
                return

    def _set(self, case: Case, at: KeyPath, key: str, value: Any) -> Case | None:
        given = repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        try:
            changed = case.with_values({key: given})
        except FaultyInput as wrong:
            is_key = any(fault.path == "values" for fault in wrong.faults)
            for message in dict.fromkeys(fault.message for fault in wrong.faults):
                self.fault(at[:2] if is_key else at, message, at_value=not is_key)
            return None
        return changed

"""What a manifest says, said in another language: the case's own translations first, then the words and sentences of the program itself.

A case is written in one language and may bring translations of its texts. What the program makes of these texts ("the pay of the build
team"), and what it says everywhere alike, is translated here once for all cases: by whole texts, and by patterns whose parts are
translated in turn. What nobody has translated stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from itilsim.text.wording import Spelling, in_sentence, spelling

NESTED = ("sources", "called")
"""Keys under which texts stand by name."""
SAID = ("title", "question", "sentence", "perceives", "why", "label", "unit", "source", "note", "caveats", *NESTED)
"""Keys of a manifest under which people read texts; under all others stand names."""
AMOUNT = re.compile(r"(?P<sign>[+−]?)(?P<number>~?[\d,.]+)(?:\u00a0(?P<scale>k|M|bn))?\u00a0(?P<currency>[A-Z]{3})")
"""An amount as English spells it."""
SCALES = {"k": 1e3, "M": 1e6, "bn": 1e9}
QUANTITY = re.compile(r"(?P<number>[+-]?[\d,]*\.?\d+)(?: (?P<unit>.+))?")
"""A quantity as a case spells it."""
HOLES = {"amount": AMOUNT.pattern, "number": r"[+-]?[\d,]*\.?\d+"}
"""What a part of a pattern may be where its name begins so; any other part is any text."""
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Pattern:
    """A form of sentence: how it is recognised, with its parts as short as they can be or as long, and how it is said.

    A loose one fits only where each of its parts is translated.
    """

    found: tuple[re.Pattern[str], re.Pattern[str]]
    said: str
    is_loose: bool

    def say(self, text: str, translate: Callable[[str], str]) -> str | None:
        """Says a text of this form, parted so that each part is translated where that can be; None for any other text."""
        ways = [match.groupdict() for match in (form.fullmatch(text) for form in self.found) if match is not None]
        made = [{name: translate(part) for name, part in way.items()} for way in ways]
        whole = [own for own, way in zip(made, ways, strict=True) if all(own[name] != part for name, part in way.items())]
        best = whole or ([] if self.is_loose else made)
        return self.said.format(**best[0]) if best else None


@dataclass(frozen=True)
class Language:
    """The words of a language: of a case (`own`) and of the program."""

    own: Mapping[str, str]
    texts: Mapping[str, str]
    fields: Mapping[str, str]
    units: Mapping[str, str]
    per: Mapping[str, str]
    label: str
    patterns: tuple[Pattern, ...] = field(repr=False)
    spelling: Spelling = field(repr=False)

    @cached_property
    def _whole(self) -> dict[str, str]:
        """Texts that are translated as a whole, with and without the capital that a sentence may have taken from them or given them."""
        given = {**self.texts, **self.own}
        spelled = {form(text): said for text, said in given.items() for form in (in_sentence, _capital)}
        return spelled | given

    def of(self, text: str) -> str:
        """Says a text of a manifest; unchanged where there is no translation."""
        if (whole := self._whole.get(text)) is not None:
            return whole
        if (amount := AMOUNT.fullmatch(text)) is not None:
            return self._amount(amount)
        for pattern in self.patterns:
            if (made := pattern.say(text, self.of)) is not None:
                return made
        return self.quantity(text) or self.unit(text) or text

    def _amount(self, match: re.Match[str]) -> str:
        """Spells an amount again, with the figures that it was spelled with."""
        currency = match["currency"]
        if match["number"] == "~0":
            return self.spelling.money.format(amount=self.spelling.nought, currency=currency)
        value = float(match["number"].replace(",", "")) * SCALES.get(match["scale"] or "", 1.0)
        return self.spelling.amount(-value if match["sign"] == "−" else value, currency=currency, signed=match["sign"] == "+")

    def quantity(self, text: str) -> str:
        """Says a number with its unit, money by the language's own powers of ten; "" for any other text."""
        match = QUANTITY.fullmatch(text)
        if match is None or not match["unit"]:
            return ""
        money = re.fullmatch(r"(?:(k|M|bn) )?([A-Z]{3})((?: / .+)?)", match["unit"])
        if money is not None:
            value = float(match["number"].replace(",", "")) * SCALES.get(money[1] or "", 1.0)
            per = self.unit(money[3].strip(), apart=True) if money[3] else ""
            return f"{self.spelling.amount(value, currency=money[2], exact=True)}{per}" if per or not money[3] else ""
        unit = self.unit(match["unit"])
        return f"{match['number']}\u00a0{unit}" if unit else ""

    def unit(self, text: str, *, apart: bool = False) -> str:
        """Says a unit ("k CNY / person / year"), `apart` without what it counts; "" where a word of it is not known."""
        first, *per = re.split(r" ?/ ", text)
        scale, _, noun = first.rpartition(" ")
        counted = [self.units.get(scale), self.units.get(noun, noun if re.fullmatch(r"[A-Z]{3}|%|", noun) else None)]
        below = [self.per.get(word, self.units.get(word)) for word in per]
        if None in (*counted[0 if scale else 1 :], *below):
            return ""
        said = " ".join(filter(None, counted if scale else counted[1:]))
        if not said and not apart:
            return "".join(f"{self.texts['per']}{word}" for word in below)
        return said + "".join(f"/{word}" for word in below)


@cache
def _program(code: str) -> dict[str, Any]:
    """Reads what the program itself says in a language; nothing where it has no words of it."""
    file = resources.files("itilsim.tables").joinpath("languages", f"{code}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def language(code: str, own: Mapping[str, str]) -> Language | None:
    """Opens a language with a case's own translations; None where neither the case nor the program has a word of it."""
    given = _program(code)
    if not own and not given:
        return None
    tables = {name: given.get(name, {}) for name in ("texts", "fields", "units", "per")}
    label = str(given.get("label", "{block}: {field}"))
    return Language(own, **tables, label=label, patterns=_patterns(code), spelling=spelling(code if given else "en"))


@cache
def _patterns(code: str) -> tuple[Pattern, ...]:
    """Makes the patterns of a language in the order of its file: the first that fits a text is taken."""
    given = _program(code)
    tables = (("sentences", True), ("patterns", False), ("loose", True))
    return tuple(_pattern(text, said, is_loose) for name, is_loose in tables for text, said in given.get(name, {}).items())


def _pattern(text: str, said: str, is_loose: bool) -> Pattern:
    return Pattern((_form(text, ".+?"), _form(text, ".+")), said, is_loose)


def _form(text: str, part: str) -> re.Pattern[str]:
    expression, at = "", 0
    for hole in _HOLE.finditer(text):
        form = next((_nameless(form) for start, form in HOLES.items() if hole[1].startswith(start)), part)
        expression += f"{re.escape(text[at : hole.start()])}(?P<{hole[1]}>{form})"
        at = hole.end()
    return re.compile(expression + re.escape(text[at:]))


def _nameless(form: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", form)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def said(value: Any, words: Language, key: str = "") -> Any:
    """Returns a manifest, or a part of it that stands under a key, with its texts said in a language."""
    if isinstance(value, str):
        return words.of(value) if key in SAID else value
    if isinstance(value, list):
        return [said(each, words, key) for each in value]
    if isinstance(value, dict):
        if key == "inputs":
            return _input(value, words)
        return {name: said(each, words, key if key in NESTED else name) for name, each in value.items()}
    return value


def _input(entry: Mapping[str, Any], words: Language) -> dict[str, Any]:
    """Says an input: its texts, the unit within its value, and its label from its key where the case gives it none."""
    found = {name: said(each, words, name) for name, each in entry.items()}
    if isinstance(entry.get("value"), str):
        found["value"] = _value(entry["value"], words)
    made = _label(entry, words)
    if entry.get("label") not in (made, *words.own):  # what is made from a key is no sentence, which a pattern may take it for
        found["label"] = made
    return found


def _value(text: str, words: Language) -> str:
    if not text.startswith("{"):
        return words.of(text)
    return re.sub(r'(?<=unit = ")[^"]*(?=")', lambda unit: words.of(unit[0]), text)


def _label(entry: Mapping[str, Any], words: Language) -> str:
    """Says what an input is from what its block is called and the name of its field, where the case gives it no label of its own."""
    label, key = str(entry.get("label") or ""), str(entry.get("key") or "").rpartition(":")[2]
    section, name, *path = (*key.split("."), "", "")[: max(3, key.count(".") + 1)]
    if label not in ("", key) and label != re.sub(r"[._-]", " ", key):
        return label
    field = words.fields.get(f"{section}.{path[0]}") or words.fields.get(path[0])
    if field is None:
        return label
    place = "".join(f" {int(each) + 1}" for each in path[1:] if each.isdigit())
    return words.label.format(block=words.of(name.replace("-", " ")), field=field) + place

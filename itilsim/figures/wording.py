"""Sentences are made here from a catalogue of templates; how amounts are worded is said in `itilsim.text.wording`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Any

from itilsim.tables.spread import Estimate, Share
from itilsim.text.wording import Spelling, as_name, coarsest, in_sentence

FIGURES = 3
"""Figures of a plain number."""


@dataclass(frozen=True)
class Amount:
    """An amount of money with its standard error, to be worded with its currency ("1.2 M CNY").

    `signed` shows a plus; `bare` leaves out the currency, in tables; `about` words an estimate in a sentence: "about 1.2 M CNY", or "less
    than 0.5 M CNY" where the error allows no more; `exact` is for what was not estimated.
    """

    value: float
    error: float = 0.0
    signed: bool = False
    bare: bool = False
    about: bool = False
    exact: bool = False

    @classmethod
    def of(cls, estimate: Estimate) -> Amount:
        """Makes the amount of an estimate for a sentence."""
        return cls(estimate.value, estimate.error, about=True)

    @classmethod
    def size(cls, estimate: Estimate) -> Amount:
        """Makes the size of an estimate, whose sign the sentence's own words say."""
        return cls(abs(estimate.value), estimate.error, about=True)

    @classmethod
    def cell(cls, estimate: Estimate, *, signed: bool = False) -> Amount:
        """Makes the amount of an estimate for a cell of a table: without its currency."""
        return cls(estimate.value, estimate.error, signed, bare=True)


@dataclass(frozen=True)
class Chance:
    """A share of futures to be worded ("in 8 of 10 futures")."""

    share: Share


@dataclass(frozen=True)
class Percent:
    """A share of futures to be printed in a table ("13 %")."""

    share: Share


@dataclass(frozen=True)
class Months:
    """A length of time in months, to be worded in years."""

    months: float


@dataclass(frozen=True)
class Mid:
    """A title within a sentence: its first letter is lowered unless the first word is a name or an abbreviation."""

    title: str


@dataclass(frozen=True)
class Strong:
    """A title that stands out in a sentence, as it is written."""

    title: str


@dataclass(frozen=True)
class Plural:
    """A count with its noun, which the catalogue's `noun` table knows in the singular and in the plural."""

    count: int
    noun: str


@dataclass(frozen=True)
class Phrase:
    """A sentence or its part, by its key in the catalogue, with the fields that it needs."""

    key: str
    fields: Mapping[str, object]


@dataclass(frozen=True)
class NumberTable:
    """The numbers behind a figure or part of the page: `heads` and cells are texts or fields that a catalogue words.

    A cell's text may have further lines, which stand small under the first. `numeric` names columns set to the right beside those whose
    cells are numbers by their type.
    """

    heads: tuple[object, ...]
    rows: tuple[tuple[object, ...], ...]
    numeric: frozenset[int] = frozenset()


class Catalogue:
    """The templates of one language, by dotted keys, with how that language writes numbers and chances."""

    def __init__(self, texts: Mapping[str, Any], spelling: Spelling, currency: str) -> None:
        """Takes the parsed file of a language, how that language spells numbers, and the currency of the study."""
        self._texts = texts
        self._spelling = spelling
        self._currency = currency

    @property
    def currency(self) -> str:
        """The currency of the study's amounts."""
        return self._currency

    @property
    def code(self) -> str:
        """The language's code, by which its files are found."""
        return self.template("code")

    @property
    def lang(self) -> str:
        """The language as a page declares it."""
        return self.template("lang")

    def template(self, key: str) -> str:
        """Returns a template; KeyError names a key that the catalogue lacks."""
        found: Any = self._texts
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(f"the catalogue of sentences has no '{key}'")
            found = found[part]
        return str(found)

    def has(self, key: str) -> bool:
        """Says whether the catalogue has a template."""
        try:
            self.template(key)
        except KeyError:
            return False
        return True

    def say(self, key: str, **fields: object) -> str:
        """Fills a template's named fields, each worded by its type, and starts it with a capital where the script has any."""
        text = self._fill(key, fields)
        if not self._spelling.cased:
            return text
        start = 2 if text.startswith("**") else 0
        return text[:start] + text[start : start + 1].upper() + text[start + 1 :]

    def word(self, field: object) -> str:
        """Words one field: an amount, a chance, a share, a length of time, a title, a phrase, a count, or text as it is."""
        match field:
            case Amount():
                return self._amount(field)
            case Chance():
                return self._chance(field.share)
            case Percent():
                return self._percent(field.share)
            case Months():
                return self._months(field.months)
            case Mid():
                return in_sentence(field.title) if self._spelling.cased else field.title
            case Strong():
                return f"**{as_name(field.title) if self._spelling.cased else field.title}**"
            case Plural():
                return self._plural(field)
            case Phrase():
                return self._fill(field.key, field.fields)
            case bool() | str() | None:
                return "" if field is None else str(field)
            case int():
                return self._spelling.number(field, 0)
            case float():
                return self.number(field)
        return str(field)

    def listed(self, parts: Sequence[str]) -> str:
        """Joins parts as a list in a sentence ("a, b and c")."""
        if len(parts) < 2:
            return "".join(parts)
        return self.template("list.between").join(parts[:-1]) + self.template("list.last") + parts[-1]

    def together(self, sentences: Sequence[str]) -> str:
        """Joins whole sentences that stand in one paragraph."""
        return self.template("list.sentences").join(sentences)

    def number(self, value: float, digits: int = FIGURES) -> str:
        """Prints a plain number with so many figures."""
        if not isfinite(value):
            return self._spelling.none
        if value == 0 or float(value).is_integer():
            return self._spelling.number(value, 0)
        step = 10.0 ** (floor(log10(abs(value))) - digits + 1)
        return self._spelling.number(round(value / step) * step, max(0, -round(log10(step))), trimmed=True)

    def _fill(self, key: str, fields: Mapping[str, object]) -> str:
        return self.template(key).format(**{name: self.word(field) for name, field in fields.items()})

    def _amount(self, amount: Amount) -> str:
        currency = "" if amount.bare else self._currency
        return self._spelling.amount(
            amount.value, amount.error, currency=currency, signed=amount.signed, about=amount.about, exact=amount.exact
        )

    def _chance(self, share: Share) -> str:
        key, fields = chance_form(share)
        return self._fill(f"chance.{key}", fields)

    def _percent(self, share: Share) -> str:
        if not share.of:
            return self._spelling.none
        percent, step = 100 * share.value, 100 * share.error
        if share.count <= 0:
            return self._fill("percent.none", {})
        if share.count >= share.of:
            return self._fill("percent.all", {})
        unit = max(coarsest(step), 1.0 if 1 <= percent <= 99 else 0.0)
        value = round(percent / unit) * unit
        decimals = max(0, -floor(log10(unit) + 1e-9))
        if value <= 0 or value >= 100:
            edge = unit if value <= 0 else 100 - unit
            return self._fill("percent.under" if value <= 0 else "percent.over", {"value": self._spelling.number(edge, decimals)})
        return self._fill("percent.about", {"value": self._spelling.number(value, decimals)})

    def _months(self, months: float) -> str:
        if not isfinite(months):
            return self._spelling.none
        if months < 12:
            return self._plural(Plural(round(months), "month"))
        years = round(months / 12 * 2) / 2
        return self._fill("time.years" if years != 1 else "time.year", {"years": years})

    def _plural(self, plural: Plural) -> str:
        form = "one" if plural.count == 1 else "many"
        return self._fill(f"noun.{plural.noun}.{form}", {"count": plural.count})


def chance_form(share: Share) -> tuple[str, dict[str, object]]:
    """Chooses how a chance is worded: tenths, quarters where there are few futures, or 1 in N where it is rare.

    Returns the key within the catalogue's `chance` table and its fields.
    """
    p, of = share.value, share.of
    if of == 0:
        return "unknown", {}
    if share.count <= 0:
        return "none", {"of": of}
    if share.count >= of:
        return "all", {"of": of}
    if share.error > 0.05:
        quarters = round(p * 4)
        return ("quarters_0", "quarters_1", "quarters_2", "quarters_3", "quarters_4")[quarters], {}
    if p < 0.15 or p > 0.95:
        rare = min(share.count, of - share.count)
        digits = 1 if rare < 100 else 2
        one_in = of / rare
        step = max(1.0, 10.0 ** (floor(log10(one_in)) - digits + 1))
        return ("rare" if p < 0.5 else "nearly"), {"n": round(round(one_in / step) * step)}
    return "tenths", {"k": max(1, min(9, round(p * 10)))}

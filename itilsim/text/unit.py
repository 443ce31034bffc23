"""Units are the words after a number: their base dimension and their exact size in canonical units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from itilsim.text.dimension import MONEY_BASE, TIME_BASE, WORK_BASE, YEAR_BASE, plural
from itilsim.text.faults import nearest, shown, unknown_name

HOURS_PER_MONTH = 730
HOURS_PER_WORKING_DAY = 8
WORKING_DAYS_PER_WEEK = 5
WORKING_DAYS_PER_MONTH = 20

MULTIPLIERS: dict[str, int] = {
    "k": 10**3,
    "M": 10**6,
    "G": 10**9,
    "bn": 10**9,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
}
KNOWN_NOUNS = (
    *("user", "request", "visit", "sheet", "person", "approval", "incident", "failure", "change"),
    *("package", "requirement", "application", "document", "page", "call", "device", "event", "employee"),
)  # fmt: skip

_HOURS: dict[tuple[str, ...], Fraction] = {
    ("s", "second", "seconds"): Fraction(1, 3600),
    ("min", "minute", "minutes"): Fraction(1, 60),
    ("h", "hour", "hours"): Fraction(1),
    ("day", "days"): Fraction(24),
    ("week", "weeks"): Fraction(168),
    ("month", "months"): Fraction(HOURS_PER_MONTH),
    ("quarter", "quarters"): Fraction(3 * HOURS_PER_MONTH),
    ("year", "years"): Fraction(12 * HOURS_PER_MONTH),
}
_DAY = HOURS_PER_WORKING_DAY
_PERSON_HOURS: dict[tuple[str, ...], Fraction] = {
    ("person-hour", "person-hours"): Fraction(1),
    ("person-day", "person-days"): Fraction(_DAY),
    ("person-week", "person-weeks"): Fraction(WORKING_DAYS_PER_WEEK * _DAY),
    ("person-month", "person-months"): Fraction(WORKING_DAYS_PER_MONTH * _DAY),
    ("person-year", "person-years"): Fraction(12 * WORKING_DAYS_PER_MONTH * _DAY),
}
_ALSO_WORK = frozenset({"s", "second", "seconds", "min", "minute", "minutes", "h", "hour", "hours"})
_ALIASES = {"CNY": ("RMB", "元")}
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "CNY or JPY", "元": "CNY", "RMB": "CNY"}
_CURRENCIES = frozenset(
    {
        *("AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR"),
        *("ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RUB", "SAR", "SEK"),
        *("SGD", "THB", "TRY", "TWD", "USD", "VND", "ZAR"),
    }
)


class UnknownWord(ValueError):
    """Signals a word that is no unit here; its text is half a sentence, which the reader of the amount completes."""


@dataclass(frozen=True)
class Unit:
    """One meaning of a word: a base dimension ("" for per cent) and its size in hours, currency units or ones."""

    word: str
    base: str
    size: Fraction


def meanings(word: str, *, currency: str, nouns: Iterable[str] = ()) -> tuple[Unit, ...]:
    """List what a word can mean, the usual meaning first: "h" is an hour of time or of work, "year" also a compounding step.

    `nouns` are counted nouns of the quantity that is asked for, known besides the common ones. Raises
    UnknownWord for an unknown word (naming the nearest known) and for another currency than the case's.
    """
    table = _table(currency, tuple(nouns))
    found = table.get(word) or (table.get(word.casefold()) if len(word) > 2 else None)
    if found is None and word[:1] in MULTIPLIERS and (glued := table.get(word[1:])):
        found = tuple(Unit(word, unit.base, unit.size * MULTIPLIERS[word[0]]) for unit in glued if unit.base == MONEY_BASE)
    if found:
        return found
    money = _SYMBOLS.get(word) or (word.upper() if word.upper() in _CURRENCIES else None)
    if money is not None:
        raise UnknownWord(
            f"{shown(word)} is another currency ({money}); amounts are in {currency} here, so convert it and write '{currency}'"
        )
    spellings = {unit.word for units in table.values() for unit in units} | MULTIPLIERS.keys()
    spellings = {each for each in spellings if len(each) > 1 or len(word) == 1}
    if not nearest(word, spellings):
        kinds = f"'h', 'days' or 'months', 'person-days' for work, '{currency}' for money, '%', or what is counted, such as 'users'"
        raise UnknownWord(f"unknown unit {shown(word)}; units are {kinds}")
    raise UnknownWord(unknown_name("unit", word, spellings))


@cache
def _table(currency: str, nouns: tuple[str, ...]) -> dict[str, tuple[Unit, ...]]:
    table: dict[str, tuple[Unit, ...]] = {"%": (Unit("%", "", Fraction(1, 100)),)}
    for unit in _units(currency, nouns):
        table[unit.word] = (*table.get(unit.word, ()), unit)
        folded = unit.word.casefold()
        if folded != unit.word:
            table[folded] = (*table.get(folded, ()), unit)
    return table


def _units(currency: str, nouns: Iterable[str]) -> Iterator[Unit]:
    for words, hours in _HOURS.items():
        for word in words:
            yield Unit(word, TIME_BASE, hours)
            if word in _ALSO_WORK:
                yield Unit(word, WORK_BASE, hours)
    yield Unit("year", YEAR_BASE, Fraction(1))
    yield Unit("years", YEAR_BASE, Fraction(1))
    for words, hours in _PERSON_HOURS.items():
        yield from (Unit(word, WORK_BASE, hours) for word in words)
    for word in (currency, *_ALIASES.get(currency, ())):
        yield Unit(word, MONEY_BASE, Fraction(1))
    for noun in dict.fromkeys((*KNOWN_NOUNS, *nouns)):
        yield Unit(noun, noun, Fraction(1))
        yield Unit(plural(noun), noun, Fraction(1))

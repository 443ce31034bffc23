"""A dimension says what kind of quantity is meant, as a product of powers of money, time, work and counted nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MONEY_BASE = "money"
TIME_BASE = "time"
WORK_BASE = "work"
YEAR_BASE = "compounding year"
_MEASURED = (MONEY_BASE, WORK_BASE, TIME_BASE, YEAR_BASE)

_PLURALS = {"person": "people"}
_ALONE = {
    MONEY_BASE: "a sum of money",
    TIME_BASE: "a length of time",
    WORK_BASE: "hours of work",
    YEAR_BASE: "years",
}
_ABOVE = {MONEY_BASE: "money", TIME_BASE: "time", WORK_BASE: "hours of work", YEAR_BASE: "years"}
_BELOW = {MONEY_BASE: "money", TIME_BASE: "time", WORK_BASE: "hour of work", YEAR_BASE: "year"}
_UNIT_ABOVE = {TIME_BASE: "months", WORK_BASE: "h", YEAR_BASE: "years"}
_UNIT_BELOW = {TIME_BASE: "month", WORK_BASE: "h", YEAR_BASE: "year"}


@dataclass(frozen=True)
class Dimension:
    """The kind of a quantity: powers of base dimensions, sorted by name, none of them nought.

    `share` says that the number itself is a share, which people write in per cent; it changes wording, never
    the value. Multiply and divide dimensions to make new ones: `MONEY / count("user") / TIME`.
    """

    powers: tuple[tuple[str, int], ...] = ()
    share: bool = False

    def __mul__(self, other: Dimension) -> Dimension:
        return self._joined(other, sign=1)

    def __truediv__(self, other: Dimension) -> Dimension:
        return self._joined(other, sign=-1)

    def _joined(self, other: Dimension, *, sign: int) -> Dimension:
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, 0) + sign * power
        return Dimension(_sorted_powers(powers), self.share or other.share)

    def power(self, base: str) -> int:
        """Give the power of one base dimension, nought where it does not occur."""
        return dict(self.powers).get(base, 0)

    @property
    def above(self) -> tuple[str, ...]:
        """The bases over the fraction line, each as often as its power, money, work and time before nouns."""
        return _listed(self.powers, sign=1, nouns_first=False)

    @property
    def below(self) -> tuple[str, ...]:
        """The bases under the fraction line, each as often as its power, nouns before work and time."""
        return _listed(self.powers, sign=-1, nouns_first=True)

    @property
    def nouns(self) -> tuple[str, ...]:
        """The counted nouns, in the singular."""
        return tuple(base for base, _ in self.powers if base not in _MEASURED)

    def without_counted(self) -> Dimension:
        """Give the dimension without its counted nouns over the fraction line, which people leave out: "3 / user / month"."""
        kept = {base: power for base, power in self.powers if power < 0 or base in _MEASURED}
        return Dimension(_sorted_powers(kept), self.share)

    def describe(self) -> str:
        """Say in English what kind of quantity this is: "money per user and time"."""
        below = self.below
        if not below:
            return self._describe_whole()
        over = " times ".join(_ABOVE.get(base, plural(base)) for base in self.above)
        number = "a share" if self.share else "a number"
        return f"{over or number} per {' and '.join(_BELOW.get(base, base) for base in below)}"

    def _describe_whole(self) -> str:
        above = self.above
        if not above:
            return "a share" if self.share else "a plain number"
        if len(above) == 1:
            return _ALONE.get(above[0], f"a number of {plural(above[0])}")
        return " times ".join(_ABOVE.get(base, plural(base)) for base in above)

    def example(self, *, currency: str, number: str = "3") -> str:
        """Spell a quantity of this dimension that would be accepted, with the given number: "90 k CNY / month"."""
        over = [currency if base == MONEY_BASE else _UNIT_ABOVE.get(base, plural(base)) for base in self.above]
        units = over or (["%"] if self.share else [])
        under = [currency if base == MONEY_BASE else _UNIT_BELOW.get(base, base) for base in self.below]
        return " / ".join([" ".join([number, *units]), *under])


def plural(noun: str) -> str:
    """Give the plural of a counted noun: "sheets", "companies", "people"."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def count(noun: str) -> Dimension:
    """Give the dimension of a number of things, named by the singular: `count("user")`; only letters and single hyphens are words."""
    if not noun.replace("-", "").isalpha() or noun in _MEASURED:
        raise ValueError(f"A counted noun is one word such as 'user', not {noun!r}.")
    return Dimension(((noun, 1),))


def _sorted_powers(powers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _listed(powers: tuple[tuple[str, int], ...], *, sign: int, nouns_first: bool) -> tuple[str, ...]:
    chosen = {base: power * sign for base, power in powers if power * sign > 0}
    nouns = [base for base in chosen if base not in _MEASURED]
    measured = [base for base in _MEASURED if base in chosen]
    ordered = nouns + measured if nouns_first else measured + nouns
    return tuple(base for base in ordered for _ in range(chosen[base]))


NUMBER = Dimension()
SHARE = Dimension(share=True)
MONEY = Dimension(((MONEY_BASE, 1),))
TIME = Dimension(((TIME_BASE, 1),))
WORK = Dimension(((WORK_BASE, 1),))
PERSON = count("person")
YEARLY_SHARE = Dimension(((YEAR_BASE, -1),), share=True)
"""An effective yearly rate (discount, indexation, growth): "8 % / year" is 0.08, and no monthly rate is taken
for it."""

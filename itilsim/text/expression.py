"""The grammar of one amount: terms that add up, over units that divide: "1 h 30 min", "45 CNY / user / month".

amount  = [sign] term {term} {per}
term    = number [multiplier] [unit]
per     = ("/" | "per") [number [multiplier]] unit
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from itilsim.text.faults import FaultyQuantity, shown
from itilsim.text.unit import MULTIPLIERS

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?(?:[eE][+-]?\d+)?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<word>万亿|[万亿元%€$£¥]|[^\W\d_万亿元]+(?:-[^\W\d_]+)*)"
    r"|(?P<slash>/)|(?P<sign>[+\-\u2212])|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
LONGEST = 200
_WORKING = frozenset({"hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"})
_ANY_NUMBER = re.compile(r"[\d.,]*\d")

Token = tuple[str, str]


@dataclass(frozen=True)
class Term:
    """A number with what follows it: multiplier and unit as spelled, "" where there is none."""

    number: Fraction
    spelt: str
    multiplier: str = ""
    word: str = ""


@dataclass(frozen=True)
class Per:
    """A unit under the fraction line, with a number where one is given: "1 / 20 years"."""

    number: Fraction
    word: str


@dataclass(frozen=True)
class Expression:
    """An amount as spelled, before anybody asks what kind of quantity it is."""

    text: str
    terms: tuple[Term, ...]
    pers: tuple[Per, ...]
    negative: bool = False

    @property
    def bare(self) -> bool:
        """Whether it is a number alone, so that it may borrow the unit of what it stands with."""
        return len(self.terms) == 1 and not self.terms[0].word and not self.pers

    def with_units_of(self, other: Expression) -> Expression:
        """Give this amount the units that it lacks and another has: "5" of "5 to 20 days" becomes "5 days".

        A multiplier is lent only by units without a number, as they follow "PERT(1, 2, 3) k CNY"; "5 k"
        before them is refused.
        """
        theirs = other.terms[0] if len(other.terms) == 1 else Term(Fraction(1), "")
        terms = self.terms
        if len(terms) == 1 and not terms[0].word and not self.pers and theirs.word:
            terms = (replace(terms[0], word=theirs.word),)
        if not theirs.spelt and theirs.multiplier:
            if terms[0].multiplier or self.terms[0].word:
                raise FaultyQuantity(f"found {shown(self.text)} before {shown(other.text)}, two sizes for one number; give one of them")
            terms = (replace(terms[0], multiplier=theirs.multiplier),)
        pers = self.pers or other.pers
        return replace(self, terms=terms, pers=pers)


def read_expression(text: str) -> Expression:
    """Read one amount without knowing its dimension; raises FaultyQuantity where the grammar has no such thing."""
    tokens = _Tokens(text)
    negative = False
    if tokens.kind == "sign":
        negative = tokens.take() != "+"
    if tokens.kind != "number":
        raise FaultyQuantity(
            f"found {shown(text)}, which does not start with a number; write an amount such as '3 months', '99.5 %' or '120 k CNY / year'"
        )
    terms = []
    while tokens.kind == "number":
        terms.append(_term(tokens))
    pers = tuple(_pers(tokens))
    tokens.expect_end()
    return Expression(text.strip(), tuple(terms), pers, negative)


def read_units(text: str) -> Expression:
    """Read the units after a closing bracket, "k CNY / month" or "/ year", as an amount without a number."""
    tokens = _Tokens(text)
    if tokens.kind == "number":
        raise FaultyQuantity(f"found the number {shown(text)} after the brackets; only a unit can stand there, for instance 'h'")
    multiplier = _multiplier(tokens)
    word = _word(tokens) if tokens.kind == "word" and tokens.text != "per" else ""
    pers = tuple(_pers(tokens))
    tokens.expect_end()
    return Expression(text.strip(), (Term(Fraction(1), "", multiplier, word),), pers)


def exact_number(text: str) -> Fraction:
    """Read a decimal number exactly, thousands separators or not; raises FaultyQuantity where it is absurdly long."""
    mantissa, _, exponent = text.replace(",", "").lower().partition("e")
    if len(mantissa) > 40 or len(exponent) > 4 or abs(int(exponent or "0")) > 300:
        raise FaultyQuantity(f"found the number {shown(text)}, which is too long or too large to be meant; check its digits")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or "0")


class _Tokens:
    """The words, numbers and signs of one amount, read from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise FaultyQuantity(f"found {shown(text)}, {len(text)} characters long; an amount has at most {LONGEST}")
        self.whole = text
        self._tokens = [token for token in _scan(text) if token[0] != "space"]
        self._at = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else "end"

    @property
    def text(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        text = self.text
        self._at += 1
        return text

    def expect_end(self) -> None:
        if self.kind == "end":
            return
        before = self._tokens[self._at - 1][1] if self._at else ""
        found, here = shown(self.whole), shown(self.text)
        if self.text == "," and _ANY_NUMBER.fullmatch(before):
            raise FaultyQuantity(
                f"found {found}, where ',' is not before a group of three digits; write '1,200' for thousands and '1.5' for decimals"
            )
        if self.kind == "sign":
            raise FaultyQuantity(f"found {found} with {here} inside; write a range as '5 to 20 days', or one number")
        if self.text in "()[]{}":
            raise FaultyQuantity(f"found {found} with {here} inside; units are written in a row, as in '45 CNY / user / month'")
        if self.kind in ("word", "number"):
            raise FaultyQuantity(f"found {found}, where {here} follows {shown(before)}; write '/' before a unit that divides")
        raise FaultyQuantity(f"found {found}, where {here} has no meaning; write an amount such as '3 months' or '1,200 CNY'")


def _scan(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        yield str(match.lastgroup), match.group()


def _term(tokens: _Tokens) -> Term:
    spelt = tokens.take()
    multiplier = _multiplier(tokens)
    word = _word(tokens) if tokens.kind == "word" and tokens.text != "per" else ""
    return Term(exact_number(spelt), spelt, multiplier, word)


def _multiplier(tokens: _Tokens) -> str:
    if tokens.kind != "word" or tokens.text not in MULTIPLIERS:
        return ""
    return tokens.take()


def _word(tokens: _Tokens) -> str:
    word = tokens.take()
    if word in ("person", "people") and tokens.text in _WORKING:
        return f"person-{tokens.take()}"
    return word


def _pers(tokens: _Tokens) -> Iterator[Per]:
    while tokens.kind == "slash" or tokens.text == "per":
        tokens.take()
        number = exact_number(tokens.take()) if tokens.kind == "number" else Fraction(1)
        number *= MULTIPLIERS[tokens.take()] if tokens.text in MULTIPLIERS else 1
        if tokens.kind != "word":
            raise FaultyQuantity(f"found {shown(tokens.whole)}, where no unit follows '/'; write one, for instance '3 / user / month'")
        yield Per(number, _word(tokens))

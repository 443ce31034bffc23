"""Amounts of money in words, and titles within sentences: one rule for terminal, page, figures and stored sentences.

The rule for an estimate: two figures, or down to the leading figure of its standard error where that is coarser. What is less than half
of its own error is worded as nought.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import floor, isfinite, log10
from unicodedata import east_asian_width

FIGURES = 2
"""Figures of an estimate."""
FIGURES_WHEN_EXACT = 4
"""Figures of an amount that was not estimated: what a planner wrote, a tick of an axis."""
ARTICLES = ("a", "an", "the")
UNCASED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Letters of scripts that know no capitals: a title that has one of them keeps its Latin letters as they are."""
PIECES = re.compile(r" |[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^ \u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")
"""What stays whole when a text is broken into lines: a word, or one letter of a script without spaces."""
CLOSING = "，。：；、！？）》」”\u00a0"
"""What no line begins with."""


@dataclass(frozen=True)
class Spelling:
    """How a language spells numbers: its signs, what an amount is set into, and its words for powers of ten, the largest first.

    `cased` says whether its script has capitals, with which a sentence begins and which a title loses inside one.
    """

    decimal: str
    group: str
    minus: str
    none: str
    nought: str
    money: str
    about: str
    under: str
    scales: tuple[tuple[float, str], ...]
    cased: bool

    def number(self, value: float, decimals: int, *, trimmed: bool = False) -> str:
        """Spell a number with so many decimals; `trimmed` drops noughts at their end."""
        text = f"{abs(value):,.{decimals}f}"
        if trimmed and "." in text:
            text = text.rstrip("0").rstrip(".")
        plain = text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)
        return self.minus + plain if value < 0 and float(text.replace(",", "")) else plain

    def amount(
        self, value: float, error: float = 0.0, *, currency: str = "", signed: bool = False, about: bool = False, exact: bool = False
    ) -> str:
        """Word an amount of money by the rule above.

        `currency` is left out in tables; `signed` shows a plus; `about` words an estimate in a sentence: "about 1.2 M CNY", or "less than
        0.5 M CNY" where it is nought by its error; `exact` words what was not estimated: more figures, without noughts at the end.
        """
        if not isfinite(value):
            return self.none
        said, step = rounded(value, 0.0 if exact else error, FIGURES_WHEN_EXACT if exact else FIGURES)
        if value and not said:
            if about:
                return self.under.format(amount=self.amount(coarsest(error), currency=currency, exact=True))
            return self._with_currency(self.nought, currency)
        scale, power = next(((scale, power) for scale, power in self.scales if abs(said) >= scale), (1.0, ""))
        decimals = max(0, -floor(log10(step / scale) + 1e-9)) if said else 0
        sign = self.minus if said < 0 else "+" if signed and said > 0 else ""
        text = self._with_currency(sign + self.number(abs(said) / scale, decimals, trimmed=exact) + power, currency)
        return self.about.format(amount=text) if about and value else text

    def _with_currency(self, text: str, currency: str) -> str:
        return self.money.format(amount=text, currency=currency) if currency else text


@cache
def spelling(language: str = "en") -> Spelling:
    """Read how a language spells numbers, from its file."""
    given = tomllib.loads(resources.files("itilsim.text").joinpath("spellings", f"{language}.toml").read_text(encoding="utf-8"))
    scales = tuple((float(scale), str(power)) for scale, power in given.pop("scales"))
    return Spelling(scales=scales, **given)


def rounded(value: float, error: float = 0.0, figures: int = FIGURES) -> tuple[float, float]:
    """Round to so many figures, or to the leading figure of the standard error; give the value and the step that it is rounded to.

    A value of less than half of its error comes out as nought.
    """
    if value == 0 or not isfinite(value):
        return value, 1.0
    step: float = 10.0 ** (floor(log10(abs(value))) - figures + 1)
    if isfinite(error) and error > 0.0:
        step = max(step, 10.0 ** floor(log10(error)))
        if abs(value) < error / 2:
            return 0.0, step
    said = round(value / step) * step
    if said and log10(abs(said) / step) >= figures:  # 999,700 became 1,000,000: a figure more
        step *= 10
    return said, step


def coarsest(error: float) -> float:
    """Give the smallest of 1, 2, 5 times a power of ten that is not below an error."""
    power: float = 10.0 ** floor(log10(error))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= error * (1 - 1e-9))


def broken(text: str, width: int) -> list[str]:
    """Breaks a text into lines of so many letters: at its spaces, and between letters that are as wide as two and need no space."""
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and piece != " " and piece[0] not in CLOSING and _wide(lines[-1] + piece) > width:
            lines.append("")
        if lines[-1] or piece != " ":
            lines[-1] += piece
    return [line.rstrip(" ") for line in lines]


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def plain(text: str) -> str:
    """Give a text as every terminal and every program can show it: plain spaces, and the minus of a keyboard."""
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def as_name(title: str) -> str:
    """Give a title as a name inside a sentence: as it stands, but for an article at its beginning, which is small."""
    return in_sentence(title) if title.split(" ", 1)[0].lower() in ARTICLES else title


def in_sentence(title: str) -> str:
    """Give a title as it stands inside a sentence: its first letter small, unless the word is an abbreviation or a name in capitals."""
    first = title.split(" ", 1)[0]
    if (len(first) > 1 and not first[1:].islower()) or UNCASED.search(title):
        return title
    return title[:1].lower() + title[1:]

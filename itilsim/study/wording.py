"""Amounts in words, no finer than what is known of them."""

from __future__ import annotations

import math

ABOUT_NOUGHT = "about nought"
_SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


def amount(value: float, currency: str, *, error: float | None = None, signed: bool = False) -> str:
    """Word an amount of money, such as "1.2 M CNY", with two figures, or fewer where the error of it allows no more.

    Where the error is larger than the amount, it is worded as "about nought".
    """
    if not math.isfinite(value):
        return "an unknown amount"
    rounded = rounded_amount(value, error=error)
    if rounded == 0.0:
        return f"0 {currency}" if value == 0.0 and not error else ABOUT_NOUGHT
    sign = "-" if rounded < 0 else ("+" if signed else "")
    for scale, letter in _SCALES:
        if abs(rounded) >= scale:
            return f"{sign}{abs(rounded) / scale:g} {letter} {currency}"
    return f"{sign}{abs(rounded):g} {currency}"


def rounded_amount(value: float, *, error: float | None = None) -> float:
    """Round to two figures, or to the leading figure of the error where that is coarser."""
    if value == 0.0 or not math.isfinite(value):
        return 0.0
    step = math.floor(math.log10(abs(value))) - 1
    if error and math.isfinite(error):
        step = max(step, math.floor(math.log10(error)))
    if step < 0:
        return round(value, -step)
    return float(round(value / 10.0**step)) * 10.0**step


def in_sentence(title: str) -> str:
    """Give a title as it stands inside a sentence: its first letter small, unless the word is an abbreviation or a name in capitals."""
    first = title.split(" ", 1)[0]
    if len(first) > 1 and not first[1:].islower():
        return title
    return title[:1].lower() + title[1:]

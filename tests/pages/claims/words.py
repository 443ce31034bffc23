"""What a printed amount, chance, share or time claims, and whether it is right and no finer than its Monte Carlo error.

The rules. A printed amount is the true one rounded to two figures, or to the place of the leading figure of its standard error where
that is coarser; no figure of it stands below that place. "Less than X" and "~0" are for what is within half of its error of nought, and X
is no less than the error. A chance in tenths needs a standard error of at most half a tenth, and a chance in quarters one of at most a
quarter; "1 in N" is right to a half of its last figure, which may not be below the place of the leading figure of its own error. A share in
percent is right to half a percent or to its error. A time is right to half of its step (a month, half a year), and its error, where it was
estimated, has a leading figure no coarser than the step. Since two honest estimates of the error of a quantile differ a little, an error
counts as up to half as large again, or a third smaller, before a text is called wrong.
"""

from __future__ import annotations

import re
from math import floor, isfinite, log10

from tests.pages.claims.stored import Figure, Share

SLACK = 1.5
SCALES = {"": 1.0, "k": 1e3, "M": 1e6, "bn": 1e9}
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


def amount_pattern(currency: str) -> str:
    """Return how an amount of a currency may be spelled; without a currency as in a cell of a table."""
    money = f"\xa0{re.escape(currency)}" if currency else ""
    return rf"(?:(?:about |less than )?[+−]?{DIGITS}(?:\xa0(?:k|M|bn))?{money}|~0{money})"


CHANCE = (
    r"(?:in none of the [\d,]+ futures|in every one of the [\d,]+ futures|in 1 of [\d,]+ futures|in all but 1 of [\d,]+ futures|"
    r"in [1-9] of 10 futures|in a few futures|in about a quarter of futures|in about half of the futures|"
    r"in about three quarters of futures|in nearly all futures)"
)
PERCENT = r"(?:none|all|[<>]?\xa0?\d+(?:\.\d+)?\xa0%)"
TIME = r"(?:1 month|\d+ months|1 year|[\d,]+(?:\.5)? years)"
QUARTERS = {
    "in a few futures": 0.0,
    "in about a quarter of futures": 0.25,
    "in about half of the futures": 0.5,
    "in about three quarters of futures": 0.75,
    "in nearly all futures": 1.0,
}


def whole(text: str) -> int:
    """Return a printed count."""
    return int(text.replace(",", ""))


def place(value: float) -> float:
    """Return the place of the leading figure of a number."""
    return float(10.0 ** floor(log10(abs(value)) + 1e-12))


def sized(text: str) -> tuple[float, float]:
    """Return a printed amount and the place of the last figure that it claims: noughts before the point claim nothing."""
    found = re.search(rf"([+−]?)({DIGITS})(?:\xa0(k|M|bn))?(?:\xa0|$)", text)
    if found is None:
        raise ValueError(f"no amount: {text!r}")
    sign, digits, scale = found.groups()
    plain = digits.replace(",", "")
    if "." in plain:
        last = 10.0 ** -len(plain.split(".")[1])
    else:
        stripped = plain.rstrip("0")
        last = 10.0 ** (len(plain) - len(stripped)) if stripped else 1.0
    unit = SCALES[scale or ""]
    return (-1 if sign == "−" else 1) * float(plain) * unit, last * unit


def amount(text: str, true: Figure, *, signed: bool = False) -> list[str]:
    """Return what is wrong with a printed amount. `signed`: it must show its sign, where it has one."""
    if not isfinite(true.value):
        return [f"{text!r} is printed for a number that there is not"]
    error = true.error if isfinite(true.error) else 0.0
    small = abs(true.value) <= SLACK * error / 2
    if text.startswith("~0"):
        return [] if small else [f"{text!r} for {true}: not within half of its error of nought"]
    if text.startswith("less than"):
        bound, _ = sized(text)
        fits = small and bound >= error / SLACK and bound >= abs(true.value)
        return [] if fits else [f"{text!r} for {true}: the error is no such bound"]
    printed, last = sized(text)
    if true.value == 0.0:
        return [] if printed == 0.0 else [f"{text!r} for nought"]
    fine = place(error / SLACK) if error > 0 else 0.0
    coarse = max(place(true.value) / 10, place(error * SLACK) if error > 0 else 0.0)
    faults = []
    if abs(printed - true.value) > coarse / 2 * (1 + 1e-9):
        faults.append(f"{text!r} for {true.value:.6g} ± {error:.3g}: off by {abs(printed - true.value):.3g}")
    if last < fine * (1 - 1e-9):
        faults.append(f"{text!r} for {true.value:.6g} ± {error:.3g}: finer than its error")
    if signed and printed > 0 and "+" not in text:
        faults.append(f"{text!r} lacks its sign")
    return faults


def size(text: str, true: Figure) -> list[str]:
    """Return what is wrong with an amount whose sign the words around it say; it is printed without one."""
    return amount(text, Figure(abs(true.value), true.error)) + ([f"{text!r} has a sign of its own"] if re.search("[+−]", text) else [])


def chance(text: str, true: Share) -> list[str]:
    """Return what is wrong with a chance in words."""
    said = f"{text!r} for {true.count:g} of {true.of} ({true.value:.4f} ± {true.error:.4f})"
    if text.startswith(("in none", "in every one")):
        right = true.count == (0 if text.startswith("in none") else true.of) and whole(re.findall(r"[\d,]+", text)[0]) == true.of
        return [] if right else [said]
    if not 0 < true.count < true.of:
        return [f"{said}: it holds in none or in all"]
    if text in QUARTERS:
        faults = [] if abs(true.value - QUARTERS[text]) <= 0.125 + 1e-9 else [f"{said}: another quarter"]
        return faults + ([f"{said}: finer than its error"] if true.error > 0.25 * SLACK else [])
    if tenths := re.fullmatch(r"in (\d) of 10 futures", text):
        faults = [] if abs(true.value - int(tenths[1]) / 10) <= 0.05 + 1e-9 else [f"{said}: another tenth"]
        return faults + ([f"{said}: finer than its error"] if true.error > 0.05 * (1 + 1e-9) else [])
    rare = true.count if text.startswith("in 1 of") else true.of - true.count
    return _one_in(said, whole(re.findall(r"[\d,]+", text)[-1]), rare, true.of)


def _one_in(said: str, printed: int, rare: float, of: int) -> list[str]:
    true = of / rare
    stripped = str(printed).rstrip("0")
    last = 10.0 ** (len(str(printed)) - len(stripped))
    step = max(1.0, place(max(printed, true)) if rare < 100 else place(max(printed, true)) / 10)
    faults = [] if abs(printed - true) <= step / 2 + 1e-9 else [f"{said}: 1 in {true:.3g}"]
    error = true / rare**0.5
    return faults + ([f"{said}: finer than its error {error:.2g}"] if last < place(error / SLACK) * (1 - 1e-9) else [])


def percent(text: str, true: Share) -> list[str]:
    """Return what is wrong with a share in percent."""
    said = f"{text!r} for {true.count:g} of {true.of} (± {100 * true.error:.2g} %)"
    if text in ("none", "all"):
        return [] if true.count == (0 if text == "none" else true.of) else [said]
    if not 0 < true.count < true.of:
        return [f"{said}: it holds in none or in all"]
    digits = re.findall(r"[\d.]+", text)[0]
    printed, error = float(digits), 100 * true.error
    if text[0] in "<>":
        edge = printed if text[0] == "<" else 100 - printed
        there = 100 * true.value if text[0] == "<" else 100 - 100 * true.value
        return [] if there < edge and edge <= max(1.0, 2.5 * error) else [said]
    last = 10.0 ** -len(digits.split(".")[1]) if "." in digits else 10.0 ** (len(digits) - len(digits.rstrip("0")))
    faults = [] if abs(printed - 100 * true.value) <= max(last / 2, 1.25 * error) + 1e-9 else [said]
    return faults + ([f"{said}: finer than its error"] if last < place(error / SLACK) * (1 - 1e-9) else [])


def time(text: str, months: float, error: float = 0.0) -> list[str]:
    """Return what is wrong with a time, whose true length and error are given in months."""
    said = f"{text!r} for {months:.3g} ± {error:.2g} months"
    number = float(re.findall(r"[\d.,]+", text)[0].replace(",", ""))
    step, printed = (1.0, number) if "month" in text else (6.0, 12 * number)
    faults = [] if abs(printed - months) <= step / 2 + 1e-9 else [said]
    return faults + ([f"{said}: finer than its error"] if error > 0 and step < place(error / SLACK) else [])


def number(text: str, true: float, error: float = 0.0) -> list[str]:
    """Return what is wrong with a plain number: right to three figures, or to its error, and no figure below the error's leading one."""
    said = f"{text!r} for {true:.6g} ± {error:.2g}"
    printed = float(text.replace(",", "").replace("−", "-"))
    if true == 0.0 or not isfinite(error) or error <= 0.0:
        return [] if abs(printed - true) <= max(abs(true) * 5e-3, 1e-12) else [said]
    decimals = text.split(".")[1] if "." in text else ""
    last = 10.0 ** -len(decimals) if decimals else 10.0 ** (len(text) - len(text.rstrip("0")))
    faults = [] if abs(printed - true) <= max(place(error * SLACK) / 2, abs(true) * 5e-4) * (1 + 1e-9) else [said]
    return faults + ([f"{said}: finer than its error"] if printed and last < place(error / SLACK) * (1 - 1e-9) else [])

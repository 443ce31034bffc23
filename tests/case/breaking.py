"""Ways to break a scenario file, many places at once: each gives the new text and the lines (from 1) that are now wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Break(NamedTuple):
    """One thing made wrong: the line, the key that stands on it, the section and what stands there now."""

    line: int
    section: str
    key: str
    text: str


Edit = Callable[[str, str, str], str]
"""(section, key, line) -> the line made wrong, or the line itself."""
KEY = re.compile(r"([\w-]+) = ")
QUANTITY = re.compile(r'value = (?:"([^"]*)"|([-\d.]+))')
THREE = re.compile(r'\b(low|likely|high) = (?:"([^"]*)"|([-\d.]+))')
UNIT = re.compile(r'unit = "([^"]*)"')


def broken(text: str, edit: Edit) -> tuple[str, list[Break]]:
    """Make every line wrong that an edit changes; give the text and what was broken."""
    lines, made, section = [], [], ""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("["):
            section = line.strip("[]")
            key = ""
        else:
            found = KEY.match(line)
            key = found[1] if found else ""
        changed = edit(section, key, line) if key else line
        if changed != line:
            made.append(Break(number, section, key, changed))
        lines.append(changed)
    return "\n".join(lines), made


def in_block(section: str) -> bool:
    """Say whether a table is that of a block, as against those of the case and the alternative."""
    return "." in section


def misspelt_key(section: str, key: str, line: str) -> str:
    """Double a key's last letter; a kind has a round of its own, since nothing of its block can be read without it."""
    return line if key == "kind" else f"{key}{key[-1]}{line[len(key) :]}"


def misspelt_kind(section: str, key: str, line: str) -> str:
    """Misspell what kind of thing a block is."""
    return re.sub(r'"$', 'x"', line) if key == "kind" else line


def misspelt_within(word: str) -> Edit:
    """Misspell a key of the small tables that quantities are, wherever it stands."""

    def edit(section: str, key: str, line: str) -> str:
        return re.sub(rf"(?<=[{{,] )({word}) = ", rf"\1{word[-1]} = ", line) if in_block(section) else line

    return edit


def swapped_unit(section: str, key: str, line: str) -> str:
    """Give every quantity a unit of another kind: hours for money, money for everything else."""

    def other(text: str) -> str:
        if text.startswith("lognormal("):
            inner = re.fullmatch(r"lognormal\(median ([^,]+), (.*)\)", text)
            assert inner is not None
            return f"lognormal(median {other(inner[1])}, {inner[2]})"
        if "CNY" in text:
            return text.replace("CNY", "h")
        number = re.match(r"[-\d.,]+", text)
        return f"{number[0]} CNY" if number else text

    if not in_block(section):
        return line
    if "low = " in line:
        changed = UNIT.sub(lambda m: 'unit = "visits / sheet"', line)
        return THREE.sub(lambda m: f'{m[1]} = "{other(m[2])}"' if m[2] else m[0] if "unit" in line else f'{m[1]} = "{m[3]} CNY"', changed)
    return QUANTITY.sub(lambda m: f'value = "{other(m[1] or m[2])}"', line)


def negated(section: str, key: str, line: str) -> str:
    """Put a minus before every number that stands for a quantity, nought excepted."""

    def minus(text: str) -> str:
        if text.startswith("lognormal("):
            return text.replace("median ", "median -")
        return text if float((re.match(r"[-\d.,]+", text) or ["0"])[0].replace(",", "")) == 0.0 else f"-{text}"

    if not in_block(section):
        return line
    changed = QUANTITY.sub(lambda m: f'value = "{minus(m[1])}"' if m[1] is not None else f"value = {minus(m[2])}", line)
    changed = THREE.sub(lambda m: f'{m[1]} = "{minus(m[2])}"' if m[2] is not None else f"{m[1]} = {minus(m[3])}", changed)
    return re.sub(r"^(\w+ = )(\d+)$", r"\1-\2", changed)


NAMES = (
    *("party", "to", "provider", "consumer", "payer", "seller", "paid_to", "sufferer", "fallback_to", "parent", "users", "service", "team"),
    *("triage", "support", "mend", "rotates", "orders", "relationship", "activity", "risk", "demand", "decision_maker", "baseline"),
)  # fmt: skip
"""Keys whose text names a block, a party most of all."""
CHOICES = ("aspect", "priority", "role", "during", "index", "each", "attitude", "calendar", "phase")
"""Keys whose text is one of a few words."""


def renamed(section: str, key: str, line: str) -> str:
    """Name somebody or something that does not exist."""
    return re.sub(r'= "[^"]*"$', '= "nobody-here"', line) if key in NAMES and not section.startswith("unknown") else line


def misspelt_choice(section: str, key: str, line: str) -> str:
    """Choose what cannot be chosen."""
    return re.sub(r'= "[^"]*"$', '= "nothing-known"', line) if key in CHOICES else line


def rubbish(content: bytes, numbers: Iterator[int]) -> bytes:
    """Overwrite eight bytes somewhere with any bytes, or cut the file off there."""
    at = next(numbers) % len(content)
    if next(numbers) % 3 == 0:
        return content[:at]
    return content[:at] + bytes(next(numbers) % 256 for _ in range(8)) + content[at + 8 :]

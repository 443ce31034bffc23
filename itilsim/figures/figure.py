"""What every figure declares, and how the figures of this folder are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from itilsim.figures.wording import Catalogue, NumberTable
from itilsim.tables.result import Result

NEEDED = ("number", "title", "files", "table", "draw", "sentences", "numbers", "notes")


@dataclass(frozen=True)
class Figure:
    """One figure of the page.

    `number` gives its place, `title` the key of its title in the catalogue; `files` are the Parquet files without which it is left out;
    `table` reads the table that everything else takes; `draw` gives a plotly figure, or HTML text where words and bars in a table say it
    better, "" where the result has nothing for it; `sentences` what the numbers say; `numbers` the numbers themselves; `notes` what the
    drawing leaves out. `controls`, where declared, gives HTML above the drawing for a behaviour of the page, which finds what it needs in
    the drawing's `layout.meta`.
    """

    number: int
    title: str
    files: tuple[str, ...]
    table: Callable[[Result], Any]
    draw: Callable[[Any, Catalogue], Any]
    sentences: Callable[[Any, Catalogue], list[str]]
    numbers: Callable[[Any, Catalogue], NumberTable]
    notes: Callable[[Any, Catalogue], list[str]]
    controls: Callable[[Any, Catalogue], str] | None = None


def figures() -> tuple[Figure, ...]:
    """Finds the figures: every module of this folder that declares a `number`, in order of the numbers."""
    package = importlib.import_module("itilsim.figures")
    found = []
    for entry in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"itilsim.figures.{entry.name}")
        if hasattr(module, "number"):
            declared: dict[str, Any] = {name: getattr(module, name) for name in NEEDED}
            found.append(Figure(**declared, controls=getattr(module, "controls", None)))
    return tuple(sorted(found, key=lambda figure: figure.number))


def named(name: str) -> Figure:
    """Returns the figure of a name ("dotplot", "waterfall"). Raises KeyError, with the names that there are, where there is none."""
    found = {figure.title.split(".")[1]: figure for figure in figures()}
    if name not in found:
        raise KeyError(f"there is no figure '{name}'; there are {', '.join(found)}")
    return found[name]

"""What every part of the page beside the figures declares, and how the parts are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from itilsim.figures.wording import Catalogue
from itilsim.tables.result import Result


@dataclass(frozen=True)
class Part:
    """One part: its anchor `name`, the number of the figure that it stands `after`, and what gives its HTML, "" for nothing."""

    name: str
    after: int
    part: Callable[[Result, Catalogue], str]


def parts() -> tuple[Part, ...]:
    """Finds the parts: every module of the folder `parts` that declares `after`."""
    package = importlib.import_module("itilsim.pages.parts")
    modules = (importlib.import_module(f"{package.__name__}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__))
    found = (Part(module.name, module.after, module.part) for module in modules if hasattr(module, "after"))
    return tuple(sorted(found, key=lambda part: (part.after, part.name)))

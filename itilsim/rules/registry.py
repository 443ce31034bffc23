"""Rules are listed here, so that the compiled engine can register each of them without the rules importing a compiler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

RULES: list[Callable[..., Any]] = []
"""Every rule, in the order of definition."""

SMALL: set[Callable[..., Any]] = set()
"""Rules so small that a call costs more than they do: the compiler puts them where they are called."""

Function = TypeVar("Function", bound=Callable[..., Any])


def rule(function: Function) -> Function:
    """List a function as a rule and give it back as it is: Python calls it plainly, the compiled engine compiles it.

    A rule takes and returns scalars, or works on flat sequences that it is handed. It allocates nothing, raises nothing, and uses
    only arithmetic that Python and the compiler do alike to the last bit (`math.exp`, `log1p`, `pow`, `floor`; no `**`, no numpy).
    """
    RULES.append(function)
    return function


def small_rule(function: Function) -> Function:
    """List a function as a rule that the compiler shall put in place of its calls; else as `rule`."""
    SMALL.add(function)
    return rule(function)

"""itilsim simulates service relationships over their whole life and gives distributions of net value for every stakeholder.

`load` reads a case, `simulate` runs its alternatives on the same worlds, `open_study` reads a stored result or sweep, `trace` tells the
story of one world. All are found when they are first asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from itilsim.case import load_case as load
    from itilsim.explain import trace
    from itilsim.study.simulate import simulate
    from itilsim.study.sweep.stored import open_study

_PLACES = {
    "load": ("itilsim.case", "load_case"),
    "simulate": ("itilsim.study.simulate", "simulate"),
    "open_study": ("itilsim.study.sweep.stored", "open_study"),
    "trace": ("itilsim.explain", "trace"),
}
__all__ = ["load", "open_study", "simulate", "trace"]


def __getattr__(name: str) -> Any:
    """Find a function of the public interface when it is first asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module 'itilsim' has no attribute {name!r}; it has {', '.join(__all__)}")
    module, attribute = _PLACES[name]
    found = getattr(import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public interface."""
    return sorted({*globals(), *__all__})

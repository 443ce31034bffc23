"""Cases: scenario files become frozen objects, every fault is named with its place, and alternatives are lowered to plans."""

from __future__ import annotations

from itilsim.case.case import Alternative, Case
from itilsim.case.load import load_case

__all__ = ["Alternative", "Case", "load_case"]

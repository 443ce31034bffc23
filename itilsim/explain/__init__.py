"""The story of one world: what happened under an alternative, what followed, and how its twin under another one differs.

`trace` tells a story, `compare_twins` compares two of the same world to the cent, `first_world` finds a world in which something happens.
"""

from __future__ import annotations

from itilsim.explain.search import first_world
from itilsim.explain.story import Story
from itilsim.explain.twins import Twins, compare_twins
from itilsim.explain.world import trace

__all__ = ["Story", "Twins", "compare_twins", "first_world", "trace"]

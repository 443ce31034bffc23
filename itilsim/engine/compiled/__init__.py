"""The compiled engine: the kernel that numba compiles, with its cache named by its sources."""

from __future__ import annotations

from itilsim.engine.compiled.cache import cache_directory, is_warm
from itilsim.engine.compiled.run import EngineError, run_block

__all__ = ["EngineError", "cache_directory", "is_warm", "run_block"]

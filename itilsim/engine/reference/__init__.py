"""The reference engine: each behaviour is a SimPy process, to be read; it defines what the compiled engine has to equal."""

from __future__ import annotations

from itilsim.engine.reference.run import run_block
from itilsim.engine.reference.trace import Event, Trace, trace_world

__all__ = ["Event", "Trace", "run_block", "trace_world"]

"""The reference engine: each behaviour is a SimPy process, to be read; it defines what the compiled engine has to equal.

To read the two side by side: `clock` stands beside the compiled `agenda`, `teams` beside `teams`, `effects` beside `effects`, and
`candidates`, `month_end` and `lifetime` beside the `kernel`.
"""

from __future__ import annotations

from itilsim.engine.reference.run import run_block
from itilsim.engine.reference.trace import Event, Trace, trace_world

__all__ = ["Event", "Trace", "run_block", "trace_world"]

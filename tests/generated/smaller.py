"""The smallest part of a generated case that fails alike: blocks are left out one by one, with all that cannot be without them."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace

from itilsim.text.faults import FaultyInput
from tests.generated.cases import Generated
from tests.generated.maker import Maker

SECONDS = 60.0


def failure_of(hold: Callable[[Generated], None], generated: Generated) -> str:
    """Give what goes wrong with a case, "" where nothing does: the kind of failure and the place where it was noticed."""
    try:
        hold(generated)
    except FaultyInput:
        return ""
    except Exception as wrong:
        trace = wrong.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        return f"{type(wrong).__name__} at {trace.tb_frame.f_code.co_name if trace else ''}"
    return ""


def smallest(hold: Callable[[Generated], None], generated: Generated) -> Generated:
    """Give the smallest part of a failing case that was found to fail alike."""
    wanted, until = failure_of(hold, generated), time.monotonic() + SECONDS
    found = True
    while found and time.monotonic() < until:
        found = False
        for section, name in [(s, n) for s, held in generated.tables.items() if s != "parties" for n in held]:
            maker = Maker(lambda options: options[0], tables=copy.deepcopy(generated.tables))
            if name not in maker.tables.get(section, {}) or time.monotonic() > until:
                continue
            maker.drop(section, name)
            less = replace(generated, tables={s: held for s, held in maker.tables.items() if held})
            if failure_of(hold, less) == wanted:
                generated, found = less, True
    return generated

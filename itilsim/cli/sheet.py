"""The verb `sheet`: inputs as a spreadsheet."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itilsim.cli.options import located


def sheet_of_case(path: Path, *, out: Path | None, everything: bool, values: Mapping[str, str], sheet: Path | None) -> None:
    """Write the inputs that are unknown or a lever, or all of them, as CSV to a file or to stdout."""
    from itilsim.case import load_case
    from itilsim.text.sheet import sheet_text, write_sheet

    folder, _ = located([path])
    case = load_case(folder, values=values, sheet=sheet)
    rows = [_row(each) for each in case.inputs() if everything or each.get("unknown") or each.get("lever")]
    if out is not None:
        write_sheet(rows, out)
        sys.stderr.write(f"{out}: {len(rows)} inputs; change the numbers and give it back with --sheet {out}\n")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(sheet_text(rows).encode("utf-8-sig"))


def _row(each: Mapping[str, Any]) -> Any:
    from itilsim.text.sheet import SheetRow

    uncertain = bool(each.get("unknown"))
    return SheetRow(
        key=each["key"],
        low=each["low"] if uncertain else None,
        likely=each["likely"],
        high=each["high"] if uncertain else None,
        unit=each.get("unit") or "",
        note=each.get("note") or "",
        source=each.get("source") or "",
    )

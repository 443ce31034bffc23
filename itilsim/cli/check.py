"""The verb `check`: faults of scenario files, all at once."""

from __future__ import annotations

from pathlib import Path

from itilsim.text.faults import Fault, FaultyInput


def check_cases(paths: list[Path]) -> None:
    """Read every case and raise all faults together; say for each sound one that nothing is wrong."""
    from itilsim.case import load_case

    faults: list[Fault] = []
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        try:
            case = load_case(path)
        except FaultyInput as found:
            faults += found.faults
        else:
            print(f"{path}: nothing wrong in {', '.join(case.alternatives)}")
    if faults:
        raise FaultyInput(faults)

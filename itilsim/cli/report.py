"""The verb `report`: the static page of a stored result."""

from __future__ import annotations

from pathlib import Path


def report_result(result: Path, *, out: Path | None) -> None:
    """Write the page and print where it is; raises NoResult where the folder holds no study."""
    from itilsim.pages.report import write_report
    from itilsim.study.folder import read_manifest

    read_manifest(result)
    print(write_report(result, out))

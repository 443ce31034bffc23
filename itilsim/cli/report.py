"""The verb `report`: the static page of a stored result, or the same as pictures, a workbook or a summary."""

from __future__ import annotations

import sys
from pathlib import Path

from itilsim.cli.exits import refuse

FORMATS = ("html", "png", "svg", "xlsx", "md")
STDOUT = Path("-")


def report_result(result: Path, *, out: Path | None, format: str, language: str) -> None:
    """Write a result in a format and print where it is; raises NoResult where the folder holds no study."""
    from itilsim.exports.needed import NotInstalled
    from itilsim.pages.catalogue import languages
    from itilsim.study.folder import read_manifest

    if format not in FORMATS:
        refuse(f"--format {format}: there is no such format; there are {', '.join(FORMATS)}")
    if language not in languages():
        refuse(f"--language {language}: there is no such language; there are {', '.join(languages())}")
    if out == STDOUT and format != "md":
        refuse(f"--out -: only the summary (--format md) goes to stdout; {format} needs a place to be written to")
    read_manifest(result)
    try:
        for path in _written(result, out, format, language):
            print(path)
    except NotInstalled as missing:
        refuse(str(missing))


def _written(result: Path, out: Path | None, format: str, language: str) -> list[Path]:
    """Write the files of a format and give their places."""
    match format:
        case "html":
            from itilsim.pages.report import write_report

            return [write_report(result, out, language=language)]
        case "xlsx":
            from itilsim.exports.workbook import write_workbook

            return [write_workbook(result, out, language=language)]
        case "md":
            return _summary(result, out, language)
        case _:
            from itilsim.exports.pictures import write_pictures

            return write_pictures(result, out, format=format, language=language)


def _summary(result: Path, out: Path | None, language: str) -> list[Path]:
    from itilsim.exports.summary import summary_of, write_summary

    if out == STDOUT:
        sys.stdout.write(summary_of(result, language=language))
        return []
    return [write_summary(result, out, language=language)]

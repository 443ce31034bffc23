"""Kinds of others: the folders that ITILSIM_KINDS names are searched as this package is, and no other folder ever.

`ITILSIM_KINDS=FOLDER` (several, separated as in PATH) with `FOLDER/risks/flood.py` in it makes the kind `flood` of the section `risks`
known to every verb. A file is code that runs, so it is found only where somebody has said so: never beside a case that came from elsewhere.
The files can be imported as `itilsim.kinds.outside.risks.flood`, in worker processes too, since they inherit the variable.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from types import ModuleType

from itilsim.text.faults import Fault, FaultyInput, unknown_name

DOOR = "ITILSIM_KINDS"
FOLDERS = tuple(Path(each).resolve() for each in os.environ.get(DOOR, "").split(os.pathsep) if each)
__path__ = [str(folder) for folder in FOLDERS]


def files() -> list[Path]:
    """Give the files of all kinds outside the package; those whose names begin with a low line or a dot are helpers, and not searched."""
    sections = (section for folder in FOLDERS if folder.is_dir() for section in sorted(folder.iterdir()) if section.is_dir())
    return [file for section in sections if section.name[0] not in "._" for file in sorted(section.glob("*.py")) if file.name[0] != "_"]


def modules(sections: Collection[str]) -> Iterator[tuple[Path, ModuleType]]:
    """Import every file; raises FaultyInput for a folder that is not there, a section that does not exist, and a file that fails."""
    for folder in FOLDERS:
        if not folder.is_dir():
            raise FaultyInput([Fault(str(folder), 1, 1, f"there is no such folder, and {DOOR} names it")])
    for file in files():
        section = file.parent.name
        if section not in sections:
            raise FaultyInput([Fault(str(file), 1, 1, unknown_name("section", section, sections))])
        try:
            yield file, importlib.import_module(f"{__name__}.{section}.{file.stem}")
        except Exception as wrong:
            line = wrong.lineno or 1 if isinstance(wrong, SyntaxError) else 1
            raise FaultyInput([Fault(str(file), line, 1, f"the kind cannot be imported: {type(wrong).__name__}: {wrong}")]) from wrong

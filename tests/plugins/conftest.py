"""Kinds outside the package are made known for one test at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import itilsim.kinds
from itilsim.kinds.block import kinds

HERE = Path(__file__).parent
KINDS = HERE / "kinds"
CASE = HERE / "riverside"
Door = Callable[..., None]


def forget() -> None:
    """Let the program search for kinds anew, as a new process does."""
    for name in [name for name in sys.modules if f"{name}.".startswith("itilsim.kinds.outside.")]:
        del sys.modules[name]
    vars(itilsim.kinds).pop("outside", None)
    kinds.cache_clear()


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """Give what names folders in ITILSIM_KINDS."""

    def opened(*folders: Path) -> None:
        monkeypatch.setenv("ITILSIM_KINDS", os.pathsep.join(str(folder) for folder in folders))
        forget()

    yield opened
    forget()

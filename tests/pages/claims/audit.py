"""A page is checked here against its folder."""

from __future__ import annotations

from pathlib import Path

from tests.pages.claims import (
    said_answer,
    said_choices,
    said_curves,
    said_future,
    said_hindsight,
    said_losses,
    said_makeup,
    said_notes,
    said_parties,
    said_people,
    said_rest,
    said_sensitive,
)
from tests.pages.claims.forms import Auditor, Fault
from tests.pages.claims.page import read_page
from tests.pages.claims.stored import Stored

SAID = (
    *(said_answer, said_choices, said_curves, said_losses, said_makeup, said_future),
    *(said_people, said_parties, said_rest, said_hindsight, said_sensitive, said_notes),
)
"""The modules that declare forms."""


def audit(folder: Path, page: Path) -> list[Fault]:
    """Return every sentence of a page that the folder does not bear out, and every sentence of an unknown form."""
    return auditor(folder, page).faults()


def auditor(folder: Path, page: Path) -> Auditor:
    """Open a page and the folder that it was made from."""
    return Auditor(Stored(folder), read_page(page))

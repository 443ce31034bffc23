"""The command line: one module a verb; results on stdout, progress and errors on stderr."""

from __future__ import annotations

from itilsim.cli.app import main

__all__ = ["main"]

"""The compiled cache lies in a directory named by a hash of all that a kernel is made from.

The compiler's own cache does not notice a change in a rule of another file; a new name does.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
SOURCES = ("rules/*.py", "engine/compiled/*.py", "plan/rows.py", "plan/plan.py", "plan/records.py", "world/quantiles.py")
"""All that the kernel is made from: rules, the kernel itself, and what gives its memory a shape."""


def sources_hash() -> str:
    """Give a hash of the rules, rows and engine sources and of the compiler's version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {metadata.version('numba')} {metadata.version('numpy')}".encode())
    for pattern in SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(str(path.relative_to(PACKAGE)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_directory() -> Path:
    """Give the directory of the compiled cache: under ITILSIM_CACHE, XDG_CACHE_HOME or ~/.cache."""
    root = os.environ.get("ITILSIM_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(root) if root else Path.home() / ".cache"
    return base / "itilsim" / sources_hash()


def is_warm() -> bool:
    """Say whether a compiled kernel is there already."""
    directory = cache_directory()
    return directory.is_dir() and any(directory.rglob("*.nbi"))

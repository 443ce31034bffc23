"""Rows as numpy records: the memory that the compiled engine reads."""

from __future__ import annotations

from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

_KNOWN: dict[type[Any], np.dtype[Any]] = {}


def dtype_of(row: type[Any]) -> np.dtype[Any]:
    """Give the numpy record type of a row class: int64 for `int`, float64 for `float`."""
    if row not in _KNOWN:
        kinds = get_type_hints(row)
        _KNOWN[row] = np.dtype([(name, np.int64 if kinds[name] is int else np.float64) for name in row._fields], align=True)
    return _KNOWN[row]


def as_records(rows: list[Any], row: type[Any]) -> NDArray[Any]:
    """Give rows as a record array for the compiled engine."""
    return np.array([tuple(r) for r in rows], dtype=dtype_of(row))

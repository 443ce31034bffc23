"""Which columns a stored file has, for tables whose columns depend on the case."""

from __future__ import annotations

from itilsim.tables.result import Result


def columns(result: Result, name: str) -> tuple[str, ...]:
    """Returns the names of the columns of `name`.parquet, none where there is no such file."""
    from pyarrow.parquet import read_schema

    return tuple(read_schema(result.folder / f"{name}.parquet").names) if result.has(name) else ()

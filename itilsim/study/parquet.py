"""Panels as Parquet files with plain column types, and back, to the last bit.

Floats are written with byte_stream_split, whole numbers as differences, texts by dictionary; all under zstd. A row group holds one
alternative only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from itilsim.study.panel import SHARED, Array, Panel, panel

if TYPE_CHECKING:
    import pyarrow as pa

LABELS = ("party", "source", "component", "stakeholder", "year", "risk", "month")
"""Columns that tell the rows of a world apart; all others but the keys hold numbers."""
WHOLE_LABELS = ("year", "month")
"""Those of them that are whole numbers; the others are texts."""
KEYS = ("alternative", "replication")
OR_NEVER = ("payback_month", "payback_cash_month")
"""Whole numbers that may be null, kept in panels as floats with not-a-number for null."""
ROWS_A_GROUP = 1_048_576
Constant = float | int | bool | str
"""What a column holds that is the same in every row of a file."""


def write_panels(panels: Mapping[str, Panel], path: Path, *, constant: Mapping[str, Constant] | None = None) -> None:
    """Write the panels of one table, alternative after alternative, each by replication and row.

    The columns of `constant` stand first and hold one value in every row.
    """
    import pyarrow.parquet as pq

    same = dict(constant or {})
    schema = _schema(panels, same)
    few = [field.name for field in schema if _is_text(field) or (field.name in same and not isinstance(same[field.name], bool))]
    plain = {name for name, value in same.items() if isinstance(value, bool)} | set(few)
    encodings = {f.name: "DELTA_BINARY_PACKED" if _is_whole(f) else "BYTE_STREAM_SPLIT" for f in schema if f.name not in plain}
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=few,
        column_encoding=encodings,
        store_schema=False,
    ) as writer:
        for name, each in panels.items():
            step = max(1, ROWS_A_GROUP // max(1, each.rows))
            for start in range(0, each.worlds, step):
                if each.rows:
                    writer.write_table(_arrow(schema, name, each, range(start, min(each.worlds, start + step)), constant=same))


def read_panels(path: Path, *, constant: Collection[str] = ()) -> dict[str, Panel]:
    """Read the panels of one table, whoever wrote the file, as long as the rows of an alternative stand in order.

    The columns of `constant` are left out.
    """
    import pyarrow.parquet as pq

    texts = [field.name for field in pq.read_schema(path) if _is_text(field)]
    table = pq.read_table(path, read_dictionary=texts, partitioning=None).drop_columns(list(constant))
    if "alternative" not in table.column_names:
        return {SHARED: _panel(table)}
    column = table["alternative"].unify_dictionaries().combine_chunks()
    codes = column.indices.to_numpy()
    found = {}
    for code in dict.fromkeys(codes[np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1])].tolist() if len(codes) else []):
        rows = np.flatnonzero(codes == code)
        is_run = rows[-1] - rows[0] + 1 == len(rows)
        own = table.slice(int(rows[0]), len(rows)) if is_run else table.take(rows)
        found[column.dictionary[code].as_py()] = _panel(own)
    return found


def _is_text(field: pa.Field) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(field.type) or pa.types.is_dictionary(field.type))


def _is_whole(field: pa.Field) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(field.type))


def _schema(panels: Mapping[str, Panel], constant: Mapping[str, Constant]) -> pa.Schema:
    import pyarrow as pa

    few = pa.dictionary(pa.int32(), pa.string())
    fields: dict[str, Any] = {name: few if isinstance(value, str) else pa.scalar(value).type for name, value in constant.items()}
    if SHARED not in panels:
        fields["alternative"] = few
    fields["replication"] = pa.int64()
    for each in panels.values():
        for label in each.labels:
            fields.setdefault(label, pa.int64() if label in WHOLE_LABELS else few)
        for column, array in each.columns.items():
            fields.setdefault(column, _type_of(column, array))
    return pa.schema(list(fields.items()))


def _type_of(column: str, array: Array) -> Any:
    import pyarrow as pa

    if column in OR_NEVER:
        return pa.int64()
    return {"f": pa.float64(), "i": pa.int64(), "U": pa.string()}[array.dtype.kind]


def _arrow(schema: pa.Schema, name: str, each: Panel, worlds: range, *, constant: Mapping[str, Constant]) -> pa.Table:
    import pyarrow as pa

    start, stop = worlds.start, worlds.stop
    count = len(worlds) * each.rows
    arrays = []
    for field in schema:
        if field.name in constant:
            arrays.append(_constant(constant[field.name], count))
        elif field.name == "alternative":
            arrays.append(_constant(name, count))
        elif field.name == "replication":
            arrays.append(pa.array(np.repeat(np.arange(start, stop, dtype=np.int64), each.rows)))
        elif field.name in each.labels:
            arrays.append(_label(each.labels[field.name], len(worlds)))
        elif field.name in each.columns:
            arrays.append(_numbers(field.name, each.columns[field.name][start:stop].reshape(count)))
        else:
            arrays.append(pa.nulls(count, field.type))
    return pa.table(arrays, schema=schema)


def _constant(value: Constant, count: int) -> Any:
    import pyarrow as pa

    return _repeated([value], np.zeros(count, dtype=np.int32)) if isinstance(value, str) else pa.array(np.full(count, value))


def _repeated(values: list[str], codes: Any) -> Any:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(values, pa.string()))


def _label(values: tuple[Any, ...], worlds: int) -> Any:
    import pyarrow as pa

    if isinstance(values[0], str):
        known = list(dict.fromkeys(values))
        return _repeated(known, np.tile(np.array([known.index(v) for v in values], dtype=np.int32), worlds))
    return pa.array(np.tile(np.array(values, dtype=np.int64), worlds))


def _numbers(column: str, array: Array) -> Any:
    import pyarrow as pa

    if column in OR_NEVER:
        never = np.isnan(array)
        return pa.array(np.where(never, 0.0, array).astype(np.int64), mask=never)
    return pa.array(array)


def _panel(table: pa.Table) -> Panel:
    replication = table["replication"].to_numpy()
    rows = int(np.count_nonzero(replication == replication[0]))
    worlds = table.num_rows // rows
    labels = {name: table[name].slice(0, rows).to_pylist() for name in table.column_names if name in LABELS}
    columns = {}
    for name in table.column_names:
        if name in LABELS or name in KEYS:
            continue
        column = table[name]
        if name not in OR_NEVER and column.null_count == table.num_rows:
            continue
        columns[name] = _array(name, column)
    return panel(labels, columns, worlds=worlds)


def _array(name: str, column: Any) -> Array:
    import pyarrow as pa

    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return np.array(column.to_pylist(), dtype=np.str_)
    if name in OR_NEVER:
        return np.array(column.cast("float64").to_numpy(zero_copy_only=False))
    return np.array(column.to_numpy())

"""Schemas: whether the columns of a Parquet file or frame hold what their roles ask for, and what no role can read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from forecast.tables.columns import Layout

if TYPE_CHECKING:
    import pyarrow as pa

PERIODS = "pandas.period"
"""The extension type as which pandas stores periods: numbers counted from 1970 on."""


def complaint(schema: pa.Schema, layout: Layout, inside: Collection[str] = ()) -> str:
    """Say why columns of these types cannot be read as the layout wants them; nothing where they can.

    Args:
        schema: the columns of a file or table.
        layout: what they mean.
        inside: columns that the file's path tells.
    """
    roles = layout.columns
    wanted = [*roles.series, *([roles.period] if roles.period else []), *([roles.value] if roles.value else [])]
    held = {field.name: field.type for field in schema}
    if lacking := [name for name in wanted if name not in held and name not in inside]:
        return f"it has no column {lacking[0]}"
    for name in (roles.value, *layout.members):
        if name in held and not _is_number(held[name]):
            return f"column {name} holds {held[name]}, and no numbers"
    for name in (*roles.series, roles.period, roles.support, roles.lower, roles.upper):
        if name in held and not _is_text(held[name]):
            return f"column {name} holds {held[name]}, and no texts, numbers or dates"
    return ""


def without_periods(table: pa.Table) -> pa.Table:
    """Return a table in which periods of pandas are the last days of them, as text."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if frequency := _frequency(field):
            import pandas as pd

            column = table[field.name]
            stored = column.cast(field.type.storage_type) if isinstance(field.type, pa.BaseExtensionType) else column
            numbers = stored.fill_null(pd.NaT.value).to_numpy()
            texts = pd.arrays.PeriodArray(numbers, dtype=pd.PeriodDtype(frequency)).strftime("%Y-%m-%d")
            table = table.set_column(at, field.name, pa.array(texts, pa.string(), from_pandas=True))
    return table


def _frequency(field: Any) -> str:
    """Return the frequency of a column of periods; nothing of any other."""
    import json

    if getattr(field.type, "extension_name", "") == PERIODS:
        return str(field.type.freq)
    about = field.metadata or {}
    if about.get(b"ARROW:extension:name", b"").decode() != PERIODS:
        return ""
    return str(json.loads(about[b"ARROW:extension:metadata"])["freq"])


def _is_number(kind: pa.DataType) -> bool:
    import pyarrow.types as of

    kind = kind.value_type if of.is_dictionary(kind) else kind
    number = of.is_integer(kind) or of.is_floating(kind) or of.is_decimal(kind) or of.is_null(kind)
    return bool(number or _is_string(kind))


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow.types as of

    kind = kind.value_type if of.is_dictionary(kind) else kind
    known = (of.is_temporal, of.is_boolean, of.is_binary, of.is_large_binary)
    return _is_number(kind) or any(one(kind) for one in known) or getattr(kind, "extension_name", "") == PERIODS


def _is_string(kind: pa.DataType) -> bool:
    import pyarrow.types as of

    return bool(of.is_string(kind) or of.is_large_string(kind) or of.is_string_view(kind))
